// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/livesecrets.h"

#include <cstddef>
#include <map>
#include <mutex>

namespace conclave::notrace {

namespace {

struct Record {
    std::mutex mutex; // secrets live on several threads
    std::map<std::uintptr_t, std::uintptr_t> endByBegin;
};

/// Outlives whatever is destroyed at the end.
Record& record()
{
    static auto* record = new Record;
    return *record;
}

} // namespace

const std::vector<Region>& liveSecrets()
{
    static std::vector<Region> regions;
    const std::lock_guard lock(record().mutex);
    regions.clear();
    for (const auto& [begin, end] : record().endByBegin)
        regions.push_back({ begin, end });
    return regions;
}

} // namespace conclave::notrace

// The names are the linker's, see ld(1), --wrap.
// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
extern "C" {

void* __real_CRYPTO_secure_zalloc(std::size_t size, const char* file, int line);
void __real_CRYPTO_secure_clear_free(void* memory, std::size_t size, const char* file, int line);

void* __wrap_CRYPTO_secure_zalloc(std::size_t size, const char* file, int line)
{
    using namespace conclave::notrace;
    void* memory = __real_CRYPTO_secure_zalloc(size, file, line);
    if (memory) {
        const auto begin = reinterpret_cast<std::uintptr_t>(memory);
        const std::lock_guard lock(record().mutex);
        record().endByBegin[begin] = begin + size;
    }
    return memory;
}

void __wrap_CRYPTO_secure_clear_free(void* memory, std::size_t size, const char* file, int line)
{
    using namespace conclave::notrace;
    {
        const std::lock_guard lock(record().mutex);
        record().endByBegin.erase(reinterpret_cast<std::uintptr_t>(memory));
    }
    __real_CRYPTO_secure_clear_free(memory, size, file, line);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)
