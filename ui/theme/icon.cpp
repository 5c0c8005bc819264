// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icon.h"

#include <QFile>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgRenderer>

#include <array>

namespace conclave::ui {

namespace {

constexpr std::array kFiles{ "back", "check", "clock", "cross", "danger", "device", "document", "eye",
    "eyeoff", "folder", "help", "info", "key", "laptop", "lock", "minus", "more", "note", "pause", "people",
    "person", "plus", "print", "refresh", "rehearse", "restore", "search", "share", "usb", "warning",
    "witness" };

constexpr int kSize = 20;

} // namespace

QPixmap iconPixmap(Icon name, int size, const QColor& colour, qreal devicePixelRatio)
{
    QFile file(
        QStringLiteral(":/icons/%1.svg").arg(QLatin1String(kFiles.at(static_cast<std::size_t>(name)))));
    QByteArray drawing;
    if (file.open(QIODevice::ReadOnly))
        drawing = file.readAll();
    drawing.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(drawing);
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, size, size));
    return pixmap;
}

QIcon icon(Icon name, Token colour)
{
    const Theme& theme = Theme::instance();
    QIcon icon(iconPixmap(name, kSize, theme.colour(colour), qGuiApp->devicePixelRatio()));
    icon.addPixmap(iconPixmap(name, kSize, theme.colour(Token::DisabledText), qGuiApp->devicePixelRatio()),
        QIcon::Disabled);
    return icon;
}

} // namespace conclave::ui
