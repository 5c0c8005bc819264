// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/simulator/simulatedhsm.h"

#include <QString>

#include <memory>

namespace conclave::simulator {

/// The device whose memory the file keeps. FileUnreadable, also above 1 MiB, and Malformed.
[[nodiscard]] Result<std::shared_ptr<SimulatedHsm>> loadDevice(const QString& path);
/// Replaces the file as a whole: a cut leaves the old one. Only its owner may read it. FileUnwritable.
[[nodiscard]] Status saveDevice(const QString& path, const SimulatedHsm& device);

} // namespace conclave::simulator
