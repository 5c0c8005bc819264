// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/faults/journal.h"

#include <memory>

namespace conclave::faults {

/// What the process ends with when it was to be killed.
inline constexpr int kKilled = 9;

/// One simulated reader with one card. Each command is told to the journal, and what it changed on the card
/// is in the card's file, before its answer is given.
class WatchedReaders final : public device::ReaderSource {
    Q_OBJECT
public:
    WatchedReaders(std::shared_ptr<simulator::SimulatedHsm> card, const QString& cardFile, Journal& journal);
    ~WatchedReaders() override;

    /// The process is gone after the k-th command took effect, before its answer comes.
    void dieAfter(int command) { m_dieAfter = command; }
    [[nodiscard]] bool cardIsIn() const;
    void putCardBack();
    [[nodiscard]] const simulator::SimulatedHsm& card() const { return *m_card; }

    [[nodiscard]] Result<std::vector<device::ReaderInfo>> readers() const override
    {
        return m_rack.readers();
    }
    [[nodiscard]] Result<std::unique_ptr<card::CardChannel>> open(const QString& reader) override;
    [[nodiscard]] bool simulated() const override { return true; }
    void refresh() override { m_rack.refresh(); }

private:
    class Channel;
    void saveCard();

    std::shared_ptr<simulator::SimulatedHsm> m_card;
    const QString m_cardFile;
    Journal& m_journal;
    device::SimulatedReaders m_rack{};
    std::uint64_t m_savedRevision = 0;
    int m_dieAfter = 0;
};

} // namespace conclave::faults
