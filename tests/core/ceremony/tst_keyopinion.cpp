// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/secondopinion.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "fold.h"

#include <QTest>

#include <openssl/evp.h>
#include <openssl/x509.h>

using namespace conclave;
using namespace conclave::ceremony;
using witness::SeenKey;
using witness::Testimony;

namespace {

const Bytes kChallenge(32, 0x5c);

/// Made by OpenSSL, which signs with it, too.
class Key {
public:
    explicit Key(const char* curve)
        : m_pair(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), EVP_PKEY_free)
    {
    }

    [[nodiscard]] Bytes publicKey() const
    {
        Bytes der(static_cast<std::size_t>(i2d_PUBKEY(m_pair.get(), nullptr)));
        std::uint8_t* to = der.data();
        i2d_PUBKEY(m_pair.get(), &to);
        return der;
    }

    [[nodiscard]] Bytes sign(ByteView message) const
    {
        const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
            EVP_MD_CTX_new(), EVP_MD_CTX_free);
        Bytes signature(512);
        std::size_t size = signature.size();
        EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, m_pair.get());
        EVP_DigestSign(context.get(), signature.data(), &size, message.data(), message.size());
        signature.resize(size);
        return signature;
    }

    [[nodiscard]] RecordedKey recorded(const QString& label, const QString& id) const
    {
        return { label, id, toHex(sha256(publicKey())), publicKey() };
    }

    [[nodiscard]] SeenKey seen(const QString& label, const QString& id) const
    {
        return { label, *fromHex(id), publicKey(), true, sign(kChallenge) };
    }

private:
    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> m_pair;
};

const QString kLabel = QStringLiteral("root");
const QString kId = QStringLiteral("0a01");

struct Case {
    const char* name;
    std::vector<RecordedKey> recorded;
    std::vector<SeenKey> seen;
    std::vector<KeyOpinion> opinions;
    bool loggedIn = true;
};

std::vector<Case> makeCases()
{
    const Key key("P-256");
    const Key other("P-384");
    const RecordedKey recorded = key.recorded(kLabel, kId);
    const SeenKey seen = key.seen(kLabel, kId);
    const auto changed = [](auto value, auto change) {
        change(value);
        return value;
    };
    using enum KeyOpinion;
    const SeenKey silent = changed(seen, [](SeenKey& k) { k.signature.clear(); });
    const SeenKey forged = changed(seen, [&](SeenKey& k) { k.signature = other.sign(kChallenge); });
    const SeenKey oldAnswer = changed(seen, [&](SeenKey& k) { k.signature = key.sign(Bytes(32, 0x11)); });
    const SeenKey notSigning = changed(silent, [](SeenKey& k) { k.maySign = false; });
    const SeenKey hidden = changed(seen, [](SeenKey& k) { k.publicKey.clear(); });
    const SeenKey renamed = changed(seen, [](SeenKey& k) { k.label = QStringLiteral("leaf"); });
    const SeenKey moved = changed(seen, [](SeenKey& k) { k.id = { 0x77 }; });
    const SeenKey otherHere = other.seen(kLabel, kId);
    const RecordedKey kept = changed(recorded, [](RecordedKey& k) { k.publicKey.clear(); });
    const RecordedKey aes{ QStringLiteral("vault"), QStringLiteral("0c"), {}, {} };
    const SeenKey nothingPublic{ QStringLiteral("vault"), { 0x0c }, {}, false, {} };
    return {
        { "the same key", { recorded }, { seen }, { Agrees } },
        { "known by its fingerprint alone", { kept }, { seen }, { Agrees } },
        { "without login", { recorded }, { silent }, { Listed }, false },
        { "may not sign", { recorded }, { notSigning }, { Listed } },
        { "does not sign", { recorded }, { silent }, { NotSigned } },
        { "signed by another key", { recorded }, { forged }, { WrongSignature } },
        { "signature of another challenge", { recorded }, { oldAnswer }, { WrongSignature } },
        { "public key not shown, but it signs", { recorded }, { hidden }, { Agrees } },
        { "another label", { recorded }, { renamed }, { NamedOtherwise } },
        { "another ID", { recorded }, { moved }, { NamedOtherwise } },
        { "another key in its place", { recorded }, { otherHere }, { OtherKey } },
        { "no key", { recorded }, {}, { Missing } },
        { "no key on record", {}, { seen }, { Unexpected } },
        { "nothing at all", {}, {}, {} },
        { "an AES key", { aes, recorded }, { seen }, { NotVisible, Agrees } },
        { "one without public key on either side", { aes }, { nothingPublic }, { Listed } },
        { "the same key twice", { recorded }, { seen, seen }, { Agrees, Unexpected } },
        { "both under one ID", { recorded, other.recorded(kLabel, kId) }, { otherHere, seen },
            { Agrees, Agrees } },
        { "one is enough for one", { recorded, recorded }, { seen }, { Agrees, Missing } },
    };
}

const std::vector<Case>& cases()
{
    static const std::vector<Case> made = makeCases();
    return made;
}

