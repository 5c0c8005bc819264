// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/onlookers.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;

class TestOnlookers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_processes = std::make_unique<QTemporaryDir>(); }

    void knownProgramsAreNamedOnceEach()
    {
        run("101", "bash\n");
        run("102", "x11vnc\n");
        run("103", "obs\n");
        run("104", "obs\n");
        run("105", "observer\n");
        QCOMPARE(found(),
            (std::vector<Onlooker>{ { QStringLiteral("obs"), Onlooker::Kind::Recorder },
                { QStringLiteral("x11vnc"), Onlooker::Kind::RemoteDesktop } }));
    }

    void toolsThatRecordAmongOtherThingsAreNamedToo()
    {
        run("11", "ffmpeg\n");
        run("12", "gst-launch-1.0\n");
        run("13", "krdpserver\n");
        run("14", "ffmpegthumbnail\n"); // makes small pictures of films
        QCOMPARE(found(),
            (std::vector<Onlooker>{ { QStringLiteral("ffmpeg"), Onlooker::Kind::Recorder },
                { QStringLiteral("gst-launch-1.0"), Onlooker::Kind::Recorder },
                { QStringLiteral("krdpserver"), Onlooker::Kind::RemoteDesktop } }));
    }

    void theKernelsShortNameIsEnough()
    {
        run("7", "simplescreenrec\n"); // as proc(5) shows "simplescreenrecorder"
        QCOMPARE(found(),
            (std::vector<Onlooker>{ { QStringLiteral("simplescreenrecorder"), Onlooker::Kind::Recorder } }));
    }

    void whatIsNoProcessIsPassedOver()
    {
        run("self", "obs\n");
        QVERIFY(QDir(m_processes->path()).mkpath(QStringLiteral("12"))); // ended meanwhile
        QVERIFY(found().empty());
        QVERIFY(findOnlookers(m_processes->filePath(QStringLiteral("nothing here")), {}).empty());
    }

    void anotherComputersDisplayIsTold_data()
    {
        QTest::addColumn<QString>("display");
        QTest::addColumn<bool>("told");
        QTest::newRow("through ssh") << QStringLiteral("localhost:10.0") << true;
        QTest::newRow("by address") << QStringLiteral("192.0.2.7:0") << true;
        QTest::newRow("this one") << QStringLiteral(":0") << false;
        QTest::newRow("this one's socket") << QStringLiteral("unix:0.0") << false;
        QTest::newRow("macOS") << QStringLiteral("/private/tmp/launchd/org.xquartz:0") << false;
        QTest::newRow("none") << QString() << false;
    }

    void anotherComputersDisplayIsTold()
    {
        QFETCH(const QString, display);
        const std::vector<Onlooker> seen = findOnlookers(m_processes->path(), display);
        QTEST(seen == (std::vector<Onlooker>{ { display, Onlooker::Kind::OtherScreen } }), "told");
    }

private:
    void run(const char* process, const char* name)
    {
        const QString folder = m_processes->filePath(QString::fromLatin1(process));
        QVERIFY(QDir().mkpath(folder));
        QFile file(folder + QStringLiteral("/comm"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(name) > 0);
    }
    [[nodiscard]] std::vector<Onlooker> found() const { return findOnlookers(m_processes->path(), {}); }

    std::unique_ptr<QTemporaryDir> m_processes;
};

QTEST_GUILESS_MAIN(TestOnlookers)
#include "tst_onlookers.moc"
