// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"

#include "ui/theme/style.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>

#include <array>

/// Fonts, icons and messages lie in a static library, from which the linker takes only what is called.
static void initResources()
{
    Q_INIT_RESOURCE(files);
    Q_INIT_RESOURCE(messages);
}

namespace conclave::ui {

namespace {

struct Shades {
    Token token;
    QRgb light;
    QRgb dark;
};

// Contrast was computed over all pairs that are used; a test does it again.
constexpr std::array kShades{
    Shades{ Token::Window, 0xFFF3F5F6, 0xFF14191D },
    Shades{ Token::Base, 0xFFFFFFFF, 0xFF1C2328 },
    Shades{ Token::Rail, 0xFFE8ECEE, 0xFF101518 },
    Shades{ Token::Text, 0xFF16202A, 0xFFE8EDF0 },
    Shades{ Token::Muted, 0xFF4F5C69, 0xFFA6B2BB },
    Shades{ Token::Line, 0xFFCBD3D9, 0xFF3A464F },
    Shades{ Token::Hair, 0xFFDEE4E8, 0xFF2B353C },
    Shades{ Token::Field, 0xFF7B8894, 0xFF7C8A96 },
    Shades{ Token::Accent, 0xFF0B5F6B, 0xFF5CC6D0 },
    Shades{ Token::OnAccent, 0xFFFFFFFF, 0xFF06262B },
    Shades{ Token::AccentSoft, 0xFFDDEEF0, 0xFF173A40 },
    Shades{ Token::Ok, 0xFF1B6B3A, 0xFF74D093 },
    Shades{ Token::OkSoft, 0xFFE2F2E7, 0xFF17331F },
    Shades{ Token::Warn, 0xFF7A4D00, 0xFFF2C063 },
    Shades{ Token::WarnSoft, 0xFFFFF1D1, 0xFF352A12 },
    Shades{ Token::WarnLine, 0xFFE2B95A, 0xFF7A6024 },
    Shades{ Token::Danger, 0xFFA8201A, 0xFFFF8A80 },
    Shades{ Token::DangerSoft, 0xFFFCE8E6, 0xFF3B1C1A },
    Shades{ Token::DangerLine, 0xFFE3A39E, 0xFF7C3A35 },
    Shades{ Token::Info, 0xFF1F5A96, 0xFF86BBF2 },
    Shades{ Token::InfoSoft, 0xFFE4EEF9, 0xFF18304A },
    Shades{ Token::DisabledFill, 0xFFE3E8EB, 0xFF2A333A },
    Shades{ Token::DisabledText, 0xFF5C6873, 0xFF93A0AA },
    Shades{ Token::DangerButton, 0xFFA8201A, 0xFFA8201A },
    Shades{ Token::OnDangerButton, 0xFFFFFFFF, 0xFFFFFFFF },
    Shades{ Token::RibbonA, 0xFFFFCF5C, 0xFFFFCF5C },
    Shades{ Token::RibbonB, 0xFFF7BE38, 0xFFF7BE38 },
    Shades{ Token::RibbonText, 0xFF2B1B00, 0xFF2B1B00 },
    Shades{ Token::CurtainTop, 0xFF06313A, 0xFF06313A },
    Shades{ Token::CurtainBottom, 0xFF0E5763, 0xFF0E5763 },
    Shades{ Token::CurtainText, 0xFFFFFFFF, 0xFFFFFFFF },
    Shades{ Token::CurtainAccent, 0xFF8FE0E8, 0xFF8FE0E8 },
};

struct TypeFace {
    Type type;
    double pixels; ///< where body text has 14
    QFont::Weight weight;
    bool mono;
};

constexpr std::array kTypes{
    TypeFace{ Type::Title, 23, QFont::Bold, false },
    TypeFace{ Type::CompactTitle, 19, QFont::Bold, false },
    TypeFace{ Type::CurtainName, 46, QFont::Bold, false },
    TypeFace{ Type::Body, 14, QFont::Normal, false },
    TypeFace{ Type::Strong, 14, QFont::DemiBold, false },
    TypeFace{ Type::Button, 14, QFont::Medium, false },
    TypeFace{ Type::Lead, 14, QFont::Normal, false },
    TypeFace{ Type::FieldName, 14, QFont::DemiBold, false },
    TypeFace{ Type::TableHead, 12, QFont::DemiBold, false },
    TypeFace{ Type::Hint, 12, QFont::Normal, false },
    TypeFace{ Type::RoleName, 17, QFont::DemiBold, false },
    TypeFace{ Type::SecretValue, 34, QFont::Bold, true },
    TypeFace{ Type::Fingerprint, 24, QFont::Bold, true },
    TypeFace{ Type::Value, 14, QFont::Normal, true },
    TypeFace{ Type::ValueBold, 14, QFont::Bold, true },
    TypeFace{ Type::SerialLarge, 26, QFont::Bold, true },
};

constexpr double kBodyPixels = 14;
constexpr double kUsualPointSize = 10.5;

Theme* theTheme = nullptr;

/// Before there is a palette of ours, the system's Window colour tells its scheme.
bool systemIsDark()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128;
}

void loadFonts()
{
    for (const char* file : { "Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf",
             "Go-Mono.ttf", "Go-Mono-Bold.ttf" })
        QFontDatabase::addApplicationFont(QStringLiteral(":/fonts/") + QLatin1String(file));
}

} // namespace

