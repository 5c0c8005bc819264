// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sheetprinting.h"

#include "core/ceremony/background.h"
#include "core/ceremony/ceremony.h"
#include "core/device/ondone.h"

#include <utility>

namespace conclave::ui {

using namespace ceremony;

SheetPrinting& SheetPrinting::of(Ceremony& ceremony)
{
    auto* existing = ceremony.findChild<SheetPrinting*>(QString(), Qt::FindDirectChildrenOnly);
    return existing ? *existing : *new SheetPrinting(ceremony);
}

SheetPrinting::SheetPrinting(Ceremony& ceremony)
    : QObject(&ceremony)
    , m_ceremony(ceremony)
{
    connect(&ceremony, &Ceremony::changed, this, &SheetPrinting::startWhenAnnounced);
}

SheetPrinting::~SheetPrinting()
{
    m_stop.request_stop(); // the job ends in its thread, and is purged
}

const JobResult* SheetPrinting::result() const
{
    const bool ofTheTurn = m_ceremony.turnSet() == m_number && m_ceremony.turnId() == m_id;
    return m_result && ofTheTurn && !m_running ? &*m_result : nullptr;
}

void SheetPrinting::print()
{
    const std::optional<SheetFacts> sheet = sheetOfTurn(m_ceremony);
    const dkek::CustodianShare* share = m_ceremony.shareOnShow();
    const SecretBytes* code = m_ceremony.checkCodeOnShow();
    if (m_running || !sheet || !share || !code || !m_ceremony.sendSheet())
        return;
    m_number = m_ceremony.turnSet();
    m_id = m_ceremony.turnId();
    m_order.emplace(Order{
        *sheet, { share->value.clone(), code->clone() }, m_ceremony.state().set(m_number)->sheets.printer });
    m_result.reset();
    m_stop = std::stop_source();
    m_running = true;
    m_startedMs = Ceremony::monotonicMs();
    Q_EMIT changed();
    startWhenAnnounced();
}

void SheetPrinting::stop()
{
    m_stop.request_stop();
}

void SheetPrinting::startWhenAnnounced()
{
    if (m_order && (m_ceremony.turnSet() != m_number || m_ceremony.turnId() != m_id)) {
        m_order.reset(); // the turn ended before the announcement was on the disk
        m_running = false;
        Q_EMIT changed();
    }
    if (!m_order || m_ceremony.state().printing != SheetSent{ m_number, m_id })
        return;
    onDone(inBackground(*QThreadPool::globalInstance(),
               [order = std::move(*m_order), stop = m_stop.get_token()]() mutable {
                   loadShareFile(order.sheet);
                   FilledSheet page(order.sheet, order.secret);
                   order.secret = {};
                   const QString title
                       = QStringLiteral("%1 %2").arg(order.sheet.ceremony).arg(order.sheet.custodian);
                   return printSheet(order.queue, title, order.sheet.paper, std::move(page), stop);
               }),
        this, [this](const QFuture<JobResult>& done) { finish(done.result()); });
    m_order.reset();
}

void SheetPrinting::finish(const JobResult& result)
{
    m_running = false;
    m_result = result;
    static_cast<void>(m_ceremony.recordSheetPrinted(
        { m_number, m_id, result.end == JobEnd::Completed, result.spool, result.purged }));
    Q_EMIT changed();
}

} // namespace conclave::ui
