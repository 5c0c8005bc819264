// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/workingpage.h"

#include "ui/widgets/progresspanel.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

WorkingPage::WorkingPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_progress(new ProgressPanel(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_progress);
    layout->addStretch(1);
}

QString WorkingPage::title() const
{
    switch (ceremony().work().kind) {
    case WorkKind::Loading:
        return tr("Reading the record");
    case WorkKind::MakingSets:
        return tr("Making the shares");
    case WorkKind::Initialising:
        return tr("Initialising the device");
    case WorkKind::Rebuilding:
        return tr("Rebuilding the secret");
    case WorkKind::Importing:
        return tr("Importing the share file");
    case WorkKind::Settling:
        return tr("Reading the device");
    case WorkKind::ReadingShareFiles:
        return tr("Reading the share files");
    case WorkKind::OpeningBackup:
        return tr("Reading the wrapped keys");
    case WorkKind::None:
    case WorkKind::Generating:
    case WorkKind::Testing:
    case WorkKind::Deleting:
    case WorkKind::RequestingCertificate:
    case WorkKind::WrappingKeys:
    case WorkKind::SavingKeys:
    case WorkKind::Restoring:
    case WorkKind::ProvingClone:
    case WorkKind::AskingForOpinion:
    case WorkKind::Saving:
        return tr("Recording");
    }
    return {};
}

QString WorkingPage::lead() const
{
    switch (ceremony().work().kind) {
    case WorkKind::MakingSets:
        return tr("The share file and its companion are saved before the first share is shown.");
    case WorkKind::Initialising:
        return tr("Leave the device plugged in. This cannot be stopped.");
    case WorkKind::Rebuilding:
        return tr("Your share is needed no more; take your sheet along. This cannot be stopped.");
    case WorkKind::Importing:
        return tr("Leave the device plugged in. Its count of missing share files is compared.");
    case WorkKind::ReadingShareFiles:
        return tr("Each share file is compared with its record.");
    case WorkKind::OpeningBackup:
        return tr("Each file is checked before the device is asked what it holds.");
    case WorkKind::Settling:
        return tr("The work was interrupted. The device says where it stands.");
    default:
        return tr("This goes on by itself.");
    }
}

RoleBanner::Content WorkingPage::banner() const
{
    RoleBanner::Content content = officerActs(tr("Nobody needs to do anything now."));
    content.othersIcon = Icon::Clock;
    return content;
}

void WorkingPage::fillFooter(FooterBar&) { }

void WorkingPage::render()
{
    const Work& work = ceremony().work();
    if (work.kind == m_shown && work.startedMs == m_startedMs)
        return;
    m_shown = work.kind;
    m_startedMs = work.startedMs;
    m_progress->start(title(), work.kind == WorkKind::None ? Ceremony::monotonicMs() : work.startedMs,
        work.usualLowMs, work.usualHighMs);
}

} // namespace conclave::ui