void Theme::install(QApplication& application, std::optional<bool> dark)
{
    if (theTheme) {
        theTheme->setDark(dark.value_or(theTheme->isDark()));
        return;
    }
    initResources();
    loadFonts();
    theTheme = new Theme(dark.value_or(systemIsDark()), &application);
}

Theme& Theme::instance()
{
    Q_ASSERT(theTheme);
    return *theTheme;
}

Theme::Theme(bool dark, QObject* parent)
    : QObject(parent)
    , m_dark(dark)
    , m_bodyPointSize(std::max(QApplication::font().pointSizeF(), kUsualPointSize))
{
    theTheme = this;
    QApplication::setStyle(new Style);
    apply();
    connect(this, &QObject::destroyed, [] { theTheme = nullptr; });
}

void Theme::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    apply();
    Q_EMIT changed();
}

void Theme::apply()
{
    QPalette palette;
    const auto set
        = [&palette, this](QPalette::ColorRole role, Token token) { palette.setColor(role, colour(token)); };
    set(QPalette::Window, Token::Window);
    set(QPalette::Base, Token::Base);
    set(QPalette::Button, Token::Base);
    set(QPalette::AlternateBase, Token::Rail);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        set(role, Token::Text);
    set(QPalette::PlaceholderText, Token::Muted);
    set(QPalette::Light, Token::Base);
    set(QPalette::Mid, Token::Line);
    set(QPalette::Midlight, Token::Hair);
    set(QPalette::Dark, Token::Field);
    set(QPalette::Shadow, Token::Field);
    set(QPalette::Highlight, Token::Accent);
    set(QPalette::Link, Token::Accent);
    set(QPalette::LinkVisited, Token::Accent);
    set(QPalette::HighlightedText, Token::OnAccent);
    set(QPalette::ToolTipBase, Token::Base);
    set(QPalette::ToolTipText, Token::Text);
    for (const QPalette::ColorRole role : { QPalette::WindowText, QPalette::Text, QPalette::ButtonText })
        palette.setColor(QPalette::Disabled, role, colour(Token::DisabledText));
    for (const QPalette::ColorRole role : { QPalette::Base, QPalette::Button })
        palette.setColor(QPalette::Disabled, role, colour(Token::DisabledFill));
    QApplication::setPalette(palette);
    QApplication::setFont(font(Type::Body));
}

QColor Theme::colour(Token token) const
{
    const Shades& shades = kShades.at(static_cast<std::size_t>(token));
    Q_ASSERT(shades.token == token);
    return QColor::fromRgba(m_dark ? shades.dark : shades.light);
}

QFont Theme::font(Type type) const
{
    const TypeFace& face = kTypes.at(static_cast<std::size_t>(type));
    Q_ASSERT(face.type == type);
    QFont font(face.mono ? QStringLiteral("Go Mono") : QStringLiteral("Inter"));
    font.setStyleHint(face.mono ? QFont::Monospace : QFont::SansSerif);
    font.setPointSizeF(m_bodyPointSize * face.pixels / kBodyPixels);
    font.setWeight(face.weight);
    return font;
}

} // namespace conclave::ui
