// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/restorepage.h"

#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/progresspanel.h"

#include <QFileDialog>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kStateColumn = 2;
constexpr int kResultColumn = 3;

} // namespace

RestorePage::RestorePage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_pinCard = new UserPinCard(ceremony, this);
    layout->addWidget(m_pinCard);
    m_progress = new ProgressPanel(this);
    layout->addWidget(m_progress);
    m_table = new Table({ tr("Label"), tr("Algorithm"), tr("Progress"), tr("Result") }, this);
    m_table->setColumnStretch(0, 2);
    m_table->setColumnStretch(kResultColumn, 3);
    for (const RestoredKeyRecord& each : state().restore.keys)
        m_table->addRow({ each.key.label.isEmpty() ? each.key.file : each.key.label,
            algorithmName(each.key.type), {}, {} });
    layout->addWidget(m_table);
    m_count = new Label({}, Type::FieldName, Token::Text, this);
    layout->addWidget(m_count);
    layout->addStretch(1);
    connect(m_pinCard, &UserPinCard::edited, this, &RestorePage::renderButtons);
}

QString RestorePage::title() const
{
    return tr("Restoring keys");
}

QString RestorePage::lead() const
{
    return tr(
        "The device opens each file inside itself. Then the key is used, and the result is compared with "
        "what is known of the original.");
}

RoleBanner::Content RestorePage::banner() const
{
    RoleBanner::Content content = officerActs({});
    content.othersIcon = Icon::Usb;
    content.othersStrong = ltr(state().device->serial);
    return content;
}

QString RestorePage::railSubline() const
{
    const auto total = static_cast<int>(state().restore.keys.size());
    const std::optional<int> next = state().restore.next();
    return next ? tr("Key %1 of %2").arg(*next + 1).arg(total) : tr("All done");
}

bool RestorePage::running() const
{
    const WorkKind kind = ceremony().work().kind;
    return kind == WorkKind::Restoring || kind == WorkKind::Settling;
}

void RestorePage::fillFooter(FooterBar& footer)
{
    m_files = footer.addStart(new Button(tr("C&hoose the files again…"), Button::Look::Secondary));
    connect(m_files, &QAbstractButton::clicked, this, &RestorePage::chooseFiles);
    m_skip = footer.addEnd(new Button({}, Button::Look::Secondary));
    connect(m_skip, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().skipRestore()); });
    m_next = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_next);
    connect(m_next, &QAbstractButton::clicked, this, &RestorePage::goOn);
    renderButtons();
}

void RestorePage::render()
{
    m_pinCard->setVisible(!ceremony().userPinHeld() && state().restore.next());
    m_pinCard->render();
    const Work& work = ceremony().work();
    m_progress->setVisible(running());
    if (!running()) {
        m_progress->stop();
    } else if (work.startedMs != m_shownStart) {
        m_shownStart = work.startedMs;
        QString what = tr("Reading the device");
        if (work.kind == WorkKind::Restoring) {
            const KeyToRestore& key = state().restore.keys[static_cast<std::size_t>(work.number)].key;
            what = tr("%1 · %2").arg(key.label.isEmpty() ? key.file : key.label, algorithmName(key.type));
        }
        m_progress->start(what, work.startedMs, work.usualLowMs, work.usualHighMs);
    }
    renderTable();
    renderButtons();
    Q_EMIT frameChanged();
}

void RestorePage::renderTable()
{
    const auto& keys = state().restore.keys;
    m_table->setCurrentRow(running() ? ceremony().work().number : -1);
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const RestoredKeyRecord& each = keys[i];
        const auto row = static_cast<int>(i);
        const bool atWork = running() && ceremony().work().number == row;
        switch (each.state) {
        case RestoreState::Waiting:
            m_table->setCell(row, kStateColumn,
                atWork                  ? tr("Running")
                    : each.failures > 0 ? tr("Failed")
                                        : tr("Waiting"),
                atWork                  ? Token::Accent
                    : each.failures > 0 ? Token::Danger
                                        : Token::Muted);
            m_table->setCell(row, kResultColumn, {});
            break;
        case RestoreState::Skipped:
            m_table->setCell(row, kStateColumn, tr("Skipped"), Token::Warn);
            break;
        case RestoreState::Restored:
            m_table->setCell(
                row, kStateColumn, each.wasThere() ? tr("✓ Was there already") : tr("✓ Restored"), Token::Ok);
            m_table->setCell(
                row, kResultColumn, restoreProof(each), each.restored->proved ? Token::Ok : Token::Warn);
            break;
        }
    }
    const auto total = static_cast<int>(keys.size());
    const int restored = state().restore.restored();
    const auto skipped
        = static_cast<int>(std::ranges::count(keys, RestoreState::Skipped, &RestoredKeyRecord::state));
    m_count->setText(skipped == 0
            ? tr("%1 of %n key(s) restored", nullptr, total).arg(restored)
            : tr("%1 of %n key(s) restored, %2 skipped", nullptr, total).arg(restored).arg(skipped));
}

void RestorePage::renderButtons()
{
    if (!m_next)
        return;
    const std::optional<int> next = state().restore.next();
    const bool failed = next && state().restore.keys[static_cast<std::size_t>(*next)].failures > 0;
    m_files->setVisible(next && !running());
    m_skip->setVisible(next && !running());
    if (next)
        m_skip->setText(tr("S&kip key %1").arg(*next + 1));
    if (!next)
        m_next->setText(tr("&Continue"));
    else if (*next > 0 || failed)
        m_next->setText(tr("&Go on with key %1").arg(*next + 1));
    else
        m_next->setText(tr("&Restore"));
    m_next->setEnabled(
        !running() && !state().pending && (!next || ceremony().userPinHeld() || m_pinCard->complete()));
    if (!next && !m_next->hasFocus())
        m_next->setFocus(); // the work took the focus from the button that started it
}

void RestorePage::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Folder with wrapped keys"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { static_cast<void>(ceremony().openBackup(path)); });
    dialog->open();
}

void RestorePage::goOn()
{
    if (!state().restore.next()) {
        static_cast<void>(ceremony().finishRestore());
        return;
    }
    if (!ceremony().userPinHeld() && !m_pinCard->enter())
        return;
    static_cast<void>(ceremony().restore());
}

void RestorePage::leave()
{
    m_pinCard->wipe();
}

QWidget* RestorePage::initialFocus()
{
    return m_pinCard->isVisibleTo(this) ? m_pinCard->firstField() : nullptr;
}

} // namespace conclave::ui
