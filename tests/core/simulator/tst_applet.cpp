// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/wrappedkey.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

#include <openssl/bn.h>

#include <random>
#include <set>

using namespace conclave;
using namespace conclave::simulator;
using test::bytes;

namespace {

const QString kSelect = QStringLiteral("00a404000be82b0601040181c31f020100");
const QString kLogin = QStringLiteral("0020008106363438323139");
const QString kWrongLogin = QStringLiteral("0020008106313131313131");
const QString kPinQuery = QStringLiteral("00200081");
const QString kSoPinQuery = QStringLiteral("00200088");
const QString kSoPin = QStringLiteral("3537363231383830");
const QString kOtherSoPin = QStringLiteral("0123456789abcdef");
const QString kOk = QStringLiteral("9000");
const QString kBlocked = QStringLiteral("6983");

/// A short command with data, without Le.
QString with(const QString& header, const QString& data)
{
    return QStringLiteral("%1%2%3").arg(header).arg(data.size() / 2, 2, 16, QLatin1Char('0')).arg(data);
}

/// INITIALIZE with the PIN 648219.
QString initialisation(const QString& options, const QString& soPin, int tries, int shareFiles)
{
    const auto byte = [](int value) { return QStringLiteral("%1").arg(value, 2, 16, QLatin1Char('0')); };
    return with(QStringLiteral("80500000"),
        QStringLiteral("8002") + options + QStringLiteral("8106363438323139") + QStringLiteral("8208") + soPin
            + QStringLiteral("9101") + byte(tries) + QStringLiteral("9201") + byte(shareFiles));
}

/// Commands and answers as hex.
class Card {
public:
    Card() { sent(kSelect); }
    explicit Card(int shareFiles)
        : Card()
    {
        sent(initialisation(QStringLiteral("0001"), kSoPin, 3, shareFiles));
    }
    QString sent(const QString& command)
    {
        const auto answer = hsm.exchange(bytes(command));
        return answer ? toHex(*answer) : QStringLiteral("none");
    }
    QString imported(const QString& share)
    {
        return sent(QStringLiteral("8052000020") + share + QStringLiteral("00"));
    }
    /// The DKEK of the vectors, and the user logged in.
    void establish(const QString& dkek)
    {
        QVERIFY(imported(dkek).endsWith(kOk));
        QCOMPARE(sent(kLogin), kOk);
    }
    QString unwrapped(int number, const QString& blob)
    {
        const auto hex = [](auto value, int digits) {
            return QStringLiteral("%1").arg(value, digits, 16, QLatin1Char('0'));
        };
        return sent(QStringLiteral("8074") + hex(number, 2) + QStringLiteral("9300") + hex(blob.size() / 2, 4)
            + blob);
    }

    SimulatedHsm hsm{};
};

QJsonArray kdfVectors()
{
    return test::vectors("dkek_kdf.json").value(u"vectors").toArray();
}

QJsonObject wrappedKey(const char* type)
{
    const QJsonArray all = test::vectors("wrapped_key_blobs.json").value(u"vectors").toArray();
    for (const QJsonValue& one : all) {
        if (one[u"type"].toString().startsWith(QLatin1String(type)))
            return one.toObject();
    }
    throw std::runtime_error("no such vector");
}

} // namespace

/// Command by command, beyond what the recorded runs hold.
class TestApplet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWorksBeforeTheAppletIsSelected();
    void otherApplicationsAreNotThere();
    void queriesUseUpNoTry();
    void aTryIsUsedUpBeforeTheAnswer();
    void initialisingGivesTheTriesAskedFor();
    void theSoPinCountsDownFromFifteenAndBlocks();
    void aRightSoPinFillsItsCounterAgain();
    void pinsOfWrongLengthCostNoTry();
    void changingThePinNeedsTheOldOne();
    void aTransportPinOpensNothing();
    void aTransportPinBlocksAsAnyOther();
    void resettingTheCounterNeedsTheOption();
    void aVerifiedSoPinIsEnoughToReset();
    void selectingEndsTheLogin();
    void shareFilesAreCountedDown();
    void checkValuesAreThoseOfTheVectors();
    void shareFilesAreCombinedByXor();
    void initialisingForgetsTheDkek();
    void unwrapsTheVectors_data();
    void unwrapsTheVectors();
    void wrapsWhatItUnwrapped();
    void wrappedKeysOfOthersAreRefused();
    void noKeyLeavesWithoutDkekOrLogin();
    void privateDataNeedALogin();
    void filesAreReadAndWrittenInPieces();
    void deletedIsGone();
    void randomIsAsLongAsAskedFor();
    void wrongClassAndInstructionAreNamed();
    void commandsOfEveryInstructionNeverCrash();
    void cutCommandsNeverCrash();
    void randomCommandsNeverCrash();
};

