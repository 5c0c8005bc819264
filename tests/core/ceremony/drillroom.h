// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/setmaker.h"
#include "tests/core/simulator/preparedcard.h"

#include <QTemporaryDir>
#include <QTest>

#include <cstring>
#include <functional>

namespace conclave::ceremony {

inline constexpr int kPatienceMs = 30'000;
inline constexpr char kDrillPassword[] = "six horses wait at the gate";
inline constexpr char kDrillPin[] = "648219";
inline constexpr char kDrillSoPin[] = "5265686561727361";

inline SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// The records of a device that is not here: a share file under a password, and two wrapped keys.
struct DrillBackup {
    DrillBackup()
    {
        SetOrder order{ ShareFileRule{}, 1, 1, QStringLiteral("EX-0"), QStringLiteral("DENK0299901"), {},
            secret(kDrillPassword), dkek::KdfRounds{ 1000 }, {} };
        const auto set = makeSet(order);
        if (!set || !saveSet(records.path(), *set))
            return;
        test::PreparedCard card(set->clearShare, QStringLiteral("DENK0299901"));
        const bool keys = card.makeKey(7, card::KeyAlgorithm::EcP256, QStringLiteral("root"))
            && card.makeKey(8, card::KeyAlgorithm::EcBrainpoolP256, QStringLiteral("issuing"));
        const auto taken = takeKeyBackup(card.hsm, QStringLiteral("EX-0"));
        made = keys && taken && writeKeyBackup(*taken, records.path());
    }
    QTemporaryDir records;
    bool made = false;
};

/// A drill with these readers, step by step.
class DrillRoom {
    QTemporaryDir m_home; // outlives the ceremony
    device::ReaderSource& m_source;

public:
    explicit DrillRoom(device::ReaderSource& source)
        : m_source(source)
    {
        begin();
    }

    /// The program ended, and was started again.
    void begin()
    {
        ceremony.reset();
        Environment environment{ m_source };
        environment.rounds = dkek::KdfRounds{ 1000 };
        ceremony = std::make_unique<Ceremony>(std::move(environment), Flow::Drill);
    }
    bool resume()
    {
        begin();
        ceremony->load(folder());
        return until([this] { return ceremony->awaitsResume() && !ceremony->record().empty(); })
            && ceremony->confirmResume(std::nullopt)
            && QTest::qWaitFor(
                [this] { return !ceremony->awaitsResume() && !ceremony->writing(); }, kPatienceMs);
    }
    bool prepare(const DrillBackup& backup) const
    {
        Preparation preparation;
        preparation.folder = folder();
        preparation.ceremonyId = QStringLiteral("EX-1");
        preparation.memoryFolderAccepted = true;
        preparation.participants = { { Role::Officer, 1, QStringLiteral("Ada"), {} } };
        return ceremony->prepare(std::move(preparation)) && reaches(Stage::ChoosingFirst)
            && ceremony->readFirstDevice(backup.records.path())
            && until([this] { return ceremony->firstDevice() != nullptr; })
            && ceremony->confirmFirstDevice({}) && reaches(Stage::ChoosingDevice);
    }
    /// The device that was chosen.
    bool initialise() const
    {
        PinSettings pins;
        pins.newSoPin = secret(kDrillSoPin);
        pins.userPin = secret(kDrillPin);
        pins.label = QStringLiteral("drill");
        return reaches(Stage::SettingPins) && ceremony->setPins(std::move(pins))
            && reaches(Stage::ConfirmingErase) && ceremony->confirmErase(state().device->serial)
            && reaches(Stage::Importing);
    }
    bool import() const
    {
        return ceremony->chooseShareFile(1) && ceremony->liftCurtain()
            && ceremony->enterPassword(secret(kDrillPassword)) && reaches(Stage::NotingKeyCheckValue)
            && ceremony->noteKeyCheckValue() && reaches(Stage::ChoosingBackup);
    }
    bool plan(const DrillBackup& backup) const
    {
        return ceremony->openBackup(keysFolder(backup.records.path()))
            && until([this] { return ceremony->openedBackup() && ceremony->work().kind == WorkKind::None; })
            && ceremony->planRestore({ 0, 1 }) && reaches(Stage::RestoringKeys);
    }
    bool restore() const
    {
        return ceremony->enterUserPin(secret(kDrillPin)) && ceremony->restore()
            && until([this] { return !state().restore.next() && ceremony->work().kind == WorkKind::None; })
            && ceremony->finishRestore();
    }
    bool reaches(Stage stage) const
    {
        return until([&] { return state().stage == stage; });
    }
    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor(
                   [&] { return (condition() && !ceremony->writing()) || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    [[nodiscard]] const CeremonyState& state() const { return ceremony->state(); }
    [[nodiscard]] QString folder() const { return m_home.filePath(QStringLiteral("EX-1")); }

    std::unique_ptr<Ceremony> ceremony;
};

} // namespace conclave::ceremony
