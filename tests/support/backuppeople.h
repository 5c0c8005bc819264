// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hex.h"
#include "core/ceremony/ceremony.h"
#include "core/ceremony/openedbackup.h"
#include "core/device/devicedirectory.h"
#include "core/device/readersource.h"
#include "tests/support/firstdevice.h"

#include <QTest>

#include <algorithm>
#include <functional>

namespace conclave::test {

/// The people of a ceremony in which one device or several become backup devices of the first, which is in a
/// reader, too.
class BackupPeople {
    using Ceremony = conclave::ceremony::Ceremony;
    using CeremonyState = conclave::ceremony::CeremonyState;
    using DeviceChoice = conclave::ceremony::DeviceChoice;
    using PinSettings = conclave::ceremony::PinSettings;
    using Preparation = conclave::ceremony::Preparation;
    using Role = conclave::ceremony::Role;
    using Stage = conclave::ceremony::Stage;
    using WorkKind = conclave::ceremony::WorkKind;

public:
    static constexpr int kPatienceMs = 120'000;
    static constexpr int kUserPinTries = 3;

    BackupPeople(device::ReaderSource& readers, const FirstDevice& first, int devices)
        : m_readers(readers)
        , m_first(first)
        , m_devices(devices)
    {
        begin();
    }

    static QString serialOf(int number)
    {
        return QStringLiteral("DENK03000%1").arg(number, 2, 10, QLatin1Char('0'));
    }
    static SecretBytes pin() { return secret("648219"); }

    // --- what the people do, each up to a moment; false when it did not come
    bool untilChosen()
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        if (!ceremony->prepare(std::move(preparation)) || !until(Stage::ChoosingFirst)
            || !ceremony->readFirstDevice(m_first.records.path()) || !settled()
            || !ceremony->confirmFirstDevice({}) || !until(Stage::ChoosingDevice))
            return false;
        device::DeviceDirectory directory(m_readers);
        const auto found = [&](int number) {
            const auto& all = directory.devices();
            const auto device = std::ranges::find_if(all, [number](const device::DetectedDevice& each) {
                return each.status && !each.probing && each.status->serial == serialOf(number);
            });
            return device == all.end() ? nullptr : &*device;
        };
        std::vector<DeviceChoice> choices;
        for (int number = 1; number <= m_devices; ++number) {
            if (!QTest::qWaitFor([&] { return found(number) != nullptr; }, kPatienceMs))
                return false;
        }
        for (int number = 1; number <= m_devices; ++number)
            choices.push_back({ found(number), true, serialOf(number) }); // its maker may be unknown
        return ceremony->chooseDevices(choices)
            && until(m_devices == 1 ? Stage::SettingPins : Stage::Importing);
    }
    bool handInShares()
    {
        return ceremony->chooseShareFile(1) && ceremony->liftCurtain()
            && ceremony->enterPassword(FirstDevice::password()) && settled();
    }
    bool chooseKeys()
    {
        if (!until(Stage::ChoosingBackup) || !ceremony->openBackup(m_first.backup()) || !settled()
            || !ceremony->openedBackup())
            return false;
        std::vector<std::size_t> all(ceremony->openedBackup()->medium.keys.size());
        for (std::size_t i = 0; i < all.size(); ++i)
            all[i] = i;
        return ceremony->planRestore(all).has_value();
    }
    bool setPins()
    {
        PinSettings settings;
        settings.newSoPin = secret("3537363231383830");
        settings.userPin = pin();
        settings.userPinTries = kUserPinTries;
        settings.label = QStringLiteral("backup");
        for (const CeremonyState& device : state().devices)
            settings.currentSoPins[device.device->serial] = settings.newSoPin.clone();
        settings.currentSoPin = settings.newSoPin.clone();
        return ceremony->setPins(std::move(settings)) && until(Stage::ConfirmingErase);
    }
    bool untilPinsAreSet()
    {
        return untilChosen() && handInShares() && chooseKeys() && until(Stage::SettingPins) && setPins();
    }
    /// From here on the devices are at work.
    bool confirmAll()
    {
        while (const CeremonyState* next = state().nextToConfirm()) {
            const QString serial = next->device->serial;
            if (!ceremony->confirmErase(serial) || !settled())
                return false;
        }
        return until(Stage::MakingDevices);
    }
    bool untilConfirmed() { return untilPinsAreSet() && confirmAll(); }
    bool atRest() const
    {
        return QTest::qWaitFor(
            [this] { return settled(false) && !ceremony->devicesWork() && !state().paused; }, kPatienceMs);
    }

