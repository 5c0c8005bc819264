// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace conclave::notrace {

/// Keeps what the process frees as it was, out of the allocator's reach, until it was searched: otherwise a
/// secret in a freed block would go unseen because something else happened to be written over it.
/// Blocks larger than a megabyte go at once; nothing but pictures is that large. Call it once, after
/// ProcessMemory::open().
void keepFreedMemory();
/// Gives everything kept back to the allocator, and goes on keeping.
void letGoOfFreedMemory();

struct Kept {
    std::size_t blocks = 0; ///< since the last time that they were let go
    bool all = true; ///< there was room for all of them
};
[[nodiscard]] Kept keptMemory();

} // namespace conclave::notrace
