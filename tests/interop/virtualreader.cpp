// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/virtualreader.h"

#include "core/pcsc/pcscapi.h"
#include "core/pcsc/pcsccontext.h"

#include <QDeadlineTimer>
#include <QStringList>

#include <chrono>
#include <utility>

namespace conclave::interop {

bool VirtualReader::waitForCard(bool present) const
{
    const auto context = pcsc::PcscContext::establish(pcsc::systemPcsc());
    if (!context)
        return false;
    const QDeadlineTimer deadline(std::chrono::seconds(20));
    std::vector<pcsc::ReaderQuery> queries{ { .reader = name } };
    while (!deadline.hasExpired()) {
        const auto left = static_cast<std::uint32_t>(deadline.remainingTime());
        if (context->api().getStatusChange(context->handle(), left, queries) != pcsc::code::kSuccess)
            return false;
        const std::uint32_t wanted = present ? pcsc::state::kPresent : pcsc::state::kEmpty;
        if ((queries[0].event & wanted) != 0 && (queries[0].event & pcsc::state::kMute) == 0)
            return true;
        queries[0].known = queries[0].event;
    }
    return false;
}

std::vector<VirtualReader> virtualReaders()
{
    const QStringList names
        = qEnvironmentVariable("CONCLAVE_READER_NAMES").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    const QStringList ports
        = qEnvironmentVariable("CONCLAVE_READER_PORTS").split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    std::vector<VirtualReader> readers;
    for (qsizetype i = 0; i < std::min(names.size(), ports.size()); ++i)
        readers.push_back({ .name = names[i], .port = ports[i].toUShort() });
    return readers;
}

SimcardProcess::SimcardProcess(VirtualReader reader, QString stateFile, QString serial)
    : m_reader(std::move(reader))
{
    m_process.setProgram(QStringLiteral(CONCLAVE_SIMCARD));
    m_process.setArguments({ QStringLiteral("--port"), QString::number(m_reader.port),
        QStringLiteral("--state"), std::move(stateFile), QStringLiteral("--serial"), std::move(serial) });
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
}

SimcardProcess::~SimcardProcess()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.kill();
        m_process.waitForFinished();
    }
}

bool SimcardProcess::insert()
{
    m_process.start();
    return m_process.waitForStarted() && m_reader.waitForCard(true);
}

bool SimcardProcess::remove()
{
    m_process.terminate();
    return m_process.waitForFinished() && m_reader.waitForCard(false);
}

} // namespace conclave::interop