    /// Whatever is next, and once more where it went wrong, until the stage is reached; `atTrouble` is called
    /// before anything is tried again.
    bool play(Stage end, const std::function<void()>& atTrouble)
    {
        for (int steps = 0; steps < kMostSteps; ++steps) {
            if (!atRest())
                return false;
            if (state().stage >= end)
                return true;
            if (somethingIsWrong()) {
                atTrouble();
                // The device is asked as soon as its reader tells that it is back.
                if (!QTest::qWaitFor([this] { return settled(false) && !state().pending; }, kPatienceMs))
                    return false;
                ceremony->dismissTrouble();
            }
            if (const Status done = doNext(); !done && !ceremony->trouble()) {
                m_refusal = done.error().detail + QString::number(static_cast<int>(done.error().kind));
                return false;
            }
        }
        return false;
    }

    /// By a program that was started again.
    bool resume()
    {
        begin();
        ceremony->load(folder());
        return QTest::qWaitFor(
                   [this] { return ceremony->awaitsResume() && !ceremony->record().empty(); }, kPatienceMs)
            && resumeHere();
    }
    bool resumeHere()
    {
        return ceremony->confirmResume(ceremony->checkpointCode())
            && QTest::qWaitFor(
                [this] { return !ceremony->awaitsResume() && settled(false) && !ceremony->devicesWork(); },
                kPatienceMs);
    }
    /// What is asked for again after a pause, or when the PINs have to be typed anew.
    bool ready()
    {
        for (int steps = 0; steps < 8 && state().stage != Stage::MakingDevices; ++steps) {
            const Stage before = state().stage;
            const bool done = before == Stage::Importing ? handInShares()
                : before == Stage::ChoosingBackup        ? chooseKeys()
                : before == Stage::SettingPins           ? setPins()
                                                         : confirmAll();
            if (!done
                || !QTest::qWaitFor([&] { return settled(false) && state().stage != before; }, kPatienceMs))
                return false;
        }
        return true;
    }
    bool goOn()
    {
        const bool asked = state().stage != Stage::MakingDevices;
        if (!ready())
            return false;
        if (!ceremony->userPinHeld() && !ceremony->enterUserPin(pin()))
            return false;
        return (asked && ceremony->devicesWork()) || ceremony->makeDevices().has_value();
    }

