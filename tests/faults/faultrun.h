// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/journaledcommand.h"
#include "tests/faults/scenarios.h"

#include <QByteArray>
#include <QTemporaryDir>

#include <vector>

namespace conclave::faults {

/// One ceremony on one card, by one process or by several, one after the other.
class FaultRun {
public:
    explicit FaultRun(Scenario scenario);

    /// Runs one process: see ceremonyprocess.cpp. Its exit code.
    int process(const QStringList& arguments = {});
    /// Goes on with what the processes before left.
    int resume(QStringList arguments = {});
    /// Empty when the ceremony is closed and was one; else what was wrong, and the journal.
    [[nodiscard]] QString verdict() const;

    [[nodiscard]] std::vector<JournaledCommand> commands() const; ///< that reached the card
    [[nodiscard]] int syncs() const; ///< of the last process that came to its end
    [[nodiscard]] bool journalHas(const QByteArray& text) const;
    [[nodiscard]] QString transcript() const;

private:
    [[nodiscard]] QByteArray journal() const;

    Scenario m_scenario;
    QTemporaryDir m_folder{};
    int m_exitCode = 0;
    QByteArray m_said{}; ///< by the last process
};

} // namespace conclave::faults
