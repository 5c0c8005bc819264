// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/wizardwindow.h"

#include "core/device/readersource.h"
#include "ui/pages/pages.h"
#include "ui/shell/captureexclusion.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/checksheetview.h"
#include "ui/shell/dialog.h"
#include "ui/shell/inspectview.h"
#include "ui/shell/pinsview.h"
#include "ui/shell/startview.h"
#include "ui/text/words.h"
#include "ui/widgets/ribbon.h"

#include <QApplication>
#include <QCloseEvent>
#include <QFileInfo>
#include <QScreen>
#include <QShortcut>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <QWindow>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr QSize kPreferred{ 1100, 760 };
constexpr QSize kLeast{ 800, 520 };
} // namespace

WizardWindow::WizardWindow(Environment environment, Options options)
    : m_environment(std::move(environment))
    , m_options(std::move(options))
    , m_directory(std::make_unique<device::DeviceDirectory>(m_environment.readers))
{
    const bool rehearsal = m_environment.readers.simulated();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (rehearsal)
        layout->addWidget(new Ribbon(this));
    m_stack = new QStackedLayout;
    layout->addLayout(m_stack, 1);
    m_start = new StartView(*m_directory, m_options.recordsFolder, rehearsal, this);
    m_stack->addWidget(m_start);

    connect(m_start, &StartView::flowRequested, this, [this](Flow flow) {
        Q_EMIT beginning(flow);
        start(flow);
    });
    connect(m_start, &StartView::continueRequested, this, &WizardWindow::continueCeremony);
    connect(m_start, &StartView::transportRequested, this, &WizardWindow::continueElsewhere);
    connect(m_start, &StartView::rehearsalRequested, this, &WizardWindow::rehearsalRequested);
    connect(m_start, &StartView::checkSheetRequested, this, &WizardWindow::checkSheet);
    connect(m_start, &StartView::inspectRequested, this, &WizardWindow::inspect);
    connect(m_start, &StartView::pinsRequested, this, &WizardWindow::changePins);
    connect(m_start, &StartView::quitRequested, this, &QWidget::close);
    addShortcuts();
    setMinimumSize(kLeast);
    resize(kPreferred.boundedTo(screen()->availableSize()).expandedTo(kLeast));
    showStart();
}

WizardWindow::~WizardWindow()
{
    delete m_view; // pages refer to the ceremony, errands to the directory
    delete m_errand;
}

void WizardWindow::addShortcuts()
{
    const auto add = [this](const QKeySequence& keys, auto inCeremony, auto inErrand, auto onStart) {
        auto* shortcut = new QShortcut(keys, this);
        connect(shortcut, &QShortcut::activated, this, [this, inCeremony, inErrand, onStart] {
            if (m_view)
                inCeremony(*m_view);
            else if (m_errand)
                inErrand(*m_errand);
            else
                onStart();
        });
    };
    const auto nothing = [] {};
    const auto notInErrand = [](Errand&) {};
    add(
        Qt::Key_F1, [](CeremonyView& view) { view.showHelp(); }, [](Errand& errand) { errand.showHelp(); },
        [this] { m_start->showHelp(); });
    add(
        Qt::Key_F5, [](CeremonyView& view) { view.lookAgain(); }, [](Errand& errand) { errand.lookAgain(); },
        [this] { m_directory->lookAgain(); });
    add(
        Qt::Key_F6, [](CeremonyView& view) { view.nextRegion(true); },
        [](Errand& errand) { errand.nextRegion(true); }, nothing);
    add(
        QKeySequence(Qt::ShiftModifier | Qt::Key_F6), [](CeremonyView& view) { view.nextRegion(false); },
        [](Errand& errand) { errand.nextRegion(false); }, nothing);
    add(
        Qt::Key_F7, [](CeremonyView& view) { view.readOut(); }, [](Errand& errand) { errand.readOut(); },
        nothing);
    add(
        Qt::Key_Escape, [](CeremonyView& view) { view.pressEscape(); },
        [](Errand& errand) { errand.cover(); }, nothing);
    add(
        QKeySequence(Qt::ControlModifier | Qt::Key_P), [](CeremonyView& view) { view.print(); }, notInErrand,
        nothing);
    add(
        QKeySequence(Qt::AltModifier | Qt::Key_Left), [](CeremonyView& view) { view.goBack(); },
        [](Errand& errand) { errand.goBack(); }, nothing);
}

void WizardWindow::showStart()
{
    delete m_view;
    m_view = nullptr;
    delete m_errand;
    m_errand = nullptr;
    if (m_ceremony)
        m_ceremony->letGoOfDevice();
    m_ceremony.reset();
    m_folder.clear();
    m_directory->resume();
    endExclusion();
    setWindowTitle(tr("Conclave"));
    m_stack->setCurrentWidget(m_start);
    m_start->enter();
}

/// A curtain asked for it.
void WizardWindow::endExclusion()
{
    if (windowHandle())
        static_cast<void>(excludeFromCapture(windowHandle()->winId(), false));
}

void WizardWindow::start(Flow flow)
{
    make(flow);
    showCeremony();
}

