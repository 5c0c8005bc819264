// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace conclave {

/// Wipes what OpenSSL keeps for the calling thread, the state of its random generator among it. It is made
/// anew when the thread needs it again.
void dropThreadState();

} // namespace conclave
