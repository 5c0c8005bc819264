// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/smartcardhsm.h"
#include "tests/core/card/scriptedchannel.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;
using test::exchange;
using test::ScriptedChannel;
using test::transcript;

namespace {

const QString kOk = QStringLiteral("9000");
const QString kSelect = QStringLiteral("00A404000B E82B0601040181C31F0201 00");
const QString kSelected = QStringLiteral("6F0A 820178 85050001000305 9000"); // RRC on, version 3.5
const QString kReadDevice = QStringLiteral("00B12F0204 54020000 00");
const QString kReadLabel = QStringLiteral("00B12F0304 54020000 00");
const QString kSoPinQuery = QStringLiteral("00200088");
const QString kUserPinQuery = QStringLiteral("00200081");
const QString kDkekQuery = QStringLiteral("8052000000");
const QString kEnumerate = QStringLiteral("80580000000000");
const QString kNotFound = QStringLiteral("6A82");
const QString kVerify = QStringLiteral("00200081 06 363438323139"); // 648219

const QString kVerifyNewPin = QStringLiteral("00200081 06 313233343536"); // 123456

Bytes ascii(const char* text)
{
    return Bytes(text, text + std::strlen(text));
}

/// The first piece of EF 2F02 as OpenSC got it.
QString firstPiece()
{
    return exchange("keygen-ec", "00b10000045402000000").response;
}

/// Reads the piece with this number, from 0, of EF 2F02.
QString readDeviceAt(int piece)
{
    return QStringLiteral("00B12F0204 5402 %1 00 00").arg(piece, 2, 16, QLatin1Char('0'));
}

template <typename T>
ErrorKind kind(const Result<T>& result)
{
    return result ? ErrorKind::Malformed : result.error().kind;
}

Initialisation settings(std::optional<int> shareFiles)
{
    Initialisation result;
    result.userPin = SecretBytes(ascii("123456"));
    result.soPin = SecretBytes(ascii("3537363231383830"));
    result.userPinTries = 3;
    result.unblocking = PinUnblocking::NewPin;
    result.label = QStringLiteral("lbl");
    result.shareFiles = shareFiles;
    return result;
}

KeyRequest ecKey()
{
    return { .algorithm = KeyAlgorithm::EcP256, .label = QStringLiteral("ec key"), .id = { 0x10 } };
}

KeyRequest rsaKey()
{
    return { .algorithm = KeyAlgorithm::Rsa2048, .label = QStringLiteral("rsa key"), .id = { 0x11 } };
}

/// Script and driver of one test, with the applet selected.
struct Bench {
    ScriptedChannel channel;
    SmartCardHsm hsm{ channel };

    Bench()
    {
        channel.expect(kSelect, kSelected);
        if (!hsm.select())
            throw std::runtime_error("not selected");
    }
};

} // namespace

#define QCOMPARE_SCRIPT_DONE(channel) QCOMPARE((channel).complaint(), QString())

class SmartCardHsmTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- select and status

    void selectIsThatOfOpenSc()
    {
        ScriptedChannel channel;
        channel.expect(exchange("status", "00a404000b"));
        SmartCardHsm hsm(channel);
        QVERIFY(hsm.select());
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void statusReadsAllWithoutAPin()
    {
        ScriptedChannel channel;
        channel.expect(kSelect, kSelected);
        channel.expect(kReadDevice, firstPiece());
        channel.expect(exchange("status", "00200088"));
        channel.expect(exchange("status", "00200081"));
        channel.expect(exchange("status", "8052"));
        channel.expect(kReadLabel, QStringLiteral("3013020100800a5465737420546f6b656e03020520 6282"));
        SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        QVERIFY(status);
        QCOMPARE(status->serial, QStringLiteral("UTTEST0001"));
        QCOMPARE(status->versionMajor, 3);
        QCOMPARE(status->versionMinor, 5);
        QCOMPARE(status->options, std::uint8_t{ 0x01 });
        QVERIFY(status->initialised());
        QVERIFY((status->soPin == PinStatus{ PinStatus::State::Ready, 15 }));
        QVERIFY((status->userPin == PinStatus{ PinStatus::State::Ready, 3 }));
        QVERIFY(status->dkek);
        QCOMPARE(status->dkek->total, 1);
        QCOMPARE(status->dkek->outstanding, 0);
        QCOMPARE(toHex(*status->dkek->kcv), QStringLiteral("858b0d8a6db4932a"));
        QCOMPARE(status->label, QStringLiteral("Test Token"));
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void serialIsReadOnceAConnection()
    {
        ScriptedChannel channel;
        channel.expect(kSelect, kSelected);
        channel.expect(kReadDevice, toHex(test::realCvc("ef_2f02_nitrokey_hsm2_fw41")).left(512) + kOk);
        SmartCardHsm hsm(channel);
        QCOMPARE(*hsm.serial(), QStringLiteral("DENK0404144"));
        QCOMPARE(*hsm.serial(), QStringLiteral("DENK0404144"));
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void uninitialisedDeviceIsToldFromAnInitialisedOne()
    {
        ScriptedChannel channel;
        channel.expect(kSelect, QStringLiteral("6F0A 820178 85050000000305 9000"));
        channel.expect(kReadDevice, firstPiece());
        channel.expect(exchange("status-uninit", "00200088"));
        channel.expect(exchange("status-uninit", "8052"));
        channel.expect(kReadLabel, kNotFound);
        SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        QVERIFY(status);
        QVERIFY(!status->initialised());
        QCOMPARE(status->userPin.state, PinStatus::State::NotSet);
        QCOMPARE(status->options, std::uint8_t{ 0 });
        QVERIFY(!status->dkek);
        QCOMPARE(status->label, QString());
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void oldFirmwareIsNotAskedForTheSoPin()
    {
        ScriptedChannel channel;
        channel.expect(kSelect, QStringLiteral("6207 820178 85020102 9000")); // 1.2, template 62
        channel.expect(kReadDevice, firstPiece());
        channel.expect(kUserPinQuery, QStringLiteral("6984"));
        channel.expect(kDkekQuery, QStringLiteral("6D00"));
        channel.expect(kReadLabel, kNotFound);
        SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        QVERIFY(status);
        QCOMPARE(status->versionMajor, 1);
        QCOMPARE(status->versionMinor, 2);
        QCOMPARE(status->options, std::uint8_t{ 0 });
        QVERIFY(!status->initialised());
        QVERIFY(!status->makes(KeyAlgorithm::Rsa4096));
        QVERIFY(status->makes(KeyAlgorithm::Rsa2048));
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void otherCardsAreNotSmartCardHsm_data()
    {
        QTest::addColumn<QString>("response");
        QTest::newRow("no such applet") << QStringLiteral("6A82");
        QTest::newRow("no SELECT") << QStringLiteral("6D00");
        QTest::newRow("no answer data") << QStringLiteral("9000");
        QTest::newRow("no version") << QStringLiteral("6F03 820178 9000");
        QTest::newRow("version cut") << QStringLiteral("6F03 850103 9000");
        QTest::newRow("template cut") << QStringLiteral("6F0A 820178 9000");
        QTest::newRow("another template") << QStringLiteral("610A 820178 85050001000305 9000");
    }

    void otherCardsAreNotSmartCardHsm()
    {
        QFETCH(QString, response);
        ScriptedChannel channel;
        channel.expect(kSelect, response);
        SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        QCOMPARE(kind(status), ErrorKind::NotSmartCardHsm);
        QCOMPARE(status.error().code, response.right(4).toUInt(nullptr, 16));
        QCOMPARE_SCRIPT_DONE(channel);
    }

    void unusableDeviceCertificateIsUnexpected_data()
    {
        QTest::addColumn<QString>("response");
        QTest::addColumn<ErrorKind>("expected");
        const QString whole = firstPiece().left(458); // the first certificate alone
        QTest::newRow("missing") << kNotFound << ErrorKind::NotFound;
        QTest::newRow("empty") << QStringLiteral("6282") << ErrorKind::UnexpectedAnswer;
        QTest::newRow("empty, 9000") << kOk << ErrorKind::UnexpectedAnswer;
        QTest::newRow("cut") << whole.chopped(2) + QStringLiteral("6282") << ErrorKind::UnexpectedAnswer;
        QTest::newRow("no certificate") << QStringLiteral("3000 6282") << ErrorKind::UnexpectedAnswer;
        QTest::newRow("more than asked for")
            << QStringLiteral("30820200") + QStringLiteral("00").repeated(253) + kOk
            << ErrorKind::UnexpectedAnswer;
    }

    void unusableDeviceCertificateIsUnexpected()
    {
        QFETCH(QString, response);
        QFETCH(ErrorKind, expected);
        Bench bench;
        bench.channel.expect(kReadDevice, response);
        QCOMPARE(kind(bench.hsm.status()), expected);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void labelThatDoesNotParseIsNone()
    {
        for (const QString& content : { QStringLiteral("FFFF 6282"), QStringLiteral("3003800541 6282"),
                 QStringLiteral("6282"), QStringLiteral("0400 9000") }) {
            Bench bench;
            bench.channel.expect(kReadDevice, firstPiece());
            bench.channel.expect(kSoPinQuery, QStringLiteral("63CF"));
            bench.channel.expect(kUserPinQuery, QStringLiteral("63C3"));
            bench.channel.expect(kDkekQuery, QStringLiteral("6D00"));
            bench.channel.expect(kReadLabel, content);
            const auto status = bench.hsm.status();
            QVERIFY(status);
            QCOMPARE(status->label, QString());
            QCOMPARE_SCRIPT_DONE(bench.channel);
        }
    }

    void pinQueriesTellTheState_data()
    {
        QTest::addColumn<QString>("sw");
        QTest::addColumn<int>("state");
        QTest::addColumn<int>("tries");
        const auto row = [](const char* sw, PinStatus::State state, int tries = -1) {
            QTest::newRow(sw) << QString::fromLatin1(sw) << static_cast<int>(state) << tries;
        };
        row("9000", PinStatus::State::Verified);
        row("63C3", PinStatus::State::Ready, 3);
        row("63CF", PinStatus::State::Ready, 15);
        row("63C0", PinStatus::State::Blocked);
        row("6983", PinStatus::State::Blocked);
        row("6984", PinStatus::State::TransportPin);
        row("6A88", PinStatus::State::NotSet);
        row("6300", PinStatus::State::Unknown);
        row("6400", PinStatus::State::Unknown);
        row("6F00", PinStatus::State::Unknown);
    }

    void pinQueriesTellTheState()
    {
        QFETCH(QString, sw);
        QFETCH(int, state);
        QFETCH(int, tries);
        Bench bench;
        bench.channel.expect(kUserPinQuery, sw);
        bench.channel.expect(kSoPinQuery, sw);
        for (const auto& pin : { bench.hsm.userPinStatus(), bench.hsm.soPinStatus() }) {
            QVERIFY(pin);
            QCOMPARE(static_cast<int>(pin->state), state);
            QCOMPARE(pin->triesLeft.value_or(-1), tries);
        }
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void dkekStatusIsRead_data()
    {
        QTest::addColumn<QString>("response");
        QTest::addColumn<int>("total");
        QTest::addColumn<int>("outstanding");
        QTest::addColumn<QString>("kcv");
        QTest::newRow("pending") << QStringLiteral("0201 0000000000000000 9000") << 2 << 1 << QString();
        QTest::newRow("complete") << QStringLiteral("0100 630DCD2966C43366 9000") << 1 << 0
                                  << QStringLiteral("630dcd2966c43366");
        QTest::newRow("KCV hidden until login")
            << QStringLiteral("0100 0000000000000000 9000") << 1 << 0 << QString();
        QTest::newRow("random DKEK") << exchange("init-dkek0", "8052").response << 0 << 0
                                     << QStringLiteral("9d0f68909b4de2d7");
        QTest::newRow("with a domain's UID")
            << QStringLiteral("0100 630DCD2966C43366 00112233445566778899AABBCCDDEEFF 9000") << 1 << 0
            << QStringLiteral("630dcd2966c43366");
    }

    void dkekStatusIsRead()
    {
        QFETCH(QString, response);
        QFETCH(int, total);
        QFETCH(int, outstanding);
        QFETCH(QString, kcv);
        Bench bench;
        bench.channel.expect(kDkekQuery, response);
        const auto dkek = bench.hsm.dkekStatus();
        QVERIFY(dkek && *dkek);
        QCOMPARE((*dkek)->total, total);
        QCOMPARE((*dkek)->outstanding, outstanding);
        QCOMPARE((*dkek)->kcv ? toHex(*(*dkek)->kcv) : QString(), kcv);
    }

    void missingDkekIsNoError()
    {
        for (const QString& sw : { QStringLiteral("6D00"), QStringLiteral("6A88") }) {
            Bench bench;
            bench.channel.expect(kDkekQuery, sw);
            const auto dkek = bench.hsm.dkekStatus();
            QVERIFY(dkek);
            QVERIFY(!*dkek);
        }
    }

    void malformedDkekStatusIsUnexpected()
    {
        for (const QString& answer : { QStringLiteral("9000"), QStringLiteral("0100 630DCD2966C433 9000"),
                 QStringLiteral("0102 0000000000000000 9000") }) {
            Bench bench;
            bench.channel.expect(kDkekQuery, answer);
            QCOMPARE(kind(bench.hsm.dkekStatus()), ErrorKind::UnexpectedAnswer);
        }
    }

    void channelErrorsPassAndForgetTheDevice()
    {
        Bench bench;
        bench.channel.expect(kReadDevice, firstPiece());
        QVERIFY(bench.hsm.serial());
        bench.channel.expectFailure(kDkekQuery, ErrorKind::CardRemoved);
        QCOMPARE(kind(bench.hsm.dkekStatus()), ErrorKind::CardRemoved);
        // Whatever is there now is looked at anew.
        bench.channel.expect(kSelect, kSelected);
        bench.channel.expect(kReadDevice, firstPiece());
        QVERIFY(bench.hsm.serial());
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void answerWithoutStatusWordIsUnexpected()
    {
        Bench bench;
        bench.channel.expect(kUserPinQuery, QStringLiteral("90"));
        QCOMPARE(kind(bench.hsm.userPinStatus()), ErrorKind::UnexpectedAnswer);
    }

    // --- random

    void randomIsAskedForInOneCommand_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("command");
        QTest::newRow("8") << 8 << exchange("create-dkek-share", "0084000008").command;
        QTest::newRow("32") << 32 << exchange("create-dkek-share", "0084000020").command;
        QTest::newRow("256") << 256 << QStringLiteral("0084000000");
        QTest::newRow("257") << 257 << QStringLiteral("00840000000101");
        QTest::newRow("1024") << 1024 << QStringLiteral("00840000000400");
    }

    void randomIsAskedForInOneCommand()
    {
        QFETCH(int, size);
        QFETCH(QString, command);
        Bench bench;
        bench.channel.expect(command, QStringLiteral("A5").repeated(size) + kOk);
        const auto random = bench.hsm.random(static_cast<std::size_t>(size));
        QVERIFY(random);
        QCOMPARE(toHex(*random), QStringLiteral("a5").repeated(size));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void randomOfAnotherSizeIsUnexpected()
    {
        for (const int size : { 0, 7, 9 }) {
            Bench bench;
            bench.channel.expect(QStringLiteral("0084000008"), QStringLiteral("A5").repeated(size) + kOk);
            QCOMPARE(kind(bench.hsm.random(8)), ErrorKind::UnexpectedAnswer);
        }
        Bench bench;
        QCOMPARE(kind(bench.hsm.random(0)), ErrorKind::WrongLength);
        QCOMPARE(kind(bench.hsm.random(1025)), ErrorKind::WrongLength);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- initialise

    void initialiseIsThatOfOpenScAndWritesTheLabelInOneCommand_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("shareFiles");
        QTest::newRow("one share file") << exchange("import-real", "8050").command << 1;
        QTest::newRow("random DKEK") << exchange("init-dkek0", "8050").command << 0;
        QTest::newRow("no DKEK") << QStringLiteral(
            "8050000019 80020001 8106313233343536 82083537363231383830 910103")
                                 << -1;
    }

    void initialiseIsThatOfOpenScAndWritesTheLabelInOneCommand()
    {
        QFETCH(QString, command);
        QFETCH(int, shareFiles);
        Bench bench;
        bench.channel.expect(command, kOk);
        bench.channel.expect(kVerifyNewPin, kOk);
        bench.channel.expect(exchange("inittoken", "00d72f03"));
        bench.channel.expect(kSelect, kSelected); // logged out
        QVERIFY(
            bench.hsm.initialise(settings(shareFiles < 0 ? std::nullopt : std::optional<int>(shareFiles))));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void unblockingOptionsAreThoseOfTheRules_data()
    {
        QTest::addColumn<int>("unblocking");
        QTest::addColumn<QString>("option");
        QTest::newRow("off") << static_cast<int>(PinUnblocking::Off) << QStringLiteral("00");
        QTest::newRow("counter only") << static_cast<int>(PinUnblocking::CounterOnly) << QStringLiteral("21");
        QTest::newRow("new PIN") << static_cast<int>(PinUnblocking::NewPin) << QStringLiteral("01");
    }

    void unblockingOptionsAreThoseOfTheRules()
    {
        QFETCH(int, unblocking);
        QFETCH(QString, option);
        Bench bench;
        bench.channel.expect(QStringLiteral("805000001C 800200%1 8106313233343536 82083537363231383830 "
                                            "910102 920108")
                                 .arg(option),
            QStringLiteral("6A80"));
        Initialisation wanted = settings(8);
        wanted.userPinTries = 2;
        wanted.unblocking = static_cast<PinUnblocking>(unblocking);
        QCOMPARE(kind(bench.hsm.initialise(wanted)), ErrorKind::WrongData);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void soPinIsSentAsEightBytesWhateverTheCase()
    {
        Bench bench;
        bench.channel.expect(
            QStringLiteral("8050000019 80020001 8106313233343536 8208AbCdEf0123456789 910103"),
            QStringLiteral("63CE"));
        Initialisation wanted = settings(std::nullopt);
        wanted.soPin = SecretBytes(ascii("aBcDeF0123456789"));
        const Status status = bench.hsm.initialise(wanted);
        QCOMPARE(kind(status), ErrorKind::WrongPin);
        QCOMPARE(status.error().triesLeft, std::optional<int>(14));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void settingsAgainstTheRulesReachNoDevice()
    {
        Bench bench;
        const auto refusal = [&](auto change) {
            Initialisation wanted = settings(1);
            change(wanted);
            return kind(bench.hsm.initialise(wanted));
        };
        QCOMPARE(refusal([](auto& s) { s.userPin = SecretBytes(ascii("12345")); }), ErrorKind::PinRule);
        QCOMPARE(
            refusal([](auto& s) { s.soPin = SecretBytes(ascii("353736323138383")); }), ErrorKind::SoPinRule);
        QCOMPARE(refusal([](auto& s) { s.userPinTries = 0; }), ErrorKind::PinRule);
        QCOMPARE(refusal([](auto& s) { s.userPinTries = 4; }), ErrorKind::PinRule);
        QCOMPARE(refusal([](auto& s) { s.label = QString(); }), ErrorKind::LabelRule);
        QCOMPARE(refusal([](auto& s) { s.label = QString(33, QLatin1Char('x')); }), ErrorKind::LabelRule);
        QCOMPARE(refusal([](auto& s) { s.shareFiles = 9; }), ErrorKind::InvalidScheme);
        QCOMPARE(refusal([](auto& s) { s.shareFiles = -1; }), ErrorKind::InvalidScheme);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void initialiseThatCannotWriteItsLabelStillLogsOut()
    {
        Bench bench;
        bench.channel.expect(exchange("import-real", "8050").command, kOk);
        bench.channel.expect(kVerifyNewPin, kOk);
        bench.channel.expect(exchange("inittoken", "00d72f03").command, QStringLiteral("6A84"));
        bench.channel.expect(kSelect, kSelected);
        QCOMPARE(kind(bench.hsm.initialise(settings(1))), ErrorKind::DeviceFull);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void initialiseStopsWhenTheCardIsPulled()
    {
        Bench bench;
        bench.channel.expect(exchange("import-real", "8050").command, kOk);
        bench.channel.expectFailure(kVerifyNewPin, ErrorKind::CardRemoved);
        QCOMPARE(kind(bench.hsm.initialise(settings(1))), ErrorKind::CardRemoved);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- share files

    void importIsThatOfOpenScAndCounts()
    {
        Bench bench;
        const auto import = exchange("import-fixed", "8052");
        bench.channel.expect(kDkekQuery, QStringLiteral("0101 0000000000000000 9000"));
        bench.channel.expect(import);
        const Bytes share = bytes(import.command.mid(10, 64));
        const auto status = bench.hsm.importShareFile(share);
        QVERIFY(status);
        QCOMPARE(status->outstanding, 0);
        QCOMPARE(toHex(*status->kcv), QStringLiteral("630dcd2966c43366"));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void countIsKnownFromTheLastAnswer()
    {
        Bench bench;
        const Bytes share(32, 0x11);
        const QString command
            = QStringLiteral("8052000020") + QStringLiteral("11").repeated(32) + QStringLiteral("00");
        bench.channel.expect(kDkekQuery, QStringLiteral("0303 0000000000000000 9000"));
        for (const char* answer :
            { "0302 0000000000000000 9000", "0301 0000000000000000 9000", "0300 630DCD2966C43366 9000" })
            bench.channel.expect(command, QString::fromLatin1(answer));
        QCOMPARE(bench.hsm.importShareFile(share)->outstanding, 2);
        QCOMPARE(bench.hsm.importShareFile(share)->outstanding, 1);
        QCOMPARE(bench.hsm.importShareFile(share)->outstanding, 0);
        // Everything is in: refused without sending a share, but not without asking.
        bench.channel.expect(kDkekQuery, QStringLiteral("0300 630DCD2966C43366 9000"));
        QCOMPARE(kind(bench.hsm.importShareFile(share)), ErrorKind::ShareFileNotExpected);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void countThatDoesNotGoDownIsAnError_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::newRow("same") << QStringLiteral("0302 0000000000000000 9000");
        QTest::newRow("more") << QStringLiteral("0303 0000000000000000 9000");
        QTest::newRow("two less") << QStringLiteral("0300 630DCD2966C43366 9000");
        QTest::newRow("another total") << QStringLiteral("0201 0000000000000000 9000");
    }

    void countThatDoesNotGoDownIsAnError()
    {
        QFETCH(QString, answer);
        Bench bench;
        bench.channel.expect(kDkekQuery, QStringLiteral("0302 0000000000000000 9000"));
        bench.channel.expect(
            QStringLiteral("8052000020") + QStringLiteral("11").repeated(32) + QStringLiteral("00"), answer);
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(32, 0x11))), ErrorKind::ShareFileNotCounted);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void importAsksAgainAfterAnError()
    {
        Bench bench;
        const QString command
            = QStringLiteral("8052000020") + QStringLiteral("11").repeated(32) + QStringLiteral("00");
        bench.channel.expect(kDkekQuery, QStringLiteral("0202 0000000000000000 9000"));
        bench.channel.expect(command, QStringLiteral("6986"));
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(32, 0x11))), ErrorKind::ShareFileNotExpected);
        bench.channel.expect(kDkekQuery, QStringLiteral("0202 0000000000000000 9000"));
        bench.channel.expect(command, QStringLiteral("0201 00000000000000 9000"));
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(32, 0x11))), ErrorKind::UnexpectedAnswer);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void importWithoutDkekSendsNoShare()
    {
        Bench bench;
        bench.channel.expect(kDkekQuery, QStringLiteral("6D00"));
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(32))), ErrorKind::DkekNotConfigured);
        bench.channel.expect(kDkekQuery, QStringLiteral("0000 9D0F68909B4DE2D7 9000"));
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(32))), ErrorKind::ShareFileNotExpected);
        QCOMPARE(kind(bench.hsm.importShareFile(Bytes(31))), ErrorKind::WrongLength);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- PINs

    void wrongPinTellsTheTriesLeft()
    {
        Bench bench;
        bench.channel.expect(exchange("wrongpin", "0020008106"));
        bench.channel.expect(QStringLiteral("0020008106 313131313131"), QStringLiteral("6983"));
        const Status wrong = bench.hsm.verifyUserPin(ascii("111111"));
        QCOMPARE(kind(wrong), ErrorKind::WrongPin);
        QCOMPARE(wrong.error().triesLeft, std::optional<int>(2));
        QCOMPARE(wrong.error().code, 0x63C2U);
        QCOMPARE(kind(bench.hsm.verifyUserPin(ascii("111111"))), ErrorKind::PinBlocked);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void emptyPinIsNoQuery()
    {
        Bench bench;
        QCOMPARE(kind(bench.hsm.verifyUserPin({})), ErrorKind::PinRule);
        QCOMPARE(kind(bench.hsm.changeUserPin({}, ascii("123456"))), ErrorKind::PinRule);
        QCOMPARE(kind(bench.hsm.changeUserPin(ascii("123456"), ascii("12345"))), ErrorKind::PinRule);
        QCOMPARE(kind(bench.hsm.unblockUserPin(ascii("3537363231383830"), ByteView())), ErrorKind::PinRule);
        QCOMPARE(kind(bench.hsm.unblockUserPin(ascii("35373632"), std::nullopt)), ErrorKind::SoPinRule);
        QCOMPARE(kind(bench.hsm.changeSoPin(ascii("3537363231383830"), {})), ErrorKind::SoPinRule);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void pinChangesAreThoseOfOpenSc()
    {
        Bench bench;
        bench.channel.expect(exchange("changepin", "0024"));
        bench.channel.expect(exchange("changesopin", "0024"));
        bench.channel.expect(exchange("initpin", "002c"));
        bench.channel.expect(QStringLiteral("002C018108 3537363231383830"), kOk);
        QVERIFY(bench.hsm.changeUserPin(ascii("648219"), ascii("12345678")));
        QVERIFY(bench.hsm.changeSoPin(ascii("3537363231383830"), ascii("0123456789abcdef")));
        const Bytes newPin = ascii("648219");
        QVERIFY(bench.hsm.unblockUserPin(ascii("3537363231383830"), ByteView(newPin)));
        QVERIFY(bench.hsm.unblockUserPin(ascii("3537363231383830"), std::nullopt));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void unblockingThatIsOffIsNotAllowed()
    {
        for (const char* sw : { "6985", "6986" }) {
            Bench bench;
            bench.channel.expect(QStringLiteral("002C018108 3537363231383830"), QString::fromLatin1(sw));
            QCOMPARE(kind(bench.hsm.unblockUserPin(ascii("3537363231383830"), std::nullopt)),
                ErrorKind::NotAllowed);
        }
    }

    // --- the device's certificates and key

    void certificatesAreReadToTheEndOnce_data()
    {
        QTest::addColumn<qsizetype>("size"); // that the file is padded to
        QTest::addColumn<QStringList>("pieces"); // after the first
        const QString rest = toHex(test::realCvc("ef_2f02_nitrokey_hsm2_fw41")).mid(512);
        QTest::newRow("end marked") << qsizetype(0) << QStringList{ rest + QStringLiteral("6282") };
        QTest::newRow("end not marked") << qsizetype(0) << QStringList{ rest + kOk };
        const QString full = rest.leftJustified(512, QLatin1Char('0'));
        QTest::newRow("nothing more") << qsizetype(512) << QStringList{ full + kOk, QStringLiteral("6282") };
        QTest::newRow("past the end") << qsizetype(512) << QStringList{ full + kOk, QStringLiteral("6B00") };
    }

    void certificatesAreReadToTheEndOnce()
    {
        QFETCH(qsizetype, size);
        QFETCH(QStringList, pieces);
        const QString real = toHex(test::realCvc("ef_2f02_nitrokey_hsm2_fw41"));
        Bench bench;
        bench.channel.expect(kReadDevice, real.left(512) + kOk);
        for (qsizetype i = 0; i < pieces.size(); ++i)
            bench.channel.expect(readDeviceAt(static_cast<int>(i + 1)), pieces[i]);
        QCOMPARE(*bench.hsm.serial(), QStringLiteral("DENK0404144")); // the first piece is enough
        const auto certificates = bench.hsm.deviceCertificates();
        QVERIFY2(certificates, qPrintable(bench.channel.complaint()));
        QCOMPARE(toHex(*certificates), real.leftJustified(2 * size, QLatin1Char('0')));
        QVERIFY(bench.hsm.deviceCertificates());
        QCOMPARE(*bench.hsm.serial(), QStringLiteral("DENK0404144"));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void certificatesWithoutEndAreRefused()
    {
        Bench bench;
        for (int i = 0; i < 64; ++i)
            bench.channel.expect(readDeviceAt(i), QString(512, QLatin1Char('7')) + kOk);
        QCOMPARE(kind(bench.hsm.deviceCertificates()), ErrorKind::UnexpectedAnswer);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void erasingWritesNoLabel()
    {
        Bench bench;
        bench.channel.expect(
            QStringLiteral("80500000 19 80020001 8106313233343536 82083537363231383830 910103"), kOk);
        Initialisation wanted = settings(std::nullopt);
        wanted.label.clear();
        QVERIFY(bench.hsm.erase(wanted));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- keys

    void generateIsThatOfOpenScAndDescribesInOneCommand_data()
    {
        QTest::addColumn<QByteArray>("run");
        QTest::addColumn<int>("reference");
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("described");
        QTest::newRow("EC") << QByteArray("keygen-ec") << 1 << QStringLiteral("CC00")
                            << QStringLiteral("ce01")
                            << QStringLiteral("00D7C40132 54020000 532C")
                + test::writtenFile("keygen-ec", "c401");
        QTest::newRow("RSA") << QByteArray("keygen-rsa") << 2 << QStringLiteral("CC00CC01CE01C401")
                             << QStringLiteral("ce02")
                             << QStringLiteral("00D7C40232 54020000 532C")
                + test::writtenFile("keygen-rsa", "c402");
    }

    void generateIsThatOfOpenScAndDescribesInOneCommand()
    {
        QFETCH(QByteArray, run);
        QFETCH(int, reference);
        QFETCH(QString, list);
        QFETCH(QString, file);
        QFETCH(QString, described);
        const bool rsa = run.endsWith("rsa");
        Bench bench;
        bench.channel.expect(kEnumerate, list + kOk);
        bench.channel.expect(kReadDevice, firstPiece());
        bench.channel.expect(exchange(run.constData(), "0046").command,
            test::writtenFile(run.constData(), file.toLatin1().constData()) + kOk);
        bench.channel.expect(described, kOk);
        const auto key
            = bench.hsm.generateKey(static_cast<std::uint8_t>(reference), rsa ? rsaKey() : ecKey());
        QVERIFY(key);
        QCOMPARE(key->publicKey.algorithm, std::optional(rsa ? KeyAlgorithm::Rsa2048 : KeyAlgorithm::EcP256));
        QVERIFY(key->publicKey.fingerprint());
        QCOMPARE(toHex(key->request), test::writtenFile(run.constData(), file.toLatin1().constData()));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void generateNeverSendsForAReferenceInUse_data()
    {
        QTest::addColumn<QString>("list");
        QTest::newRow("key") << QStringLiteral("CC00CC05");
        QTest::newRow("left-over description") << QStringLiteral("CC00C405");
        QTest::newRow("left-over certificate") << QStringLiteral("CC00CE05");
    }

    void generateNeverSendsForAReferenceInUse()
    {
        QFETCH(QString, list);
        Bench bench;
        bench.channel.expect(kEnumerate, list + kOk);
        QCOMPARE(kind(bench.hsm.generateKey(5, ecKey())), ErrorKind::AlreadyExists);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void requestsAgainstTheRulesReachNoDevice()
    {
        Bench bench;
        QCOMPARE(kind(bench.hsm.generateKey(0, ecKey())), ErrorKind::WrongParameters);
        QCOMPARE(kind(bench.hsm.describeKey(0, ecKey())), ErrorKind::WrongParameters);
        QCOMPARE(kind(bench.hsm.deleteKey(0)), ErrorKind::WrongParameters);
        KeyRequest request = ecKey();
        request.id.clear();
        QCOMPARE(kind(bench.hsm.generateKey(1, request)), ErrorKind::WrongData);
        request.id.assign(33, 0x01);
        QCOMPARE(kind(bench.hsm.generateKey(1, request)), ErrorKind::WrongData);
        request = ecKey();
        request.label = QString(65, QLatin1Char('x'));
        QCOMPARE(kind(bench.hsm.generateKey(1, request)), ErrorKind::LabelRule);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void generateErrorsAreTold_data()
    {
        QTest::addColumn<QString>("response");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("no login") << QStringLiteral("6982") << ErrorKind::NotLoggedIn;
        QTest::newRow("full") << QStringLiteral("6A84") << ErrorKind::DeviceFull;
        QTest::newRow("DKEK pending") << QStringLiteral("6985") << ErrorKind::DkekIncomplete;
        QTest::newRow("in use") << QStringLiteral("6A89") << ErrorKind::AlreadyExists;
        QTest::newRow("nothing") << kOk << ErrorKind::UnexpectedAnswer;
        QTest::newRow("cut") << test::writtenFile("keygen-ec", "ce01").chopped(2) + kOk
                             << ErrorKind::UnexpectedAnswer;
        QTest::newRow("another kind of key")
            << test::writtenFile("keygen-rsa", "ce02") + kOk << ErrorKind::UnexpectedAnswer;
    }

    void generateErrorsAreTold()
    {
        QFETCH(QString, response);
        QFETCH(ErrorKind, expected);
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        bench.channel.expect(kReadDevice, firstPiece());
        bench.channel.expect(exchange("keygen-ec", "0046").command, response);
        QCOMPARE(kind(bench.hsm.generateKey(1, ecKey())), expected);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void freeReferenceHasNothingOfItsOwn_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<int>("reference");
        QTest::newRow("fresh") << QStringLiteral("CC00") << 1;
        QTest::newRow("empty list") << QString() << 1;
        QTest::newRow("first taken") << exchange("keygen-rsa", "8058").response.chopped(4) << 2;
        QTest::newRow("gap") << QStringLiteral("CC00CC01CC03") << 2;
        QTest::newRow("left-overs") << QStringLiteral("CC00CE01C402CD03CF03CA03") << 3;
    }

    void freeReferenceHasNothingOfItsOwn()
    {
        QFETCH(QString, list);
        QFETCH(int, reference);
        Bench bench;
        bench.channel.expect(kEnumerate, list + kOk);
        QCOMPARE(static_cast<int>(*bench.hsm.freeKeyReference()), reference);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void fullDeviceHasNoFreeReference()
    {
        QString list;
        for (int reference = 0; reference <= 255; ++reference)
            list += QStringLiteral("CC%1").arg(reference, 2, 16, QLatin1Char('0'));
        Bench bench;
        bench.channel.expect(kEnumerate, list + kOk);
        QCOMPARE(kind(bench.hsm.freeKeyReference()), ErrorKind::NoFreeKeyReference);
        bench.channel.expect(kEnumerate, QStringLiteral("CC00CC 9000"));
        QCOMPARE(kind(bench.hsm.freeKeyReference()), ErrorKind::UnexpectedAnswer);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void keysAreListedWithWhatIsKnownOfThem()
    {
        Bench bench;
        bench.channel.expect(
            kEnumerate, QStringLiteral("CC00CC01CE01C401 CC02C402 CC03CE03 CC04C404CE04 9000"));
        const QString ec = toHex(test::realCvc("ef_ce01_ec_secp256k1"));
        bench.channel.expect(QStringLiteral("00B1C40104 54020000 00"),
            test::writtenFile("keygen-ec", "c401") + QStringLiteral("6282"));
        bench.channel.expect(QStringLiteral("00B1CE0104 54020000 00"), ec.left(512) + kOk);
        bench.channel.expect(QStringLiteral("00B1CE0104 54020100 00"), ec.mid(512) + QStringLiteral("6282"));
        // An AES key: described, no certificate.
        bench.channel.expect(QStringLiteral("00B1C40204 54020000 00"),
            QStringLiteral("A81D 3009 0C07616573206B6579 3008 040110 030306C000 A0063004 02020100 6282"));
        // A certificate that is none.
        bench.channel.expect(QStringLiteral("00B1CE0304 54020000 00"), QStringLiteral("04020102 6282"));
        // Gone meanwhile, and empty.
        bench.channel.expect(QStringLiteral("00B1C40404 54020000 00"), kNotFound);
        bench.channel.expect(QStringLiteral("00B1CE0404 54020000 00"), QStringLiteral("6282"));
        const auto keys = bench.hsm.keys();
        QVERIFY(keys);
        QCOMPARE(keys->size(), std::size_t{ 4 });
        QCOMPARE(keys->at(0).reference, std::uint8_t{ 1 });
        QCOMPARE(keys->at(0).label, QStringLiteral("ec key"));
        QCOMPARE(toHex(keys->at(0).id), QStringLiteral("10"));
        QCOMPARE(keys->at(0).publicKey->algorithm, std::optional(KeyAlgorithm::EcSecp256k1));
        QCOMPARE(keys->at(1).label, QStringLiteral("aes key"));
        QVERIFY(!keys->at(1).publicKey);
        QCOMPARE(keys->at(2).reference, std::uint8_t{ 3 });
        QCOMPARE(keys->at(2).label, QString());
        QVERIFY(!keys->at(2).publicKey);
        QVERIFY(!keys->at(3).publicKey);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void listStopsWhenTheCardIsPulled()
    {
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00CC01C401 9000"));
        bench.channel.expectFailure(QStringLiteral("00B1C40104 54020000 00"), ErrorKind::CardRemoved);
        QCOMPARE(kind(bench.hsm.keys()), ErrorKind::CardRemoved);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void publicKeyIsReadPieceByPiece()
    {
        Bench bench;
        const QString file = toHex(test::realCvc("ef_ce04_rsa2048")); // 676 bytes
        bench.channel.expect(QStringLiteral("00B1CE0404 54020000 00"), file.left(512) + kOk);
        bench.channel.expect(QStringLiteral("00B1CE0404 54020100 00"), file.mid(512, 512) + kOk);
        // Firmware before 3.4 may end a file without 6282.
        bench.channel.expect(QStringLiteral("00B1CE0404 54020200 00"), file.mid(1024) + kOk);
        const auto key = bench.hsm.readPublicKey(4);
        QVERIFY(key);
        QCOMPARE(key->algorithm, std::optional(KeyAlgorithm::Rsa2048));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void publicKeyOfX509IsRead()
    {
        Bench bench;
        const QString file = test::writtenFile("writecert-ee", "ce03");
        bench.channel.expect(QStringLiteral("00B1CE0304 54020000 00"), file.left(512) + kOk);
        bench.channel.expect(QStringLiteral("00B1CE0304 54020100 00"), file.mid(512, 512) + kOk);
        bench.channel.expect(
            QStringLiteral("00B1CE0304 54020200 00"), file.mid(1024) + QStringLiteral("6282"));
        QCOMPARE(bench.hsm.readPublicKey(3)->algorithm, std::optional(KeyAlgorithm::Rsa2048));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void publicKeyThatCannotBeReadIsTold_data()
    {
        QTest::addColumn<QString>("response");
        QTest::addColumn<ErrorKind>("expected");
        QTest::newRow("missing") << kNotFound << ErrorKind::NotFound;
        QTest::newRow("login") << QStringLiteral("6982") << ErrorKind::NotLoggedIn;
        QTest::newRow("not TLV") << QStringLiteral("FFFFFFFF 6282") << ErrorKind::UnexpectedAnswer;
        QTest::newRow("no certificate") << QStringLiteral("67020102 6282") << ErrorKind::UnexpectedAnswer;
    }

    void publicKeyThatCannotBeReadIsTold()
    {
        QFETCH(QString, response);
        QFETCH(ErrorKind, expected);
        Bench bench;
        bench.channel.expect(QStringLiteral("00B1CE0704 54020000 00"), response);
        QCOMPARE(kind(bench.hsm.readPublicKey(7)), expected);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void endlessFileIsGivenUp()
    {
        Bench bench;
        const QString zeros = QStringLiteral("00").repeated(252);
        bench.channel.expect(
            QStringLiteral("00B1CE0704 54020000 00"), QStringLiteral("6782FFFF") + zeros + kOk);
        for (int offset = 256; offset < 16 * 1024; offset += 256)
            bench.channel.expect(QStringLiteral("00B1CE0704 5402%1 00").arg(offset, 4, 16, QLatin1Char('0')),
                zeros + QStringLiteral("00000000") + kOk);
        QCOMPARE(kind(bench.hsm.readPublicKey(7)), ErrorKind::UnexpectedAnswer);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void describeDeletesTheOldDescriptionFirst()
    {
        for (const QString& deleted : { kOk, kNotFound }) {
            Bench bench;
            bench.channel.expect(QStringLiteral("00E4020002 C401"), deleted);
            bench.channel.expect(
                QStringLiteral("00D7C40132 54020000 532C") + test::writtenFile("keygen-ec", "c401"), kOk);
            QVERIFY(bench.hsm.describeKey(1, ecKey()));
            QCOMPARE_SCRIPT_DONE(bench.channel);
        }
        Bench bench;
        bench.channel.expect(QStringLiteral("00E4020002 C401"), QStringLiteral("6982"));
        QCOMPARE(kind(bench.hsm.describeKey(1, ecKey())), ErrorKind::NotLoggedIn);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void deleteLeavesNothing()
    {
        Bench bench;
        bench.channel.expect(exchange("delete", "00e4020002cc01"));
        bench.channel.expect(exchange("delete", "00e4020002c401"));
        bench.channel.expect(QStringLiteral("00E4020002 CE01"), kOk);
        QVERIFY(bench.hsm.deleteKey(1));
        bench.channel.expect(QStringLiteral("00E4020002 CC02"), kOk);
        bench.channel.expect(QStringLiteral("00E4020002 C402"), kNotFound);
        bench.channel.expect(QStringLiteral("00E4020002 CE02"), kNotFound);
        QVERIFY(bench.hsm.deleteKey(2));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void deleteOfAMissingKeyClearsItsLeftOvers()
    {
        Bench bench;
        bench.channel.expect(QStringLiteral("00E4020002 CC03"), kNotFound);
        bench.channel.expect(QStringLiteral("00E4020002 C403"), kOk);
        bench.channel.expect(QStringLiteral("00E4020002 CE03"), kOk);
        QCOMPARE(kind(bench.hsm.deleteKey(3)), ErrorKind::NotFound);
        bench.channel.expect(QStringLiteral("00E4020002 CC03"), QStringLiteral("6982"));
        QCOMPARE(kind(bench.hsm.deleteKey(3)), ErrorKind::NotLoggedIn);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- wrapping

    void wrapIsThatOfOpenSc()
    {
        Bench bench;
        const QString blob = exchange("unwrap", "80740593").command.mid(14);
        bench.channel.expect(exchange("wrap", "80720292").command, blob + kOk);
        const auto wrapped = bench.hsm.wrapKey(2);
        QVERIFY(wrapped);
        QCOMPARE(toHex(*wrapped), blob);
        QCOMPARE(kind(bench.hsm.wrapKey(0)), ErrorKind::WrongParameters); // the device key
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void whatIsNoBlobIsUnexpected()
    {
        for (const char* answer : { "9000", "01020304 9000" }) {
            Bench bench;
            bench.channel.expect(QStringLiteral("80720292000000"), QString::fromLatin1(answer));
            QCOMPARE(kind(bench.hsm.wrapKey(2)), ErrorKind::UnexpectedAnswer);
        }
    }

    void wrapErrorsAreTold()
    {
        for (const auto& [sw, expected] :
            { std::pair("6982", ErrorKind::NotLoggedIn), std::pair("6A82", ErrorKind::NotFound),
                std::pair("6985", ErrorKind::NotAllowed), std::pair("6A88", ErrorKind::DkekIncomplete),
                std::pair("6D00", ErrorKind::DkekNotConfigured) }) {
            Bench bench;
            bench.channel.expect(QStringLiteral("80720292000000"), QString::fromLatin1(sw));
            QCOMPARE(kind(bench.hsm.wrapKey(2)), expected);
            QCOMPARE_SCRIPT_DONE(bench.channel);
        }
    }

    void unwrapIsThatOfOpenSc()
    {
        Bench bench;
        const auto recorded = exchange("unwrap", "80740593");
        bench.channel.expect(kEnumerate, QStringLiteral("CC00CC01C405CE05 9000"));
        bench.channel.expect(recorded);
        QVERIFY(bench.hsm.unwrapKey(5, bytes(recorded.command.mid(14))));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void unwrapNeverOverwritesAKey()
    {
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00CC05 9000"));
        QCOMPARE(kind(bench.hsm.unwrapKey(5, Bytes(100, 0x01))), ErrorKind::AlreadyExists);
        QCOMPARE(kind(bench.hsm.unwrapKey(0, Bytes(100, 0x01))), ErrorKind::WrongParameters);
        QCOMPARE(kind(bench.hsm.unwrapKey(6, Bytes())), ErrorKind::NotAWrappedKey);
        QCOMPARE(kind(bench.hsm.unwrapKey(6, Bytes(4097, 0x01))), ErrorKind::NotAWrappedKey);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void unwrapErrorsAreTold()
    {
        for (const auto& [sw, expected] : { std::pair("6A80", ErrorKind::WrappedKeyRefused),
                 std::pair("6400", ErrorKind::WrappedKeyRefused), std::pair("6A84", ErrorKind::DeviceFull),
                 std::pair("6A89", ErrorKind::AlreadyExists), std::pair("6982", ErrorKind::NotLoggedIn),
                 std::pair("6985", ErrorKind::DkekIncomplete), std::pair("6A88", ErrorKind::DkekIncomplete),
                 std::pair("6D00", ErrorKind::DkekNotConfigured), std::pair("6A81", ErrorKind::Unsupported),
                 std::pair("6700", ErrorKind::WrongLength) }) {
            Bench bench;
            bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
            bench.channel.expect(QStringLiteral("80740593000002 AABB"), QString::fromLatin1(sw));
            QCOMPARE(kind(bench.hsm.unwrapKey(5, bytes(QStringLiteral("AABB")))), expected);
            QCOMPARE_SCRIPT_DONE(bench.channel);
        }
    }

    /// 1014 bytes are the most that all readers take: 1007 of blob; more goes through EF 2F10, in pieces of
    /// 999 bytes.
    void aBlobTooLongForACommandGoesThroughAFile()
    {
        const QString blob = QStringLiteral("C5").repeated(1867);
        for (const QString& cleared : { kOk, kNotFound }) {
            Bench bench;
            bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
            bench.channel.expect(QStringLiteral("00E4020002 2F10"), cleared);
            bench.channel.expect(QStringLiteral("00D72F10 0003EF 54020000 538203E7") + blob.left(1998), kOk);
            bench.channel.expect(QStringLiteral("00D72F10 00036C 540203E7 53820364") + blob.mid(1998), kOk);
            bench.channel.expect(QStringLiteral("80740593"), kOk);
            bench.channel.expect(QStringLiteral("00E4020002 2F10"), kOk);
            QVERIFY(bench.hsm.unwrapKey(5, bytes(blob)));
            QCOMPARE_SCRIPT_DONE(bench.channel);
        }
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        bench.channel.expect(QStringLiteral("80740593 0003EF") + blob.left(2014), kOk);
        QVERIFY(bench.hsm.unwrapKey(5, bytes(blob.left(2014))));
        bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        bench.channel.expect(QStringLiteral("00E4020002 2F10"), QStringLiteral("6982"));
        QCOMPARE(kind(bench.hsm.unwrapKey(5, bytes(blob.left(2016)))), ErrorKind::NotLoggedIn);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void theLargeInputIsClearedAlsoAfterARefusal()
    {
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        bench.channel.expect(QStringLiteral("00E4020002 2F10"), kNotFound);
        bench.channel.expect(
            QStringLiteral("00D72F10 0003EF 54020000 538203E7") + QStringLiteral("C5").repeated(999), kOk);
        bench.channel.expect(
            QStringLiteral("00D72F10 11 540203E7 530B") + QStringLiteral("C5").repeated(11), kOk);
        bench.channel.expect(QStringLiteral("80740593"), QStringLiteral("6A80"));
        bench.channel.expect(QStringLiteral("00E4020002 2F10"), kOk);
        QCOMPARE(kind(bench.hsm.unwrapKey(5, Bytes(1010, 0xC5))), ErrorKind::WrappedKeyRefused);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void keyFilesAreReadAsTheyAre()
    {
        Bench bench;
        const QString description = test::writtenFile("unwrap", "c405");
        bench.channel.expect(QStringLiteral("00B1C40504 54020000 00"), description + QStringLiteral("6282"));
        bench.channel.expect(QStringLiteral("00B1CE0504 54020000 00"), kNotFound);
        const auto files = bench.hsm.keyFiles(5);
        QVERIFY(files);
        QCOMPARE(toHex(files->description), description);
        QVERIFY(files->certificate.empty());
        // An interrupted writing leaves what does not parse.
        bench.channel.expect(QStringLiteral("00B1C40504 54020000 00"), kNotFound);
        bench.channel.expect(QStringLiteral("00B1CE0504 54020000 00"), QStringLiteral("6782029E 7F21 6282"));
        QVERIFY(*bench.hsm.keyFiles(5) == KeyFiles());
        bench.channel.expect(QStringLiteral("00B1C40504 54020000 00"), QStringLiteral("6982"));
        QCOMPARE(kind(bench.hsm.keyFiles(5)), ErrorKind::NotLoggedIn);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void keyFilesReplaceWhatIsThere()
    {
        Bench bench;
        bench.channel.expect(QStringLiteral("00E4020002 C405"), kNotFound);
        bench.channel.expect(QStringLiteral("00D7C40508 54020000 5302A000"), kOk);
        bench.channel.expect(QStringLiteral("00E4020002 CE05"), kOk);
        QVERIFY(bench.hsm.writeKeyFiles(5, { .description = { 0xA0, 0x00 } }));
        bench.channel.expect(QStringLiteral("00E4020002 C405"), QStringLiteral("6982"));
        QCOMPARE(kind(bench.hsm.writeKeyFiles(5, {})), ErrorKind::NotLoggedIn);
        QCOMPARE(kind(bench.hsm.writeKeyFiles(0, {})), ErrorKind::WrongParameters);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void namesWithoutAKeyAreFound()
    {
        Bench bench;
        bench.channel.expect(kEnumerate, QStringLiteral("CC00CC01C401CE01 C402CE02 CE04 CA05 9000"));
        const auto references = bench.hsm.referencesWithoutKey();
        QVERIFY(references);
        QVERIFY((*references == std::vector<std::uint8_t>{ 2, 4 }));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    // --- signing

    void ecSignatureIsThatOfOpenSc()
    {
        Bench bench;
        const auto recorded = exchange("ecraw", "80680470");
        bench.channel.expect(recorded);
        const auto signature = bench.hsm.signSha256(4, KeyAlgorithm::EcP256, ascii("hello\n"));
        QVERIFY(signature);
        QCOMPARE(toHex(*signature), recorded.response.chopped(4));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void rsaSignatureIsThatOfOpenScAndVerifies()
    {
        Bench bench;
        const auto recorded = exchange("sign-rsa", "80680220");
        bench.channel.expect(recorded);
        const QString request = test::writtenFile("keygen-rsa", "ce02");
        bench.channel.expect(QStringLiteral("00B1CE0204 54020000 00"), request.left(512) + kOk);
        bench.channel.expect(QStringLiteral("00B1CE0204 54020100 00"), request.mid(512, 512) + kOk);
        bench.channel.expect(
            QStringLiteral("00B1CE0204 54020200 00"), request.mid(1024) + QStringLiteral("6282"));
        const auto signature = bench.hsm.signSha256(2, KeyAlgorithm::Rsa2048, ascii("hello\n"));
        QVERIFY(signature);
        const auto key = bench.hsm.readPublicKey(2);
        QVERIFY(key);
        QVERIFY(key->verifySha256(ascii("hello\n"), *signature));
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void superfluousZerosInEcSignaturesAreTakenOut()
    {
        Bench bench;
        const auto recorded = exchange("ecraw", "80680470");
        // 30 45 02 21 00 r 02 20 s
        const QString der = recorded.response.chopped(4);
        const QString padded
            = QStringLiteral("304a 0224 000000") + der.mid(8, 66) + QStringLiteral("0222 0000") + der.mid(78);
        bench.channel.expect(recorded.command, padded + kOk);
        QCOMPARE(toHex(*bench.hsm.signSha256(4, KeyAlgorithm::EcP256, ascii("hello\n"))), der);
        QCOMPARE_SCRIPT_DONE(bench.channel);
    }

    void unusableSignaturesAreUnexpected()
    {
        for (const char* answer :
            { "9000", "3000 9000", "3003020101 9000", "3006020101020100 9000", "0102030405 9000" }) {
            Bench bench;
            bench.channel.expect(exchange("ecraw", "80680470").command, QString::fromLatin1(answer));
            QCOMPARE(kind(bench.hsm.signSha256(4, KeyAlgorithm::EcP256, ascii("hello\n"))),
                ErrorKind::UnexpectedAnswer);
        }
        for (const int size : { 0, 255, 257 }) {
            Bench bench;
            bench.channel.expect(
                exchange("sign-rsa", "80680220").command, QStringLiteral("01").repeated(size) + kOk);
            QCOMPARE(kind(bench.hsm.signSha256(2, KeyAlgorithm::Rsa2048, ascii("hello\n"))),
                ErrorKind::UnexpectedAnswer);
        }
    }

    void signErrorsAreTold()
    {
        for (const auto& [sw, expected] : { std::pair("6982", ErrorKind::NotLoggedIn),
                 std::pair("6A81", ErrorKind::Unsupported), std::pair("6984", ErrorKind::UseCounterExhausted),
                 std::pair("6A82", ErrorKind::NotFound), std::pair("6985", ErrorKind::NotAllowed) }) {
            Bench bench;
            bench.channel.expect(exchange("ecraw", "80680470").command, QString::fromLatin1(sw));
            QCOMPARE(kind(bench.hsm.signSha256(4, KeyAlgorithm::EcP256, ascii("hello\n"))), expected);
        }
    }

    // --- the whole

    /// Random numbers, status, initialisation, one import, two keys with self-tests: OpenSC needs 98
    /// commands.
    void secretKeyIsMadeWithAllItsUsesAndDescribed()
    {
        // smartcard-hsm.md, 2.9 and 4.2: P2 tells the size, 91 what the key may do.
        ScriptedChannel channel;
        channel.expect(kSelect, kSelected);
        channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        channel.expect(QStringLiteral("004801B2 06 910410111899"), kOk);
        channel.expect(QStringLiteral("00E40200 02 C401"), kNotFound);
        channel.expect(
            QStringLiteral("00D7C401 25 54020000 53 1F"
                           "A81D 3009 0C07 616573206B6579 3008 040110 030306C000 A006 3004 02020100"),
            kOk);
        SmartCardHsm hsm(channel);
        QVERIFY(hsm.generateSecretKey(
            1, { .algorithm = KeyAlgorithm::Aes256, .label = QStringLiteral("aes key"), .id = { 0x10 } }));
        QCOMPARE(channel.complaint(), QString());
    }

    void eachSizeOfAesHasItsParameter()
    {
        for (const auto& [algorithm, parameter] : { std::pair(KeyAlgorithm::Aes128, QStringLiteral("B0")),
                 std::pair(KeyAlgorithm::Aes192, QStringLiteral("B1")) }) {
            ScriptedChannel channel;
            channel.expect(kSelect, kSelected);
            channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
            channel.expect(QStringLiteral("004802 %1 06 910410111899").arg(parameter),
                QStringLiteral("6D00")); // as firmware without AES
            SmartCardHsm hsm(channel);
            QCOMPARE(kind(hsm.generateSecretKey(
                         2, { .algorithm = algorithm, .label = QStringLiteral("k"), .id = { 0x10 } })),
                ErrorKind::CommandUnsupported);
            QCOMPARE(channel.complaint(), QString());
        }
    }

    void keyOfTheOtherKindIsNotAskedFor()
    {
        for (const KeyAlgorithm algorithm : { KeyAlgorithm::Aes256, KeyAlgorithm::EcP256 }) {
            ScriptedChannel channel;
            channel.expect(kSelect, kSelected);
            channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
            SmartCardHsm hsm(channel);
            const KeyRequest request{ .algorithm = algorithm, .label = QStringLiteral("k"), .id = { 0x10 } };
            QCOMPARE(isAes(algorithm) ? kind(hsm.generateKey(1, request))
                                      : kind(hsm.generateSecretKey(1, request)),
                ErrorKind::Unsupported);
            QCOMPARE(channel.complaint(), QString());
        }
    }

    void ciphersAreThoseOfTheReference()
    {
        const QString block = QStringLiteral("000102030405060708090A0B0C0D0E0F");
        const QString other = QStringLiteral("F0E0D0C0B0A090807060504030201000");
        ScriptedChannel channel;
        channel.expect(kSelect, kSelected);
        channel.expect(QStringLiteral("80780110 000010") + block + QStringLiteral("03C0"), other + kOk);
        channel.expect(QStringLiteral("80780111 000010") + other + QStringLiteral("03C0"), block + kOk);
        channel.expect(QStringLiteral("80780118 000001 5A 03C0"), other + kOk);
        SmartCardHsm hsm(channel);
        QCOMPARE(toHex(*hsm.encryptBlocks(1, bytes(block))), other.toLower());
        QCOMPARE(toHex(*hsm.decryptBlocks(1, bytes(other))), block.toLower());
        QCOMPARE(toHex(*hsm.cmac(1, Bytes{ 0x5A })), other.toLower());
        QCOMPARE(channel.complaint(), QString());
    }

    void onlyWholeBlocksAreSentToBeEncrypted()
    {
        ScriptedChannel channel;
        SmartCardHsm hsm(channel);
        for (const std::size_t size :
            { std::size_t(0), std::size_t(15), std::size_t(17), std::size_t(976) }) {
            QCOMPARE(kind(hsm.encryptBlocks(1, Bytes(size))), ErrorKind::WrongLength);
            QCOMPARE(kind(hsm.decryptBlocks(1, Bytes(size))), ErrorKind::WrongLength);
        }
        QCOMPARE(kind(hsm.cmac(1, Bytes(961))), ErrorKind::WrongLength);
        QCOMPARE(channel.commands(), 0);
    }

    void ciphersAnswerOfAnotherLengthIsUnexpected()
    {
        for (const std::size_t size : { std::size_t(0), std::size_t(15), std::size_t(32) }) {
            ScriptedChannel channel;
            const QString answer = toHex(Bytes(size, 0x11)) + kOk;
            channel.expect(kSelect, kSelected);
            channel.expect(
                QStringLiteral("80780110 000010") + toHex(Bytes(16)) + QStringLiteral("03C0"), answer);
            channel.expect(
                QStringLiteral("80780118 000010") + toHex(Bytes(16)) + QStringLiteral("03C0"), answer);
            SmartCardHsm hsm(channel);
            QCOMPARE(kind(hsm.encryptBlocks(1, Bytes(16))), ErrorKind::UnexpectedAnswer);
            QCOMPARE(kind(hsm.cmac(1, Bytes(16))), ErrorKind::UnexpectedAnswer);
            QCOMPARE(channel.complaint(), QString());
        }
    }

    void sizeOfAnAesKeyIsTakenFromItsDescriptionAlone()
    {
        const auto listed = [](const QString& description) {
            ScriptedChannel channel;
            channel.expect(kSelect, kSelected);
            channel.expect(kEnumerate, QStringLiteral("CC00 CC01 C401 9000"));
            channel.expect(QStringLiteral("00B1C401 04 54020000 00"), description + QStringLiteral("6282"));
            SmartCardHsm hsm(channel);
            const auto keys = hsm.keys();
            return keys ? keys->front().algorithm() : std::nullopt;
        };
        const QString skd = QStringLiteral("A81A 3006 0C04 6B657931 3008 040110 030306C000 A006 3004 0202%1");
        QCOMPARE(listed(skd.arg(QStringLiteral("0080"))), std::optional(KeyAlgorithm::Aes128));
        QCOMPARE(listed(skd.arg(QStringLiteral("00C0"))), std::optional(KeyAlgorithm::Aes192));
        QCOMPARE(listed(skd.arg(QStringLiteral("0101"))), std::nullopt); // no such key
        QCOMPARE(listed(skd.arg(QStringLiteral("FFFF"))), std::nullopt);
        QCOMPARE(listed(QStringLiteral("A0") + skd.mid(2).arg(QStringLiteral("0100"))), std::nullopt); // EC
    }

    void ceremonyTakesFewCommands()
    {
        ScriptedChannel channel;
        channel.expect(kSelect, kSelected);
        channel.expect(kReadDevice, firstPiece());
        channel.expect(kSoPinQuery, QStringLiteral("63CF"));
        channel.expect(kUserPinQuery, QStringLiteral("63C3"));
        channel.expect(kDkekQuery, QStringLiteral("6D00"));
        channel.expect(kReadLabel, kNotFound);
        channel.expect(exchange("create-dkek-share", "0084000020"));
        channel.expect(exchange("import-fixed", "8050")
                           .command.replace(QLatin1String("313233343536"), QLatin1String("363438323139")),
            kOk);
        channel.expect(kVerify, kOk);
        channel.expect(exchange("inittoken", "00d72f03"));
        channel.expect(kSelect, kSelected);
        channel.expect(kDkekQuery, QStringLiteral("0101 0000000000000000 9000"));
        channel.expect(exchange("import-fixed", "8052"));
        channel.expect(kVerify, kOk);
        channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        channel.expect(kEnumerate, QStringLiteral("CC00 9000"));
        channel.expect(exchange("keygen-ec", "0046").command, test::writtenFile("keygen-ec", "ce01") + kOk);
        channel.expect(
            QStringLiteral("00D7C40132 54020000 532C") + test::writtenFile("keygen-ec", "c401"), kOk);
        channel.expect(exchange("ecraw", "80680470").command.replace(4, 2, QLatin1String("01")),
            exchange("ecraw", "80680470").response);
        channel.expect(kEnumerate, QStringLiteral("CC00CC01CE01C401 9000"));
        channel.expect(kEnumerate, QStringLiteral("CC00CC01CE01C401 9000"));
        channel.expect(exchange("keygen-rsa", "0046").command, test::writtenFile("keygen-rsa", "ce02") + kOk);
        channel.expect(
            QStringLiteral("00D7C40232 54020000 532C") + test::writtenFile("keygen-rsa", "c402"), kOk);
        channel.expect(exchange("sign-rsa", "80680220"));

        SmartCardHsm hsm(channel);
        const Bytes pin = ascii("648219");
        QVERIFY(hsm.status());
        QVERIFY(hsm.random(32));
        Initialisation wanted = settings(1);
        wanted.userPin = SecretBytes(pin);
        QVERIFY(hsm.initialise(wanted));
        QVERIFY(hsm.importShareFile(bytes(exchange("import-fixed", "8052").command.mid(10, 64))));
        QVERIFY(hsm.verifyUserPin(pin));
        QVERIFY(hsm.generateKey(*hsm.freeKeyReference(), ecKey()));
        QVERIFY(hsm.signSha256(1, KeyAlgorithm::EcP256, ascii("hello\n")));
        QVERIFY(hsm.generateKey(*hsm.freeKeyReference(), rsaKey()));
        QVERIFY(hsm.signSha256(2, KeyAlgorithm::Rsa2048, ascii("hello\n")));
        QCOMPARE_SCRIPT_DONE(channel);
        QVERIFY(channel.commands() < 49);
    }
};

QTEST_GUILESS_MAIN(SmartCardHsmTest)
#include "tst_smartcardhsm.moc"
