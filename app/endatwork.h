// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace conclave::app {

/// Ends the process here when a device is at work: nothing interrupts that, and a key may take minutes.
/// Memory goes back to the system with the process, secrets with it. What is to be on the disk must be there.
void endAtWork(int exitCode);

} // namespace conclave::app