void WizardWindow::make(Flow flow)
{
    m_ceremony = std::make_unique<Ceremony>(m_environment, flow);
    connect(m_ceremony.get(), &Ceremony::changed, this, &WizardWindow::followCeremony);
}

void WizardWindow::showCeremony()
{
    setWindowTitle(tr("Conclave: %1").arg(flowName(m_ceremony->flow())));
    const PageContext context{ *m_ceremony, *m_directory, m_options.recordsFolder, m_options.ceremonyFolder };
    m_view = new CeremonyView(
        *m_ceremony, [context](PageId id) { return makePage(id, context); }, this);
    connect(m_view, &CeremonyView::pageChanged, this, &WizardWindow::pageChanged);
    connect(m_view, &CeremonyView::pageChanged, this, [this] {
        if (!m_view->page()->insideTurn() && !m_view->page()->coversAll())
            endExclusion();
    });
    // The view is in the middle of a call of its own when it asks for this.
    connect(m_view, &CeremonyView::leaveRequested, this, &WizardWindow::showStart, Qt::QueuedConnection);
    m_stack->addWidget(m_view);
    m_stack->setCurrentWidget(m_view);
    Q_EMIT pageChanged(m_view->pageId());
}

void WizardWindow::continueCeremony(const QString& folder)
{
    Q_EMIT continuing(folder);
    establish(); // or whatever its record says
    m_ceremony->load(folder);
}

void WizardWindow::continueElsewhere(const QString& transport)
{
    Q_EMIT continuing(QFileInfo(transport).absolutePath());
    make(Flow::Establish); // or whatever the transport file says
    m_ceremony->openTransport(transport);
    showCeremony(); // when it is known that something is opened: a first part begins with another form
}

void WizardWindow::checkSheet()
{
    begin(new CheckSheetView(m_options.recordsFolder, m_environment.readers.simulated(), this),
        tr("Conclave: Check my sheet"));
}

void WizardWindow::inspect()
{
    begin(new InspectView(m_environment.readers, *m_directory, m_options.recordsFolder, this),
        tr("Conclave: Inspect a device"));
}

void WizardWindow::changePins()
{
    begin(new PinsView(m_environment.readers, *m_directory, this), tr("Conclave: PINs of a device"));
}

void WizardWindow::begin(Errand* errand, const QString& title)
{
    m_errand = errand;
    connect(m_errand, &Errand::leaveRequested, this, &WizardWindow::showStart, Qt::QueuedConnection);
    setWindowTitle(title);
    m_stack->addWidget(m_errand);
    m_stack->setCurrentWidget(m_errand);
    m_errand->enter();
}

CheckSheetView* WizardWindow::checkSheetView() const
{
    return qobject_cast<CheckSheetView*>(m_errand);
}

void WizardWindow::followCeremony()
{
    setWindowTitle(tr("Conclave: %1").arg(flowName(m_ceremony->flow())));
    // A worker has the device to itself: looks would make it wait.
    const bool looks = m_ceremony->state().stage <= Stage::ChoosingDevice;
    if (looks && m_directory->paused())
        m_directory->resume();
    else if (!looks && !m_directory->paused())
        m_directory->pause();
    if (m_folder != m_ceremony->folder()) {
        m_folder = m_ceremony->folder();
        Q_EMIT ceremonyFolderChanged(m_folder);
    }
}

void WizardWindow::closeEvent(QCloseEvent* event)
{
    if (m_errand && m_errand->busy()) {
        m_errand->refuseToClose();
        event->ignore();
        return;
    }
    const bool running = m_ceremony && m_ceremony->state().opened && !m_ceremony->awaitsResume()
        && !m_ceremony->state().paused && m_ceremony->state().stage != Stage::Closed;
    if (!running) {
        event->accept();
        return;
    }
    event->ignore();
    // A key may take minutes, and nothing interrupts the device.
    if (m_ceremony->pauseAsked() && m_ceremony->work().kind == WorkKind::Generating) {
        askEnd();
        return;
    }
    // Paused, the page shows the checkpoint code; from there the window closes.
    m_view->cover();
    m_view->askPause();
}

void WizardWindow::askEnd()
{
    ask(this, m_ceremony->rehearsal(), tr("End the program now?"),
        tr("The device makes a key and cannot be interrupted. The ceremony pauses when it is done. If the "
           "program ends now, the device goes on by itself: leave it plugged in. The record says that the "
           "key "
           "was begun. Whoever goes on with the ceremony is told what became of it."),
        tr("&Keep waiting"), tr("&End the program"), [this] { Q_EMIT endRequested(); });
}

void WizardWindow::finishWriting()
{
    if (m_ceremony)
        m_ceremony->finishWriting();
}

bool WizardWindow::event(QEvent* event)
{
    // A question of this program before the window leaves the same people there.
    if (event->type() == QEvent::WindowDeactivate && !QApplication::activeModalWidget()) {
        if (m_view)
            m_view->cover();
        if (m_errand)
            m_errand->cover();
    }
    return QWidget::event(event);
}

} // namespace conclave::ui
