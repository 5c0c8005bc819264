// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/sessionwatch.h"

#include <QDBusConnection> // lint: layers: only hears that the session is locked
#include <QVariantMap>

namespace conclave::ui {

SessionWatch::SessionWatch(QObject* parent)
    : QObject(parent)
{
    // Of any sender, because finding a service by its name waits for the bus. A false alarm only drops a
    // curtain.
    const QString any;
    // The interfaces of systemd-logind, org.freedesktop.login1(5).
    const QString session = QStringLiteral("org.freedesktop.login1.Session");
    QDBusConnection system = QDBusConnection::systemBus();
    system.connect(any, any, QStringLiteral("org.freedesktop.login1.Manager"),
        QStringLiteral("PrepareForSleep"), this, SLOT(beginsOrEnds(bool)));
    system.connect(any, any, session, QStringLiteral("Lock"), this, SIGNAL(leaving()));
    system.connect(any, any, QStringLiteral("org.freedesktop.DBus.Properties"),
        QStringLiteral("PropertiesChanged"), { session }, QString(), this,
        SLOT(propertiesChanged(QString, QVariantMap)));
    QDBusConnection desktop = QDBusConnection::sessionBus();
    for (const char* saver : { "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
             "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver" })
        desktop.connect(
            any, any, QLatin1String(saver), QStringLiteral("ActiveChanged"), this, SLOT(beginsOrEnds(bool)));
}

void SessionWatch::beginsOrEnds(bool begins)
{
    if (begins)
        Q_EMIT leaving();
}

void SessionWatch::propertiesChanged(const QString&, const QVariantMap& changed)
{
    if (changed.value(QStringLiteral("LockedHint")).toBool())
        Q_EMIT leaving();
}

} // namespace conclave::ui