/// A real device, before the record is sealed.
FoldedCeremony reviewing()
{
    DeviceChosen device;
    device.serial = kSerial;
    FoldedCeremony ceremony;
    ceremony.takeAll({ Opened{ QStringLiteral("EX-1"), {}, false, {} },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{}, device,
        SchemeChosen{ { kPassword } } });
    goOnTo(ceremony, Stage::Reviewing);
    return ceremony;
}

} // namespace

class TestKeyOpinion : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachKeyIsJudged_data()
    {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < cases().size(); ++i)
            QTest::newRow(cases()[i].name) << static_cast<int>(i);
    }
    void eachKeyIsJudged()
    {
        QFETCH(const int, index);
        const Case& row = cases()[static_cast<std::size_t>(index)];
        const SecondOpinionGiven given
            = judge(row.recorded, Testimony{ {}, {}, row.loggedIn, row.seen }, kChallenge);
        std::vector<KeyOpinion> opinions;
        for (const OpinionOnKey& key : given.keys)
            opinions.push_back(key.opinion);
        QCOMPARE(opinions, row.opinions);
        QCOMPARE(given.more, 0);
        QCOMPARE(given.loggedIn, row.loggedIn);
    }

    void aFloodOfUnexpectedKeysIsCounted()
    {
        Testimony testimony{ {}, {}, true, std::vector<SeenKey>(200) };
        const SecondOpinionGiven given = judge({}, testimony, kChallenge);
        QCOMPARE(given.keys.size(), std::size_t{ 16 });
        QCOMPARE(given.more, 184);
        QCOMPARE((OpinionRecord{ given, {} }.differences()), 200);
    }

    void keysThatWereDeletedOrNeverMadeAreNotExpected()
    {
        CeremonyState state;
        state.opened = Opened{};
        const auto key = [](KeyState stands, bool made) {
            KeyRecord record{ { QStringLiteral("k"), QStringLiteral("01") }, stands, std::nullopt, 0, 0 };
            if (made)
                record.generated = KeyGenerated{ 0, 1, QStringLiteral("aa"), QStringLiteral("30"), 1 };
            return record;
        };
        state.keys = { key(KeyState::Tested, true), key(KeyState::TestFailed, true),
            key(KeyState::Deleted, true), key(KeyState::Skipped, false) };
        QCOMPARE(keysOnDevice(state).size(), std::size_t{ 2 });
    }

    void keysThatStayedAndCameBackAreExpectedOnce()
    {
        CeremonyState state;
        state.opened = Opened{ {}, {}, false, {}, Flow::Restore };
        state.device = DeviceChosen{};
        state.device->keys = { { QStringLiteral("stays"), QStringLiteral("01"), {}, QStringLiteral("aa"), 4 },
            { QStringLiteral("was there"), QStringLiteral("02"), {}, QStringLiteral("bb"), 5 } };
        KeyToRestore restored;
        restored.label = QStringLiteral("was there");
        state.restore.keys = { { restored, RestoreState::Restored, KeyRestored{ 0, 5, true, 1 }, 0 },
            { restored, RestoreState::Skipped, std::nullopt, 0 } };
        const auto keys = keysOnDevice(state);
        QCOMPARE(keys.size(), std::size_t{ 2 });
        QCOMPARE(keys[0].label, QStringLiteral("stays"));
        QCOMPARE(keys[1].label, QStringLiteral("was there"));
    }

    void anOpinionAccountsForAllKeys()
    {
        FoldedCeremony ceremony = reviewing();
        QCOMPARE(keysOnDevice(ceremony.state()).size(), std::size_t{ 2 });
        SecondOpinionGiven given = secondOpinion(ceremony.state());
        SecondOpinionGiven less = given;
        less.keys.pop_back();
        QVERIFY(!ceremony.take(less));
        SecondOpinionGiven twice = given;
        twice.keys.push_back(twice.keys.front());
        QVERIFY(!ceremony.take(twice));
        given.more = -1;
        QVERIFY(!ceremony.take(given));
    }

    void onlyADifferenceIsToBeExplained()
    {
        FoldedCeremony ceremony = reviewing();
        SecondOpinionGiven given = secondOpinion(ceremony.state());
        QVERIFY(ceremony.take(given));
        QVERIFY(ceremony.state().toExplain.empty());
        given.keys.push_back({ QStringLiteral("x"), QStringLiteral("07"), KeyOpinion::Unexpected });
        QVERIFY(ceremony.take(given));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QCOMPARE(ceremony.state().opinion.differences(), 1);
    }

    void theLastAnswerCounts()
    {
        FoldedCeremony ceremony = reviewing();
        QVERIFY(ceremony.take(SecondOpinionFailed{ ErrorKind::TokenNotFound, {}, {} }));
        QCOMPARE(ceremony.state().toExplain.size(), std::size_t{ 1 });
        QVERIFY(ceremony.state().opinion.failed);
        QVERIFY(ceremony.take(secondOpinion(ceremony.state())));
        QVERIFY(!ceremony.state().opinion.failed);
        QVERIFY(ceremony.state().opinion.given);
    }
};

QTEST_GUILESS_MAIN(TestKeyOpinion)
#include "tst_keyopinion.moc"
