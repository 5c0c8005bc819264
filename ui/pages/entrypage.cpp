// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/entrypage.h"

#include "core/base/hex.h"
#include "core/device/ondone.h"
#include "ui/pages/passwordrule.h"
#include "ui/pages/plainsheetentry.h"
#include "ui/pages/sheetentry.h"
#include "ui/pages/turnwords.h"
#include "ui/shell/onlookerline.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/dots.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/showbutton.h"

#include <QLineEdit>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr std::size_t kFewestPrimeBytes = 8;
}

EntryPage::EntryPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_note(new Note(Note::Kind::Warn, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    layout->addWidget(new OnlookerLine(OnlookerLine::Place::FullTurn, this));
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
    const QString sentence = receivedSentence(set);
    dots->setSentence(sentence);
    line->addWidget(new Label(sentence, Type::Body, Token::Muted, this), 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(line);

    if (set.ofAnotherTool) {
        if (set.made->prime.isEmpty())
            buildPrime();
        else
            buildPlainSheet();
        return;
    }
    m_sheet = new SheetEntry(fromHex(set.made->prime).value_or(Bytes{}),
        state().brought ? tr("From the companion") : tr("From the record"), set.rule.total, this);
    static_cast<QVBoxLayout*>(layout())->addWidget(m_sheet);
    connect(m_sheet, &SheetEntry::changed, this, &EntryPage::sheetEdited);
    connect(m_sheet, &SheetEntry::readAloud, this, [this] { ceremony().noteReadAloud(); });
}

void EntryPage::buildPrime()
{
    auto* card = new Card({}, this);
    card->body()->addWidget(new Label(
        tr("You are the first: type the prime from your sheet. It is no secret and the same on all sheets of "
           "the set."),
        Type::Body, Token::Text, card));
    m_prime = new QLineEdit(card);
    m_prime->setObjectName(QStringLiteral("prime"));
    m_prime->setFont(Theme::instance().font(Type::Value));
    m_primeField = new FormField(tr("&Prime, as on the sheet"), m_prime, card);
    m_primeField->setHint(tr("With or without colons and spaces."));
    card->body()->addWidget(m_primeField);
    static_cast<QVBoxLayout*>(layout())->addWidget(card);
    m_primeCard = card;
    connect(m_prime, &QLineEdit::textChanged, this, &EntryPage::judgePrime);
}

void EntryPage::judgePrime()
{
    QString digits = m_prime->text();
    digits.removeIf([](QChar c) { return c.isSpace() || c == QLatin1Char(':'); });
    const std::optional<Bytes> prime = fromHex(digits);
    m_typedPrime.clear();
    QString problem;
    if (std::ranges::any_of(digits, [](QChar c) { return hexDigitValue(c.unicode()) < 0; }))
        problem = tr("A prime has only the digits 0–9 and a–f.");
    else if (!digits.isEmpty() && (!prime || prime->size() < kFewestPrimeBytes))
        problem = tr("A prime has 8 pairs or more. Digits typed so far: %1.").arg(digits.size());
    else if (prime && !dkek::checkPrime(*prime))
        problem = tr("This is not a prime number. Compare it with the sheet pair by pair.");
    else if (prime && !digits.isEmpty())
        m_typedPrime = *prime;
    m_primeField->setError(problem);
    judge();
}

void EntryPage::render()
{
    if (!m_primeCard || state().set(ceremony().turnSet())->made->prime.isEmpty())
        return;
    // The prime is recorded: the sheet itself comes next, in the same turn.
    m_primeCard->hide();
    m_primeCard->deleteLater();
    m_primeCard = nullptr;
    buildPlainSheet();
    Q_EMIT phaseChanged();
}

void EntryPage::buildPlainSheet()
{
    const Bytes prime = fromHex(state().set(ceremony().turnSet())->made->prime).value_or(Bytes{});
    m_plain = new PlainSheetEntry(prime, this);
    auto* column = static_cast<QVBoxLayout*>(layout());
    const int note = column->indexOf(m_note);
    column->insertWidget(note < 0 ? column->count() : note, m_plain);
    connect(m_plain, &PlainSheetEntry::changed, this, &EntryPage::judge);
    connect(m_plain, &PlainSheetEntry::readAloud, this, [this] { ceremony().noteReadAloud(); });
    connect(m_plain, &PlainSheetEntry::refused, this, &EntryPage::say);
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
    if (m_primeCard)
        return tr("Type the prime");
    return isPassword() ? tr("Type the password") : tr("Type your share");
}

QString EntryPage::lead() const
{
    if (m_primeCard)
        return tr("It stands above the share ID on every sheet of the set.");
    return isPassword() ? tr("It opens the share file. Nothing goes to the device before it fits.")
                        : tr("Read it from your sheet, pair by pair. Colons are added for you.");
}

RoleBanner::Content EntryPage::banner() const
{
    RoleBanner::Content content = turnBanner(ceremony(),
        isPassword() ? tr("Only the password is typed now.") : tr("Only one share is typed now."));
    if (m_sheet && m_sheet->id() > 0 && !state().brought) { // those of an old set are not named
        content.number = state().custodianNumber(ceremony().turnSet(), m_sheet->id());
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
    return tr(
        "The check pairs judge each row as soon as it is typed, the check code the whole share. One wrong "
        "pair of a row can be found again; nothing is changed unless you say that it matches your sheet. "
        "Sheets of other tools have neither.");
}

void EntryPage::fillFooter(FooterBar& footer)
{
    Button* coverNow = footer.addStart(new Button(tr("Co&ver now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &EntryPage::cover);
    m_conceal = nullptr;
    if (m_sheet || m_plain) {
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
    if (isPassword())
        return m_password;
    if (m_primeCard)
        return m_prime;
    return m_plain ? m_plain->firstField() : m_sheet->firstField();
}

void EntryPage::cover()
{
    static_cast<void>(ceremony().dropCurtain());
}

void EntryPage::setConcealed(bool concealed)
{
    m_concealed = concealed;
    if (m_plain)
        m_plain->setConcealed(concealed);
    else
        m_sheet->setConcealed(concealed);
    m_conceal->setText(concealed ? tr("Sh&ow what I type") : tr("H&ide what I type"));
}

void EntryPage::clear()
{
    if (isPassword()) {
        m_password->clear();
        return;
    }
    if (m_primeCard)
        m_prime->clear();
    else if (m_plain)
        m_plain->clear();
    else
        m_sheet->clear();
    m_note->hide();
}

void EntryPage::say(const QString& text)
{
    m_note->setText(text);
    m_note->show();
    for (QWidget* around = parentWidget(); around; around = around->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(around)) {
            // Below the rows, and laid out only when the events in the queue are done.
            QMetaObject::invokeMethod(
                m_note, [area, note = m_note] { area->ensureWidgetVisible(note, 0, 0); },
                Qt::QueuedConnection);
            break;
        }
    }
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
    if (m_primeCard) {
        m_handIn->setText(tr("&Go on"));
        m_handIn->setEnabled(!m_typedPrime.empty());
        return;
    }
    if (m_plain) {
        m_handIn->setText(tr("&Hand in"));
        m_handIn->setEnabled(m_plain->complete());
        return;
    }
    m_handIn->setText(m_sheet->id() > 0 ? tr("&Hand in share %1").arg(m_sheet->id()) : tr("&Hand in"));
    m_handIn->setEnabled(m_sheet->complete());
}

void EntryPage::handIn()
{
    if (isPassword())
        tell(ceremony().enterPassword(m_password->take()));
    else if (m_primeCard)
        tell(ceremony().enterPrime(m_typedPrime));
    else if (m_plain)
        tell(ceremony().enterSheet(m_plain->sheet()));
    else
        handInSheet();
}

void EntryPage::handInSheet()
{
    if (m_asking)
        return;
    SecretBytes code = m_sheet->checkCode();
    if (!code.empty()) {
        tell(ceremony().enterShare(m_sheet->share(), std::move(code)));
        return;
    }
    // Without a check code only the companion can tell a sheet of another set before all are rebuilt.
    m_asking = true;
    onDone(ceremony().askCompanion(m_sheet->share()), this,
        [this, asked = ++m_asked](const QFuture<Result<dkek::VerifierAnswer>>& done) {
            if (asked != m_asked)
                return;
            m_asking = false;
            const Result<dkek::VerifierAnswer> answer = done.result();
            if (!answer)
                tell(fail(answer.error()));
            else if (*answer == dkek::VerifierAnswer::Differs)
                say(tr("Share %1 is not one of the set %2, or there is a slip in it.\nCompare the set on the "
                       "sheet, and pair by pair what you typed. It is still there.")
                        .arg(QString::number(m_sheet->id()),
                            ltr(state().set(ceremony().turnSet())->made->set)));
            else
                tell(ceremony().enterShare(m_sheet->share(), {}));
        });
}

void EntryPage::sheetEdited()
{
    m_asking = false;
    ++m_asked;
    judge();
}

void EntryPage::tell(const Status& handed)
{
    if (handed)
        return;
    const ErrorText text = describeError(handed.error());
    say(QStringList{ text.head, text.happened, text.next.front() }.join(QLatin1Char('\n')));
}

} // namespace conclave::ui
