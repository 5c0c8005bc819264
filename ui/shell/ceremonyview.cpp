// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/ceremonyview.h"

#include "core/ceremony/devicechoice.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/deviationdialog.h"
#include "ui/shell/dialog.h"
#include "ui/shell/page.h"
#include "ui/shell/regions.h"
#include "ui/shell/screenframe.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/rail.h"
#include "ui/widgets/rolebanner.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLocale>
#include <QScrollArea>
#include <QStackedLayout>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

/// Forms that people fill for a while and may have to come back to.
bool keepsForm(PageId id)
{
    return id == PageId::Prepare || id == PageId::Scheme || id == PageId::KeyPlan;
}

} // namespace

CeremonyView::CeremonyView(Ceremony& ceremony, PageFactory factory, QWidget* parent)
    : QWidget(parent)
    , m_ceremony(ceremony)
    , m_factory(std::move(factory))
{
    m_layers = new QStackedLayout(this);
    m_frame = new QWidget(this);
    m_coverLayer = new QWidget(this);
    m_coverSlot = new QVBoxLayout(m_coverLayer);
    m_coverSlot->setContentsMargins(0, 0, 0, 0);
    m_layers->addWidget(m_frame);
    m_layers->addWidget(m_coverLayer);

    m_rail = new Rail(m_frame);
    m_screen = new ScreenFrame(ceremony.rehearsal(), m_frame);
    m_banner = m_screen->banner();
    m_footer = m_screen->footer();
    m_scroll = m_screen->scroll();
    m_title = m_screen->title();
    m_lead = m_screen->lead();
    m_leadButton = new Button(tr("What is this?"), Button::Look::Link, m_screen->content());
    m_leadButton->setVisible(false);
    m_screen->heading()->addWidget(m_leadButton, 0, Qt::AlignTop);
    m_pageSlot = m_screen->body();
    auto* across = new QHBoxLayout(m_frame);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    across->addWidget(m_rail);
    across->addWidget(m_screen, 1);

    connect(m_leadButton, &QAbstractButton::clicked, this, &CeremonyView::showHelp);
    connect(m_rail->pauseButton(), &QAbstractButton::clicked, this, &CeremonyView::askPause);
    connect(&m_ceremony, &Ceremony::changed, this, &CeremonyView::update);
    connect(qApp, &QApplication::focusChanged, this, &CeremonyView::followFocus);

    m_curtainRules = new CurtainRules(this);
    connect(m_curtainRules, &CurtainRules::peopleMayHaveChanged, this, &CeremonyView::cover);
    connect(m_curtainRules, &CurtainRules::nobodyActs, this, [this] {
        if (m_page && m_page->coversWhenIdle())
            cover();
    });
    update();
}

CeremonyView::~CeremonyView()
{
    disconnect(&m_ceremony, nullptr, this, nullptr);
    disconnect(qApp, nullptr, this, nullptr); // the focus moves on while the children go
}

bool CeremonyView::rehearsal() const
{
    return m_ceremony.rehearsal();
}

Page* CeremonyView::page() const
{
    return m_page;
}

bool CeremonyView::insideTurn() const
{
    return m_page && m_page->insideTurn();
}

void CeremonyView::cover()
{
    if (m_page)
        m_page->cover();
}

void CeremonyView::update()
{
    const PageKey key = pageFor(m_ceremony);
    if (m_key != key) {
        show(key);
        return;
    }
    m_page->render();
    renderFrame();
}

void CeremonyView::show(PageKey key)
{
    if (m_page) {
        m_page->leave();
        m_page->hide();
        disconnect(m_page, nullptr, this, nullptr);
        if (!keepsForm(m_key->id))
            m_page->deleteLater();
    }
    m_key = key;
    Page*& kept = m_kept[key.id];
    m_page = keepsForm(key.id) && kept ? kept : m_factory(key.id);
    if (keepsForm(key.id))
        kept = m_page;
    connect(m_page, &Page::frameChanged, this, &CeremonyView::renderFrame);
    connect(m_page, &Page::phaseChanged, this, &CeremonyView::place);
    connect(m_page, &Page::leaveRequested, this, &CeremonyView::leaveRequested);
    place();
}

