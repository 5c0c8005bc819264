// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/startview.h"

#include "core/ceremony/background.h"
#include "ui/shell/dialog.h"
#include "ui/shell/laptoppanel.h"
#include "ui/shell/tile.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/seatring.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFutureWatcher>
#include <QGridLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace conclave::ui {

using namespace ceremony;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(StartViewWords)
};

constexpr int kSideWidth = 236;
constexpr int kRingSize = 112;
constexpr int kHeightForRing = 600; ///< on a lower window the laptop's state needs its room
constexpr int kContentWidth = 800;
constexpr int kColumns = 2;
constexpr int kListed = 6; ///< begun ceremonies to choose from; older ones through the folder dialog

/// The background of the side follows the rail's.
class Side : public QWidget {
public:
    explicit Side(QWidget* parent)
        : QWidget(parent)
    {
        setFixedWidth(kSideWidth);
        setAutoFillBackground(true);
        setBackgroundRole(QPalette::AlternateBase);
    }
};

QString whereItStands(const CeremonyState& state)
{
    const std::vector<Step> steps = state.steps();
    const auto number = std::find(steps.begin(), steps.end(), state.step()) - steps.begin() + 1;
    const QString name = state.prepared ? state.prepared->purpose : state.opened->ceremony;
    if (state.travel)
        return Words::tr("%1, part %2 paused for travel.").arg(name).arg(state.part());
    return Words::tr("%1, step %2 of %3.").arg(name).arg(number).arg(steps.size());
}

} // namespace

/// How far apart things are.
struct StartView::Air {
    int margin; ///< of the page, above and below
    int spacing;
    int padding; ///< of the tiles
    bool lead;
};

