// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/generatepage.h"

#include "ui/pages/certificaterequestdialog.h"
#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/shell/dialog.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progresspanel.h"

#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kStateColumn = 3;
constexpr int kResultColumn = 4;

} // namespace

GeneratePage::GeneratePage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);

    m_pinCard = new UserPinCard(ceremony, this);
    layout->addWidget(m_pinCard);

    m_progress = new ProgressPanel(this);
    layout->addWidget(m_progress);
    m_chance = new Label(
        tr("The device searches for prime numbers. The time is down to chance. It has not stopped."),
        Type::Body, Token::Muted, this);
    layout->addWidget(m_chance);

    m_table = new Table(
        { tr("Label"), tr("ID"), tr("Algorithm"), tr("Progress"), tr("Fingerprint and self-test") }, this);
    m_table->setColumnStretch(0, 2);
    m_table->setColumnStretch(kResultColumn, 3);
    for (const KeyRecord& key : state().keys)
        m_table->addRow({ key.planned.label, key.planned.id, algorithmName(key.planned.algorithm), {}, {} });
    layout->addWidget(m_table);

    auto* line = new QHBoxLayout;
    line->setSpacing(space::k16);
    m_count = new Label({}, Type::FieldName, Token::Text, this);
    m_bar = new QProgressBar(this);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, std::max(1, static_cast<int>(state().keys.size())));
    m_bar->setAccessibleName(tr("Keys done"));
    line->addWidget(m_count);
    line->addWidget(m_bar, 1);
    layout->addLayout(line);
    layout->addStretch(1);

    connect(m_pinCard, &UserPinCard::edited, this, &GeneratePage::renderButtons);
}

QString GeneratePage::title() const
{
    return tr("Generating keys");
}

QString GeneratePage::lead() const
{
    return tr(
        "The device makes each key inside itself. A self-test then uses it, and the result is checked.");
}

RoleBanner::Content GeneratePage::banner() const
{
    RoleBanner::Content content = officerActs({});
    content.othersIcon = Icon::Usb;
    content.othersStrong = ltr(state().device->serial);
    return content;
}

QString GeneratePage::railSubline() const
{
    const auto total = static_cast<int>(state().keys.size());
    const std::optional<int> next = state().nextKey();
    if (next)
        return tr("Key %1 of %2").arg(*next + 1).arg(total);
    return tested() == total ? tr("All done") : tr("%1 of %2 done").arg(tested()).arg(total);
}

bool GeneratePage::running() const
{
    const WorkKind kind = ceremony().work().kind;
    return kind == WorkKind::Generating || kind == WorkKind::Testing || kind == WorkKind::Deleting
        || kind == WorkKind::Settling || kind == WorkKind::RequestingCertificate;
}

int GeneratePage::tested() const
{
    return static_cast<int>(std::ranges::count(state().keys, KeyState::Tested, &KeyRecord::state));
}

QString GeneratePage::summary() const
{
    const auto total = static_cast<int>(state().keys.size());
    const auto others = static_cast<int>(std::ranges::count_if(state().keys, &KeyRecord::done)) - tested();
    return others == 0
        ? tr("%1 of %n key(s) done", nullptr, total).arg(tested())
        : tr("%1 of %n key(s) done, %2 failed, skipped or deleted", nullptr, total).arg(tested()).arg(others);
}

int GeneratePage::failedKey() const
{
    const auto failed = std::find_if(state().keys.begin(), state().keys.end(),
        [](const KeyRecord& key) { return key.state == KeyState::TestFailed; });
    return failed == state().keys.end() ? -1 : static_cast<int>(failed - state().keys.begin());
}

void GeneratePage::fillFooter(FooterBar& footer)
{
    m_stop = footer.addStart(new Button(tr("&Stop after this key"), Button::Look::Secondary));
    connect(m_stop, &QAbstractButton::clicked, this, [this] { ceremony().stopAfterThisKey(); });
    m_delete = footer.addStart(new Button(tr("&Delete the failed key…"), Button::Look::Secondary));
    connect(m_delete, &QAbstractButton::clicked, this, [this] {
        const int index = failedKey();
        ask(this, ceremony().rehearsal(), tr("Delete key %1?").arg(index + 1),
            tr("It failed its self-test and must not be used."), tr("&Keep it"), tr("&Delete it"),
            [this, index] {
                if (ceremony().userPinHeld() || m_pinCard->enter())
                    static_cast<void>(ceremony().deleteFailedKey(index));
            });
    });
    m_request = footer.addStart(new Button(tr("&Make a certificate request…"), Button::Look::Secondary));
    m_request->setObjectName(QStringLiteral("certificateRequest"));
    connect(m_request, &QAbstractButton::clicked, this,
        [this] { (new CertificateRequestDialog(ceremony(), this))->open(); });
    m_skip = footer.addEnd(new Button({}, Button::Look::Secondary));
    connect(m_skip, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().skipKey()); });
    m_next = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_next);
    connect(m_next, &QAbstractButton::clicked, this, &GeneratePage::start);
    renderButtons();
}

