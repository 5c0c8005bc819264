// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/readerconnection.h"

#include <QTcpServer>
#include <QtTest>

using namespace conclave;
using namespace conclave::simcard;

namespace {

const Bytes kAtr{ 0x3B, 0x80, 0x80, 0x01, 0x01 };
const QByteArray kSelect = QByteArray::fromHex("00a404000be82b0601040181c31f020100");
const QByteArray kLogin = QByteArray::fromHex("0020008106363438323139");

QByteArray framed(const QByteArray& payload)
{
    const char length[] = { static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size()) };
    return QByteArray(length, sizeof length) + payload;
}

} // namespace

/// The card's end of the line, with this test as the virtual reader.
class TestReaderConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_reader = std::make_unique<QTcpServer>();
        QVERIFY(m_reader->listen(QHostAddress::LocalHost));
        m_card = std::make_shared<simulator::SimulatedHsm>();
        m_connection = std::make_unique<ReaderConnection>(m_card, kAtr, m_reader->serverPort());
    }

    void cleanup()
    {
        m_connection.reset();
        m_line = nullptr;
        m_reader.reset();
    }

    void controlFramesAreAnsweredByTheAtrAlone()
    {
        insert();
        m_line->write(framed(QByteArray(1, '\x01')) + framed(QByteArray(1, '\x04')));
        QTRY_COMPARE(m_line->bytesAvailable(), qint64(2 + 5));
        QCOMPARE(m_line->readAll().toHex(), QByteArray("00053b80800101"));
    }

    void commandsAreAnswered()
    {
        insert();
        QCOMPARE(answer(kSelect).toHex(), QByteArray("6f0a820178850500000004019000"));
        QCOMPARE(answer(QByteArray::fromHex("0020")).toHex(), QByteArray("6700")); // no APDU
    }

    void powerOffEndsTheSelection()
    {
        for (const char control : { '\x00', '\x01', '\x02' }) {
            insert();
            QVERIFY(answer(kSelect).endsWith(QByteArray::fromHex("9000")));
            m_line->write(framed(QByteArray(1, control)));
            QCOMPARE(answer(QByteArray::fromHex("00200081")).toHex(), QByteArray("6e00"));
            cleanup();
            init();
        }
    }

    void whatMayHaveChangedTheCardIsToldBeforeTheAnswer()
    {
        insert();
        int changes = 0;
        bool answered = false;
        connect(m_connection.get(), &ReaderConnection::cardChanged, this, [&] {
            ++changes;
            answered = m_line->bytesAvailable() > 0;
        });
        QVERIFY(answer(kSelect).endsWith(QByteArray::fromHex("9000")));
        QCOMPARE(changes, 0);
        QCOMPARE(answer(kLogin).toHex(), QByteArray("6a88"));
        QCOMPARE(changes, 1);
        QVERIFY(!answered);
    }

    void aReaderThatGoesIsWaitedFor()
    {
        QSignalSpy waiting(m_connection.get(), &ReaderConnection::waiting);
        QSignalSpy connected(m_connection.get(), &ReaderConnection::connected);
        insert();
        QTRY_COMPARE(connected.count(), 1);
        m_line->disconnectFromHost();
        QTRY_COMPARE(waiting.count(), 1);
        QTRY_COMPARE(connected.count(), 2);
    }

private:
    void insert()
    {
        m_connection->start();
        QTRY_VERIFY(m_reader->hasPendingConnections());
        m_line = m_reader->nextPendingConnection();
    }

    QByteArray answer(const QByteArray& command)
    {
        m_line->write(framed(command));
        const auto complete = [this] {
            const QByteArray begin = m_line->peek(2);
            return begin.size() == 2
                && m_line->bytesAvailable() >= 2 + (quint8(begin[0]) << 8 | quint8(begin[1]));
        };
        if (!QTest::qWaitFor(complete))
            return {};
        return m_line->readAll().mid(2);
    }

    std::unique_ptr<QTcpServer> m_reader;
    std::shared_ptr<simulator::SimulatedHsm> m_card;
    std::unique_ptr<ReaderConnection> m_connection;
    QTcpSocket* m_line = nullptr; ///< the server's
};

QTEST_GUILESS_MAIN(TestReaderConnection)
#include "tst_readerconnection.moc"
