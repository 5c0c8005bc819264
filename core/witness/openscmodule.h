// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace conclave::witness {

/// Where distributions put OpenSC's PKCS#11 module, most likely first.
[[nodiscard]] QStringList openScFolders();
/// Path of opensc-pkcs11 in the first of these folders that has it; empty when none does.
[[nodiscard]] QString findOpenScModule(const QStringList& folders);

/// The longest user PIN that OpenSC's PKCS#11 takes for a SmartCard-HSM, in characters; the device takes 16.
inline constexpr int kLongestPin = 15;

} // namespace conclave::witness
