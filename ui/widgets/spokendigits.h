// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <cstdint>

namespace conclave::ui {

// Words for the characters of shares and codes. All of them are made at the first call, whatever is asked
// for: a secret only decides which one is taken, and no string is ever made of it.

/// "four", "alfa": 0-9, a-z, A-Z. Other characters: "unreadable", what "?" stands for in an entry.
[[nodiscard]] const QString& spokenCharacter(std::uint8_t ascii);
/// "four alfa": the two hex digits of a byte.
[[nodiscard]] const QString& spokenPair(std::uint8_t byte);

} // namespace conclave::ui
