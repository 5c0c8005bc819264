// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/devicespage.h"

#include "ui/pages/devicerow.h"
#include "ui/pages/leaveout.h"
#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"

#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kStateColumn = 1;
constexpr int kTimeColumn = 2;
constexpr int kAgainColumn = 3;
constexpr std::chrono::seconds kTick{ 1 };
constexpr qint64 kSecond = 1000;
constexpr qint64 kMinute = 60;

QString minutesAndSeconds(qint64 ms)
{
    const qint64 seconds = ms / kSecond;
    return QStringLiteral("%1:%2").arg(seconds / kMinute).arg(seconds % kMinute, 2, 10, QLatin1Char('0'));
}

} // namespace

DevicesPage::DevicesPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_pinCard(new UserPinCard(ceremony, this))
    , m_table(new Table({ tr("Serial number"), tr("State"), tr("Time"), {} }, this))
    , m_count(new Label({}, Type::FieldName, Token::Text, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    layout->addWidget(m_pinCard);
    m_table->setColumnStretch(kStateColumn, 1);
    int row = 0;
    for (const CeremonyState& device : state().devices) {
        const QString serial = device.device->serial;
        m_table->addRow({ ltr(serial), {}, {}, {} }, { 0 });
        auto* again = new Button(tr("Try again"), Button::Look::Secondary, m_table);
        again->setSmall(true);
        again->setAccessibleName(tr("Try %1 again").arg(serial));
        connect(again, &QAbstractButton::clicked, this,
            [this, serial] { static_cast<void>(this->ceremony().tryDevice(serial)); });
        m_table->setWidget(row++, kAgainColumn, again);
        m_again.push_back(again);
    }
    layout->addWidget(m_table);
    layout->addWidget(m_count);
    layout->addStretch(1);
    connect(m_pinCard, &UserPinCard::edited, this, &DevicesPage::renderButtons);
    m_clock.setInterval(kTick);
    connect(&m_clock, &QTimer::timeout, this, &DevicesPage::renderTimes);
}

QString DevicesPage::title() const
{
    return tr("Making the backup devices");
}

QString DevicesPage::lead() const
{
    return tr(
        "Each device is erased, gets the backup secret and the keys, and signs with each key. They work "
        "at the same time; one that fails does not stop the others.");
}

RoleBanner::Content DevicesPage::banner() const
{
    RoleBanner::Content content
        = officerActs(ceremony().devicesWork() ? tr("Nobody needs to do anything now.")
                                               : tr("Witnesses: compare the serial numbers."));
    content.othersIcon = Icon::Usb;
    return content;
}

QString DevicesPage::railSubline() const
{
    return tr("%1 of %n device(s) complete", nullptr, static_cast<int>(state().devices.size()))
        .arg(complete());
}

QString DevicesPage::help() const
{
    return tr("A device that was unplugged can be put back and tried again: it says itself how far it came. "
              "What is complete stays as it is.");
}

int DevicesPage::complete() const
{
    return static_cast<int>(std::ranges::count_if(state().devices, &CeremonyState::complete));
}

bool DevicesPage::needsPins() const
{
    return std::ranges::any_of(state().devices, [](const CeremonyState& device) {
        return !device.refused()
            && (device.stage == Stage::SettingPins || device.stage == Stage::DkekMismatch);
    });
}

void DevicesPage::fillFooter(FooterBar& footer)
{
    m_pins = footer.addStart(new Button(tr("Type the &PINs again…"), Button::Look::Secondary));
    connect(m_pins, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().goBack(BackTarget::Pins)); });
    m_finish = footer.addEnd(leaveOutButton(this, ceremony()));
    m_next = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_next);
    connect(m_next, &QAbstractButton::clicked, this, &DevicesPage::goOn);
    renderButtons();
}

void DevicesPage::render()
{
    const bool working = ceremony().devicesWork();
    m_pinCard->setVisible(!ceremony().userPinHeld() && !working);
    m_pinCard->render();
    for (int row = 0; row < m_table->rows(); ++row)
        renderRow(row);
    renderTimes();
    if (working && !m_clock.isActive())
        m_clock.start();
    else if (!working)
        m_clock.stop();
    m_count->setText(tr("%1 of %n device(s) complete", nullptr, m_table->rows()).arg(complete()));
    renderButtons();
    Q_EMIT frameChanged();
}

void DevicesPage::renderRow(int row)
{
    const CeremonyState& device = state().devices[static_cast<std::size_t>(row)];
    const DeviceText text = deviceText(ceremony(), device);
    m_table->setCell(row, kStateColumn, text.sentence, colourOf(text.standing));
    m_again[static_cast<std::size_t>(row)]->setVisible(text.canBeTried && ceremony().userPinHeld());
}

void DevicesPage::renderTimes()
{
    for (int row = 0; row < m_table->rows(); ++row) {
        const WorkTimes times
            = ceremony().workTimes(state().devices[static_cast<std::size_t>(row)].device->serial);
        if (times.begunMs < 0)
            continue;
        const qint64 until = times.endedMs < 0 ? Ceremony::monotonicMs() : times.endedMs;
        m_table->setCell(row, kTimeColumn, minutesAndSeconds(until - times.begunMs), Token::Muted);
    }
}

void DevicesPage::renderButtons()
{
    if (!m_next)
        return;
    const bool working = ceremony().devicesWork();
    const bool all = complete() == m_table->rows();
    m_pins->setVisible(!working && needsPins());
    m_finish->setVisible(!working && !all);
    m_next->setText(all ? tr("&Continue") : tr("&Go on"));
    m_next->setEnabled(!working && (all || ceremony().userPinHeld() || m_pinCard->complete()));
    // The work took the focus from what started it.
    if (std::exchange(m_worked, working) && !working)
        (m_pinCard->isVisibleTo(this) ? m_pinCard->firstField() : m_next)->setFocus();
}

void DevicesPage::goOn()
{
    if (complete() == m_table->rows()) {
        static_cast<void>(ceremony().finishDevices());
        return;
    }
    if (!ceremony().userPinHeld() && !m_pinCard->enter())
        return;
    static_cast<void>(ceremony().makeDevices());
}

void DevicesPage::leave()
{
    m_pinCard->wipe();
}

QWidget* DevicesPage::initialFocus()
{
    return m_pinCard->isVisibleTo(this) ? m_pinCard->firstField() : nullptr;
}

} // namespace conclave::ui
