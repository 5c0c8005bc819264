// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/captureexclusion.h"

#import <AppKit/AppKit.h>

namespace conclave::ui {

CaptureExclusion excludeFromCapture(std::uintptr_t window, bool excluded)
{
    // A WId is a view here.
    NSWindow* shown = reinterpret_cast<NSView*>(window).window;
    if (!shown)
        return CaptureExclusion::Refused;
    const NSWindowSharingType wanted = excluded ? NSWindowSharingNone : NSWindowSharingReadOnly;
    shown.sharingType = wanted;
    return shown.sharingType == wanted ? CaptureExclusion::Agreed : CaptureExclusion::Refused;
}

} // namespace conclave::ui
