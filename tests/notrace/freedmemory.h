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
/// Gives the blocks that were freed first back to the allocator: those that keptMemory() told before the
/// search, since others may have been freed during it.
void letGoOfFreedMemory(std::size_t blocks);

struct Kept {
    std::size_t blocks = 0;
    bool all = true; ///< there was room for all of them
};
[[nodiscard]] Kept keptMemory();

} // namespace conclave::notrace
