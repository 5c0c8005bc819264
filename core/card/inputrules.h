// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QString>

#include <cstddef>

namespace conclave::card {

/// The rules of formats.md, "Rules with numbers"; each refuses before a byte goes to a device.
[[nodiscard]] Status checkUserPin(ByteView pin); ///< PinRule
[[nodiscard]] Status checkSoPin(ByteView hexDigits); ///< SoPinRule
[[nodiscard]] int mostPinTries(std::size_t pinLength); ///< 3 for 6, 5 for 7, 10 from 8 on
/// Of a user PIN on a device that allows so many tries: mostPinTries() the other way round.
[[nodiscard]] std::size_t shortestUserPin(int tries);
[[nodiscard]] Status checkLabel(const QString& label); ///< LabelRule: 1..32 UTF-8 bytes

} // namespace conclave::card