StartView::StartView(
    const device::DeviceDirectory& directory, QString recordsFolder, bool rehearsal, QWidget* parent)
    : QWidget(parent)
    , m_recordsFolder(std::move(recordsFolder))
    , m_rehearsal(rehearsal)
{
    auto* side = new Side(this);
    auto* sideLayout = new QVBoxLayout(side);
    sideLayout->setContentsMargins(space::k24, space::k24, space::k16, space::k16);
    sideLayout->setSpacing(space::k16);
    m_ring = new SeatRing(side);
    m_ring->setFixedSize(kRingSize, kRingSize);
    m_ring->setSeats(5, 3);
    m_ring->setSentence(tr("3 of 5 custodians can restore a device"));
    sideLayout->addWidget(m_ring);
    sideLayout->addWidget(new Label(tr("Conclave"), Type::Title, Token::Text, side));
    sideLayout->addWidget(new Label(
        tr("Key ceremonies for Nitrokey HSM 2 and SmartCard-HSM."), Type::Body, Token::Muted, side));
    sideLayout->addSpacing(space::k8);
    sideLayout->addWidget(new LaptopPanel(directory, side));
    sideLayout->addStretch();
    sideLayout->addWidget(
        new Label(tr("Version %1").arg(QStringLiteral(CONCLAVE_VERSION)), Type::Hint, Token::Muted, side));

    m_establish = new Tile(Tile::Look::Main, Icon::Key, tr("Establish a new device"),
        tr("Share out the backup secret, initialise the device, generate keys, back up, report. Allow 60–90 "
           "minutes."),
        this);
    m_continue = new Tile(Tile::Look::Normal, Icon::Pause, tr("Continue a paused ceremony"),
        tr("None on this laptop. Open a ceremony file…"), this);
    m_canvas = new QWidget(this);
    auto* column = new QVBoxLayout(m_canvas);
    column->addWidget(new Label(tr("What do you want to do?"), Type::Title, Token::Text, m_canvas));
    m_lead = new Label(
        tr("Nothing on a device is erased before you confirm it by typing the device’s serial number."),
        Type::Lead, Token::Muted, m_canvas);
    m_lead->setObjectName(QStringLiteral("lead"));
    column->addWidget(m_lead);
    column->addWidget(m_establish);
    auto* tiles = new QGridLayout;
    m_column = column;
    m_tiles = tiles;
    tiles->setColumnStretch(0, 1);
    tiles->setColumnStretch(1, 1);
    const auto place = [tiles](Tile* tile) {
        const int count = tiles->count();
        tiles->addWidget(tile, count / kColumns, count % kColumns);
    };
    place(m_continue);
    const auto offer = [this, place](Flow flow, Icon icon, const QString& text) {
        auto* tile = new Tile(Tile::Look::Normal, icon, flowName(flow), text, this);
        connect(tile, &QAbstractButton::clicked, this, [this, flow] { Q_EMIT flowRequested(flow); });
        place(tile);
        return tile;
    };
    offer(Flow::AddBackup, Icon::Usb, tr("Make a second device that can use the same wrapped keys."));
    offer(Flow::Drill, Icon::Search,
        tr("Proves once a year that the sheets, share files and wrapped keys still work."));
    offer(Flow::Restore, Icon::Restore, tr("Bring wrapped key files back onto a device."));
    offer(Flow::GenerateMore, Icon::Plus, tr("Add keys to a device that is already established."));
    auto* inspect = new Tile(Tile::Look::Normal, Icon::Eye, tr("Inspect a device"),
        tr("Look only. Serial, firmware, authenticity, keys. Changes nothing."), this);
    inspect->setObjectName(QStringLiteral("inspect"));
    connect(inspect, &QAbstractButton::clicked, this, &StartView::inspectRequested);
    place(inspect);
    auto* pins = new Tile(Tile::Look::Normal, Icon::Lock, tr("PINs of a device"),
        tr("Change a PIN, unblock the user PIN, take a device over."), this);
    pins->setObjectName(QStringLiteral("pins"));
    connect(pins, &QAbstractButton::clicked, this, &StartView::pinsRequested);
    place(pins);
    offer(Flow::Reshare, Icon::People, tr("Enough sheets of a set open it; its secret gets new sheets."))
        ->setObjectName(QStringLiteral("reshare"));
    if (!m_rehearsal) {
        auto* rehearse = new Tile(Tile::Look::Rehearsal, Icon::Rehearse, tr("Rehearse"),
            tr("Every step with a simulated device. Marked REHEARSAL on each screen and sheet."), this);
        place(rehearse);
        connect(rehearse, &QAbstractButton::clicked, this, &StartView::rehearsalRequested);
    }
    auto* check = new Tile(Tile::Look::Normal, Icon::Document, tr("Check my sheet"),
        tr("Alone, see whether one sheet is right. Nothing is kept."), this);
    check->setObjectName(QStringLiteral("checkSheet"));
    connect(check, &QAbstractButton::clicked, this, &StartView::checkSheetRequested);
    place(check);
    column->addLayout(tiles);
    column->addStretch(1);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    auto* centring = new QWidget(m_scroll);
    auto* sides = new QHBoxLayout(centring);
    sides->setContentsMargins(0, 0, 0, 0);
    m_canvas->setMaximumWidth(kContentWidth + 2 * space::k32);
    sides->addStretch(1);
    sides->addWidget(m_canvas, kContentWidth);
    sides->addStretch(1);
    m_scroll->setWidget(centring);

    m_footer = new FooterBar(this);
    Button* help = m_footer->addStart(new Button(tr("&Help"), Button::Look::Link));
    help->setShortcutHint(QStringLiteral("F1"));
    Button* quit = m_footer->addEnd(new Button(tr("&Quit")));

    auto* right = new QVBoxLayout;
    right->setSpacing(0);
    right->addWidget(m_scroll, 1);
    right->addWidget(m_footer);
    auto* across = new QHBoxLayout(this);
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    across->addWidget(side);
    across->addLayout(right, 1);

    setAccessibleName(tr("What do you want to do?"));
    connect(m_establish, &QAbstractButton::clicked, this, [this] { Q_EMIT flowRequested(Flow::Establish); });
    connect(m_continue, &QAbstractButton::clicked, this, &StartView::chooseCeremony);
    connect(help, &QAbstractButton::clicked, this, &StartView::showHelp);
    connect(quit, &QAbstractButton::clicked, this, &StartView::quitRequested);
}

void StartView::enter()
{
    look();
    m_establish->setFocus(Qt::OtherFocusReason);
}

void StartView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

/// Measured with this view's own size: what is in the scroll area gets its size later.
void StartView::fit()
{
    // On a low window all tiles fit, at the price of the lead.
    static constexpr std::array kAirs{ Air{ 22, space::k12, space::k16, true },
        Air{ 22, space::k12, space::k12, true }, Air{ space::k16, space::k8, space::k8, true },
        Air{ space::k8, space::k4, space::k4, false } };
    m_ring->setVisible(height() >= kHeightForRing);
    const QSize room(width() - kSideWidth, height() - m_footer->minimumHeight());
    for (const Air& air : kAirs) {
        use(air);
        if (heightNeeded(room.width()) <= room.height())
            break;
    }
}