void TestApplet::nothingWorksBeforeTheAppletIsSelected()
{
    Card card;
    card.hsm.reset();
    for (const char* command :
        { "00200081", "8052000000", "80580000000000", "0084000008", "00b12f020454020000 00" })
        QCOMPARE(card.sent(QLatin1String(command)).right(4), QStringLiteral("6e00"));
    QCOMPARE(card.sent(kSelect), QStringLiteral("6f0a820178850500000004019000"));
}

void TestApplet::otherApplicationsAreNotThere()
{
    Card card;
    // What OpenSC's drivers for other cards look for.
    QCOMPARE(card.sent(QStringLiteral("00a4040007627601ff000000")), QStringLiteral("6a82"));
    QCOMPARE(card.sent(QStringLiteral("00a4040006a00000000101")), QStringLiteral("6a82"));
    QCOMPARE(card.sent(QStringLiteral("00a40800022f0000")), QStringLiteral("6a82"));
}

void TestApplet::queriesUseUpNoTry()
{
    Card card(1);
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c3"));
        QCOMPARE(card.sent(kSoPinQuery), QStringLiteral("63cf"));
    }
    // There is no fingerprint, and so no reader for it.
    QCOMPARE(card.sent(QStringLiteral("00200085")), QStringLiteral("6a88"));
    QCOMPARE(card.sent(QStringLiteral("00200086")), QStringLiteral("6a88"));
}

void TestApplet::aTryIsUsedUpBeforeTheAnswer()
{
    Card card(1);
    card.hsm.setFaults({ .faults = { { .kind = Fault::Kind::PullAfter, .at = 1 } } });
    QCOMPARE(card.sent(kWrongLogin), QStringLiteral("none"));
    card.hsm.reset();
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c2"));
    QCOMPARE(card.sent(kWrongLogin), QStringLiteral("63c1"));
    QCOMPARE(card.sent(kLogin), kOk);
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c3"));
    for (const char* word : { "63c2", "63c1", "6983", "6983" })
        QCOMPARE(card.sent(kWrongLogin), QLatin1String(word));
    QCOMPARE(card.sent(kLogin), kBlocked);
    QCOMPARE(card.sent(kPinQuery), kBlocked);
}

void TestApplet::initialisingGivesTheTriesAskedFor()
{
    Card card;
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kSoPin, 7, 1)), kOk);
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c7"));
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kSoPin, 0, 1)), QStringLiteral("6a80"));
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kSoPin, 11, 1)), QStringLiteral("6a80"));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c7")); // as it was
}

void TestApplet::theSoPinCountsDownFromFifteenAndBlocks()
{
    Card card(1);
    const QString wrong = initialisation(QStringLiteral("0001"), kOtherSoPin, 3, 2);
    for (int left = 14; left > 0; --left)
        QCOMPARE(card.sent(wrong), QStringLiteral("63c%1").arg(left, 0, 16));
    QCOMPARE(card.sent(wrong), kBlocked);
    QCOMPARE(card.sent(kSoPinQuery), kBlocked);
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kSoPin, 3, 2)), kBlocked);
    QVERIFY(card.sent(QStringLiteral("8052000000")).startsWith(QStringLiteral("0101"))); // nothing was erased
    QCOMPARE(card.sent(kLogin), kOk);
}

void TestApplet::aRightSoPinFillsItsCounterAgain()
{
    Card card(1);
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kOtherSoPin, 3, 1)), QStringLiteral("63ce"));
    QCOMPARE(card.sent(kSoPinQuery), QStringLiteral("63ce"));
    QCOMPARE(card.sent(QStringLiteral("0020008808") + kSoPin), kOk);
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(kSoPinQuery), QStringLiteral("63cf"));
}

