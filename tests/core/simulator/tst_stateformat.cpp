// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

#include <cstring>
#include <random>

using namespace conclave;
using namespace conclave::card;
using namespace conclave::simulator;

namespace {

SecretBytes ascii(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

/// A device that has something of everything that is to be kept.
std::shared_ptr<SimulatedHsm> used()
{
    auto device = std::make_shared<SimulatedHsm>(
        Identity{ .serial = QStringLiteral("DENK0299905"), .versionMinor = 3 });
    SimulatedChannel channel(device);
    SmartCardHsm hsm(channel);
    bool ok = hsm.initialise({ .userPin = ascii("648219"),
                                 .soPin = ascii("3537363231383830"),
                                 .userPinTries = 3,
                                 .unblocking = PinUnblocking::NewPin,
                                 .label = QStringLiteral("kept"),
                                 .shareFiles = 1 })
                  .has_value();
    ok = ok && hsm.importShareFile(Bytes(32, 0x11)) && hsm.verifyUserPin(ascii("648219"));
    for (const KeyAlgorithm algorithm : { KeyAlgorithm::Rsa2048, KeyAlgorithm::EcBrainpoolP512 }) {
        const auto reference = hsm.freeKeyReference();
        ok = ok && reference
            && hsm.generateKey(
                *reference, { .algorithm = algorithm, .label = keyAlgorithmName(algorithm), .id = { 0x10 } });
    }
    ok = ok && !hsm.verifyUserPin(ascii("111111"));
    if (!ok)
        throw std::runtime_error("no device to begin with");
    return device;
}

} // namespace

class TestStateFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_state = used()->save(); }
    void allThatOutlivesAPowerCutComesBack();
    void whatIsLoadedIsSavedTheSame();
    void aCutStateIsRefused();
    void moreThanAStateIsRefused();
    void anotherMagicIsRefused();
    void changedBytesNeverCrash();

private:
    SecretBytes m_state{};
};

void TestStateFormat::allThatOutlivesAPowerCutComesBack()
{
    const auto device = SimulatedHsm::load(m_state);
    QVERIFY(device);
    QCOMPARE((*device)->identity().serial, QStringLiteral("DENK0299905"));
    SimulatedChannel channel(*device);
    SmartCardHsm hsm(channel);
    const auto status = hsm.status();
    QVERIFY(status);
    QCOMPARE(status->serial, QStringLiteral("DENK0299905"));
    QCOMPARE(status->versionMinor, 3);
    QCOMPARE(status->label, QStringLiteral("kept"));
    QCOMPARE(status->userPin.triesLeft, 2); // the wrong one, and no login
    QCOMPARE(status->soPin.triesLeft, 15);
    QCOMPARE(status->dkek->total, 1);
    QCOMPARE(status->dkek->outstanding, 0);
    QVERIFY(hsm.unblockUserPin(ascii("3537363231383830"), ascii("975318").view())); // options, SO-PIN
    QVERIFY(hsm.verifyUserPin(ascii("975318")));

    const auto keys = hsm.keys();
    QVERIFY(keys);
    QCOMPARE(keys->size(), std::size_t(2));
    for (const KeyEntry& key : *keys) {
        QVERIFY(key.publicKey);
        QCOMPARE(key.label, keyAlgorithmName(*key.publicKey->algorithm));
        const Bytes message(100, 0x5A);
        const auto signature = hsm.signSha256(key.reference, *key.publicKey->algorithm, message);
        QVERIFY(signature);
        QVERIFY(key.publicKey->verifySha256(message, *signature));
    }
}

void TestStateFormat::whatIsLoadedIsSavedTheSame()
{
    const auto device = SimulatedHsm::load(m_state);
    QVERIFY(device);
    QVERIFY((*device)->save().view().size() == m_state.size());
    QVERIFY(std::ranges::equal((*device)->save().view(), m_state.view()));
}

void TestStateFormat::aCutStateIsRefused()
{
    for (std::size_t size = 0; size < m_state.size(); ++size) {
        const auto device = SimulatedHsm::load(m_state.view().first(size));
        QVERIFY(!device);
        QCOMPARE(device.error().kind, ErrorKind::Malformed);
    }
}

void TestStateFormat::moreThanAStateIsRefused()
{
    constexpr std::uint8_t kMore[] = { 0x00 };
    const auto device = SimulatedHsm::load(SecretBytes::concatenate({ m_state, kMore }));
    QVERIFY(!device);
    QCOMPARE(device.error().kind, ErrorKind::Malformed);
}

void TestStateFormat::anotherMagicIsRefused()
{
    SecretBytes other(m_state.view());
    other[0] ^= 0x20;
    QCOMPARE(SimulatedHsm::load(other).error().kind, ErrorKind::Malformed);
}

void TestStateFormat::changedBytesNeverCrash()
{
    std::mt19937 random(20260101);
    for (int round = 0; round < 300; ++round) {
        SecretBytes other(m_state.view());
        for (int i = 0; i < 3; ++i)
            other[random() % other.size()] = static_cast<std::uint8_t>(random());
        const auto device = SimulatedHsm::load(other);
        if (!device) {
            QCOMPARE(device.error().kind, ErrorKind::Malformed);
            continue;
        }
        SimulatedChannel channel(*device); // what was let in must be a card
        SmartCardHsm hsm(channel);
        QVERIFY(hsm.select());
        (void)hsm.status();
    }
}

QTEST_GUILESS_MAIN(TestStateFormat)
#include "tst_stateformat.moc"
