// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace conclave::notrace {

struct Region {
    std::uintptr_t begin = 0;
    std::uintptr_t end = 0;

    [[nodiscard]] bool contains(std::uintptr_t from, std::uintptr_t to) const
    {
        return from >= begin && to <= end;
    }
};

/// The memory of every SecretBytes that lives now, in the order of addresses. The linker lays this record
/// around the two functions of OpenSSL with which SecretBytes gets and gives back its memory (option --wrap
/// of this folder's tests); the program has no such record.
/// Valid until the next call.
[[nodiscard]] const std::vector<Region>& liveSecrets();

} // namespace conclave::notrace
