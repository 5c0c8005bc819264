// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/readersource.h"

#include "tests/core/device/fakesource.h"

#include <QTest>

#include <optional>
#include <thread>

using namespace conclave;
using device::ReaderSource;

class TestReaderSource : public QObject {
    Q_OBJECT
private:
    const QString m_reader = QStringLiteral("Reader 1");

private Q_SLOTS:
    void withoutProbeNobodyWaits()
    {
        test::FakeSource source;
        QVERIFY(!source.waitForProbe(m_reader));
        {
            const ReaderSource::Probe probe(source, m_reader);
            QVERIFY(!source.waitForProbe(QStringLiteral("Reader 2")));
        }
        QVERIFY(!source.waitForProbe(m_reader));
    }

    void endOfTheLastProbeIsWaitedFor()
    {
        test::FakeSource source;
        auto first = std::make_optional<ReaderSource::Probe>(source, m_reader);
        auto second = std::make_optional<ReaderSource::Probe>(source, m_reader);
        std::atomic<bool> ended = false;
        bool endedFirst = false;
        QSemaphore begun;
        std::thread worker([&] {
            begun.release();
            source.waitForProbe(m_reader);
            endedFirst = ended;
        });
        begun.acquire();
        first.reset();
        ended = true;
        second.reset();
        worker.join();
        QVERIFY(endedFirst);
    }
};

QTEST_GUILESS_MAIN(TestReaderSource)
#include "tst_readersource.moc"