void CeremonyView::place()
{
    m_footer->clear();
    if (m_page->coversAll()) {
        m_coverSlot->addWidget(m_page);
        m_layers->setCurrentWidget(m_coverLayer);
    } else {
        m_pageSlot->addWidget(m_page);
        m_layers->setCurrentWidget(m_frame);
    }
    fillFooter();
    m_page->render();
    m_page->show();
    renderFrame();
    m_screen->scrollToTop();
    m_curtainRules->restart();
    takeFocus();
    QAccessibleEvent announced(m_page, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
    Q_EMIT pageChanged(m_key->id);
}

void CeremonyView::fillFooter()
{
    if (!m_page->insideTurn() && m_ceremony.state().opened && m_ceremony.state().stage < Stage::Sealed
        && !m_ceremony.awaitsResume()) {
        Button* deviation = m_footer->addStart(new Button(tr("&Note a deviation…"), Button::Look::Link));
        connect(deviation, &QAbstractButton::clicked, this, &CeremonyView::noteDeviation);
    }
    if (!m_page->insideTurn() && m_ceremony.state().mayEndDrill() && !m_ceremony.awaitsResume()
        && !m_page->coversAll() && m_key->id != PageId::Working) {
        m_endDrill = m_footer->addStart(new Button(tr("En&d the drill…"), Button::Look::Link));
        connect(m_endDrill, &QAbstractButton::clicked, this, &CeremonyView::askEndDrill);
    }
    m_page->fillFooter(*m_footer);
}

void CeremonyView::renderFrame()
{
    m_title->setText(m_page->title());
    m_lead->setText(m_page->lead());
    const RoleBanner::Content banner = m_page->banner();
    m_banner->setContent(banner);
    if (m_endDrill)
        m_endDrill->setEnabled(m_ceremony.work().kind == WorkKind::None);
    m_page->setAccessibleName(m_page->title());
    m_page->setAccessibleDescription(
        tr("%1 Acts now: %2. %3 %4").arg(m_page->lead(), banner.who, banner.othersStrong, banner.others));
    renderRail();
    fitLead();
}

void CeremonyView::renderRail()
{
    const CeremonyState& state = m_ceremony.state();
    const std::vector<Step> steps = m_ceremony.steps();
    const auto current = std::find(steps.begin(), steps.end(), state.step()) - steps.begin();
    std::vector<Rail::Item> items;
    int noReturnAfter = -1;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        Rail::Item item;
        item.number = static_cast<int>(i) + 1;
        item.name = stepName(steps[i]);
        const auto index = static_cast<std::ptrdiff_t>(i);
        item.state = index < current || state.stage == Stage::Closed ? Rail::State::Done
            : index == current                                       ? Rail::State::Current
                                                                     : Rail::State::Later;
        if (item.state == Rail::State::Current)
            item.subline = m_page->railSubline();
        if (steps[i] == Step::Initialise)
            noReturnAfter = static_cast<int>(i) - 1;
        items.push_back(std::move(item));
    }
    const QString line = state.erasedAt
        ? tr("Device erased %1").arg(QLocale().toString(state.erasedAt->time(), QLocale::ShortFormat))
        : tr("Point of no return");
    m_rail->setItems(std::move(items), noReturnAfter, line);
    const PausedForTravel* before = m_ceremony.partBefore();
    const QString id = state.opened ? state.opened->ceremony : before ? before->ceremony : QString();
    m_rail->setCeremony(state.prepared ? state.prepared->purpose
            : before                   ? before->purpose
                                       : tr("New ceremony"),
        id.isEmpty() ? QString() : tr("Ceremony %1").arg(ltr(id)));
    m_rail->setSafetyNote(safetyNote());
    m_rail->setStartedAt(state.startedAt);
    m_rail->pauseButton()->setEnabled(!m_page->insideTurn() && state.opened.has_value() && !state.paused
        && !m_ceremony.awaitsResume() && !m_ceremony.pauseAsked() && state.stage != Stage::Closed);
}

