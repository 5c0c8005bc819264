// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcscchannel.h"

#include "core/base/hex.h"
#include "tests/core/pcsc/fakepcsc.h"

#include <QTest>

using namespace conclave;
using namespace conclave::pcsc;
using test::FakePcsc;

namespace {

const QString kReader = QStringLiteral("Reader 1");

Bytes bytes(const char* hex)
{
    return *fromHex(QString::fromLatin1(hex).remove(u' '));
}

} // namespace

class TestPcscChannel : public QObject {
    Q_OBJECT
private:
    /// Exact commands and answers, one after another.
    using Script = std::vector<std::pair<const char*, const char*>>;

    static void talk(Protocol protocol, const Script& script, const char* command, const char* expected)
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        api.setProtocol(protocol);
        std::size_t step = 0;
        QString sent;
        QString planned;
        api.setCard([&](ByteView received) {
            sent += toHex(received) + QLatin1Char(' ');
            if (step == script.size())
                return bytes("6F00");
            return bytes(script[step++].second);
        });
        for (const auto& [wanted, answer] : script)
            planned += toHex(bytes(wanted)) + QLatin1Char(' ');

        auto channel = PcscChannel::open(api, kReader);
        QVERIFY(channel);
        const auto response = (*channel)->transmit(bytes(command));
        QCOMPARE(sent, planned);
        QVERIFY(response);
        QCOMPARE(toHex(*response), toHex(bytes(expected)));
    }

