// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/productname.h"

namespace conclave::device {

QString productName(const QString& serial)
{
    return serial.startsWith(QStringLiteral("DENK")) ? QStringLiteral("Nitrokey HSM 2")
                                                     : QStringLiteral("SmartCard-HSM");
}

} // namespace conclave::device
