// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/witness/pkcs11module.h"

#include <optional>
#include <vector>

namespace conclave::witness {

/// A read-only session with one token. Sizes and counts that the module tells are not trusted. The module
/// must outlive it.
class Pkcs11Session {
public:
    [[nodiscard]] static Result<std::unique_ptr<Pkcs11Session>> open(
        const Pkcs11Module& module, CK_SLOT_ID slot);
    Pkcs11Session(const Pkcs11Session&) = delete;
    Pkcs11Session& operator=(const Pkcs11Session&) = delete;
    ~Pkcs11Session();

    /// As user. The module gets the PIN where it lies.
    [[nodiscard]] Status logIn(ByteView pin);
    /// kMostKeys at most: ModuleFailed when there are more.
    [[nodiscard]] Result<std::vector<CK_OBJECT_HANDLE>> objects(CK_OBJECT_CLASS kind) const;
    /// Nothing when it has none, or one that is longer than kLongestValue.
    [[nodiscard]] std::optional<Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
    /// An attribute that is a number; nothing when it is none.
    [[nodiscard]] std::optional<CK_ULONG> number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;
    [[nodiscard]] Result<Bytes> sign(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE mechanism, ByteView data) const;

private:
    Pkcs11Session(const CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session);

    const CK_FUNCTION_LIST& m_functions;
    const CK_SESSION_HANDLE m_session;
    bool m_loggedIn = false;
};

} // namespace conclave::witness
