// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/secretbytes.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

namespace conclave {

SecretBytes::SecretBytes(std::size_t size)
    : m_size(size)
    , m_capacity(size)
{
    if (size == 0)
        return;
    m_data = static_cast<std::uint8_t*>(OPENSSL_secure_zalloc(size));
    if (!m_data)
        throw std::bad_alloc();
}

SecretBytes::SecretBytes(ByteView copyOf)
    : SecretBytes(copyOf.size())
{
    std::copy(copyOf.begin(), copyOf.end(), m_data);
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_capacity(std::exchange(other.m_capacity, 0))
{
}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept
{
    if (this != &other) {
        clear();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_capacity = std::exchange(other.m_capacity, 0);
    }
    return *this;
}

SecretBytes::~SecretBytes()
{
    clear();
}

SecretBytes SecretBytes::concatenate(std::initializer_list<ByteView> parts)
{
    std::size_t size = 0;
    for (const ByteView part : parts)
        size += part.size();
    SecretBytes all(size);
    std::uint8_t* to = all.m_data;
    for (const ByteView part : parts)
        to = std::copy(part.begin(), part.end(), to);
    return all;
}

void SecretBytes::shrink(std::size_t size)
{
    assert(size <= m_size);
    if (size < m_size)
        OPENSSL_cleanse(m_data + size, m_size - size);
    m_size = size;
}

void SecretBytes::clear()
{
    OPENSSL_secure_clear_free(std::exchange(m_data, nullptr), std::exchange(m_capacity, 0));
    m_size = 0;
}

bool operator==(const SecretBytes& a, const SecretBytes& b)
{
    return a.m_size == b.m_size && (a.m_size == 0 || CRYPTO_memcmp(a.m_data, b.m_data, a.m_size) == 0);
}

} // namespace conclave
