// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QIcon>
#include <QPixmap>

namespace conclave::ui {

/// The line drawings of resources/icons, one SVG each, named like the enumerator in lower case.
enum class Icon {
    Back,
    Check,
    Clock,
    Cross,
    Danger,
    Device,
    Document,
    Eye,
    EyeOff,
    Folder,
    Help,
    Info,
    Key,
    Laptop,
    Lock,
    Minus,
    More,
    Note,
    Pause,
    People,
    Person,
    Plus,
    Print,
    Refresh,
    Rehearse,
    Restore,
    Search,
    Share,
    Usb,
    Warning,
    Witness,
};

/// In the colour of the theme at the time of the call; ask again after Theme::changed().
[[nodiscard]] QIcon icon(Icon name, Token colour = Token::Text);
/// A square pixmap of `size` device-independent pixels.
[[nodiscard]] QPixmap iconPixmap(Icon name, int size, const QColor& colour, qreal devicePixelRatio);

} // namespace conclave::ui
