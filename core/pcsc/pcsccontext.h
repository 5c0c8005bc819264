// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/pcsc/pcscapi.h"

namespace conclave::pcsc {

/// A connection to the smart card service, released when it goes.
class PcscContext {
public:
    /// ServiceNotRunning, ServiceNotPermitted.
    [[nodiscard]] static Result<PcscContext> establish(PcscApi& api);

    PcscContext(PcscContext&& other) noexcept;
    PcscContext& operator=(PcscContext&& other) noexcept;
    PcscContext(const PcscContext&) = delete;
    PcscContext& operator=(const PcscContext&) = delete;
    ~PcscContext();

    [[nodiscard]] PcscApi& api() const { return *m_api; }
    [[nodiscard]] ContextHandle handle() const { return m_handle; }

private:
    PcscContext(PcscApi& api, ContextHandle handle);

    PcscApi* m_api; ///< null once moved from
    ContextHandle m_handle;
};

} // namespace conclave::pcsc
