// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/simulatedreaders.h"
#include "tests/support/backuppeople.h"

namespace conclave::test {

/// Simulated devices in simulated readers: the first one, and those that are to be like it.
struct BackupRack {
    BackupRack(const FirstDevice& firstDevice, int devices)
        : first(firstDevice)
    {
        for (int number = 1; number <= devices; ++number) {
            cards.push_back(std::make_shared<simulator::SimulatedHsm>(
                simulator::Identity{ .serial = BackupPeople::serialOf(number) }));
            plugIn(number);
        }
        plugInFirst();
    }

    [[nodiscard]] const std::shared_ptr<simulator::SimulatedHsm>& card(int number) const
    {
        return cards[static_cast<std::size_t>(number - 1)];
    }
    void plugInFirst()
    {
        first.card->card->setFaults({});
        readers.insert(QStringLiteral("Reader of the first"), first.card->card);
    }
    void plugIn(int number)
    {
        card(number)->setFaults({});
        readers.insert(QStringLiteral("Reader %1").arg(number), card(number));
    }
    /// The device itself, by a driver of the test's own: nothing was ever done to it.
    [[nodiscard]] bool isFresh(int number) const
    {
        simulator::SimulatedChannel channel(*simulator::SimulatedHsm::load(card(number)->save()));
        card::SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        return status && !status->initialised();
    }
    [[nodiscard]] int triesLeft(int number) const
    {
        simulator::SimulatedChannel channel(*simulator::SimulatedHsm::load(card(number)->save()));
        card::SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        return status ? status->userPin.triesLeft.value_or(-1) : -1;
    }

    const FirstDevice& first;
    device::SimulatedReaders readers{};
    std::vector<std::shared_ptr<simulator::SimulatedHsm>> cards{};
};

/// The rack, and the people at it, who leave before it goes.
class BackupRoom : public BackupRack, public BackupPeople {
public:
    BackupRoom(const FirstDevice& firstDevice, int devices)
        : BackupRack(firstDevice, devices)
        , BackupPeople(readers, firstDevice, devices)
    {
    }

    using BackupPeople::wrongWith;
    [[nodiscard]] QString wrongWith(int number) const { return BackupPeople::wrongWith(*card(number)); }
};

} // namespace conclave::test
