// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/proofpage.h"

#include "core/dkek/checkpairs.h"
#include "ui/pages/passwordrule.h"
#include "ui/pages/turnwords.h"
#include "ui/shell/dialog.h"
#include "ui/shell/onlookerline.h"
#include "ui/text/errortext.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/sharecard.h"
#include "ui/widgets/showbutton.h"

#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr int kTriesBeforeFreshSheet = 3;
}

ProofPage::ProofPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_note(new Note(Note::Kind::Warn, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    auto* card = new Card({}, this);
    const dkek::CustodianShare* share = ceremony.shareOnShow();
    if (share) {
        card->body()->addWidget(new Label(tr("Share value"), Type::FieldName, Token::Text, card));
        m_entry = new HexEntry(static_cast<int>(share->value.size()), tr("Share value"), card);
        m_entry->setCheckPairs(dkek::kCheckPairs);
        m_expected = dkek::sheetRows(share->id, share->value);
        m_entry->setExpected(&m_expected);
        card->body()->addWidget(m_entry);
        m_row = new ShareCard(this);
        m_row->hide();
        m_readAloud = new ReadAloud(this);
        connect(m_readAloud, &ReadAloud::switched, this, [this](bool on) {
            m_entry->setReadAloud(on);
            if (!on)
                return;
            this->ceremony().noteReadAloud();
            if (m_row->isVisible())
                m_readAloud->offer(m_row->lines());
            else
                m_entry->setFocus();
        });
        connect(m_entry, &HexEntry::rowCompleted, this, &ProofPage::rowCompleted);
        connect(m_entry, &HexEntry::changed, this, &ProofPage::judge);
        connect(m_entry, &HexEntry::refused, this, [this](const QString& reason) {
            m_note->setText(reason);
            m_note->show();
        });
        connect(m_entry, &HexEntry::pairDiffers, this, [this](int row, int pair) {
            const int check = pair - m_entry->pairsInRow(row) + 1;
            m_note->setText(check > 0
                    ? tr("Row %1, check pair %2 differs from your share. Look at your sheet.")
                          .arg(row + 1)
                          .arg(check)
                    : m_entry->rows() > 1
                    ? tr("Row %1, pair %2 differs from your share. Look at your sheet.")
                          .arg(row + 1)
                          .arg(pair + 1)
                    : tr("Pair %1 differs from your share. Look at your sheet.").arg(pair + 1));
            m_note->show();
        });
    } else {
        m_password = new SecretField(SecretField::Accept::Any, kLongestPassword, card);
        card->body()->addWidget(secretFormField(tr("&Password"), m_password, card));
        connect(m_password, &SecretField::changed, this, &ProofPage::judge);
    }
    layout->addWidget(card);
    if (m_row)
        layout->addWidget(m_row);
    m_note->hide();
    layout->addWidget(m_note);
    if (m_readAloud)
        layout->addWidget(m_readAloud);
    layout->addStretch(1);
    layout->addWidget(new OnlookerLine(OnlookerLine::Place::Turn, this));
}

ProofPage::~ProofPage()
{
    if (m_entry)
        m_entry->setExpected(nullptr);
}

QString ProofPage::title() const
{
    return isPassword() ? tr("Type the password again") : tr("Type your share back");
}

QString ProofPage::lead() const
{
    return isPassword() ? tr("This proves that you know it.")
                        : tr("Read it from your sheet, not from memory.");
}

RoleBanner::Content ProofPage::banner() const
{
    if (isPassword())
        return turnBanner(ceremony(), tr("Only the password is typed now."));
    return turnBanner(ceremony(),
        tr("Only share %1 is typed now.")
            .arg(state().custodianNumber(ceremony().turnSet(), ceremony().turnId())));
}

QString ProofPage::railSubline() const
{
    return turnSubline(ceremony());
}

void ProofPage::fillFooter(FooterBar& footer)
{
    Button* coverNow = footer.addStart(new Button(tr("C&over now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &ProofPage::cover);
    if (!isPassword()) {
        m_showRow = footer.addStart(new Button(tr("&Show row again"), Button::Look::Secondary));
        connect(m_showRow, &QAbstractButton::clicked, this, &ProofPage::toggleRow);
    }
    m_newShares = footer.addStart(new Button(tr("&Make new shares…"), Button::Look::Secondary));
    connect(m_newShares, &QAbstractButton::clicked, this, [this] {
        ask(this, ceremony().rehearsal(), tr("Make new shares?"),
            tr("All shares of this set become void. Destroy the sheets already written."), tr("&Keep going"),
            tr("&Make new shares"),
            [this] { static_cast<void>(ceremony().abandonSet(VoidReason::ProofFailed)); });
    });
    m_confirm = footer.addEnd(new Button(tr("&Confirm"), Button::Look::Primary));
    footer.setPrimary(m_confirm);
    connect(m_confirm, &QAbstractButton::clicked, this, &ProofPage::confirm);
    judge();
}

void ProofPage::render()
{
    // In the turn the share may have been wiped by an event from elsewhere; never compare with a dead one.
    if (m_entry && !ceremony().shareOnShow()) {
        m_entry->setExpected(nullptr);
        m_expected.clear();
    }
    if (m_newShares)
        m_newShares->setVisible(ceremony().proofTries() >= kTriesBeforeFreshSheet);
}

void ProofPage::leave()
{
    if (m_entry) {
        m_entry->setExpected(nullptr);
        m_expected.clear();
        m_entry->clear();
        m_row->clear();
        m_readAloud->clear();
    }
    if (m_password)
        m_password->clear();
}

QWidget* ProofPage::initialFocus()
{
    return m_fits ? nullptr : m_entry ? static_cast<QWidget*>(m_entry) : m_password;
}

void ProofPage::cover()
{
    // A sheet that was found right may be sealed by now: its proof is not asked for again.
    if (m_fits)
        proven();
    else
        static_cast<void>(ceremony().dropCurtain());
}

void ProofPage::judge()
{
    if (!m_confirm)
        return;
    const bool typed = m_entry ? m_entry->fits() : !m_password->isEmpty();
    m_confirm->setEnabled(m_fits || typed);
    if (m_showRow)
        m_showRow->setEnabled(m_differingRow >= 0 && !m_fits);
    if (m_entry && typed && !m_fits)
        m_note->hide();
}

void ProofPage::rowCompleted(int row, bool fits)
{
    if (fits) {
        if (m_differingRow == row) {
            m_differingRow = -1;
            hideRow();
        }
    } else {
        m_differingRow = row;
        static_cast<void>(ceremony().countFailedProof());
    }
    judge();
}

void ProofPage::hideRow()
{
    m_row->hide();
    m_row->clear();
    m_readAloud->offer({});
    m_showRow->setText(tr("&Show row again"));
}

void ProofPage::toggleRow()
{
    if (m_row->isVisible()) {
        hideRow();
        m_entry->setFocus();
        return;
    }
    if (m_expected.empty() || m_differingRow < 0)
        return;
    constexpr std::size_t kSheetRow = dkek::kPairsInRow + dkek::kCheckPairs;
    const std::size_t from = static_cast<std::size_t>(m_differingRow) * kSheetRow;
    m_row->showRow(m_differingRow, m_entry->rows(),
        m_expected.view().subspan(from, std::min(kSheetRow, m_expected.size() - from)));
    m_row->QWidget::show();
    if (m_readAloud->isOn())
        m_readAloud->offer(m_row->lines());
    m_showRow->setText(tr("&Hide the row"));
}

void ProofPage::confirm()
{
    if (m_fits) {
        proven();
        return;
    }
    if (isPassword()) {
        const Result<bool> proved = ceremony().provePassword(m_password->view());
        if (proved && !*proved) {
            m_password->clear();
            m_note->setText(tr("This is not the password that was chosen."));
            m_note->show();
        }
        return;
    }
    if (!m_entry->fits())
        return;
    m_fits = true;
    m_entry->setEnabled(false);
    m_note->setKind(Note::Kind::Ok);
    m_note->setText(tr("Your note is right. Fold the sheet and seal it."));
    m_note->show();
    m_confirm->setText(tr("&Cover the screen"));
    judge();
    m_confirm->setFocus();
}

void ProofPage::proven()
{
    const SecretBytes typed = m_entry->value();
    m_entry->setExpected(nullptr);
    if (const Result<bool> proved = ceremony().proveShare(typed); !proved) {
        m_note->setKind(Note::Kind::Danger);
        m_note->setText(errorSentence(proved.error()));
    }
}

} // namespace conclave::ui