QString CeremonyView::safetyNote() const
{
    const CeremonyState& state = m_ceremony.state();
    if (m_ceremony.pauseAsked())
        return tr("The ceremony pauses when this work is done.");
    if (m_ceremony.flow() == Flow::Reshare)
        return tr("No device takes part. The old sheets stay valid until they are destroyed.");
    if (state.onSimulator() && state.stage < Stage::CleaningDevice)
        return tr(
            "The simulator is in this computer’s memory. It is wiped when the drill ends or is paused.");
    if (m_ceremony.flow() == Flow::Drill && (state.drill.cleaning || state.stage >= Stage::CleaningDevice))
        return cleaningNote();
    if (m_ceremony.partBefore() && !state.device)
        return tr("The device is as the part before left it. Nothing was written to it here.");
    if (state.partEnded)
        return tr(
            "Device initialised, locked. It keeps what was imported, and is finished at the next site.");
    if (state.travel && state.paused)
        return tr("Device initialised, locked. It keeps what was imported, and may be unplugged.");
    const bool erases = erasesDevice(m_ceremony.flow());
    if (!erases
        && (!state.device || state.stage == Stage::PlanningKeys || state.stage == Stage::ChoosingBackup))
        return tr("Nothing written yet. The keys on the device stay as they are.");
    if (erases && !state.pastNoReturn() && state.stage != Stage::MakingDevices) {
        const std::vector<Step> steps = m_ceremony.steps();
        const auto initialise = std::find(steps.begin(), steps.end(), Step::Initialise) - steps.begin();
        if (state.several)
            return tr("Nothing written yet. The devices are unchanged up to step %1.").arg(initialise + 1);
        return tr("Nothing written yet. The device is unchanged up to step %1.").arg(initialise + 1);
    }
    if (state.several)
        return m_ceremony.devicesWork()
            ? tr("Keep the devices plugged in. What is finished on them is safe if this stops.")
            : tr("Nothing goes on at the devices. What is finished on them stays.");
    if (!m_ceremony.devicePresent()) {
        if (erases && state.stage == Stage::Importing)
            return tr("Device not connected. It is initialised, and locked until all shares are in.");
        const auto finished = static_cast<int>(std::count_if(state.keys.begin(), state.keys.end(),
                                  [](const KeyRecord& key) { return key.state == KeyState::Tested; }))
            + state.restore.restored();
        if (finished == 0)
            return tr("Device not connected. No key of this ceremony is on it yet.");
        return tr("Device not connected. %n finished keys are on it.", nullptr, finished);
    }
    const WorkKind work = m_ceremony.work().kind;
    if (work == WorkKind::Generating || work == WorkKind::Testing || work == WorkKind::WrappingKeys
        || work == WorkKind::RequestingCertificate || work == WorkKind::Restoring)
        return tr("Keep the device plugged in. Finished keys are safe if this stops.");
    if (erases && state.stage <= Stage::Importing)
        return tr("Device initialised, locked. It can make keys once all shares are in.");
    return tr("Device ready.");
}

QString CeremonyView::cleaningNote() const
{
    switch (m_ceremony.state().drill.device) {
    case DrillDevice::InUse:
    case DrillDevice::Kept:
        return tr("The drill’s device holds the backup secret. Guard it.");
    case DrillDevice::Cleaned:
        return tr("The drill’s device was cleaned. Nothing of the backup is on it.");
    case DrillDevice::Untouched:
        return tr("Nothing of the backup is on the drill’s device.");
    case DrillDevice::Wiped:
        return tr("The simulator was wiped.");
    }
    return {};
}

void CeremonyView::takeFocus()
{
    QWidget* focus = m_page->initialFocus();
    if (!focus)
        focus = m_footer->primary();
    (focus && focus->isEnabled() ? focus : m_banner)->setFocus(Qt::OtherFocusReason);
}

/// What is hidden or disabled passes the focus on, mostly to Pause: nobody is to press that by chance.
void CeremonyView::followFocus(QWidget* from, const QWidget* to)
{
    if (!m_rail->isAncestorOf(to) || !m_screen->isAncestorOf(from))
        return;
    QTimer::singleShot(0, this, [this, left = QPointer(from)] { // until then it is still visible
        const bool gone = !left || !left->isVisible() || !left->isEnabled();
        if (gone && m_rail->isAncestorOf(QApplication::focusWidget()))
            takeFocus();
    });
}