void TestApplet::pinsOfWrongLengthCostNoTry()
{
    Card card(1);
    QCOMPARE(card.sent(QStringLiteral("00200081053634383231")), QStringLiteral("6700"));
    QCOMPARE(card.sent(with(QStringLiteral("00200081"), QStringLiteral("31").repeated(17))),
        QStringLiteral("6700"));
    QCOMPARE(card.sent(QStringLiteral("0020008807") + kSoPin.left(14)), QStringLiteral("6700"));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c3"));
    QCOMPARE(card.sent(kSoPinQuery), QStringLiteral("63cf"));
}

void TestApplet::changingThePinNeedsTheOldOne()
{
    Card card(1);
    QCOMPARE(card.sent(QStringLiteral("002400810c313131313131393735333138")), QStringLiteral("63c2"));
    QCOMPARE(card.sent(QStringLiteral("002400810c363438323139393735333138")), kOk);
    QCOMPARE(card.sent(kLogin), QStringLiteral("63c2"));
    QCOMPARE(card.sent(QStringLiteral("0020008106393735333138")), kOk);
    QCOMPARE(card.sent(with(QStringLiteral("00240088"), kSoPin + kOtherSoPin)), kOk);
    QCOMPARE(card.sent(QStringLiteral("0020008808") + kOtherSoPin), kOk);
    // A new value of wrong length changes nothing.
    QCOMPARE(card.sent(QStringLiteral("0024008107 393735333138 39")), QStringLiteral("6700"));
    QCOMPARE(card.sent(QStringLiteral("0020008106393735333138")), kOk);
}

void TestApplet::aTransportPinOpensNothing()
{
    Card card;
    QCOMPARE(card.sent(initialisation(QStringLiteral("0003"), kSoPin, 3, 1)), kOk);
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("6984"));
    QCOMPARE(card.sent(kLogin), QStringLiteral("6984"));
    QCOMPARE(card.sent(QStringLiteral("002400810c363438323139393735333138")), kOk);
    QCOMPARE(card.sent(QStringLiteral("0020008106393735333138")), kOk);
}

void TestApplet::aTransportPinBlocksAsAnyOther()
{
    const QString wrong = QStringLiteral("002400810c313131313131393735333138");
    Card card;
    QCOMPARE(card.sent(initialisation(QStringLiteral("0003"), kSoPin, 3, 1)), kOk);
    QCOMPARE(card.sent(wrong), QStringLiteral("63c2"));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("6984")); // the counter is hidden
    QCOMPARE(card.sent(wrong), QStringLiteral("63c1"));
    QCOMPARE(card.sent(wrong), kBlocked);
    QCOMPARE(card.sent(kPinQuery), kBlocked);
    QCOMPARE(card.sent(with(QStringLiteral("002c0181"), kSoPin)), kOk);
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("6984"));
    QCOMPARE(card.sent(kLogin), QStringLiteral("6984"));
}

void TestApplet::resettingTheCounterNeedsTheOption()
{
    const QString counterOnly = with(QStringLiteral("002c0181"), kSoPin);
    const QString newPin = with(QStringLiteral("002c0081"), kSoPin + QStringLiteral("393735333138"));
    const struct {
        const char* options;
        bool counter;
        bool pin;
    } cases[] = { { "0000", false, false }, { "0001", true, true }, { "0021", true, false } };
    for (const auto& one : cases) {
        Card card;
        QCOMPARE(card.sent(initialisation(QLatin1String(one.options), kSoPin, 3, 1)), kOk);
        for (int i = 0; i < 3; ++i)
            card.sent(kWrongLogin);
        QCOMPARE(card.sent(kPinQuery), kBlocked);
        QCOMPARE(card.sent(counterOnly), one.counter ? kOk : QStringLiteral("6985"));
        QCOMPARE(card.sent(kPinQuery), one.counter ? QStringLiteral("63c3") : kBlocked);
        QCOMPARE(card.sent(newPin), one.pin ? kOk : QStringLiteral("6985"));
        QCOMPARE(card.sent(QStringLiteral("0020008106393735333138")) == kOk, one.pin);
    }
    Card card(1);
    QCOMPARE(card.sent(with(QStringLiteral("002c0181"), kOtherSoPin)), QStringLiteral("63ce"));
}

