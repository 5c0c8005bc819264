// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/simcard/readerconnection.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/interop/virtualreader.h"

#include <QThread>

#include <memory>

namespace conclave::bench {

/// A new simulated card in a virtual reader, served by a thread of this program, which counts its commands.
class CountedCard {
public:
    /// Waits until PC/SC shows it; see inserted().
    explicit CountedCard(interop::VirtualReader reader);
    /// Waits until the reader is empty again.
    ~CountedCard();
    CountedCard(const CountedCard&) = delete;
    CountedCard& operator=(const CountedCard&) = delete;

    [[nodiscard]] bool inserted() const { return m_inserted; }
    /// Since it was made.
    [[nodiscard]] int commands() const { return m_card->exchanges(); }

private:
    interop::VirtualReader m_reader;
    std::shared_ptr<simulator::SimulatedHsm> m_card;
    std::unique_ptr<QObject> m_context; ///< lives on m_thread
    std::unique_ptr<simcard::ReaderConnection> m_connection; ///< lives on m_thread
    QThread m_thread{};
    bool m_inserted = false;
};

} // namespace conclave::bench
