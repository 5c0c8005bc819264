// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/processmemory.h"

#include "tests/notrace/disguise.h"
#include "tests/notrace/livesecrets.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <stdexcept>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace conclave::notrace {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{ 1 } << 20;
constexpr std::size_t kMapsBytes = std::size_t{ 1 } << 20;
constexpr std::uintptr_t kPageBytes = 4096; // the smallest that there is
constexpr std::size_t kMostMappings = 4096;
constexpr std::size_t kMostLeftOut = 4;

struct Mapping {
    std::uintptr_t begin;
    std::uintptr_t end;
    const char* name;
};

struct Workshop {
    std::uint8_t piece[kPieceBytes];
    char maps[kMapsBytes];
    Mapping writable[kMostMappings];
    Region leftOut[kMostLeftOut];
    std::size_t leftOutCount;
};

int g_memory = -1;
int g_maps = -1;
Workshop* g_workshop = nullptr;

std::uintptr_t takeHex(const char*& at)
{
    std::uintptr_t number = 0;
    at = std::from_chars(at, at + 2 * sizeof number, number, 16).ptr + 1;
    return number;
}

/// The name is the sixth of the fields of a line, and may be missing.
const char* nameIn(const char* line)
{
    for (int field = 1; field < 6 && *line != '\0'; ++field) {
        line += std::strcspn(line, " ");
        line += std::strspn(line, " ");
    }
    return *line == '\0' ? "anonymous memory" : line;
}

std::size_t findWritableMappings()
{
    std::size_t size = 0;
    for (ssize_t got = 1; got > 0; size += static_cast<std::size_t>(std::max<ssize_t>(got, 0)))
        got = pread(g_maps, g_workshop->maps + size, kMapsBytes - 1 - size, static_cast<off_t>(size));
    g_workshop->maps[size] = '\0';
    std::size_t count = 0;
    for (char* line = g_workshop->maps; *line != '\0';) {
        char* end = line + std::strcspn(line, "\n");
        if (*end != '\0')
            *end++ = '\0';
        const char* at = line;
        const std::uintptr_t from = takeHex(at);
        const std::uintptr_t to = takeHex(at);
        if (at[0] == 'r' && at[1] == 'w') {
            if (count == kMostMappings)
                throw std::runtime_error("The process has too many mappings");
            g_workshop->writable[count++] = { from, to, nameIn(line) };
        }
        line = end;
    }
    return count;
}

/// Reads up to a piece at `at` and disguises it.
std::size_t read(int from, std::uintptr_t at, std::size_t size)
{
    std::uint8_t* piece = g_workshop->piece;
    const ssize_t got = pread(from, piece, std::min(size, kPieceBytes), static_cast<off_t>(at));
    for (ssize_t i = 0; i < got; ++i)
        piece[i] = disguised(piece[i]);
    return got < 0 ? 0 : static_cast<std::size_t>(got);
}

bool isMapped(std::uintptr_t at)
{
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return msync(reinterpret_cast<void*>(at / kPageBytes * kPageBytes), 1, MS_ASYNC) == 0;
}

void lookFrom(int source, const char* name, std::uintptr_t begin, std::uintptr_t end, std::size_t overlap,
    const Look& look, Coverage& coverage)
{
    for (std::uintptr_t at = begin; at < end;) {
        std::size_t got = read(source, at, end - at);
        // Other threads begin and end meanwhile, and their stacks come and go.
        const auto comesAndGoes = [&] { return source == g_memory && !isMapped(at); };
        if (got == 0 && !comesAndGoes())
            got = read(source, at, end - at);
        if (got == 0) {
            const std::uintptr_t next = std::min(end, (at / kPageBytes + 1) * kPageBytes);
            if (!comesAndGoes()) {
                coverage.unreadable += next - at;
                coverage.unreadableIn = name;
            }
            at = next;
            continue;
        }
        look({ name, at, ByteView(g_workshop->piece, got) });
        const bool last = at + got >= end || got <= overlap;
        coverage.looked += last ? got : got - overlap;
        at += last ? got : got - overlap;
    }
}

} // namespace

void ProcessMemory::open()
{
    g_memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    g_maps = ::open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    void* memory
        = mmap(nullptr, sizeof(Workshop), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (g_memory < 0 || g_maps < 0 || memory == MAP_FAILED)
        throw std::runtime_error("The process cannot look at its own memory");
    g_workshop = static_cast<Workshop*>(memory);
    leaveOut(memory, sizeof(Workshop));
}

void ProcessMemory::leaveOut(const void* begin, std::size_t size)
{
    if (g_workshop->leftOutCount == kMostLeftOut)
        throw std::runtime_error("Too much is left out");
    const auto from = reinterpret_cast<std::uintptr_t>(begin);
    g_workshop->leftOut[g_workshop->leftOutCount++] = { from, from + size };
    std::sort(g_workshop->leftOut, g_workshop->leftOut + g_workshop->leftOutCount,
        [](const Region& a, const Region& b) { return a.begin < b.begin; });
}

Coverage ProcessMemory::look(std::size_t overlap, const Look& look)
{
    Coverage coverage;
    const std::size_t count = findWritableMappings();
    for (std::size_t i = 0; i < count; ++i) {
        const Mapping& mapping = g_workshop->writable[i];
        std::uintptr_t at = mapping.begin;
        // The kernel joins neighbouring mappings, so what is left out may be a part of one.
        for (std::size_t j = 0; j < g_workshop->leftOutCount; ++j) {
            const Region& out = g_workshop->leftOut[j];
            if (out.end <= at || out.begin >= mapping.end)
                continue;
            lookFrom(g_memory, mapping.name, at, std::max(at, out.begin), overlap, look, coverage);
            at = std::min(out.end, mapping.end);
        }
        lookFrom(g_memory, mapping.name, at, mapping.end, overlap, look, coverage);
    }
    return coverage;
}

Coverage ProcessMemory::lookAtFile(const QString& path, std::size_t overlap, const Look& look)
{
    Coverage coverage;
    const int file = ::open(path.toLocal8Bit().constData(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        throw std::runtime_error("A file that was written cannot be read");
    const off_t size = lseek(file, 0, SEEK_END);
    lookFrom(file, "the file", 0, static_cast<std::uintptr_t>(size), overlap, look, coverage);
    close(file);
    return coverage;
}

} // namespace conclave::notrace
