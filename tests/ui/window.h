// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "tests/ui/screeninspector.h"
#include "ui/rehearsal/hands.h"

#include <QAbstractButton>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstring>
#include <vector>

namespace conclave::ui {

// What tests with a window have in common.

/// Layouts within layouts take a turn of the event loop each.
inline void settle()
{
    constexpr int kTurnsToSettle = 4;
    static_cast<void>(QTest::qWaitFor([turns = 0]() mutable { return ++turns > kTurnsToSettle; }));
}

template <typename Widget>
std::vector<Widget*> shown(const QWidget& parent)
{
    std::vector<Widget*> found;
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->isVisible())
            found.push_back(widget);
    }
    return found;
}

/// The button that begins with these words, also in a dialog. False: it cannot be pressed.
inline bool press(const QWidget& window, const QString& words)
{
    settle(); // buttons show up in a turn of the event loop
    for (QAbstractButton* button : shown<QAbstractButton>(window)) {
        QString text = button->text();
        if (text.remove(QLatin1Char('&')).startsWith(words))
            return hands::press(*button);
    }
    return false;
}

/// What is wrong with the screen for people who see little or nothing, or use the keyboard only.
inline QString faultsOf(QWidget& window)
{
    settle();
    return (namelessControls(window) + mnemonicClashes(window) + tabOrderFaults(window) + cutTexts(window))
        .join(QLatin1Char('\n'));
}

/// For people: in the folder that CONCLAVE_TEST_PICTURES names.
inline void takePicture(QWidget& window, const QString& name)
{
    const QString pictures = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
    if (!pictures.isEmpty())
        window.grab().save(QDir(pictures).filePath(name + QStringLiteral(".png")));
}

inline SecretBytes secret(const char* ascii)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(ascii), std::strlen(ascii)));
}

/// Of the ceremony in this folder; empty when there is none.
inline QJsonObject reportOf(const QString& folder)
{
    QFile file(QDir(folder).filePath(QStringLiteral("report.json")));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace conclave::ui
