// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcsccontext.h"

#include <utility>

namespace conclave::pcsc {

Result<PcscContext> PcscContext::establish(PcscApi& api)
{
    ContextHandle handle = 0;
    const Code code = api.establishContext(handle);
    if (code == code::kSuccess)
        return PcscContext(api, handle);
    Error error = toError(code);
    // A daemon whom polkit tells to refuse this user takes the connection and drops it without an answer.
    if (code == code::kCommunicationError)
        error.kind = ErrorKind::ServiceNotPermitted;
    return fail(std::move(error));
}

PcscContext::PcscContext(PcscApi& api, ContextHandle handle)
    : m_api(&api)
    , m_handle(handle)
{
}

PcscContext::PcscContext(PcscContext&& other) noexcept
    : m_api(std::exchange(other.m_api, nullptr))
    , m_handle(other.m_handle)
{
}

PcscContext& PcscContext::operator=(PcscContext&& other) noexcept
{
    std::swap(m_api, other.m_api);
    std::swap(m_handle, other.m_handle);
    return *this;
}

PcscContext::~PcscContext()
{
    if (m_api)
        m_api->releaseContext(m_handle);
}

} // namespace conclave::pcsc
