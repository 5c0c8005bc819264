// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>

#include <optional>

class QApplication;

namespace conclave::ui {

/// A colour's purpose; each has a light and a dark value with enough contrast on the surface it is used on.
enum class Token {
    Window,
    Base, ///< cards, fields
    Rail,
    Text,
    Muted,
    Line, ///< borders that separate
    Hair, ///< lines inside a card
    Field, ///< border of an input
    Accent,
    OnAccent,
    AccentSoft,
    Ok,
    OkSoft,
    Warn,
    WarnSoft,
    WarnLine,
    Danger,
    DangerSoft,
    DangerLine,
    Info,
    InfoSoft,
    DisabledFill,
    DisabledText,
    DangerButton,
    OnDangerButton,
    RibbonA,
    RibbonB,
    RibbonText,
    CurtainTop,
    CurtainBottom,
    CurtainText,
    CurtainAccent,
};

/// A text's purpose.
enum class Type {
    Title,
    CompactTitle, ///< in the frame's one-line header of a small window
    CurtainName,
    Body,
    Strong, ///< body, semi-bold
    Button,
    Lead,
    FieldName,
    TableHead,
    Hint,
    RoleName,
    SecretValue,
    Fingerprint,
    Value, ///< monospaced, as large as body
    ValueBold,
    SerialLarge,
};

/// Colours and fonts of the program. Follows the system's light or dark scheme until told otherwise.
class Theme : public QObject {
    Q_OBJECT

public:
    /// Loads the fonts, sets style and palette. Call once, before the first widget.
    static void install(QApplication& application, std::optional<bool> dark = {});
    static Theme& instance();

    [[nodiscard]] QColor colour(Token token) const;
    [[nodiscard]] bool isDark() const { return m_dark; }
    void setDark(bool dark);
    /// Sizes are relative to the system's point size: 10.5 pt stands for the 14 px of body text.
    [[nodiscard]] QFont font(Type type) const;

Q_SIGNALS:
    void changed();

private:
    explicit Theme(bool dark, QObject* parent);
    void apply();

    bool m_dark = false;
    double m_bodyPointSize = 10.5;
};

namespace space {
inline constexpr int k4 = 4;
inline constexpr int k8 = 8;
inline constexpr int k12 = 12;
inline constexpr int k16 = 16;
inline constexpr int k24 = 24;
inline constexpr int k32 = 32;
} // namespace space

} // namespace conclave::ui
