// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

namespace conclave::card {

/// The one conversion of status words (smartcard-hsm.md, 2.0). Some words mean different things to different
/// instructions. `code` is the word, `triesLeft` set for 63Cx and 6983, `detail` the command's name; a word
/// that is not documented becomes OtherStatusWord.
[[nodiscard]] Error errorFromStatusWord(std::uint8_t instruction, std::uint16_t sw);

} // namespace conclave::card
