// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/background.h"
#include "tests/cups/cupsserver.h"
#include "tests/support/papereyes.h"
#include "ui/print/printqueues.h"
#include "ui/print/sheetjob.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QTest>

#include <algorithm>

using namespace conclave;
using namespace conclave::ceremony;
using namespace conclave::ui;

namespace {

constexpr int kPatienceMs = 30'000;

/// Off the thread of the event loop, as the program does.
QFuture<JobResult> print(const QString& queue, const std::stop_token& stop = {})
{
    return inBackground(*QThreadPool::globalInstance(), [queue, stop] {
        return printSheet(queue, QStringLiteral("EX-2026-0417, sheet 3"), PaperSize::A4,
            FilledSheet(test::someSheet(16), test::someSecret(16)), stop);
    });
}

bool over(const QFuture<JobResult>& future)
{
    return QTest::qWaitFor([&future] { return future.isFinished(); }, kPatienceMs);
}

} // namespace

class TestSheetJob : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        Theme::install(*qApp, false);
        QVERIFY(canStreamPages());
    }
    void init()
    {
        m_cups = std::make_unique<test::CupsServer>();
        QVERIFY2(m_cups->isRunning(), qPrintable(m_cups->log()));
    }
    void cleanup() { m_cups.reset(); }

    void aSheetComesOutWithItsValueAndNothingOfItStays()
    {
        const auto future = print(QStringLiteral("Cable"));
        QVERIFY2(over(future), qPrintable(m_cups->log()));
        const JobResult result = future.result();
        QVERIFY2(result.end == JobEnd::Completed, qPrintable(result.detail + m_cups->log()));
        QVERIFY2(result.purged, qPrintable(m_cups->log()));
        QCOMPARE(m_cups->documentsInSpool(), QStringList());
        QCOMPARE(m_cups->printed().size(), 1);
        const QImage page = test::rendered(m_cups->printed().front(), FilledSheet::kDotsPerInch);
        test::keepPicture(page, QStringLiteral("printed sheet"));
        const test::Reading reading = test::readSheet(page, test::someSheet(16));
        QCOMPARE(reading.value, test::someRows(16));
        QCOMPARE(reading.code, QStringLiteral("68M8"));
    }

    void aJobThatIsStoppedLeavesNothing()
    {
        m_cups->hold();
        std::stop_source stop;
        const auto future = print(QStringLiteral("Cable"), stop.get_token());
        QTRY_VERIFY_WITH_TIMEOUT(m_cups->documentsInSpool().size() == 1, kPatienceMs);
        stop.request_stop();
        QVERIFY(over(future));
        QCOMPARE(future.result().end, JobEnd::Stopped);
        QVERIFY(future.result().purged);
        QCOMPARE(m_cups->documentsInSpool(), QStringList());
        QCOMPARE(m_cups->printed(), QStringList());
    }

    void aPrinterThatFailsIsToldAndPurged()
    {
        m_cups->breakDown();
        const auto future = print(QStringLiteral("Cable"));
        QVERIFY(over(future));
        QCOMPARE(future.result().end, JobEnd::Aborted);
        QVERIFY(future.result().purged);
        QCOMPARE(m_cups->documentsInSpool(), QStringList());
    }

    void aQueueThatIsNotThereGetsNothing()
    {
        const auto future = print(QStringLiteral("NoSuchPrinter"));
        QVERIFY(over(future));
        QCOMPARE(future.result().end, JobEnd::NotAccepted);
        QVERIFY(future.result().purged);
        QVERIFY(!future.result().detail.isEmpty());
    }

    void aServerThatGoesAwayMeanwhileIsNotSaidToBePurged()
    {
        m_cups->hold();
        const auto future = print(QStringLiteral("Cable"));
        QTRY_VERIFY_WITH_TIMEOUT(m_cups->documentsInSpool().size() == 1, kPatienceMs);
        m_cups->crash();
        QVERIFY(over(future));
        QCOMPARE(future.result().end, JobEnd::Lost);
        QVERIFY(!future.result().purged);
        QVERIFY(!lookAtPrintingSystem());
    }

    void queuesAreToldApart()
    {
        const auto system = lookAtPrintingSystem();
        QVERIFY(system);
        const auto connection = [&](const char* name) {
            const auto queue
                = std::ranges::find(system->queues, QString::fromLatin1(name), &PrintQueue::name);
            return queue == system->queues.end() || !queue->accepting ? -1
                                                                      : static_cast<int>(queue->connection);
        };
        QCOMPARE(system->queues.size(), std::size_t{ 3 });
        QCOMPARE(connection("Cable"), static_cast<int>(PrinterConnection::Cable));
        QCOMPARE(connection("Network"), static_cast<int>(PrinterConnection::Network));
        QCOMPARE(connection("File"), static_cast<int>(PrinterConnection::File));
        QCOMPARE(system->spool.folder, m_cups->spool());
    }

    void devicesAreKnownByTheirUris_data()
    {
        QTest::addColumn<QString>("uri");
        QTest::addColumn<PrinterConnection>("connection");
        const std::pair<const char*, PrinterConnection> uris[]
            = { { "usb://HP/LaserJet", PrinterConnection::Cable }, { "USB://x", PrinterConnection::Cable },
                  { "parallel:/dev/lp0", PrinterConnection::Cable },
                  { "hp:/usb/LaserJet?serial=1", PrinterConnection::Cable },
                  { "hp:/net/LaserJet?ip=192.0.2.1", PrinterConnection::Other },
                  { "ipp://localhost:60000/ipp/print", PrinterConnection::Network },
                  { "ipps://printer.local", PrinterConnection::Network },
                  { "socket://192.0.2.1:9100", PrinterConnection::Network },
                  { "lpd://192.0.2.1/q", PrinterConnection::Network },
                  { "dnssd://Printer._ipp._tcp.local/", PrinterConnection::Network },
                  { "implicitclass://Printer/", PrinterConnection::Network },
                  { "file:///dev/lp0", PrinterConnection::File }, { "cups-pdf:/", PrinterConnection::File },
                  { "beh:/1/3/5/usb://x", PrinterConnection::Other }, { "", PrinterConnection::Other },
                  { "usbx://", PrinterConnection::Other } };
        for (const auto& [uri, connection] : uris)
            QTest::newRow(*uri ? uri : "none") << QString::fromLatin1(uri) << connection;
    }
    void devicesAreKnownByTheirUris()
    {
        QFETCH(const QString, uri);
        QFETCH(const PrinterConnection, connection);
        QCOMPARE(connectionOf(uri, false, false), connection);
        QCOMPARE(connectionOf(uri, true, false), PrinterConnection::Class);
        QCOMPARE(connectionOf(uri, false, true), PrinterConnection::Network);
    }

    void theSpoolIsWhereTheServersFilesSay()
    {
        const QTemporaryDir root;
        const auto configured = [&](const char* text) {
            QFile file(root.filePath(QStringLiteral("cups-files.conf")));
            return file.open(QIODevice::WriteOnly) && file.write(text) >= 0;
        };
        QCOMPARE(spoolOf(root.path()).folder, QStringLiteral("/var/spool/cups"));
        // /dev/shm is a tmpfs on every Linux, /proc no place that could be told.
        QVERIFY(configured("# RequestRoot /nowhere\nrequestroot   /dev/shm/spool\n"));
        QCOMPARE(spoolOf(root.path()).folder, QStringLiteral("/dev/shm/spool"));
        QVERIFY(spoolOf(root.path()).place <= SpoolPlace::SwappableMemory);
        QVERIFY(configured("RequestRoot /dev/shm\nTempDir /proc/x\n"));
        QVERIFY(spoolOf(root.path()).place > SpoolPlace::SwappableMemory);
        QVERIFY(configured("RequestRoot spool\n"));
        QCOMPARE(spoolOf(root.path()).place, SpoolPlace::Unknown);
        QCOMPARE(spoolOf(root.filePath(QStringLiteral("none"))).place, SpoolPlace::Unknown);
    }

private:
    std::unique_ptr<test::CupsServer> m_cups;
};

QTEST_MAIN(TestSheetJob)
#include "tst_sheetjob.moc"
