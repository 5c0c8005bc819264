// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/text/devicetext.h"
#include "ui/theme/theme.h"

namespace conclave::ui {

/// Of the sentence about a device, in its row.
[[nodiscard]] inline Token colourOf(DeviceStanding standing)
{
    switch (standing) {
    case DeviceStanding::Waiting:
        return Token::Muted;
    case DeviceStanding::AtWork:
        return Token::Accent;
    case DeviceStanding::Done:
        return Token::Ok;
    case DeviceStanding::SetAside:
        return Token::Danger;
    }
    return Token::Text;
}

} // namespace conclave::ui
