// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

namespace conclave {

/// Pages of memory for a secret too large for SecretBytes, such as a rendered sheet: of their own, not in
/// core dumps, locked against swapping where the system lets it, and wiped before they are given back.
/// Move-only.
class WipedMemory {
public:
    WipedMemory() = default;
    /// Zeros. Throws std::bad_alloc when there is no memory.
    explicit WipedMemory(std::size_t size);
    WipedMemory(WipedMemory&& other) noexcept;
    WipedMemory& operator=(WipedMemory&& other) noexcept;
    WipedMemory(const WipedMemory&) = delete;
    WipedMemory& operator=(const WipedMemory&) = delete;
    ~WipedMemory();

    [[nodiscard]] std::uint8_t* data() { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] ByteView view() const { return { m_data, m_size }; }
    /// The system keeps it out of its swap space.
    [[nodiscard]] bool locked() const { return m_locked; }

private:
    void release();

    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
    bool m_locked = false;
};

} // namespace conclave
