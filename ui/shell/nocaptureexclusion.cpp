// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/captureexclusion.h"

// Neither X11 nor Wayland lets a program ask for it.

namespace conclave::ui {

CaptureExclusion excludeFromCapture(std::uintptr_t, bool)
{
    return CaptureExclusion::NotOffered;
}

} // namespace conclave::ui