    // --- what there is to see
    bool until(Stage stage) const
    {
        return QTest::qWaitFor(
                   [&] { return (state().stage == stage && settled(false)) || ceremony->trouble(); },
                   kPatienceMs)
            && !ceremony->trouble();
    }
    bool settled(bool wait = true) const
    {
        const auto isSo = [this] { return ceremony->work().kind == WorkKind::None && !ceremony->writing(); };
        return wait ? QTest::qWaitFor(isSo, kPatienceMs) : isSo();
    }
    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }
    [[nodiscard]] int complete() const
    {
        return static_cast<int>(std::ranges::count_if(state().devices, &CeremonyState::complete));
    }
    /// Empty when the card, asked by a driver of the test's own, is a clone of the first.
    [[nodiscard]] QString wrongWith(const simulator::SimulatedHsm& card) const
    {
        simulator::SimulatedChannel channel(*simulator::SimulatedHsm::load(card.save()));
        card::SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        const auto keys = hsm.keys();
        if (!status || !keys)
            return QStringLiteral("it cannot be read");
        if (!status->dkek || !status->dkek->kcv || toHex(*status->dkek->kcv) != m_first.kcv.toLower())
            return QStringLiteral("another DKEK");
        if (keys->size() != m_first.keys.size())
            return QStringLiteral("%1 keys").arg(keys->size());
        if (!hsm.verifyUserPin(pin()))
            return QStringLiteral("another user PIN");
        for (const card::PublicKey& original : m_first.keys) {
            const auto key = std::ranges::find_if(*keys, [&](const card::KeyEntry& each) {
                return each.publicKey && each.publicKey->isSameAs(original) && !each.isUnnamed();
            });
            if (key == keys->end())
                return QStringLiteral("a key is not there");
            const Bytes message(32, 0x11);
            const auto signature = hsm.signSha256(key->reference, *original.algorithm, message);
            if (!signature || !original.verifySha256(message, *signature))
                return QStringLiteral("a key does not sign");
        }
        return {};
    }
    [[nodiscard]] bool somethingIsWrong() const
    {
        return ceremony->trouble()
            || std::ranges::any_of(state().devices, [this](const CeremonyState& device) {
                   const Ceremony* part = ceremony->onDevice(device.device->serial);
                   return part && part->trouble();
               });
    }
    [[nodiscard]] QString situation() const
    {
        QString text = QStringLiteral("stage %1").arg(static_cast<int>(state().stage));
        if (ceremony->trouble())
            text += QStringLiteral(", trouble %1").arg(static_cast<int>(ceremony->trouble()->error.kind));
        for (const CeremonyState& device : state().devices) {
            text += QStringLiteral("; %1 stage %2")
                        .arg(device.device->serial)
                        .arg(static_cast<int>(device.stage));
            const auto* part = ceremony->onDevice(device.device->serial);
            if (part && part->trouble())
                text += QStringLiteral(" trouble %1 %2")
                            .arg(static_cast<int>(part->trouble()->error.kind))
                            .arg(part->trouble()->error.detail);
        }
        return text + QStringLiteral(", refused: ") + m_refusal;
    }

private:
    static SecretBytes secret(const char* text)
    {
        return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
    }
    Status doNext()
    {
        const auto so = [](bool done) { return done ? Status{} : fail(ErrorKind::NotAllowedNow); };
        switch (state().stage) {
        case Stage::Preparing:
            return so(untilChosen());
        case Stage::SettingPins:
            return so(setPins());
        case Stage::ConfirmingErase:
            return state().several ? so(confirmAll()) : ceremony->confirmErase(state().device->serial);
        case Stage::Importing:
            if (ceremony->turnPhase() == conclave::ceremony::TurnPhase::None)
                return ceremony->chooseShareFile(1);
            if (ceremony->turnPhase() == conclave::ceremony::TurnPhase::Curtain)
                return ceremony->liftCurtain();
            return ceremony->enterPassword(FirstDevice::password());
        case Stage::NotingKeyCheckValue:
            return ceremony->noteKeyCheckValue();
        case Stage::DkekMismatch:
            return ceremony->initialiseAgain();
        case Stage::ChoosingBackup:
            return so(chooseKeys());
        case Stage::RestoringKeys:
            if (!ceremony->userPinHeld())
                return ceremony->enterUserPin(pin());
            return state().restore.next() ? ceremony->restore() : ceremony->finishRestore();
        case Stage::MakingDevices:
            if (complete() == m_devices)
                return ceremony->finishDevices();
            if (std::ranges::find(state().devices, Stage::SettingPins, &CeremonyState::stage)
                != state().devices.end())
                return ceremony->goBack(conclave::ceremony::BackTarget::Pins);
            if (!ceremony->userPinHeld())
                return ceremony->enterUserPin(pin());
            return ceremony->makeDevices();
        case Stage::ProvingClone:
            if (!ceremony->userPinHeld())
                return ceremony->enterUserPin(pin());
            return ceremony->proveClone(pin());
        default:
            return fail(ErrorKind::NotAllowedNow, QStringLiteral("nothing to do"));
        }
    }
    void begin()
    {
        ceremony.reset();
        conclave::ceremony::Environment environment{ m_readers };
        environment.rounds = m_first.rounds;
        ceremony = std::make_unique<Ceremony>(environment, conclave::ceremony::Flow::AddBackup);
    }

    static constexpr int kMostSteps = 60;

    device::ReaderSource& m_readers;
    const FirstDevice& m_first;
    int m_devices;
    QString m_refusal{};
    QTemporaryDir m_home{};

public:
    std::unique_ptr<Ceremony> ceremony{}; ///< the last: it ends before what it works on
};

} // namespace conclave::test