void TestApplet::aVerifiedSoPinIsEnoughToReset()
{
    Card card(1);
    for (int i = 0; i < 3; ++i)
        card.sent(kWrongLogin);
    QCOMPARE(card.sent(QStringLiteral("002c0381")), QStringLiteral("6982"));
    QCOMPARE(card.sent(QStringLiteral("0020008808") + kSoPin), kOk);
    QCOMPARE(card.sent(QStringLiteral("002c0381")), kOk);
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c3"));
    QCOMPARE(card.sent(QStringLiteral("002c028106393735333138")), kOk);
    QCOMPARE(card.sent(QStringLiteral("0020008106393735333138")), kOk);
}

void TestApplet::selectingEndsTheLogin()
{
    Card card(1);
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(kPinQuery), kOk);
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c3"));
    // A wrong PIN ends it, too.
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(kWrongLogin), QStringLiteral("63c2"));
    QCOMPARE(card.sent(kPinQuery), QStringLiteral("63c2"));
}

void TestApplet::shareFilesAreCountedDown()
{
    for (const int total : { 1, 2, 3, 8 }) {
        Card card(total);
        for (int missing = total - 1; missing >= 0; --missing) {
            const QString answer = card.imported(QStringLiteral("5a").repeated(32));
            const QString counts = QStringLiteral("%1%2")
                                       .arg(total, 2, 16, QLatin1Char('0'))
                                       .arg(missing, 2, 16, QLatin1Char('0'));
            QVERIFY(answer.startsWith(counts) && answer.endsWith(kOk));
            QCOMPARE(answer.mid(4, 16) == QStringLiteral("0").repeated(16), missing > 0);
            QCOMPARE(card.sent(QStringLiteral("8052000000")), answer);
        }
        QCOMPARE(card.imported(QStringLiteral("5a").repeated(32)), QStringLiteral("6986"));
    }
    Card card(1);
    QCOMPARE(card.sent(with(QStringLiteral("80520000"), QStringLiteral("11").repeated(31))),
        QStringLiteral("6700"));
    QCOMPARE(card.sent(with(QStringLiteral("80520000"), QStringLiteral("11").repeated(33))),
        QStringLiteral("6700"));
    QVERIFY(card.sent(QStringLiteral("8052000000")).startsWith(QStringLiteral("0101")));
}

void TestApplet::checkValuesAreThoseOfTheVectors()
{
    const QJsonArray all = kdfVectors();
    QVERIFY(!all.isEmpty());
    for (const QJsonValue& one : all) {
        Card card(1);
        QCOMPARE(card.imported(one[u"dkek"].toString()),
            QStringLiteral("0100%1").arg(one[u"kcv"].toString()) + kOk);
    }
}

void TestApplet::shareFilesAreCombinedByXor()
{
    const QJsonObject combined = test::vectors("dkek_kdf.json").value(u"xor").toObject();
    QString kcv;
    const QJsonArray all = kdfVectors();
    for (const QJsonValue& one : all) {
        if (one[u"dkek"] == combined[u"dkek"])
            kcv = one[u"kcv"].toString();
    }
    Card card(2);
    QCOMPARE(card.imported(combined[u"share_1"].toString()), QStringLiteral("020100000000000000009000"));
    QCOMPARE(card.imported(combined[u"share_2"].toString()), QStringLiteral("0200") + kcv + kOk);
}

void TestApplet::initialisingForgetsTheDkek()
{
    Card card(1);
    QVERIFY(card.imported(QStringLiteral("11").repeated(32)).endsWith(kOk));
    QCOMPARE(card.sent(initialisation(QStringLiteral("0001"), kSoPin, 3, 2)), kOk);
    QCOMPARE(card.sent(QStringLiteral("8052000000")), QStringLiteral("020200000000000000009000"));
}

