// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

namespace conclave::notrace {

inline constexpr char kLetters[] = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-+=";

/// A secret that nobody can have written anywhere: characters of the alphabet, drawn at random.
[[nodiscard]] SecretBytes randomText(std::size_t characters, const char* alphabet = kLetters);

} // namespace conclave::notrace
