// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QString>

namespace conclave {

/// The alphabet of check codes, checkpoint codes and set ids: no I, L, O, U.
inline constexpr char kCodeAlphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// The index 0..31 of a character of the alphabet (lower case accepted), or -1.
[[nodiscard]] int codeCharacterValue(char32_t character);
/// The first `characters` * 5 bits of `bytes`, most significant first. For public codes only.
[[nodiscard]] QString encodePublicCode(ByteView bytes, int characters);

} // namespace conclave
