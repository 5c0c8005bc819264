// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcsccode.h"

#include <QTest>

using namespace conclave;
using namespace conclave::pcsc;

class TestPcscCode : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachCodeHasItsKind_data()
    {
        QTest::addColumn<Code>("code");
        QTest::addColumn<ErrorKind>("kind");
        // The numbers are those of winscard.h, written out so that a wrong constant shows.
        QTest::newRow("SCARD_E_INVALID_HANDLE") << 0x80100003U << ErrorKind::TransportFailed;
        QTest::newRow("SCARD_E_INSUFFICIENT_BUFFER") << 0x80100008U << ErrorKind::TransportFailed;
        QTest::newRow("SCARD_E_UNKNOWN_READER") << 0x80100009U << ErrorKind::ReaderGone;
        QTest::newRow("SCARD_E_TIMEOUT") << 0x8010000AU << ErrorKind::TransportFailed;
        QTest::newRow("SCARD_E_SHARING_VIOLATION") << 0x8010000BU << ErrorKind::DeviceBusy;
        QTest::newRow("SCARD_E_NO_SMARTCARD") << 0x8010000CU << ErrorKind::NoCard;
        QTest::newRow("SCARD_E_PROTO_MISMATCH") << 0x8010000FU << ErrorKind::CardUnresponsive;
        QTest::newRow("SCARD_E_NOT_READY") << 0x80100010U << ErrorKind::CardUnresponsive;
        QTest::newRow("SCARD_F_COMM_ERROR") << 0x80100013U << ErrorKind::ServiceNotRunning;
        QTest::newRow("SCARD_E_NOT_TRANSACTED") << 0x80100016U << ErrorKind::TransportFailed;
        QTest::newRow("SCARD_E_READER_UNAVAILABLE") << 0x80100017U << ErrorKind::ReaderGone;
        QTest::newRow("SCARD_P_SHUTDOWN") << 0x80100018U << ErrorKind::ServiceNotRunning;
        QTest::newRow("SCARD_E_NO_SERVICE") << 0x8010001DU << ErrorKind::ServiceNotRunning;
        QTest::newRow("SCARD_E_SERVICE_STOPPED") << 0x8010001EU << ErrorKind::ServiceNotRunning;
        QTest::newRow("SCARD_E_NO_ACCESS") << 0x80100027U << ErrorKind::ServiceNotPermitted;
        QTest::newRow("SCARD_E_NO_READERS_AVAILABLE") << 0x8010002EU << ErrorKind::NoReader;
        QTest::newRow("SCARD_W_UNSUPPORTED_CARD") << 0x80100065U << ErrorKind::CardUnresponsive;
        QTest::newRow("SCARD_W_UNRESPONSIVE_CARD") << 0x80100066U << ErrorKind::CardUnresponsive;
        QTest::newRow("SCARD_W_UNPOWERED_CARD") << 0x80100067U << ErrorKind::CardUnresponsive;
        QTest::newRow("SCARD_W_RESET_CARD") << 0x80100068U << ErrorKind::TransportFailed;
        QTest::newRow("SCARD_W_REMOVED_CARD") << 0x80100069U << ErrorKind::CardRemoved;
        QTest::newRow("SCARD_W_SECURITY_VIOLATION") << 0x8010006AU << ErrorKind::ServiceNotPermitted;
        QTest::newRow("a code of nobody's") << 0x12345678U << ErrorKind::TransportFailed;
    }
    void eachCodeHasItsKind()
    {
        QFETCH(Code, code);
        QFETCH(ErrorKind, kind);
        const Error error = toError(code, QStringLiteral("Reader 1"));
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.code, code);
        QCOMPARE(error.detail, QStringLiteral("Reader 1"));
    }
};

QTEST_GUILESS_MAIN(TestPcscCode)
#include "tst_pcsccode.moc"
