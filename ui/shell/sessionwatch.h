// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace conclave::ui {

/// Hears from the desktop over D-Bus that its people leave: a session is locked, a screen saver comes up, the
/// computer goes to sleep. Where there is no bus it hears nothing.
class SessionWatch : public QObject {
    Q_OBJECT

public:
    explicit SessionWatch(QObject* parent = nullptr);

Q_SIGNALS:
    void leaving();

private Q_SLOTS:
    void beginsOrEnds(bool begins);
    void propertiesChanged(const QString& interface, const QVariantMap& changed);
};

} // namespace conclave::ui
