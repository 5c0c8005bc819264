// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <initializer_list>

namespace conclave {

/// The only owner of a secret: move-only bytes on OpenSSL's secure heap, wiped when they go.
/// Compared in constant time; has no conversion to a string and no stream operator.
/// Running out of secure memory throws std::bad_alloc.
class SecretBytes {
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size); ///< zeros
    explicit SecretBytes(ByteView copyOf);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    [[nodiscard]] static SecretBytes concatenate(std::initializer_list<ByteView> parts);
    [[nodiscard]] SecretBytes clone() const { return SecretBytes(view()); }

    [[nodiscard]] std::uint8_t* data() { return m_data; }
    [[nodiscard]] const std::uint8_t* data() const { return m_data; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    [[nodiscard]] std::uint8_t& operator[](std::size_t i) { return m_data[i]; }
    [[nodiscard]] std::uint8_t operator[](std::size_t i) const { return m_data[i]; }
    [[nodiscard]] ByteView view() const { return { m_data, m_size }; }
    operator ByteView() const { return view(); } // NOLINT(google-explicit-constructor): a view owns nothing

    /// Keeps the first `size` bytes and wipes the rest; `size` must not be larger than size().
    void shrink(std::size_t size);
    /// Wipes and empties.
    void clear();

    friend bool operator==(const SecretBytes& a, const SecretBytes& b);

private:
    std::uint8_t* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace conclave
