// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/readermonitor.h"

#include "core/pcsc/pcsccontext.h"

#include <QDeadlineTimer>
#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace conclave::pcsc {

namespace {

/// A status wait with this name among its readers ends when a reader comes or goes.
constexpr auto kPlugAndPlay = u"\\\\?PnP?\\Notification";
constexpr auto kVirtualName = u"Virtual PCD";

constexpr std::uint32_t kCounterMask = 0xFFFF0000;
/// A service may name readers that it does not know a moment later, but not for ever.
constexpr int kMostListings = 4;
/// A reader that cannot be waited for, as the notification on some platforms, ends each wait at once.
constexpr int kMostIdleWakings = 2;
/// A cancel just before a wait begins is lost, so it is repeated until the watch has noticed.
constexpr std::chrono::milliseconds kBetweenCancels{ 5 };

bool hasCard(std::uint32_t event)
{
    return (event & state::kPresent) != 0;
}

} // namespace

class ReaderMonitor::Watch final : public QThread {
public:
    Watch(ReaderMonitor& monitor, PcscApi& api, std::chrono::milliseconds interval)
        : m_monitor(monitor)
        , m_api(api)
        , m_interval(interval)
    {
    }

    void requestRefresh()
    {
        const QMutexLocker lock(&m_mutex);
        m_refresh = true;
        wake();
    }

    /// False: there is nothing to wake it for.
    bool wakeForRefresh()
    {
        const QMutexLocker lock(&m_mutex);
        if (m_refresh)
            wake();
        return m_refresh;
    }

    void stopAndWait()
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_stopping = true;
            wake();
        }
        while (!wait(QDeadlineTimer(kBetweenCancels))) {
            const QMutexLocker lock(&m_mutex);
            wake();
        }
    }

protected:
    void run() override;

private:
    struct Known {
        std::uint32_t event = state::kUnaware;
        int insertion = 0;
    };

    void wake()
    {
        m_woken.wakeAll();
        if (m_waitable)
            m_api.cancel(*m_waitable);
    }
    [[nodiscard]] bool stopping()
    {
        const QMutexLocker lock(&m_mutex);
        return m_stopping;
    }
    void pause();
    void waitForChange();
    [[nodiscard]] ReaderList look();
    [[nodiscard]] std::vector<ReaderState> describe(const std::vector<ReaderQuery>& queries);
    /// Whether it was news.
    bool tell(ReaderList readers);
    void openContext(PcscContext context);
    void closeContext();

    ReaderMonitor& m_monitor;
    PcscApi& m_api;
    const std::chrono::milliseconds m_interval;

    // Wakings come from another thread; all else is the watch's own.
    QMutex m_mutex;
    QWaitCondition m_woken;
    std::optional<ContextHandle> m_waitable;
    bool m_refresh = false;
    bool m_stopping = false;

    std::optional<PcscContext> m_context;
    std::map<QString, Known> m_known;
    int m_lastInsertion = 0;
    int m_idleWakings = 0;
    std::optional<ReaderList> m_told;
};

void ReaderMonitor::Watch::run()
{
    while (!stopping()) {
        const bool fresh = !m_context;
        if (fresh) {
            auto context = PcscContext::establish(m_api);
            if (!context) {
                tell(fail(std::move(context).error()));
                pause();
                continue;
            }
            openContext(std::move(*context));
        }
        ReaderList readers = look();
        if (!readers) {
            closeContext();
            // An old context does not outlive its service: the next one tells what is the matter.
            if (fresh) {
                tell(std::move(readers));
                pause();
            }
            continue;
        }
        m_idleWakings = tell(std::move(readers)) ? 0 : m_idleWakings + 1;
        if (m_idleWakings > kMostIdleWakings)
            pause();
        else
            waitForChange();
    }
    closeContext();
}

void ReaderMonitor::Watch::openContext(PcscContext context)
{
    m_known.clear(); // the service's counters begin anew, and what lies in a reader may be another card
    m_context = std::move(context);
    const QMutexLocker lock(&m_mutex);
    m_waitable = m_context->handle();
}

void ReaderMonitor::Watch::closeContext()
{
    {
        const QMutexLocker lock(&m_mutex);
        m_waitable.reset();
    }
    m_context.reset();
}

