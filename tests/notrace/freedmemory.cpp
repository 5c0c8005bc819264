// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/freedmemory.h"

#include "tests/notrace/processmemory.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <stdexcept>

#include <malloc.h>
#include <sys/mman.h>

// The allocator of the C library, which the functions below stand before.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {
void __libc_free(void* memory);
void* __libc_realloc(void* memory, std::size_t size);
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

namespace conclave::notrace {

namespace {

constexpr std::size_t kLargestBlock = std::size_t{ 1 } << 20;
constexpr std::size_t kMostBlocks = std::size_t{ 1 } << 20;

// No constructors: free() is called before they are.
constinit std::atomic_flag g_busy;
constinit bool g_keeping = false;
constinit bool g_keptAll = true;
constinit std::size_t g_count = 0;
constinit void** g_blocks = nullptr;

class Lock {
public:
    Lock()
    {
        while (g_busy.test_and_set(std::memory_order_acquire))
            g_busy.wait(true, std::memory_order_relaxed);
    }
    ~Lock()
    {
        g_busy.clear(std::memory_order_release);
        g_busy.notify_one();
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
};

bool keep(void* memory)
{
    if (!memory || malloc_usable_size(memory) > kLargestBlock)
        return false;
    const Lock lock;
    if (!g_keeping)
        return false;
    if (g_count == kMostBlocks) {
        g_keptAll = false;
        return false;
    }
    g_blocks[g_count++] = memory;
    return true;
}

} // namespace

void keepFreedMemory()
{
    constexpr std::size_t kBytes = kMostBlocks * sizeof(void*);
    void* list
        = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (list == MAP_FAILED)
        throw std::runtime_error("What is freed cannot be kept");
    ProcessMemory::leaveOut(list, kBytes);
    const Lock lock;
    g_blocks = static_cast<void**>(list);
    g_keeping = true;
}

void letGoOfFreedMemory(std::size_t blocks)
{
    const Lock lock;
    for (std::size_t i = 0; i < blocks; ++i)
        __libc_free(g_blocks[i]);
    std::copy(g_blocks + blocks, g_blocks + g_count, g_blocks);
    g_count -= blocks;
    g_keptAll = true;
}

Kept keptMemory()
{
    const Lock lock;
    return { g_count, g_keptAll };
}

} // namespace conclave::notrace

extern "C" {

void free(void* memory)
{
    if (!conclave::notrace::keep(memory))
        __libc_free(memory);
}

void* realloc(void* memory, std::size_t size)
{
    if (!memory || size == 0)
        return __libc_realloc(memory, size);
    void* moved = malloc(size);
    if (moved) {
        std::memcpy(moved, memory, std::min(size, malloc_usable_size(memory)));
        free(memory);
    }
    return moved;
}
}
