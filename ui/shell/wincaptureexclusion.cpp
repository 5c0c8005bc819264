// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/captureexclusion.h"

#include <windows.h>

// Of winuser.h, for SDKs from before Windows 10 version 2004.
#ifndef WDA_EXCLUDEFROMCAPTURE
#define WDA_EXCLUDEFROMCAPTURE 0x00000011
#endif

namespace conclave::ui {

CaptureExclusion excludeFromCapture(std::uintptr_t window, bool excluded)
{
    const auto handle = reinterpret_cast<HWND>(window);
    if (!excluded)
        return SetWindowDisplayAffinity(handle, WDA_NONE) ? CaptureExclusion::Agreed
                                                          : CaptureExclusion::Refused;
    // Older systems know only the one that leaves a black window in the picture.
    const bool agreed = SetWindowDisplayAffinity(handle, WDA_EXCLUDEFROMCAPTURE)
        || SetWindowDisplayAffinity(handle, WDA_MONITOR);
    return agreed ? CaptureExclusion::Agreed : CaptureExclusion::Refused;
}

} // namespace conclave::ui