ReaderList ReaderMonitor::Watch::look()
{
    Code code = code::kUnknownReader;
    for (int listing = 0; listing < kMostListings && code == code::kUnknownReader; ++listing) {
        std::vector<QString> names;
        code = m_api.listReaders(m_context->handle(), names);
        if (code == code::kNoReadersAvailable || (code == code::kSuccess && names.empty()))
            return describe({});
        if (code != code::kSuccess)
            break;
        std::vector<ReaderQuery> queries;
        for (const QString& name : names)
            queries.push_back({ .reader = name });
        code = m_api.getStatusChange(m_context->handle(), 0, queries);
        if (code == code::kSuccess || code == code::kTimeout)
            return describe(queries);
        if (code == code::kReaderUnavailable)
            code = code::kUnknownReader;
    }
    return fail(toError(code));
}

std::vector<ReaderState> ReaderMonitor::Watch::describe(const std::vector<ReaderQuery>& queries)
{
    std::map<QString, Known> known;
    std::vector<ReaderState> readers;
    for (const ReaderQuery& query : queries) {
        if ((query.event & state::kUnknown) != 0)
            continue;
        Known now{ .event = query.event };
        const auto before = m_known.find(query.reader);
        const bool same = before != m_known.end() && hasCard(before->second.event) == hasCard(now.event)
            && ((before->second.event ^ now.event) & kCounterMask) == 0;
        now.insertion = same ? before->second.insertion : ++m_lastInsertion;
        known.emplace(query.reader, now);
        readers.push_back({ .name = query.reader,
            .cardPresent = hasCard(query.event),
            .inUse = (query.event & (state::kInUse | state::kExclusive)) != 0,
            .isVirtual = query.reader.contains(QStringView(kVirtualName)),
            .insertion = now.insertion });
    }
    m_known = std::move(known);
    return readers;
}

bool ReaderMonitor::Watch::tell(ReaderList readers)
{
    bool asked = false;
    {
        const QMutexLocker lock(&m_mutex);
        asked = std::exchange(m_refresh, false);
    }
    if (!asked && m_told && *m_told == readers)
        return false;
    m_told = readers;
    Q_EMIT m_monitor.readersChanged(readers);
    return true;
}

void ReaderMonitor::Watch::pause()
{
    QMutexLocker lock(&m_mutex);
    m_idleWakings = 0;
    const QDeadlineTimer deadline(m_interval);
    while (!m_stopping && !m_refresh) {
        if (!m_woken.wait(&m_mutex, deadline))
            return;
    }
}

void ReaderMonitor::Watch::waitForChange()
{
    std::vector<ReaderQuery> queries;
    for (const auto& [name, known] : m_known)
        queries.push_back({ .reader = name, .known = known.event & ~state::kChanged });
    // Windows keeps the number of readers known in the upper half.
    queries.push_back({ .reader = QString::fromUtf16(kPlugAndPlay),
        .known = static_cast<std::uint32_t>(m_known.size()) << 16 });
    {
        const QMutexLocker lock(&m_mutex);
        if (m_stopping || m_refresh)
            return;
    }
    const Code code
        = m_api.getStatusChange(m_context->handle(), static_cast<std::uint32_t>(m_interval.count()), queries);
    switch (code) {
    case code::kTimeout:
    case code::kCancelled:
        m_idleWakings = 0;
        break;
    case code::kSuccess:
    case code::kUnknownReader:
    case code::kReaderUnavailable:
        break;
    default:
        closeContext();
    }
}

ReaderMonitor::ReaderMonitor(PcscApi& api, std::chrono::milliseconds interval, QObject* parent)
    : QObject(parent)
    , m_watch(std::make_unique<Watch>(*this, api, interval))
{
    qRegisterMetaType<conclave::pcsc::ReaderList>();
    m_wakeAgain.setInterval(kBetweenCancels);
    connect(&m_wakeAgain, &QTimer::timeout, this, [this] {
        if (!m_watch->wakeForRefresh())
            m_wakeAgain.stop();
    });
    m_watch->start();
}

ReaderMonitor::~ReaderMonitor()
{
    m_watch->stopAndWait();
}

void ReaderMonitor::refresh()
{
    m_watch->requestRefresh();
    m_wakeAgain.start();
}

} // namespace conclave::pcsc
