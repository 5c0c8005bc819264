// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace conclave::app {

/// `conclave --list`: prints readers and devices, and the remedy when there are none. The exit code: 0 when a
/// device was found. Needs a QCoreApplication.
[[nodiscard]] int listReaders();

} // namespace conclave::app