void StartView::use(const Air& air)
{
    m_column->setContentsMargins(space::k32, air.margin, space::k32, air.margin);
    m_column->setSpacing(air.spacing);
    m_tiles->setSpacing(air.spacing);
    m_lead->setVisible(air.lead);
    for (Tile* tile : m_canvas->findChildren<Tile*>())
        tile->setPadding(air.padding);
}

/// Layouts remember heights until they are laid out again, which is later.
int StartView::heightNeeded(int width) const
{
    m_tiles->invalidate();
    m_column->invalidate();
    m_canvas->updateGeometry();
    QLayout* outer = m_scroll->widget()->layout();
    outer->invalidate();
    return outer->totalHeightForWidth(width);
}

void StartView::look()
{
    auto* watcher = new QFutureWatcher<std::vector<OpenCeremony>>(this);
    connect(watcher, &QFutureWatcherBase::finished, this, [this, watcher] {
        m_open = watcher->result();
        std::erase_if(
            m_open, [this](const OpenCeremony& each) { return each.state.rehearsal() != m_rehearsal; });
        watcher->deleteLater();
        showPaused();
    });
    watcher->setFuture(inBackground(
        *QThreadPool::globalInstance(), [folder = m_recordsFolder] { return openCeremonies(folder); }));
}

void StartView::showPaused()
{
    if (m_open.empty()) {
        m_continue->setText(tr("None on this laptop. Open a ceremony file…"));
        m_continue->setState({});
        fit();
        return;
    }
    const OpenCeremony& latest = m_open.front();
    m_continue->setText(whereItStands(latest.state));
    m_continue->setState(m_open.size() > 1 ? tr("%n more", nullptr, static_cast<int>(m_open.size()) - 1)
                                           : stepName(latest.state.step()));
    fit();
}

void StartView::chooseCeremony()
{
    auto* dialog = new Dialog(tr("Continue a paused ceremony"), m_rehearsal, this);
    const auto listed = std::min(m_open.size(), static_cast<std::size_t>(kListed));
    for (std::size_t i = 0; i < listed; ++i) {
        const OpenCeremony& each = m_open[i];
        auto* tile = new Tile(Tile::Look::Normal, Icon::Pause, whereItStands(each.state),
            ltr(each.state.opened->ceremony), dialog);
        connect(tile, &QAbstractButton::clicked, this, [this, dialog, folder = each.folder] {
            dialog->accept();
            Q_EMIT continueRequested(folder);
        });
        dialog->body()->addWidget(tile);
    }
    const auto offer = [this, dialog](const QString& text, auto open) {
        auto* other = new Button(text, Button::Look::Link, dialog);
        connect(other, &QAbstractButton::clicked, this, [this, dialog, open] {
            dialog->reject();
            (this->*open)();
        });
        dialog->body()->addWidget(other, 0, Qt::AlignLeft);
    };
    offer(m_open.empty() ? tr("&Open the folder of a ceremony…") : tr("&Open another folder…"),
        &StartView::openFolder);
    offer(tr("Open a &transport file from another computer…"), &StartView::openTransport);
    dialog->addReject(tr("&Cancel"));
    dialog->open();
}

void StartView::openFolder()
{
    auto* files = new QFileDialog(this, tr("Folder of the ceremony"), m_recordsFolder);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::Directory);
    files->setOption(QFileDialog::ShowDirsOnly);
    connect(files, &QFileDialog::fileSelected, this, &StartView::continueRequested);
    files->open();
}

void StartView::openTransport()
{
    auto* files = new QFileDialog(this, tr("Transport file of the ceremony"));
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilter(tr("Transport files (*-transport-*.json)"));
    connect(files, &QFileDialog::fileSelected, this, &StartView::transportRequested);
    files->open();
}

void StartView::showHelp()
{
    auto* dialog = new Dialog(tr("Conclave"), m_rehearsal, this);
    dialog->body()->addWidget(new Label(
        tr("Conclave leads a security officer, custodians and witnesses through a key ceremony. Begin "
           "with a rehearsal: it shows every step and touches no device."),
        Type::Body, Token::Text, dialog));
    dialog->body()->addWidget(
        new Label(tr("Keys: Tab goes on, Space presses the button with the frame, Enter the filled one, F1 "
                     "shows help on each screen."),
            Type::Hint, Token::Muted, dialog));
    dialog->addReject(tr("&Close"));
    dialog->open();
}

} // namespace conclave::ui
