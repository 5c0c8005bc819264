// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sheetprintpanel.h"

#include "ui/print/sheetprinting.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorpanel.h"
#include "ui/widgets/note.h"
#include "ui/widgets/progresspanel.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

QString whatHappened(JobEnd end)
{
    switch (end) {
    case JobEnd::Completed:
        break;
    case JobEnd::NotAccepted:
        return SheetPrintPanel::tr("The printing system did not take the page. Nothing of it was sent.");
    case JobEnd::Aborted:
        return SheetPrintPanel::tr("The printing system gave up. A part of the page may have come out.");
    case JobEnd::Stopped:
        return SheetPrintPanel::tr("Printing was stopped. A part of the page may have come out.");
    case JobEnd::Lost:
        return SheetPrintPanel::tr(
            "The printing system no longer answers. Whether the page came out is not known.");
    }
    return {};
}

ErrorPanel::Content failure(const JobResult& result, int custodian)
{
    ErrorPanel::Content content;
    content.head = SheetPrintPanel::tr("Sheet %1 was not printed").arg(custodian);
    content.happened = whatHappened(result.end);
    content.safe = result.purged
        ? SheetPrintPanel::tr(
            "Your share is valid and on this screen. The printing system has nothing of it.")
        : SheetPrintPanel::tr(
            "Your share is valid and on this screen. The printing system may still have the page.");
    content.next = { SheetPrintPanel::tr("Take whatever came out of the printer, and destroy it in the end."),
        SheetPrintPanel::tr("See to paper and printer, and print again."),
        SheetPrintPanel::tr("Or copy the values by hand, as on a blank sheet.") };
    if (!result.purged)
        content.next << SheetPrintPanel::tr(
            "Switch the printer off. The report says that the page may still be there.");
    content.details = result.detail;
    return content;
}

} // namespace

SheetPrintPanel::SheetPrintPanel(SheetPrinting& printing, int custodian, QWidget* parent)
    : QWidget(parent)
    , m_printing(printing)
    , m_custodian(custodian)
    , m_progress(new ProgressPanel(this))
    , m_stop(new Button(tr("S&top printing"), Button::Look::Secondary, this))
    , m_done(new Note(Note::Kind::Ok, {}, this))
    , m_failed(new ErrorPanel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k8);
    m_stop->setSmall(true);
    m_stop->setObjectName(QStringLiteral("stopPrinting"));
    for (QWidget* widget : std::initializer_list<QWidget*>{ m_progress, m_done, m_failed })
        layout->addWidget(widget);
    layout->addWidget(m_stop, 0, Qt::AlignLeft);
    connect(m_stop, &QAbstractButton::clicked, this, [this] {
        m_stop->setEnabled(false);
        m_printing.stop();
    });
    connect(&m_printing, &SheetPrinting::changed, this, &SheetPrintPanel::render);
    render();
}

void SheetPrintPanel::render()
{
    const JobResult* result = m_printing.result();
    const bool running = m_printing.running();
    const bool done = result && result->end == JobEnd::Completed;
    setVisible(running || result);
    m_progress->setVisible(running);
    m_stop->setVisible(running);
    m_stop->setEnabled(running);
    m_done->setVisible(done);
    m_failed->setVisible(result && !done);
    if (running)
        m_progress->start(tr("Printing sheet %1").arg(m_custodian), m_printing.startedMs(), 0, 0);
    else
        m_progress->stop();
    if (done) {
        m_done->setKind(result->purged ? Note::Kind::Ok : Note::Kind::Warn);
        m_done->setText(result->purged ? tr("Sheet %1 went to the printer, and the printing system no longer "
                                            "has it. Compare the sheet with "
                                            "the screen.")
                                             .arg(m_custodian)
                                       : tr("Sheet %1 went to the printer, but the printing system may still "
                                            "have it. The report says so.")
                                             .arg(m_custodian));
    } else if (result) {
        m_failed->setContent(failure(*result, m_custodian));
    }
    if (running && !m_stop->hasFocus())
        m_stop->setFocus();
    if (running || result)
        QTimer::singleShot(0, this, &SheetPrintPanel::scrollHere); // after what follows the focus
}

/// It is the first thing on its page.
void SheetPrintPanel::scrollHere()
{
    for (QWidget* above = parentWidget(); above; above = above->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(above))
            area->verticalScrollBar()->setValue(0);
    }
}

} // namespace conclave::ui
