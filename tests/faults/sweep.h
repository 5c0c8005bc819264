// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/faults/faultrun.h"

#include <QMetaType>
#include <QTest>

#include <map>

Q_DECLARE_METATYPE(conclave::faults::Scenario)

namespace conclave::faults {

inline constexpr Scenario kScenarios[]
    = { Scenario::NewDevice, Scenario::UsedDevice, Scenario::SamePlanAgain };

[[nodiscard]] inline const char* nameOf(Scenario scenario)
{
    switch (scenario) {
    case Scenario::NewDevice:
        return "new device";
    case Scenario::UsedDevice:
        return "used device";
    case Scenario::SamePlanAgain:
        return "same plan again";
    }
    return "";
}

/// A row of a test over faults: "new device, pullBefore:17".
inline void addFault(Scenario scenario, const char* kind, int command, const char* statusWord = "")
{
    const QString fault
        = QStringLiteral("%1:%2:%3").arg(QLatin1String(kind)).arg(command).arg(QLatin1String(statusWord));
    QTest::addRow("%s, %s", nameOf(scenario), qPrintable(fault)) << scenario << fault;
}

/// The ceremonies without a fault: how many moments there are for one.
class PlainRuns {
public:
    /// Empty when they are what they have to be.
    [[nodiscard]] QString run()
    {
        for (const Scenario scenario : kScenarios) {
            FaultRun plain(scenario);
            plain.process();
            if (QString verdict = plain.verdict(); !verdict.isEmpty())
                return verdict;
            m_commands[scenario] = plain.commands();
            m_syncs[scenario] = plain.syncs();
        }
        return {};
    }
    [[nodiscard]] int commands(Scenario scenario) const
    {
        return static_cast<int>(m_commands.at(scenario).size());
    }
    /// The k-th command, counted from 1.
    [[nodiscard]] const JournaledCommand& command(Scenario scenario, int k) const
    {
        return m_commands.at(scenario)[static_cast<std::size_t>(k - 1)];
    }
    [[nodiscard]] int syncs(Scenario scenario) const { return m_syncs.at(scenario); }

private:
    std::map<Scenario, std::vector<JournaledCommand>> m_commands{};
    std::map<Scenario, int> m_syncs{};
};

} // namespace conclave::faults