void TestApplet::unwrapsTheVectors_data()
{
    QTest::addColumn<QString>("type");
    QTest::newRow("EC P-256") << QStringLiteral("EC P-256");
    QTest::newRow("secp256k1, from a real device") << QStringLiteral("EC secp256k1");
    QTest::newRow("RSA 2048") << QStringLiteral("RSA 2048");
}

void TestApplet::unwrapsTheVectors()
{
    QFETCH(const QString, type);
    const QJsonObject vector = wrappedKey(type.toLatin1().constData());
    Card card(1);
    card.establish(vector[u"dkek"].toString());
    QCOMPARE(card.unwrapped(1, vector[u"blob"].toString()), kOk);
    QCOMPARE(card.sent(QStringLiteral("80580000000000")), QStringLiteral("cc00cc019000"));
    QCOMPARE(card.unwrapped(1, vector[u"blob"].toString()), QStringLiteral("6a89")); // never over another key
    if (!vector.contains(u"n"))
        return;
    // What the public key of the vector encrypts, its private key on the card decrypts.
    const Bytes modulus = bytes(vector[u"n"].toString());
    const Bytes exponent = bytes(vector[u"e"].toString());
    const Bytes clear = [&] {
        Bytes block(modulus.size(), 0x5A);
        block[0] = 0x00;
        return block;
    }();
    const auto power = [](const Bytes& base, const Bytes& to, const Bytes& of) {
        const auto number = [](const Bytes& from) {
            return BN_bin2bn(from.data(), static_cast<int>(from.size()), nullptr);
        };
        BN_CTX* context = BN_CTX_new();
        BIGNUM* numbers[] = { number(base), number(to), number(of), BN_new() };
        BN_mod_exp(numbers[3], numbers[0], numbers[1], numbers[2], context);
        Bytes result(of.size());
        BN_bn2binpad(numbers[3], result.data(), static_cast<int>(result.size()));
        for (BIGNUM* one : numbers)
            BN_free(one);
        BN_CTX_free(context);
        return result;
    };
    const QString cipher = toHex(power(clear, exponent, modulus));
    QCOMPARE(
        card.sent(QStringLiteral("80620121000100") + cipher + QStringLiteral("0200")), toHex(clear) + kOk);
}

void TestApplet::wrapsWhatItUnwrapped()
{
    const QJsonObject vector = wrappedKey("EC P-256");
    Card card(1);
    card.establish(vector[u"dkek"].toString());
    QCOMPARE(card.unwrapped(7, vector[u"blob"].toString()), kOk);
    const QString wrapped = card.sent(QStringLiteral("80720792000000"));
    QVERIFY(wrapped.endsWith(kOk));
    const Bytes blob = bytes(wrapped.chopped(4));
    QCOMPARE(toHex(blob).left(54), vector[u"blob"].toString().left(54)); // check value, type, algorithm
    QVERIFY(toHex(blob) != vector[u"blob"].toString()); // another random prefix
    const auto clear = dkek::unwrapKey(bytes(vector[u"dkek"].toString()), blob);
    QVERIFY(clear);
    QVERIFY(std::ranges::any_of(clear->components,
        [&](const SecretBytes& component) { return toHex(component) == vector[u"d"].toString(); }));
}

void TestApplet::wrappedKeysOfOthersAreRefused()
{
    const QJsonObject vector = wrappedKey("EC P-256");
    const QString blob = vector[u"blob"].toString();
    Card other(1);
    other.establish(QStringLiteral("11").repeated(32));
    QVERIFY(other.unwrapped(1, blob) != kOk);

    Card card(1);
    card.establish(vector[u"dkek"].toString());
    for (qsizetype at = 0; at < blob.size() / 2; at += 7) {
        Bytes changed = bytes(blob);
        changed[static_cast<std::size_t>(at)] ^= 0x01;
        const QString word = card.unwrapped(1, toHex(changed));
        QVERIFY2(word.size() == 4 && word.startsWith(QLatin1Char('6')), qPrintable(word));
    }
    QCOMPARE(card.sent(QStringLiteral("80580000000000")), QStringLiteral("cc009000"));
}