void GeneratePage::render()
{
    const bool finished = !state().nextKey();
    m_pinCard->setVisible(!ceremony().userPinHeld() && (!finished || failedKey() >= 0));
    m_pinCard->render();

    const Work& work = ceremony().work();
    const bool generating = work.kind == WorkKind::Generating || work.kind == WorkKind::Testing;
    m_progress->setVisible(running());
    m_chance->setVisible(work.kind == WorkKind::Generating
        && card::isRsa(state().keys[static_cast<std::size_t>(work.number)].planned.algorithm));
    if (running() && work.startedMs != m_shownStart) {
        m_shownStart = work.startedMs;
        QString what = tr("Reading the device");
        if (generating) {
            const PlannedKey& key = state().keys[static_cast<std::size_t>(work.number)].planned;
            what = work.kind == WorkKind::Testing
                ? tr("Self-test of %1").arg(key.label)
                : tr("%1 · %2").arg(key.label, algorithmName(key.algorithm));
        } else if (work.kind == WorkKind::Deleting) {
            what = tr("Deleting the key");
        } else if (work.kind == WorkKind::RequestingCertificate) {
            what = tr("Signing the certificate request");
        }
        m_progress->start(what, work.startedMs, work.usualLowMs, work.usualHighMs);
    }
    if (!running())
        m_progress->stop();
    renderTable();
    m_count->setText(summary());
    m_bar->setValue(tested());
    renderButtons();
    Q_EMIT frameChanged();
}

void GeneratePage::renderTable()
{
    const Work& work = ceremony().work();
    m_table->setCurrentRow(running() ? work.number : -1);
    for (std::size_t i = 0; i < state().keys.size(); ++i) {
        const KeyRecord& key = state().keys[i];
        const int row = static_cast<int>(i);
        QString progress;
        Token colour = Token::Muted;
        const bool atWork = running() && work.number == row;
        switch (key.state) {
        case KeyState::Waiting:
            progress = atWork ? tr("Running") : key.failures > 0 ? tr("Failed") : tr("Waiting");
            colour = atWork ? Token::Accent : key.failures > 0 ? Token::Danger : Token::Muted;
            break;
        case KeyState::Generated:
            progress = tr("Self-test");
            colour = Token::Accent;
            break;
        case KeyState::Tested:
            progress = tr("✓ Done");
            colour = Token::Ok;
            break;
        case KeyState::TestFailed:
            progress = tr("✗ Self-test failed");
            colour = Token::Danger;
            break;
        case KeyState::Skipped:
            progress = tr("Skipped");
            colour = Token::Warn;
            break;
        case KeyState::Deleted:
            progress = tr("Deleted");
            colour = Token::Warn;
            break;
        }
        m_table->setCell(row, kStateColumn, progress, colour);
        QString result;
        const QString seconds = QLocale().toString(key.testSeconds, 'f', 1);
        if (key.state == KeyState::Tested && card::isAes(key.planned.algorithm))
            result = tr("Answer to a challenge:\n%1\nEncrypted and decrypted · %2 s")
                         .arg(ltr(shortFingerprint(key.cmac)), seconds);
        else if (key.state == KeyState::Tested)
            result = tr("%1\nSigned and verified · %2 s")
                         .arg(ltr(shortFingerprint(key.generated->fingerprint)), seconds);
        else if (key.generated)
            result = ltr(shortFingerprint(key.generated->fingerprint));
        else if (atWork)
            result = tr("Shown when done");
        for (const CertificateRequested& request : key.requests)
            result = tr("%1\nRequest saved: %2").arg(result, ltr(request.file));
        m_table->setCell(
            row, kResultColumn, result, key.state == KeyState::Tested ? Token::Ok : Token::Muted);
    }
}

void GeneratePage::renderButtons()
{
    if (!m_next)
        return;
    const std::optional<int> next = state().nextKey();
    m_stop->setEnabled(running() && !ceremony().stopRequested());
    m_stop->setText(ceremony().stopRequested() ? tr("Stops after this key") : tr("&Stop after this key"));
    m_stop->setVisible(next.has_value());
    m_request->setVisible(!next);
    m_request->setEnabled(CertificateRequestDialog::isPossible(ceremony()));
    m_delete->setVisible(failedKey() >= 0);
    const bool pinReady = ceremony().userPinHeld() || m_pinCard->complete();
    m_delete->setEnabled(pinReady && !running() && !state().pending);
    m_skip->setVisible(next && !running());
    if (next)
        m_skip->setText(tr("S&kip key %1").arg(*next + 1));
    if (!next)
        m_next->setText(tr("&Continue"));
    else if (*next > 0 || state().keys[static_cast<std::size_t>(*next)].failures > 0)
        m_next->setText(tr("&Go on with key %1").arg(*next + 1));
    else
        m_next->setText(tr("&Generate"));
    m_next->setEnabled(!running() && !state().pending && (!next || pinReady));
    if (!next && !m_next->hasFocus())
        m_next->setFocus(); // the work took the focus from the button that started it
}

void GeneratePage::start()
{
    if (!state().nextKey()) {
        static_cast<void>(ceremony().finishGeneration());
        return;
    }
    if (!ceremony().userPinHeld() && !m_pinCard->enter())
        return;
    static_cast<void>(ceremony().generate());
}

void GeneratePage::leave()
{
    m_pinCard->wipe();
}

QWidget* GeneratePage::initialFocus()
{
    return m_pinCard->isVisibleTo(this) ? m_pinCard->firstField() : nullptr;
}

} // namespace conclave::ui
