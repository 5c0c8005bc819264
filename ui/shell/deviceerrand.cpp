// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/deviceerrand.h"

#include "core/ceremony/ceremony.h"
#include "ui/pages/devicelist.h"
#include "ui/shell/screenframe.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/errorpanel.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progresspanel.h"
#include "ui/widgets/rolebanner.h"

#include <QVBoxLayout>

namespace conclave::ui {

using device::DetectedDevice;

DeviceErrand::DeviceErrand(device::ReaderSource& source, device::DeviceDirectory& directory, QWidget* parent)
    : Errand(source.simulated(), parent)
    , m_source(source)
    , m_directory(directory)
{
    QWidget* content = frame().content();
    // A device that could not be read may be readable by now, and if not, the panel says why.
    m_list = new DeviceList(
        directory,
        [](const DetectedDevice& found) { return !found.probing && (found.status || found.error); }, content);
    m_progress = new ProgressPanel(content);
    m_trouble = new ErrorPanel(content);
    m_own = new QWidget(content);
    for (QWidget* part : { static_cast<QWidget*>(m_list), static_cast<QWidget*>(m_progress),
             static_cast<QWidget*>(m_trouble), m_own })
        frame().body()->addWidget(part);
    frame().body()->addStretch(1);
    connect(m_list, &DeviceList::changed, this, &DeviceErrand::offerChosen);
}

void DeviceErrand::show(Stage stage, bool covered)
{
    m_stage = stage;
    m_progress->setVisible(stage == Stage::Working);
    m_list->setVisible(stage == Stage::Choose);
    m_trouble->setVisible(stage == Stage::Trouble);
    m_own->setVisible(stage == Stage::Own);
    if (stage != Stage::Working)
        m_progress->stop();
    if (stage == Stage::Choose)
        m_directory.resume();
    showWords();
    fillFooter();
    present(covered);
}

void DeviceErrand::showWords()
{
    const Words shown = words();
    frame().title()->setText(shown.title);
    frame().lead()->setText(shown.lead);
    RoleBanner::Content banner;
    banner.who = shown.who.isEmpty() ? roleName(ceremony::Role::Officer, 1) : shown.who;
    banner.othersStrong = shown.othersStrong;
    banner.others = shown.others;
    banner.othersIcon = shown.othersIcon;
    frame().banner()->setContent(banner);
}

void DeviceErrand::fillFooter()
{
    footer().clear();
    m_take = nullptr;
    if (stage() == Stage::Working)
        return;
    if (stage() == Stage::Own) {
        fillOwnFooter();
        return;
    }
    if (stage() == Stage::Choose) {
        Button* help = footer().addStart(new Button(tr("&Help"), Button::Look::Link));
        help->setShortcutHint(QStringLiteral("F1"));
        connect(help, &QAbstractButton::clicked, this, &DeviceErrand::showHelp);
        Button* look = footer().addStart(new Button(tr("Loo&k again"), Button::Look::Secondary));
        look->setIcon(icon(Icon::Refresh));
        look->setShortcutHint(QStringLiteral("F5"));
        connect(look, &QAbstractButton::clicked, this, &DeviceErrand::lookAgain);
    }
    const bool ends = stage() == Stage::Trouble && !m_again;
    Button* back
        = footer().addEnd(new Button(tr("&Back"), ends ? Button::Look::Primary : Button::Look::Secondary));
    connect(back, &QAbstractButton::clicked, this, &DeviceErrand::goBack);
    if (ends) {
        footer().setPrimary(back);
        return;
    }
    auto* primary = new Button(tr("&Try again"), Button::Look::Primary);
    footer().setPrimary(footer().addEnd(primary));
    if (stage() == Stage::Trouble) {
        connect(primary, &QAbstractButton::clicked, this, [this] { m_again(); });
        return;
    }
    m_take = primary;
    connect(m_take, &QAbstractButton::clicked, this, &DeviceErrand::take);
    offerChosen();
}

void DeviceErrand::offerChosen()
{
    if (m_stage != Stage::Choose || !m_take)
        return;
    const DetectedDevice* found = m_list->chosen();
    m_take->setEnabled(found && !found->probing);
    m_take->setText(chooseButton(found && found->status ? found->status->serial : QString()));
}

QWidget* DeviceErrand::initialFocus()
{
    switch (m_stage) {
    case Stage::Choose:
        return m_take && m_take->isEnabled() ? m_take : m_list->firstChip();
    case Stage::Own:
        return ownFocus();
    case Stage::Working:
    case Stage::Trouble:
        break;
    }
    return nullptr;
}

void DeviceErrand::refuseToClose()
{
    footer().setHint(tr("The device is at work. The window can be closed when that is over."));
}

void DeviceErrand::lookAgain()
{
    if (m_stage == Stage::Choose)
        m_directory.lookAgain();
}

void DeviceErrand::goBack()
{
    if (m_stage == Stage::Choose)
        Q_EMIT leaveRequested();
    else if (m_stage == Stage::Trouble && !m_again)
        m_back();
    else if (m_stage != Stage::Working)
        show(Stage::Choose);
}

void DeviceErrand::take()
{
    const DetectedDevice* found = m_list->chosen();
    if (!found)
        return;
    m_chosen = { found->reader, found->status ? found->status->serial : QString(), found->simulated };
    m_worker = m_chosen.serial.isEmpty() ? device::DeviceWorker::forReader(m_source, m_chosen.reader)
                                         : std::make_unique<device::DeviceWorker>(m_source, m_chosen.serial);
    start();
}

void DeviceErrand::beginWork(const QString& what)
{
    m_directory.pause();
    m_progress->start(what, ceremony::Ceremony::monotonicMs(), 0, 0);
    show(Stage::Working);
}

void DeviceErrand::showTrouble(const Error& error, const QString& safe, std::function<void()> again)
{
    ErrorText text = describeError(error);
    text.safe = safe;
    showTrouble(text, std::move(again));
}

void DeviceErrand::showTrouble(const ErrorText& text, std::function<void()> again)
{
    m_trouble->setContent({ text.head, text.happened, text.safe, text.next, text.details, {} });
    m_again = std::move(again);
    show(Stage::Trouble);
}

void DeviceErrand::showEnd(const ErrorText& text, std::function<void()> back)
{
    m_back = std::move(back);
    showTrouble(text, {});
}

} // namespace conclave::ui
