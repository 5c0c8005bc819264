// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace conclave::app {

/// Has OpenSC, loaded later into this process, look at the device itself and nowhere else: no file caches, no
/// PIN kept, no debug log, whatever this computer's or this user's configuration says.
void keepOpenScQuiet();

} // namespace conclave::app