void TestApplet::noKeyLeavesWithoutDkekOrLogin()
{
    const QJsonObject vector = wrappedKey("EC P-256");
    const QString wrap = QStringLiteral("80720192000000");
    Card card(1);
    QCOMPARE(card.sent(wrap), QStringLiteral("6982"));
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(wrap), QStringLiteral("6a88")); // the share file is missing
    card.establish(vector[u"dkek"].toString());
    QCOMPARE(card.sent(wrap), QStringLiteral("6a82")); // no such key
    QCOMPARE(card.unwrapped(1, vector[u"blob"].toString()), kOk);
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(wrap), QStringLiteral("6982"));
}

void TestApplet::privateDataNeedALogin()
{
    Card card(0);
    const QString read = QStringLiteral("00b1cd01045402000000");
    QCOMPARE(card.sent(QStringLiteral("00d7cd0107540200005301aa")), QStringLiteral("6982"));
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(QStringLiteral("00d7cd0107540200005301aa")), kOk);
    QCOMPARE(card.sent(read), QStringLiteral("aa6282"));
    QVERIFY(card.sent(kSelect).endsWith(kOk));
    QCOMPARE(card.sent(read), QStringLiteral("6982"));
    // The device's certificate and keys are nobody's to write.
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(QStringLiteral("00d72f0207540200005301aa")), QStringLiteral("6982"));
    QCOMPARE(card.sent(QStringLiteral("00d7cc0107540200005301aa")), QStringLiteral("6982"));
}

void TestApplet::filesAreReadAndWrittenInPieces()
{
    Card card(0);
    QCOMPARE(card.sent(kLogin), kOk);
    QCOMPARE(card.sent(QStringLiteral("00d7cf010a 54020000 5304 01020304")), kOk);
    QCOMPARE(card.sent(QStringLiteral("00d7cf010a 54020002 5304 0a0b0c0d")), kOk);
    QCOMPARE(card.sent(QStringLiteral("00a4000002cf0100")), QStringLiteral("6f0b800200068201018302cf019000"));
    QCOMPARE(card.sent(QStringLiteral("00b1cf0104 54020000 06")), QStringLiteral("01020a0b0c0d9000"));
    QCOMPARE(card.sent(QStringLiteral("00b1cf0104 54020000 07")), QStringLiteral("01020a0b0c0d6282"));
    QCOMPARE(card.sent(QStringLiteral("00b1cf0104 54020004 00")), QStringLiteral("0c0d6282"));
    QCOMPARE(card.sent(QStringLiteral("00b1cf0104 54020006 00")), QStringLiteral("6282"));
    QCOMPARE(card.sent(QStringLiteral("00b1cf0104 54020007 00")), QStringLiteral("6b00"));
    QCOMPARE(card.sent(QStringLiteral("00d7cf0107 54020007 5301 aa")), QStringLiteral("6b00")); // no holes
    QCOMPARE(card.sent(QStringLiteral("00b1cf0204 54020000 00")), QStringLiteral("6a82"));
}

void TestApplet::deletedIsGone()
{
    Card card(0);
    QCOMPARE(card.sent(kLogin), kOk);
    QVERIFY(card.sent(test::exchange("keygen-ec", "0046").command).endsWith(kOk));
    QCOMPARE(card.sent(QStringLiteral("80580000000000")), QStringLiteral("cc00cc01ce019000"));
    for (const char* file : { "cc01", "ce01" }) {
        QCOMPARE(card.sent(QStringLiteral("00e4020002") + QLatin1String(file)), kOk);
        QCOMPARE(card.sent(QStringLiteral("00e4020002") + QLatin1String(file)), QStringLiteral("6a82"));
    }
    QCOMPARE(card.sent(QStringLiteral("80580000000000")), QStringLiteral("cc009000"));
    QVERIFY(card.sent(QStringLiteral("00e40200022f02")) != kOk); // the device certificate stays
    QVERIFY(card.sent(QStringLiteral("00a40000022f0200")).endsWith(kOk));
}

void TestApplet::randomIsAsLongAsAskedFor()
{
    Card card;
    QCOMPARE(card.sent(QStringLiteral("0084000020")).size(), 2 * (32 + 2));
    QVERIFY(card.sent(QStringLiteral("0084000020")) != card.sent(QStringLiteral("0084000020")));
    QCOMPARE(card.sent(QStringLiteral("00840000000400")).size(), 2 * (1024 + 2));
    QCOMPARE(card.sent(QStringLiteral("00840000000401")), QStringLiteral("6700"));
    QCOMPARE(card.sent(QStringLiteral("00840000")), QStringLiteral("6700"));
}

