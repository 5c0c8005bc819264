// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/cardtruth.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"

#include <algorithm>
#include <cstring>

namespace conclave::faults {

using namespace ceremony;

namespace {

constexpr int kSoPinTries = 15;

ByteView viewOf(const char* text)
{
    return { reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) };
}

/// A card of its own with the same content: PINs can be tried on it.
class Copy {
public:
    explicit Copy(const simulator::SimulatedHsm& card)
        : m_channel(*simulator::SimulatedHsm::load(card.save()))
        , m_hsm(m_channel)
    {
    }
    card::SmartCardHsm& operator*() { return m_hsm; }
    card::SmartCardHsm* operator->() { return &m_hsm; }

private:
    simulator::SimulatedChannel m_channel;
    card::SmartCardHsm m_hsm;
};

class Comparison {
public:
    Comparison(const CeremonyState& state, const simulator::SimulatedHsm& card,
        const support::CeremonyScript& script)
        : m_state(state)
        , m_card(card)
        , m_script(script)
    {
    }

    QStringList made()
    {
        Copy copy(m_card);
        const auto status = copy->status();
        const auto keys = copy->keys();
        say(status && keys, "the copy cannot be read");
        if (!status || !keys)
            return m_wrong;
        if (m_state.erasedOnly)
            compareErased(*status, *keys);
        else if (m_state.erasedAt)
            compareInitialised(*status);
        else
            compareUntouched(*status, *keys);
        compareKeys(*keys);
        return m_wrong;
    }

private:
    void say(bool isSo, const char* otherwise)
    {
        if (!isSo)
            m_wrong << QString::fromLatin1(otherwise);
    }

    void compareUntouched(const card::DeviceStatus& status, const std::vector<card::KeyEntry>& keys)
    {
        // An initialisation whose outcome could not be read is said to be unclear, and is repeated.
        const bool unclear = std::ranges::any_of(m_state.toExplain, [](const ToExplain& entry) {
            const auto* settled = std::get_if<Settled>(&entry.event);
            return settled && settled->operation == Operation::Initialise
                && settled->outcome == Outcome::Unclear;
        });
        if (!m_state.device || unclear)
            return;
        say(status.initialised() == m_state.device->initialised, "initialised, unknown to the ceremony");
        say(keys.size() == m_state.device->keys.size(), "keys are gone, unknown to the ceremony");
        say(status.label == m_state.device->label, "another label");
    }

    /// For the proof of its key, which may have been cut: then its key is still there.
    void compareErased(const card::DeviceStatus& status, const std::vector<card::KeyEntry>& keys)
    {
        say(status.initialised(), "not initialised");
        say(!status.dkek, "a DKEK, unknown to the ceremony");
        say(status.label.isEmpty(), "another label");
        say(keys.empty() || (keys.size() == 1 && keys.front().isUnnamed()), "keys, unknown to the ceremony");
        say(!Copy(m_card)->verifyUserPin(viewOf(m_script.userPin)), "the user PIN before its time");
        compareSoPin(status);
    }

    void compareSoPin(const card::DeviceStatus& status)
    {
        if (m_state.soPin != SoPinInForce::Either) {
            const ByteView soPin
                = viewOf(m_state.soPin == SoPinInForce::Chosen ? m_script.newSoPin : m_script.currentSoPin);
            say(Copy(m_card)->changeSoPin(soPin, soPin).has_value(), "another SO-PIN");
        }
        say(status.soPin.triesLeft == kSoPinTries, "an SO-PIN try was used up");
    }

    void compareInitialised(const card::DeviceStatus& status)
    {
        const int planned = static_cast<int>(m_state.sets.size());
        say(status.initialised(), "not initialised");
        say(status.dkek && status.dkek->total == planned, "another number of share files");
        say(status.dkek && status.dkek->outstanding == m_state.shareFilesOutstanding,
            "another number of outstanding share files");
        if (!m_state.kcv.isEmpty())
            say(status.dkek && status.dkek->kcv && toHex(*status.dkek->kcv) == m_state.kcv, "another KCV");
        say(Copy(m_card)->verifyUserPin(viewOf(m_script.userPin)).has_value(), "another user PIN");
        say(status.userPin.triesLeft == m_state.settings->userPinTries
                || status.userPin.state == card::PinStatus::State::Verified,
            "a user PIN try was used up");
        compareSoPin(status);
        const bool aKeyIsTested = std::ranges::any_of(
            m_state.keys, [](const KeyRecord& key) { return key.state == KeyState::Tested; });
        say(status.label == m_script.label || (status.label.isEmpty() && !aKeyIsTested), "another label");
    }

    void compareKeys(const std::vector<card::KeyEntry>& keys)
    {
        std::size_t generated = 0;
        for (const KeyRecord& key : m_state.keys) {
            if (!key.generated)
                continue;
            ++generated;
            const auto found = std::ranges::find_if(keys,
                [&](const card::KeyEntry& entry) { return entry.reference == key.generated->keyReference; });
            if (found == keys.end()) {
                say(false, "a key is missing");
                continue;
            }
            const auto fingerprint
                = found->publicKey ? found->publicKey->fingerprint() : fail(ErrorKind::NotFound);
            say(fingerprint && toHex(*fingerprint) == key.generated->fingerprint, "another key");
            if (key.state == KeyState::Tested) {
                say(found->label == key.planned.label && toHex(found->id) == key.planned.id,
                    "a tested key without its label and id");
            }
        }
        if (m_state.erasedAt && !m_state.erasedOnly)
            say(keys.size() == generated, "a key that the ceremony does not know");
    }

    const CeremonyState& m_state;
    const simulator::SimulatedHsm& m_card;
    const support::CeremonyScript& m_script;
    QStringList m_wrong{};
};

} // namespace

QStringList contradictions(
    const CeremonyState& state, const simulator::SimulatedHsm& card, const support::CeremonyScript& script)
{
    return Comparison(state, card, script).made();
}

} // namespace conclave::faults
