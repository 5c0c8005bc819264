// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/entrypage.h"

#include "core/base/hex.h"
#include "ui/pages/passwordrule.h"
#include "ui/pages/turnwords.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/dots.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/showbutton.h"
#include "ui/widgets/tag.h"
#include "ui/widgets/tick.h"

#include <QGridLayout>
#include <QSpinBox>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kFirstIdInHex = 10; // where the stock tool's hexadecimal form differs
constexpr int kNameWidth = 150;

/// The prime is public; in rows like the sheet's.
QString primeRows(const QString& hex)
{
    QStringList rows;
    const Bytes prime = fromHex(hex).value_or(Bytes{});
    constexpr std::size_t kPairs = 8;
    for (std::size_t at = 0; at < prime.size(); at += kPairs)
        rows << ltr(toHexPairs(ByteView(prime).subspan(at, std::min(kPairs, prime.size() - at))));
    return rows.join(QLatin1Char('\n'));
}

} // namespace

EntryPage::EntryPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_note(new Note(Note::Kind::Warn, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    if (state().set(ceremony.turnSet())->rule.isPassword())
        buildPassword();
    else
        buildShare();
    m_note->hide();
    layout->addWidget(m_note);
    layout->addStretch(1);
}

void EntryPage::buildShare()
{
    const ShareSet& set = *state().set(ceremony().turnSet());
    const auto received = static_cast<int>(set.received.size());
    auto* line = new QHBoxLayout;
    line->setSpacing(space::k12);
    line->addWidget(new Label(tr("Shares received"), Type::FieldName, Token::Text, this));
    auto* dots = new Dots(this);
    dots->setCount(set.needed(), received);
    line->addWidget(dots);
    const QString sentence = tr("%1 of %2 received. Any %2 of the %3 custodians will do.")
                                 .arg(received)
                                 .arg(set.needed())
                                 .arg(set.rule.total);
    dots->setSentence(sentence);
    line->addWidget(new Label(sentence, Type::Body, Token::Muted, this), 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(line);

    auto* card = new Card({}, this);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k16);
    grid->setVerticalSpacing(space::k12);
    grid->setColumnMinimumWidth(0, kNameWidth);
    grid->setColumnStretch(1, 1);
    const auto name = [card](const QString& text, const QString& hint) {
        auto* box = new QVBoxLayout;
        box->setSpacing(0);
        box->addWidget(new Label(text, Type::FieldName, Token::Text, card));
        box->addWidget(new Label(hint, Type::Hint, Token::Muted, card));
        box->addStretch();
        return box;
    };

    grid->addLayout(name(tr("Prime"), tr("From the record")), 0, 0);
    auto* prime = new QHBoxLayout;
    prime->setSpacing(space::k16);
    prime->addWidget(new Label(primeRows(set.made->prime), Type::Value, Token::Text, card));
    prime->addWidget(new Tag(TagKind::Info, tr("Compare with your sheet"), card), 0, Qt::AlignVCenter);
    prime->addStretch();
    grid->addLayout(prime, 0, 1);

    m_id = new QSpinBox(card);
    m_id->setRange(0, set.rule.total);
    m_id->setSpecialValueText(QStringLiteral(" "));
    m_id->setAccessibleName(tr("Share ID"));
    m_id->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_id->setFont(Theme::instance().font(Type::ValueBold));
    m_id->setAlignment(Qt::AlignCenter);
    grid->addLayout(name(tr("Share ID"),
                        set.rule.total >= kFirstIdInHex
                            ? tr("Decimal, as on the sheet. OpenSC’s tool asks for it in hex.")
                            : tr("Decimal, as on the sheet")),
        1, 0);
    grid->addWidget(m_id, 1, 1, Qt::AlignLeft);

    const int bytes = set.rule.bits / 8;
    m_value = new HexEntry(bytes, tr("Share value"), card);
    grid->addLayout(name(tr("Share value"), tr("%n pair(s)", nullptr, bytes)), 2, 0);
    grid->addWidget(m_value, 2, 1);

    m_code = new CodeField(4, card);
    m_code->setAccessibleName(tr("Check code"));
    m_noCode = new Tick(tr("My sheet has no check code"), card);
    grid->addLayout(name(tr("Check code"), tr("4 characters")), 3, 0);
    auto* code = new QHBoxLayout;
    code->addWidget(m_code);
    code->addWidget(m_noCode, 1);
    grid->addLayout(code, 3, 1);
    card->body()->addLayout(grid);
    static_cast<QVBoxLayout*>(layout())->addWidget(card);

    connect(m_id, &QSpinBox::valueChanged, this, &EntryPage::judge);
    connect(m_value, &HexEntry::changed, this, &EntryPage::judge);
    connect(m_value, &HexEntry::refused, this, &EntryPage::say);
    connect(m_code, &CodeField::changed, this, &EntryPage::judge);
    connect(m_code, &CodeField::refused, this, &EntryPage::say);
    connect(m_noCode, &QAbstractButton::toggled, this, [this](bool none) {
        m_code->clear();
        m_code->setEnabled(!none);
        judge();
    });
}

void EntryPage::buildPassword()
{
    auto* card = new Card({}, this);
    m_password = new SecretField(SecretField::Accept::Any, kLongestPassword, card);
    card->body()->addWidget(secretFormField(tr("&Password"), m_password, card));
    static_cast<QVBoxLayout*>(layout())->addWidget(card);
    connect(m_password, &SecretField::changed, this, &EntryPage::judge);
}

QString EntryPage::title() const
{
    return isPassword() ? tr("Type the password") : tr("Type your share");
}

QString EntryPage::lead() const
{
    return isPassword() ? tr("It opens the share file. Nothing goes to the device before it fits.")
                        : tr("Read it from your sheet, pair by pair. Colons are added for you.");
}

RoleBanner::Content EntryPage::banner() const
{
    RoleBanner::Content content = turnBanner(ceremony(),
        isPassword() ? tr("Only the password is typed now.") : tr("Only one share is typed now."));
    if (m_id && m_id->value() > 0) {
        content.number = state().custodianNumber(ceremony().turnSet(), m_id->value());
        content.who = actorName(state(), Role::Custodian, content.number);
    }
    return content;
}

QString EntryPage::railSubline() const
{
    return turnSubline(ceremony());
}

QString EntryPage::help() const
{
    return tr("A tick means that the pair is complete. The check code judges the whole share. Sheets of "
              "other tools have "
              "no check code.");
}

void EntryPage::fillFooter(FooterBar& footer)
{
    Button* coverNow = footer.addStart(new Button(tr("Co&ver now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &EntryPage::cover);
    if (!isPassword()) {
        m_conceal = footer.addStart(new Button(tr("H&ide what I type"), Button::Look::Link));
        connect(m_conceal, &QAbstractButton::clicked, this, [this] { setConcealed(!m_concealed); });
    }
    Button* clearButton = footer.addEnd(new Button(tr("&Clear"), Button::Look::Secondary));
    connect(clearButton, &QAbstractButton::clicked, this, &EntryPage::clear);
    m_handIn = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_handIn);
    connect(m_handIn, &QAbstractButton::clicked, this, &EntryPage::handIn);
    judge();
}

void EntryPage::leave()
{
    clear();
}

QWidget* EntryPage::initialFocus()
{
    return isPassword() ? static_cast<QWidget*>(m_password) : m_id;
}

void EntryPage::cover()
{
    static_cast<void>(ceremony().dropCurtain());
}

void EntryPage::setConcealed(bool concealed)
{
    m_concealed = concealed;
    m_value->setConcealed(concealed);
    m_code->setConcealed(concealed);
    m_conceal->setText(concealed ? tr("Sh&ow what I type") : tr("H&ide what I type"));
}

void EntryPage::clear()
{
    if (isPassword()) {
        m_password->clear();
        return;
    }
    m_value->clear();
    m_code->clear();
    m_id->setValue(0);
    m_note->hide();
}

void EntryPage::say(const QString& text)
{
    m_note->setText(text);
    m_note->show();
}

void EntryPage::judge()
{
    Q_EMIT frameChanged();
    if (!m_handIn)
        return;
    if (isPassword()) {
        m_handIn->setText(tr("&Hand in the password"));
        m_handIn->setEnabled(!m_password->isEmpty());
        return;
    }
    m_handIn->setText(m_id->value() > 0 ? tr("&Hand in share %1").arg(m_id->value()) : tr("&Hand in"));
    m_handIn->setEnabled(
        m_id->value() > 0 && m_value->complete() && (m_noCode->isChecked() || m_code->complete()));
}

void EntryPage::handIn()
{
    Status handed;
    if (isPassword())
        handed = ceremony().enterPassword(m_password->take());
    else
        handed = ceremony().enterShare(dkek::CustodianShare{ m_id->value(), m_value->value() },
            m_noCode->isChecked() ? SecretBytes() : m_code->value());
    if (!handed) {
        const ErrorText text = describeError(handed.error());
        say(tr("%1. %2").arg(text.head, text.next.front()));
    }
}

} // namespace conclave::ui
