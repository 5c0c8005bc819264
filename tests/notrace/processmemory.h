// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QString>

#include <functional>

namespace conclave::notrace {

/// A piece of memory or of a file: what it is part of, where it begins, and its bytes, disguised.
struct Piece {
    const char* of = ""; ///< as /proc/self/maps names it
    std::uintptr_t address = 0;
    ByteView disguised;
};
using Look = std::function<void(const Piece&)>;

struct Coverage {
    std::uint64_t looked = 0; ///< bytes
    std::uint64_t unreadable = 0; ///< bytes
    const char* unreadableIn = ""; ///< the mapping with the last of them; valid until the next search
};

/// All memory that this process can write, through the kernel's view of it. Looking itself takes nothing from
/// the heap, where it could overwrite what was freed there, and works in one mapping that is left out.
class ProcessMemory {
public:
    /// Call it before protectProcess(): who is undumpable cannot open its own memory any more.
    static void open();
    /// Never looks there: at a list of addresses that is no part of the program.
    static void leaveOut(const void* begin, std::size_t size);
    /// Pieces of one mapping overlap by `overlap` bytes.
    static Coverage look(std::size_t overlap, const Look& look);
    /// The same for a file, read into the same mapping.
    static Coverage lookAtFile(const QString& path, std::size_t overlap, const Look& look);
};

} // namespace conclave::notrace
