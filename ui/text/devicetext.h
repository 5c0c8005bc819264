// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace conclave::ceremony {
class Ceremony;
struct CeremonyState;
} // namespace conclave::ceremony

namespace conclave::ui {

enum class DeviceStanding { Waiting, AtWork, Done, SetAside };

/// How one of several devices stands, for its row.
struct DeviceText {
    QString sentence;
    DeviceStanding standing = DeviceStanding::Waiting;
    bool canBeTried = false; ///< again, beside the others
};
/// `device` is its part of the ceremony's state.
[[nodiscard]] DeviceText deviceText(
    const ceremony::Ceremony& ceremony, const ceremony::CeremonyState& device);

/// For a report, where nothing goes on any more: what became of it.
[[nodiscard]] QString deviceResult(const ceremony::CeremonyState& device);

} // namespace conclave::ui
