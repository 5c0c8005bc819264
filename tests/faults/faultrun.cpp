// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/faultrun.h"

#include "tests/faults/judge.h"

#include <QFile>
#include <QProcess>

namespace conclave::faults {

FaultRun::FaultRun(Scenario scenario)
    : m_scenario(scenario)
{
}

int FaultRun::process(const QStringList& arguments)
{
    QProcess process;
    process.start(QStringLiteral(CONCLAVE_CEREMONYPROCESS),
        QStringList{ m_folder.path(), QString::number(static_cast<int>(m_scenario)) } + arguments);
    process.waitForFinished();
    m_said = process.readAllStandardError();
    m_exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    return m_exitCode;
}

int FaultRun::resume(QStringList arguments)
{
    arguments.prepend(QStringLiteral("--resume"));
    return process(arguments);
}

QString FaultRun::verdict() const
{
    QString wrong;
    if (m_exitCode != 0)
        wrong = QStringLiteral("not completed: ") + QString::fromUtf8(m_said);
    else
        wrong = judge(m_folder.path(), m_scenario);
    return wrong.isEmpty() ? QString() : wrong + u'\n' + QString::fromUtf8(journal());
}

QByteArray FaultRun::journal() const
{
    QFile file(m_folder.filePath(QStringLiteral("journal")));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<JournaledCommand> FaultRun::commands() const
{
    std::vector<JournaledCommand> commands;
    for (const QByteArray& line : journal().split('\n')) {
        if (line.startsWith("apdu "))
            commands.emplace_back(line);
    }
    return commands;
}

int FaultRun::syncs() const
{
    const QByteArrayList lines = journal().trimmed().split('\n');
    return lines.last().mid(static_cast<int>(qstrlen("syncs "))).toInt();
}

bool FaultRun::journalHas(const QByteArray& text) const
{
    return journal().contains(text);
}

QString FaultRun::transcript() const
{
    return m_folder.filePath(QStringLiteral("ceremony/transcript.jsonl"));
}

} // namespace conclave::faults
