// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/apdu.h"
#include "core/card/statusword.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::card;

class StatusWordTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// The table of smartcard-hsm.md, 2.0, and what the commands' own sections add.
    void everyDocumentedWordHasItsKind_data()
    {
        QTest::addColumn<int>("instruction");
        QTest::addColumn<int>("sw");
        QTest::addColumn<ErrorKind>("kind");
        const auto row = [](const char* name, int instruction, int sw, ErrorKind kind) {
            QTest::newRow(name) << instruction << sw << kind;
        };
        row("6300", 0x82, 0x6300, ErrorKind::NotLoggedIn);
        row("6400", ins::kWrapKey, 0x6400, ErrorKind::ExecutionFailed);
        row("6581", ins::kUpdateBinary, 0x6581, ErrorKind::MemoryFailure);
        row("6600", ins::kSign, 0x6600, ErrorKind::ExecutionFailed);
        row("66F1", ins::kSign, 0x66F1, ErrorKind::ExecutionFailed);
        row("6700", ins::kVerify, 0x6700, ErrorKind::WrongLength);
        row("6C10", ins::kReadBinary, 0x6C10, ErrorKind::WrongLength);
        row("6900", ins::kVerify, 0x6900, ErrorKind::CommandUnsupported);
        row("6982", ins::kGenerateKeyPair, 0x6982, ErrorKind::NotLoggedIn);
        row("6983", ins::kVerify, 0x6983, ErrorKind::PinBlocked);
        row("6983 SO-PIN", ins::kInitializeDevice, 0x6983, ErrorKind::PinBlocked);
        row("6984 PIN", ins::kVerify, 0x6984, ErrorKind::TransportPinActive);
        row("6984 SIGN", ins::kSign, 0x6984, ErrorKind::UseCounterExhausted);
        row("6984 DECIPHER", ins::kDecipher, 0x6984, ErrorKind::UseCounterExhausted);
        row("6984 other", ins::kReadBinary, 0x6984, ErrorKind::NotAllowed);
        row("6985", ins::kSign, 0x6985, ErrorKind::NotAllowed);
        row("6985 unblock", ins::kResetRetryCounter, 0x6985, ErrorKind::NotAllowed);
        row("6985 share", ins::kManageDkek, 0x6985, ErrorKind::ShareFileNotExpected);
        row("6985 generate", ins::kGenerateKeyPair, 0x6985, ErrorKind::DkekIncomplete);
        row("6985 initialise", ins::kInitializeDevice, 0x6985, ErrorKind::WrongPin);
        row("6985 wrap", ins::kWrapKey, 0x6985, ErrorKind::NotAllowed);
        row("6986", ins::kDeleteFile, 0x6986, ErrorKind::NotAllowed);
        row("6986 unblock", ins::kResetRetryCounter, 0x6986, ErrorKind::NotAllowed);
        row("6986 share", ins::kManageDkek, 0x6986, ErrorKind::ShareFileNotExpected);
        row("6986 initialise", ins::kInitializeDevice, 0x6986, ErrorKind::WrongPin);
        row("6A80", ins::kInitializeDevice, 0x6A80, ErrorKind::WrongData);
        row("6A81", ins::kSign, 0x6A81, ErrorKind::Unsupported);
        row("6A82", ins::kReadBinary, 0x6A82, ErrorKind::NotFound);
        row("6A84", ins::kGenerateKeyPair, 0x6A84, ErrorKind::DeviceFull);
        row("6A85", ins::kVerify, 0x6A85, ErrorKind::WrongParameters);
        row("6A86", ins::kManageDkek, 0x6A86, ErrorKind::WrongParameters);
        row("6A87", ins::kVerify, 0x6A87, ErrorKind::WrongParameters);
        row("6B00", ins::kReadBinary, 0x6B00, ErrorKind::WrongParameters);
        row("6A88 PIN", ins::kVerify, 0x6A88, ErrorKind::PinNotSet);
        row("6A88 domain", ins::kManageDkek, 0x6A88, ErrorKind::DkekNotConfigured);
        row("6A88 wrap", ins::kWrapKey, 0x6A88, ErrorKind::DkekIncomplete);
        row("6A88 other", ins::kManageSecurityEnvironment, 0x6A88, ErrorKind::NotFound);
        row("6A89", ins::kGenerateKeyPair, 0x6A89, ErrorKind::AlreadyExists);
        row("6D00", 0x86, 0x6D00, ErrorKind::CommandUnsupported);
        row("6D00 DKEK", ins::kManageDkek, 0x6D00, ErrorKind::DkekNotConfigured);
        row("6D00 wrap", ins::kWrapKey, 0x6D00, ErrorKind::DkekNotConfigured);
        row("6D00 unwrap", ins::kUnwrapKey, 0x6D00, ErrorKind::DkekNotConfigured);
        row("6400 unwrap", ins::kUnwrapKey, 0x6400, ErrorKind::WrappedKeyRefused);
        row("6700 unwrap", ins::kUnwrapKey, 0x6700, ErrorKind::WrongLength);
        row("6982 unwrap", ins::kUnwrapKey, 0x6982, ErrorKind::NotLoggedIn);
        row("6985 unwrap", ins::kUnwrapKey, 0x6985, ErrorKind::DkekIncomplete);
        row("6A80 unwrap", ins::kUnwrapKey, 0x6A80, ErrorKind::WrappedKeyRefused);
        row("6A81 unwrap", ins::kUnwrapKey, 0x6A81, ErrorKind::Unsupported);
        row("6A84 unwrap", ins::kUnwrapKey, 0x6A84, ErrorKind::DeviceFull);
        row("6A85 unwrap", ins::kUnwrapKey, 0x6A85, ErrorKind::WrappedKeyRefused);
        row("6A86 unwrap", ins::kUnwrapKey, 0x6A86, ErrorKind::WrappedKeyRefused);
        row("6A87 unwrap", ins::kUnwrapKey, 0x6A87, ErrorKind::WrappedKeyRefused);
        row("6B00 unwrap", ins::kUnwrapKey, 0x6B00, ErrorKind::WrappedKeyRefused);
        row("6A88 unwrap", ins::kUnwrapKey, 0x6A88, ErrorKind::DkekIncomplete);
        row("6A89 unwrap", ins::kUnwrapKey, 0x6A89, ErrorKind::AlreadyExists);
        row("6982 wrap", ins::kWrapKey, 0x6982, ErrorKind::NotLoggedIn);
        row("6984 wrap", ins::kWrapKey, 0x6984, ErrorKind::UseCounterExhausted);
        row("6A82 wrap", ins::kWrapKey, 0x6A82, ErrorKind::NotFound);
        row("6E00", ins::kVerify, 0x6E00, ErrorKind::CommandUnsupported);
        row("unknown", ins::kVerify, 0x6F00, ErrorKind::OtherStatusWord);
        row("warning", ins::kUpdateBinary, 0x6282, ErrorKind::OtherStatusWord);
        row("not a status word", ins::kVerify, 0x0000, ErrorKind::OtherStatusWord);
    }

    void everyDocumentedWordHasItsKind()
    {
        QFETCH(int, instruction);
        QFETCH(int, sw);
        QFETCH(ErrorKind, kind);
        const Error error
            = errorFromStatusWord(static_cast<std::uint8_t>(instruction), static_cast<std::uint16_t>(sw));
        QCOMPARE(error.kind, kind);
        QCOMPARE(error.code, static_cast<std::uint32_t>(sw));
        QVERIFY(!error.detail.isEmpty());
        QCOMPARE(error.triesLeft.has_value(), kind == ErrorKind::PinBlocked);
    }

    void wrongPinTellsTheTriesLeft()
    {
        for (std::uint16_t tries = 0; tries <= 15; ++tries) {
            for (const std::uint8_t instruction : { ins::kVerify, ins::kInitializeDevice }) {
                const Error error
                    = errorFromStatusWord(instruction, static_cast<std::uint16_t>(0x63C0 | tries));
                QCOMPARE(error.kind, ErrorKind::WrongPin);
                QCOMPARE(error.triesLeft, std::optional<int>(tries));
            }
        }
    }

    void commandsHaveNames()
    {
        QCOMPARE(
            errorFromStatusWord(ins::kInitializeDevice, 0x6A80).detail, QStringLiteral("INITIALIZE DEVICE"));
        QCOMPARE(errorFromStatusWord(0x0A, 0x6A80).detail, QStringLiteral("INS 0a"));
    }
};

QTEST_GUILESS_MAIN(StatusWordTest)
#include "tst_statusword.moc"
