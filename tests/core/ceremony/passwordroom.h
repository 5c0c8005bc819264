// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>

namespace conclave::ceremony {

inline constexpr int kPatienceMs = 60'000;
inline constexpr char kPassword[] = "six horses wait at the gate";
inline constexpr char kPin[] = "rehearsal-7";

inline SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// A ceremony with one password and one key in a room with a simulated device, step by step up to its
/// back-up.
class Room {
    QTemporaryDir m_home; // outlives the ceremony
    device::SimulatedReaders m_readers;

public:
    Room()
    {
        plugIn();
        begin();
    }

    void plugIn() { m_readers.insert(QStringLiteral("Simulated reader"), device); }

    /// The program ended, and was started again.
    void begin()
    {
        ceremony.reset();
        Environment environment{ m_readers };
        environment.rounds = dkek::KdfRounds{ 1000 };
        ceremony = std::make_unique<Ceremony>(std::move(environment));
    }

    bool resume()
    {
        begin();
        ceremony->load(folder());
        return until([this] { return ceremony->awaitsResume() && !ceremony->record().empty(); })
            && ceremony->confirmResume(ceremony->checkpointCode())
            && until([this] { return !ceremony->awaitsResume() && !ceremony->writing(); });
    }

    bool establish() { return prepare() && handOut() && initialise() && import() && generate(); }

    bool prepare()
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        if (!ceremony->prepare(std::move(preparation)) || !reaches(Stage::ChoosingDevice))
            return false;
        device::DeviceDirectory directory(m_readers);
        return until([&] { return !directory.devices().empty() && directory.devices().front().status; })
            && ceremony->chooseDevice(directory.devices().front(), true) && reaches(Stage::ChoosingScheme)
            && ceremony->chooseScheme(SchemeChosen{ { ShareFileRule{} } }) && reaches(Stage::HandingOut)
            && until([this] { return ceremony->work().kind == WorkKind::None; });
    }
    bool handOut()
    {
        return ceremony->startHandOut() && ceremony->liftCurtain() && until([] { return true; })
            && ceremony->choosePassword(secret(kPassword))
            && until([this] { return state().sets.front().made && ceremony->work().kind == WorkKind::None; })
            && ceremony->liftCurtain() && ceremony->provePassword(secret(kPassword)).value_or(false)
            && reaches(Stage::SettingPins);
    }
    bool setPins()
    {
        PinSettings pins;
        pins.newSoPin = secret("5265686561727361");
        pins.userPin = secret(kPin);
        pins.label = QStringLiteral("CA");
        return ceremony->setPins(std::move(pins)) && reaches(Stage::ConfirmingErase);
    }
    bool initialise()
    {
        return setPins() && ceremony->confirmErase(state().device->serial) && reaches(Stage::Importing);
    }
    bool import()
    {
        return ceremony->chooseShareFile(1) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kPassword)) && reaches(Stage::NotingKeyCheckValue)
            && ceremony->noteKeyCheckValue() && reaches(Stage::PlanningKeys);
    }
    bool plan(std::vector<PlannedKey> keys
        = { { QStringLiteral("root"), QStringLiteral("01"), card::KeyAlgorithm::EcP256 } })
    {
        return ceremony->planKeys(std::move(keys)) && reaches(Stage::GeneratingKeys)
            && ceremony->enterUserPin(secret(kPin));
    }
    bool generate()
    {
        return plan() && ceremony->generate()
            && until([this] { return !state().nextKey() && ceremony->work().kind == WorkKind::None; })
            && ceremony->finishGeneration() && reaches(Stage::BackingUp);
    }

    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    bool untilTrouble() const
    {
        return QTest::qWaitFor([this] { return ceremony->trouble() && !ceremony->writing(); }, kPatienceMs);
    }
    bool reaches(Stage stage) const
    {
        return until([&] { return state().stage == stage; });
    }
    bool saves(std::size_t media) const
    {
        return ceremony->saveBackup() && until([&] {
            return state().backup.media.size() == media && ceremony->work().kind == WorkKind::None;
        });
    }

    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }
    [[nodiscard]] QString place(const QString& name) const { return m_home.filePath(name); }

    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    std::unique_ptr<Ceremony> ceremony;
};

} // namespace conclave::ceremony