void TestApplet::wrongClassAndInstructionAreNamed()
{
    Card card(1);
    QCOMPARE(card.sent(QStringLiteral("40200081")), QStringLiteral("6e00"));
    QCOMPARE(card.sent(QStringLiteral("00ff0000")), QStringLiteral("6d00"));
    QCOMPARE(card.sent(QStringLiteral("80200081")), QStringLiteral("6d00"));
}

namespace {

/// An answer is nothing, or ends with a status word; what is no APDU never comes to the card.
bool isAnswered(SimulatedHsm& hsm, ByteView command)
{
    const auto answer = hsm.exchange(command);
    if (!answer)
        return answer.error().kind == ErrorKind::TransportFailed;
    return answer->size() >= 2
        && ((*answer)[answer->size() - 2] >> 4 == 6 || (*answer)[answer->size() - 2] == 0x90);
}

/// In use and logged in, so that commands get far.
void open(Card& card)
{
    card.sent(initialisation(QStringLiteral("0001"), kSoPin, 3, 0));
    card.sent(kLogin);
}

} // namespace

void TestApplet::commandsOfEveryInstructionNeverCrash()
{
    Card card;
    open(card);
    const Bytes datas[]
        = { {}, { 0x00 }, { 0x54, 0x02, 0xFF, 0xFF }, { 0x54, 0x82, 0xFF }, Bytes(255, 0xFF) };
    for (int cla : { 0x00, 0x80, 0xFF }) {
        for (int instruction = 0; instruction <= 0xFF; ++instruction) {
            for (const int p : { 0x0000, 0x0001, 0x0081, 0x0192, 0x0193, 0xCC01, 0xFFFF }) {
                for (const Bytes& data : datas) {
                    Bytes command{ std::uint8_t(cla), std::uint8_t(instruction), std::uint8_t(p >> 8),
                        std::uint8_t(p) };
                    if (!data.empty())
                        command.push_back(std::uint8_t(data.size()));
                    command.insert(command.end(), data.begin(), data.end());
                    QVERIFY(isAnswered(card.hsm, command));
                    command.push_back(0x00);
                    QVERIFY(isAnswered(card.hsm, command));
                }
            }
        }
    }
}

void TestApplet::cutCommandsNeverCrash()
{
    Card card;
    open(card);
    for (const char* run : { "keygen-ec", "unwrap", "derive", "privdata", "init-pka", "changesopin" }) {
        std::set<QString> seen;
        for (const test::Exchange& one : test::transcript(run)) {
            if (!seen.insert(one.command.left(8)).second)
                continue;
            const Bytes whole = bytes(one.command);
            for (std::size_t size = 0; size < whole.size(); ++size)
                QVERIFY(isAnswered(card.hsm, ByteView(whole).first(size)));
        }
    }
}

void TestApplet::randomCommandsNeverCrash()
{
    std::mt19937 random(20260102);
    const Bytes instructions = bytes(QStringLiteral("202224 2c46 48505254586268727476788084a4b1d7e4"));
    Card card;
    open(card);
    for (int round = 0; round < 20000; ++round) {
        Bytes command(random() % 40);
        for (std::uint8_t& byte : command)
            byte = static_cast<std::uint8_t>(random());
        if (command.size() >= 2 && round % 2 == 0) {
            command[0] = round % 4 == 0 ? 0x00 : 0x80;
            command[1] = instructions[random() % instructions.size()];
        }
        if (command.size() > 5 && round % 3 == 0)
            command[4] = static_cast<std::uint8_t>(command.size() - 5);
        QVERIFY(isAnswered(card.hsm, command));
        if (round % 500 == 0) {
            card.sent(kSelect);
            card.sent(kLogin);
        }
    }
    QVERIFY(SimulatedHsm::load(card.hsm.save())); // still a card
}

QTEST_GUILESS_MAIN(TestApplet)
#include "tst_applet.moc"
