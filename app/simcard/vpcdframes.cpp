// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/vpcdframes.h"

namespace conclave::simcard {

namespace {

constexpr std::size_t kLengthBytes = 2;

} // namespace

void FrameReader::append(ByteView bytes)
{
    m_pending = SecretBytes::concatenate({ m_pending, bytes });
}

std::optional<SecretBytes> FrameReader::next()
{
    if (m_pending.size() < kLengthBytes)
        return std::nullopt;
    const std::size_t size = static_cast<std::size_t>(m_pending[0]) << 8 | m_pending[1];
    const ByteView rest = m_pending.view().subspan(kLengthBytes);
    if (rest.size() < size)
        return std::nullopt;
    SecretBytes payload(rest.first(size));
    m_pending = SecretBytes(rest.subspan(size));
    return payload;
}

SecretBytes frame(ByteView payload)
{
    const std::uint8_t length[kLengthBytes]
        = { static_cast<std::uint8_t>(payload.size() >> 8), static_cast<std::uint8_t>(payload.size()) };
    return SecretBytes::concatenate({ length, payload });
}

} // namespace conclave::simcard
