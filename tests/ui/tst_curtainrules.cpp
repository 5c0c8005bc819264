// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/curtainrules.h"

#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QProcess>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>

using namespace conclave::ui;

namespace {

QDBusMessage signal(const char* path, const char* interface, const char* name, const QVariantList& arguments)
{
    QDBusMessage message = QDBusMessage::createSignal(
        QString::fromLatin1(path), QString::fromLatin1(interface), QString::fromLatin1(name));
    message.setArguments(arguments);
    return message;
}

/// The bus answers when it knows what is listened to.
void letTheBusHear()
{
    for (const QDBusConnection& bus : { QDBusConnection::systemBus(), QDBusConnection::sessionBus() })
        QVERIFY(bus.interface()->registeredServiceNames().isValid());
}

constexpr const char* kManager = "org.freedesktop.login1.Manager";
constexpr const char* kSession = "org.freedesktop.login1.Session";

} // namespace

/// The signals are as org.freedesktop.login1(5) and the desktops' screen savers document them.
class TestCurtainRules : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // A bus of its own takes the places of the system's and the session's.
        m_bus.start(QStringLiteral("dbus-daemon"),
            { QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address=1"),
                QStringLiteral("--address=unix:tmpdir=/tmp") });
        QVERIFY(m_bus.waitForReadyRead());
        const QByteArray address = m_bus.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        qputenv("DBUS_SYSTEM_BUS_ADDRESS", address);
        m_sender = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(QString::fromLatin1(address), QStringLiteral("sender")));
        QVERIFY(m_sender->isConnected());
    }

    void cleanupTestCase()
    {
        m_sender.reset();
        QDBusConnection::disconnectFromBus(QStringLiteral("sender"));
        m_bus.terminate();
        QVERIFY(m_bus.waitForFinished());
    }

    void theCurtainDropsWhenPeopleLeave_data()
    {
        QTest::addColumn<QDBusMessage>("message");
        QTest::newRow("sleep") << signal("/org/freedesktop/login1", kManager, "PrepareForSleep", { true });
        QTest::newRow("lock") << signal("/org/freedesktop/login1/session/_32", kSession, "Lock", {});
        QTest::newRow("locked") << signal("/org/freedesktop/login1/session/_32",
            "org.freedesktop.DBus.Properties", "PropertiesChanged",
            { QString::fromLatin1(kSession), QVariantMap{ { QStringLiteral("LockedHint"), true } },
                QStringList() });
        for (const char* saver : { "org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver",
                 "org.cinnamon.ScreenSaver", "org.mate.ScreenSaver", "org.xfce.ScreenSaver" })
            QTest::newRow(saver) << signal("/ScreenSaver", saver, "ActiveChanged", { true });
    }

    void theCurtainDropsWhenPeopleLeave()
    {
        QFETCH(const QDBusMessage, message);
        CurtainRules rules;
        QSignalSpy dropped(&rules, &CurtainRules::peopleMayHaveChanged);
        letTheBusHear();
        QVERIFY(m_sender->send(message));
        QVERIFY(dropped.wait());
    }

    void nobodyActsAfterAMinute()
    {
        CurtainRules rules;
        QSignalSpy idle(&rules, &CurtainRules::nobodyActs);
        rules.restart();
        auto* timer = rules.findChild<QTimer*>();
        QCOMPARE(timer->interval(), 60'000); // formats.md, Rules with numbers
        QVERIFY(timer->isActive());
        timer->start(1);
        QVERIFY(idle.wait());
    }

    void theCurtainDropsWhenADisplayChanges()
    {
        CurtainRules rules;
        QSignalSpy dropped(&rules, &CurtainRules::peopleMayHaveChanged);
        QScreen* screen = QGuiApplication::primaryScreen();
        Q_EMIT screen->geometryChanged({ 0, 0, 640, 480 });
        QCOMPARE(dropped.size(), 1);
        Q_EMIT qApp->primaryScreenChanged(screen);
        QCOMPARE(dropped.size(), 2);
        Q_EMIT qApp->screenRemoved(screen);
        QCOMPARE(dropped.size(), 3);
    }

    void itStaysWhereItIsWhenPeopleComeBack()
    {
        CurtainRules rules;
        QSignalSpy dropped(&rules, &CurtainRules::peopleMayHaveChanged);
        letTheBusHear();
        const QDBusMessage back[] = {
            signal("/org/freedesktop/login1", kManager, "PrepareForSleep", { false }),
            signal("/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", { false }),
            signal("/org/freedesktop/login1/session/_32", "org.freedesktop.DBus.Properties",
                "PropertiesChanged",
                { QString::fromLatin1(kSession), QVariantMap{ { QStringLiteral("LockedHint"), false } },
                    QStringList() }),
        };
        for (const QDBusMessage& message : back)
            QVERIFY(m_sender->send(message));
        // What is sent last arrives last.
        QVERIFY(m_sender->send(signal("/org/freedesktop/login1/session/_32", kSession, "Lock", {})));
        QVERIFY(dropped.wait());
        QCOMPARE(dropped.size(), 1);
    }

private:
    QProcess m_bus;
    std::unique_ptr<QDBusConnection> m_sender;
};

QTEST_MAIN(TestCurtainRules)
#include "tst_curtainrules.moc"
