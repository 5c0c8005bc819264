// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/card/curves.h"

namespace conclave::simulator {

/// scalar * point on the curve, points uncompressed (04 X Y). WrongData when the point is not on the curve,
/// the scalar not between 1 and the order, or the result is infinity.
[[nodiscard]] Result<SecretBytes> multiply(const card::Curve& curve, ByteView scalar, ByteView point);

} // namespace conclave::simulator
