// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/readersource.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QWaitCondition>

#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace conclave::device {

namespace {

/// A look at a device with many keys takes two seconds; one that takes longer hangs.
constexpr std::chrono::seconds kLongestProbe{ 10 };

} // namespace

struct ReaderSource::Meeting {
    QMutex mutex;
    QWaitCondition probeEnded;
    std::multiset<QString> probes;
    QWaitCondition searchEnded;
    std::multiset<QString> searches;
    struct Held {
        QString serial;
        int insertion;
    };
    std::map<QString, Held> holds; ///< by reader
};

ReaderSource::ReaderSource(QObject* parent)
    : QObject(parent)
    , m_meeting(std::make_shared<Meeting>())
{
}

ReaderSource::~ReaderSource() = default;

ReaderSource::Probe::Probe(ReaderSource& source, QString reader)
    : m_meeting(source.m_meeting)
    , m_reader(std::move(reader))
{
    const QMutexLocker lock(&m_meeting->mutex);
    m_meeting->probes.insert(m_reader);
}

ReaderSource::Probe::~Probe()
{
    const QMutexLocker lock(&m_meeting->mutex);
    m_meeting->probes.erase(m_meeting->probes.find(m_reader));
    m_meeting->probeEnded.wakeAll();
}

ReaderSource::Search::Search(ReaderSource& source, QString reader)
    : m_meeting(source.m_meeting)
    , m_reader(std::move(reader))
{
    const QMutexLocker lock(&m_meeting->mutex);
    const QDeadlineTimer deadline(kLongestProbe);
    while (m_meeting->searches.contains(m_reader)) {
        if (!m_meeting->searchEnded.wait(&m_meeting->mutex, deadline))
            break;
    }
    m_meeting->searches.insert(m_reader);
}

ReaderSource::Search::~Search()
{
    const QMutexLocker lock(&m_meeting->mutex);
    m_meeting->searches.erase(m_meeting->searches.find(m_reader));
    m_meeting->searchEnded.wakeAll();
}

ReaderSource::Hold::Hold(ReaderSource& source, QString reader, const QString& serial, int insertion)
    : m_meeting(source.m_meeting)
    , m_reader(std::move(reader))
    , m_insertion(insertion)
{
    const QMutexLocker lock(&m_meeting->mutex);
    m_meeting->holds[m_reader] = { serial, insertion };
}

ReaderSource::Hold::~Hold()
{
    const QMutexLocker lock(&m_meeting->mutex);
    const auto found = m_meeting->holds.find(m_reader);
    if (found != m_meeting->holds.end()
        && found->second.insertion == m_insertion) // else it is another's by now
        m_meeting->holds.erase(found);
}

QString ReaderSource::heldIn(const QString& reader, int insertion)
{
    const QMutexLocker lock(&m_meeting->mutex);
    const auto found = m_meeting->holds.find(reader);
    return found == m_meeting->holds.end() || found->second.insertion != insertion ? QString()
                                                                                   : found->second.serial;
}

bool ReaderSource::waitForProbe(const QString& reader)
{
    QMutexLocker lock(&m_meeting->mutex);
    if (!m_meeting->probes.contains(reader))
        return false;
    const QDeadlineTimer deadline(kLongestProbe);
    while (m_meeting->probes.contains(reader)) {
        if (!m_meeting->probeEnded.wait(&m_meeting->mutex, deadline))
            return false;
    }
    return true;
}

} // namespace conclave::device