void CeremonyView::askPause()
{
    if (insideTurn() || !m_ceremony.state().opened || m_ceremony.awaitsResume()) {
        if (!m_ceremony.state().opened || m_ceremony.awaitsResume())
            Q_EMIT leaveRequested();
        return;
    }
    if (m_ceremony.pauseAsked())
        return;
    ask(this, rehearsal(), tr("Pause the ceremony?"),
        tr("Everything so far is recorded. Secrets on screen are gone."), tr("&Keep going"), tr("&Pause"),
        [this] { static_cast<void>(m_ceremony.pause()); });
}

void CeremonyView::askEndDrill()
{
    ask(this, rehearsal(), tr("End the drill here?"),
        tr("The report and the certificate will say that not everything was tried. The device can be cleaned "
           "next, if anything of the backup is on it."),
        tr("&Keep going"), tr("&End the drill"), [this] { static_cast<void>(m_ceremony.endDrill()); });
}

void CeremonyView::noteDeviation()
{
    auto* dialog = new DeviationDialog(rehearsal(), this);
    connect(dialog, &QDialog::accepted, this,
        [this, dialog] { static_cast<void>(m_ceremony.noteDeviation(dialog->text(), dialog->by())); });
    dialog->open();
}

void CeremonyView::pressEscape()
{
    m_page->escape();
}

void CeremonyView::showHelp()
{
    auto* dialog = new Dialog(m_page->title(), rehearsal(), this);
    dialog->body()->addWidget(new Label(m_page->lead(), Type::Body, Token::Text, dialog));
    if (!m_page->help().isEmpty())
        dialog->body()->addWidget(new Label(m_page->help(), Type::Body, Token::Text, dialog));
    dialog->body()->addWidget(new Label(tr("Keys: Tab goes on, F5 looks for devices again, F6 goes from part "
                                           "to part of the window, F7 reads out "
                                           "where the ceremony stands, Ctrl+P prints, Esc covers a secret."),
        Type::Hint, Token::Muted, dialog));
    dialog->addReject(tr("&Close"));
    dialog->open();
}

void CeremonyView::lookAgain()
{
    m_page->lookAgain();
}

void CeremonyView::print()
{
    m_page->print();
}

void CeremonyView::readOut()
{
    m_banner->setFocus(Qt::OtherFocusReason);
    auto* dialog = new Dialog(m_page->title(), rehearsal(), this);
    dialog->body()->addWidget(
        new Label(tr("Acts now: %1").arg(m_page->banner().who), Type::RoleName, Token::Text, dialog));
    dialog->body()->addWidget(new Label(safetyNote(), Type::Body, Token::Text, dialog));
    dialog->body()->addWidget(new Label(m_page->lead(), Type::Body, Token::Muted, dialog));
    dialog->addReject(tr("&Close"));
    dialog->open();
}

void CeremonyView::nextRegion(bool forward)
{
    focusNextRegion({ m_rail, m_banner, m_page, m_footer }, forward);
}

void CeremonyView::goBack()
{
    m_page->back();
}

void CeremonyView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    setCompact(ScreenFrame::isCompact(size()));
    fitLead();
}

void CeremonyView::setCompact(bool compact)
{
    if (compact == m_compact)
        return;
    m_compact = compact;
    m_rail->setCompact(compact);
    m_screen->setCompact(compact);
}

void CeremonyView::fitLead()
{
    if (m_page->coversAll())
        return;
    // On a small screen the lead gives way where the page would have to scroll.
    const int content = m_scroll->widget()->layout()->heightForWidth(m_scroll->viewport()->width());
    const int leadHeight = m_lead->isVisible() ? 0 : m_lead->heightForWidth(m_title->width());
    const bool scrolls = content + leadHeight > m_scroll->viewport()->height();
    const bool hide = m_compact && scrolls && !m_page->lead().isEmpty();
    m_lead->setVisible(!hide && !m_page->lead().isEmpty());
    m_leadButton->setVisible(hide);
}

void CeremonyView::keyPressEvent(QKeyEvent* event)
{
    if (m_page->coversAll() || !m_footer->answer(*event))
        QWidget::keyPressEvent(event);
}

} // namespace conclave::ui