private Q_SLOTS:
    void commandAndResponsePassUnchangedOverT1()
    {
        talk(Protocol::T1, { { "00A4040002 1122 00", "6F00 9000" } }, "00A4040002112200", "6F009000");
        // 61xx and 6Cxx are the transport's over T=0 only.
        talk(Protocol::T1, { { "00B0000010", "6105" } }, "00B0000010", "6105");
        talk(Protocol::T1, { { "00B0000010", "6C05" } }, "00B0000010", "6C05");
    }

    void leIsLeftOutBesideDataOverT0()
    {
        talk(Protocol::T0, { { "00A4040002 1122", "9000" } }, "00A4040002112200", "9000");
        talk(Protocol::T0, { { "00B0000010", "AABB9000" } }, "00B0000010", "AABB9000");
        talk(Protocol::T0, { { "0020008103 313233", "63C2" } }, "0020008103313233", "63C2");
    }

    void restIsFetchedOverT0()
    {
        talk(Protocol::T0,
            { { "00A4040002 1122", "6104" }, { "00C0000004", "01020304 6102" },
                { "00C0000002", "0506 9000" } },
            "00A4040002112200", "0102030405069000");
        talk(Protocol::T0, { { "00B0000000", "AA 6100" }, { "00C0000000", "BB 6282" } }, "00B0000000",
            "AABB6282");
    }

    void wrongLeIsCorrectedOverT0()
    {
        talk(Protocol::T0, { { "00B0000000", "6C02" }, { "00B0000002", "AABB9000" } }, "00B0000000",
            "AABB9000");
        // Once: a card that is never content does not hold us.
        talk(Protocol::T0, { { "00B0000000", "6C02" }, { "00B0000002", "6C03" } }, "00B0000000", "6C03");
    }

    void promisesOfACardAreBounded_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("more, and nothing comes") << QByteArray("6110");
        QTest::newRow("more, for ever") << QByteArray(512, 'A') + QByteArray("6100");
    }
    void promisesOfACardAreBounded()
    {
        QFETCH(QByteArray, answer);
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        api.setProtocol(Protocol::T0);
        api.setCard([&](ByteView) { return bytes(answer.constData()); });
        auto channel = PcscChannel::open(api, kReader);
        const auto response = (*channel)->transmit(bytes("00B0000000"));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, ErrorKind::TransportFailed);
        QCOMPARE(response.error().detail, kReader);
    }

    void longestResponseFits()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        Bytes longest(65536, 0x5A);
        longest.insert(longest.end(), { 0x90, 0x00 });
        api.setCard([&](ByteView) { return longest; });
        auto channel = PcscChannel::open(api, kReader);
        const auto response = (*channel)->transmit(bytes("00B00000000000"));
        QVERIFY(response);
        QVERIFY(std::ranges::equal(response->view(), longest));
    }

    void answersWithoutStatusWordFail()
    {
        for (const char* answer : { "", "90" }) {
            FakePcsc api;
            api.addReader(kReader);
            api.insertCard(kReader);
            api.setCard([&](ByteView) { return bytes(answer); });
            auto channel = PcscChannel::open(api, kReader);
            const auto response = (*channel)->transmit(bytes("00B0000000"));
            QVERIFY(!response);
            QCOMPARE(response.error().kind, ErrorKind::TransportFailed);
        }
    }

    void openErrorsNameTheReader_data()
    {
        QTest::addColumn<Code>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("held by another program") << code::kSharingViolation << ErrorKind::DeviceBusy;
        QTest::newRow("empty") << code::kNoSmartCard << ErrorKind::NoCard;
        QTest::newRow("mute") << code::kUnresponsiveCard << ErrorKind::CardUnresponsive;
        QTest::newRow("unplugged") << code::kUnknownReader << ErrorKind::ReaderGone;
        QTest::newRow("unplugged just now") << code::kReaderUnavailable << ErrorKind::ReaderGone;
        QTest::newRow("cards not permitted") << code::kSecurityViolation << ErrorKind::ServiceNotPermitted;
        QTest::newRow("service stopped") << code::kNoService << ErrorKind::ServiceNotRunning;
    }
    void openErrorsNameTheReader()
    {
        QFETCH(Code, code);
        QFETCH(ErrorKind, kind);
        FakePcsc api;
        api.failNext(FakePcsc::Call::Connect, code);
        const auto channel = PcscChannel::open(api, kReader);
        QVERIFY(!channel);
        QCOMPARE(channel.error().kind, kind);
        QCOMPARE(channel.error().code, code);
        QCOMPARE(channel.error().detail, kReader);
        QCOMPARE(api.openContexts(), 0);
    }

    void openingWithoutServiceFails()
    {
        FakePcsc api;
        api.stopService();
        const auto channel = PcscChannel::open(api, kReader);
        QVERIFY(!channel);
        QCOMPARE(channel.error().kind, ErrorKind::ServiceNotRunning);
    }

    void cardIsHeldExclusivelyAndLetGo()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        {
            auto first = PcscChannel::open(api, kReader);
            QVERIFY(first);
            const auto second = PcscChannel::open(api, kReader);
            QVERIFY(!second);
            QCOMPARE(second.error().kind, ErrorKind::DeviceBusy);
        }
        QCOMPARE(api.openCards(), 0);
        QCOMPARE(api.openContexts(), 0);
        QVERIFY(PcscChannel::open(api, kReader));
    }

    void errorsInTheMiddleSayWhatHappened_data()
    {
        QTest::addColumn<Code>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("pulled") << code::kRemovedCard << ErrorKind::CardRemoved;
        QTest::newRow("pulled, says the driver") << code::kNoSmartCard << ErrorKind::CardRemoved;
        QTest::newRow("unplugged") << code::kReaderUnavailable << ErrorKind::ReaderGone;
        QTest::newRow("reset by another") << code::kResetCard << ErrorKind::TransportFailed;
        QTest::newRow("daemon died") << code::kCommunicationError << ErrorKind::ServiceNotRunning;
        QTest::newRow("not transacted") << Code{ 0x80100016 } << ErrorKind::TransportFailed;
        QTest::newRow("handle of an old daemon") << code::kInvalidHandle << ErrorKind::TransportFailed;
    }
    void errorsInTheMiddleSayWhatHappened()
    {
        QFETCH(Code, code);
        QFETCH(ErrorKind, kind);
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        auto channel = PcscChannel::open(api, kReader);
        api.failNext(FakePcsc::Call::Transmit, code);
        const auto response = (*channel)->transmit(bytes("00B0000000"));
        QVERIFY(!response);
        QCOMPARE(response.error().kind, kind);
        QCOMPARE(response.error().code, code);
        QCOMPARE(response.error().detail, kReader);
    }

    void readerMayVanishInTheMiddle()
    {
        FakePcsc api;
        api.addReader(kReader);
        api.insertCard(kReader);
        {
            auto channel = PcscChannel::open(api, kReader);
            api.removeReader(kReader);
            const auto response = (*channel)->transmit(bytes("00B0000000"));
            QVERIFY(!response);
            QCOMPARE(response.error().kind, ErrorKind::ReaderGone);
        }
        QCOMPARE(api.openCards(), 0);
        QCOMPARE(api.openContexts(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPcscChannel)
#include "tst_pcscchannel.moc"
