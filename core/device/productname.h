// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace conclave::device {

/// What the device is sold as, by the prefix of its serial: "Nitrokey HSM 2" for DENK, else "SmartCard-HSM".
[[nodiscard]] QString productName(const QString& serial);

} // namespace conclave::device
