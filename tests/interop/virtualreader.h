// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QString>

#include <vector>

namespace conclave::interop {

/// A reader of the PC/SC daemon that tests/interop/with-readers started around this test.
struct VirtualReader {
    QString name;
    quint16 port = 0;

    /// Waits until PC/SC shows, or no longer shows, a card here; false after 20 s.
    [[nodiscard]] bool waitForCard(bool present) const;
};

/// Empty when the test was not started by with-readers.
[[nodiscard]] std::vector<VirtualReader> virtualReaders();

/// conclave-simcard in a virtual reader: the card is in while the process runs.
class SimcardProcess {
public:
    /// `stateFile` keeps the card's memory from one process to the next.
    SimcardProcess(VirtualReader reader, QString stateFile, QString serial);
    ~SimcardProcess();

    /// False when PC/SC does not see the card in time.
    [[nodiscard]] bool insert();
    /// Terminates the process, and waits until the reader is empty.
    [[nodiscard]] bool remove();

    [[nodiscard]] const VirtualReader& reader() const { return m_reader; }

private:
    VirtualReader m_reader;
    QProcess m_process;
};

} // namespace conclave::interop
