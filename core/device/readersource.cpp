// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/readersource.h"

#include <QDeadlineTimer>

#include <chrono>
#include <utility>

namespace conclave::device {

namespace {

/// A look at a device with many keys takes two seconds; one that takes longer hangs.
constexpr std::chrono::seconds kLongestProbe{ 10 };

} // namespace

ReaderSource::Probe::Probe(ReaderSource& source, QString reader)
    : m_source(source)
    , m_reader(std::move(reader))
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    m_source.m_probes.insert(m_reader);
}

ReaderSource::Probe::~Probe()
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    m_source.m_probes.erase(m_source.m_probes.find(m_reader));
    m_source.m_probeEnded.wakeAll();
}

ReaderSource::Search::Search(ReaderSource& source, QString reader)
    : m_source(source)
    , m_reader(std::move(reader))
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    const QDeadlineTimer deadline(kLongestProbe);
    while (m_source.m_searches.contains(m_reader)) {
        if (!m_source.m_searchEnded.wait(&m_source.m_probeMutex, deadline))
            break;
    }
    m_source.m_searches.insert(m_reader);
}

ReaderSource::Search::~Search()
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    m_source.m_searches.erase(m_source.m_searches.find(m_reader));
    m_source.m_searchEnded.wakeAll();
}

ReaderSource::Hold::Hold(ReaderSource& source, QString reader, const QString& serial)
    : m_source(source)
    , m_reader(std::move(reader))
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    m_source.m_holds[m_reader] = serial;
}

ReaderSource::Hold::~Hold()
{
    const QMutexLocker lock(&m_source.m_probeMutex);
    m_source.m_holds.erase(m_reader);
}

QString ReaderSource::heldIn(const QString& reader)
{
    const QMutexLocker lock(&m_probeMutex);
    const auto found = m_holds.find(reader);
    return found == m_holds.end() ? QString() : found->second;
}

bool ReaderSource::waitForProbe(const QString& reader)
{
    QMutexLocker lock(&m_probeMutex);
    if (!m_probes.contains(reader))
        return false;
    const QDeadlineTimer deadline(kLongestProbe);
    while (m_probes.contains(reader)) {
        if (!m_probeEnded.wait(&m_probeMutex, deadline))
            return false;
    }
    return true;
}

} // namespace conclave::device
