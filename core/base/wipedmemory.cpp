// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/wipedmemory.h"

#include <openssl/crypto.h>

#include <new>
#include <utility>

#ifdef _WIN32
#include <windows.h>
#else
#include <sys/mman.h>
#endif

namespace conclave {

WipedMemory::WipedMemory(std::size_t size)
    : m_size(size)
{
    if (size == 0)
        return;
#ifdef _WIN32
    void* memory = VirtualAlloc(nullptr, size, MEM_RESERVE | MEM_COMMIT, PAGE_READWRITE);
    if (!memory)
        throw std::bad_alloc();
    m_locked = VirtualLock(memory, size) != 0;
#else
    void* memory = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) // NOLINT: the system's macro casts
        throw std::bad_alloc();
    m_locked = mlock(memory, size) == 0;
#ifdef MADV_DONTDUMP
    static_cast<void>(madvise(memory, size, MADV_DONTDUMP)); // dumps are off for the whole process anyway
#endif
#endif
    m_data = static_cast<std::uint8_t*>(memory);
}

WipedMemory::WipedMemory(WipedMemory&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr))
    , m_size(std::exchange(other.m_size, 0))
    , m_locked(std::exchange(other.m_locked, false))
{
}

WipedMemory& WipedMemory::operator=(WipedMemory&& other) noexcept
{
    if (this != &other) {
        release();
        m_data = std::exchange(other.m_data, nullptr);
        m_size = std::exchange(other.m_size, 0);
        m_locked = std::exchange(other.m_locked, false);
    }
    return *this;
}

WipedMemory::~WipedMemory()
{
    release();
}

void WipedMemory::release()
{
    if (!m_data)
        return;
    OPENSSL_cleanse(m_data, m_size);
#ifdef _WIN32
    VirtualFree(m_data, 0, MEM_RELEASE);
#else
    munmap(m_data, m_size); // unlocks, too
#endif
    m_data = nullptr;
    m_size = 0;
    m_locked = false;
}

} // namespace conclave
