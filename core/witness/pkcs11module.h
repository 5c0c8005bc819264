// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QString>

#include <p11-kit/pkcs11.h>

#include <memory>

namespace conclave::witness {

/// ModuleFailed with the function's name and what it returned, unless it returned CKR_OK.
[[nodiscard]] Status worked(CK_RV returned, const char* function);

/// A PKCS#11 module (OASIS PKCS #11 v2.40) in this process. Its code is foreign: it belongs into a process
/// that has nothing to lose.
class Pkcs11Module {
public:
    /// Loads and initialises it. ModuleUnusable, ModuleFailed.
    [[nodiscard]] static Result<std::unique_ptr<Pkcs11Module>> load(const QString& path);
    Pkcs11Module(const Pkcs11Module&) = delete;
    Pkcs11Module& operator=(const Pkcs11Module&) = delete;
    ~Pkcs11Module();

    struct Description {
        QString library{};
        QString version{};
    };
    [[nodiscard]] Result<Description> describe() const;
    /// The first slot whose token has this serial number. TokenNotFound.
    [[nodiscard]] Result<CK_SLOT_ID> slotOf(const QString& serial) const;
    [[nodiscard]] const CK_FUNCTION_LIST& functions() const { return *m_functions; }

private:
    explicit Pkcs11Module(const CK_FUNCTION_LIST* functions);

    const CK_FUNCTION_LIST* m_functions;
};

} // namespace conclave::witness
