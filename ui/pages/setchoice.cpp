// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/setchoice.h"

#include "core/base/hex.h"
#include "core/ceremony/background.h"
#include "core/ceremony/companionfile.h"
#include "core/device/ondone.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace conclave::ui {

namespace {

constexpr std::array<std::size_t, 3> kPrimeBytes{ 8, 16, 20 }; ///< 64, 128 and 160 bits

} // namespace

SetChoice::SetChoice(QString folder, QWidget* parent)
    : Card(tr("Which set is your sheet of?"), parent)
    , m_folder(std::move(folder))
    , m_choose(new Button(tr("&Choose the companion file…"), Button::Look::Secondary, this))
    , m_problem(new Note(Note::Kind::Danger, {}, this))
    , m_factsSlot(new QVBoxLayout)
    , m_byHand(new Tick(tr("I do not have that file. I type the prime."), this))
    , m_prime(new QLineEdit(this))
    , m_primeField(new FormField(tr("&Prime, as on the sheet"), m_prime, this))
{
    body()->addWidget(new Label(tr("The companion lies beside the share file and is named like it: "
                                   "…-share-1.json. It knows the set, the prime and, for most sets, how to "
                                   "judge a single share."),
        Type::Body, Token::Muted, this));
    m_choose->setObjectName(QStringLiteral("chooseCompanion"));
    m_choose->setIcon(icon(Icon::Folder));
    auto* line = new QHBoxLayout;
    line->addWidget(m_choose);
    line->addStretch();
    body()->addLayout(line);
    m_problem->hide();
    body()->addWidget(m_problem);
    body()->addLayout(m_factsSlot);
    m_byHand->setObjectName(QStringLiteral("primeByHand"));
    body()->addWidget(m_byHand);
    m_prime->setObjectName(QStringLiteral("prime"));
    m_prime->setFont(Theme::instance().font(Type::Value));
    m_primeField->setHint(tr("With or without colons and spaces. It is no secret."));
    m_primeField->hide();
    body()->addWidget(m_primeField);

    connect(m_choose, &QAbstractButton::clicked, this, &SetChoice::chooseFile);
    connect(m_prime, &QLineEdit::textChanged, this, &SetChoice::judgePrime);
    connect(m_byHand, &QAbstractButton::toggled, this, [this](bool byHand) {
        ++m_reading;
        m_choose->setEnabled(!byHand);
        m_primeField->setVisible(byHand);
        m_problem->hide();
        m_chosen.reset();
        showFacts();
        judgePrime();
        if (byHand)
            m_prime->setFocus();
    });
}

QWidget* SetChoice::firstField() const
{
    return m_byHand->isChecked() ? static_cast<QWidget*>(m_prime) : m_choose;
}

void SetChoice::chooseFile()
{
    auto* files = new QFileDialog(this, tr("The companion of the share file"), m_folder);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilter(tr("Companions of share files (%1)").arg(QStringLiteral("*.json")));
    connect(files, &QFileDialog::fileSelected, this, &SetChoice::read);
    files->open();
}

void SetChoice::read(const QString& path)
{
    m_folder = QFileInfo(path).path();
    const int reading = ++m_reading;
    onDone(ceremony::inBackground(
               *QThreadPool::globalInstance(), [path] { return ceremony::readCompanion(path); }),
        this, [this, reading](const QFuture<Result<dkek::Companion>>& done) {
            if (reading == m_reading)
                take(done.result());
        });
}

void SetChoice::take(const Result<dkek::Companion>& companion)
{
    m_chosen.reset();
    if (!companion)
        refuse(errorSentence(companion.error()));
    else if (!companion->scheme)
        refuse(tr("This share file has one password. It has no sheets to check."));
    else if (const Status prime = dkek::checkPrime(companion->prime); !prime)
        refuse(errorSentence(prime.error()));
    else {
        m_problem->hide();
        m_chosen = *companion;
    }
    showFacts();
    Q_EMIT changed();
}

void SetChoice::judgePrime()
{
    if (!m_byHand->isChecked()) {
        Q_EMIT changed();
        return;
    }
    m_chosen.reset();
    QString digits = m_prime->text();
    digits.removeIf([](QChar c) { return c.isSpace() || c == QLatin1Char(':'); });
    const std::optional<Bytes> prime = fromHex(digits);
    QString problem;
    if (digits.isEmpty())
        problem.clear();
    else if (std::ranges::any_of(digits, [](QChar c) { return hexDigitValue(c.unicode()) < 0; }))
        problem = tr("A prime has only the digits 0–9 and a–f.");
    else if (!prime || std::ranges::find(kPrimeBytes, prime->size()) == kPrimeBytes.end())
        problem = tr("A prime has 8, 16 or 20 pairs. Digits typed so far: %1.").arg(digits.size());
    else if (const Status fits = dkek::checkPrime(*prime); !fits)
        problem = tr("This is not a prime number. Compare it with the sheet pair by pair.");
    else {
        m_chosen.emplace();
        m_chosen->prime = *prime;
    }
    m_primeField->setError(problem);
    Q_EMIT changed();
}

void SetChoice::showFacts()
{
    delete m_facts;
    m_facts = nullptr;
    if (!m_chosen || !m_chosen->scheme)
        return;
    auto* facts = new Facts(this);
    facts->add(tr("Ceremony"), ltr(m_chosen->ceremony), Type::Value);
    facts->add(tr("Set"), ltr(m_chosen->set), Type::Value);
    facts->add(
        tr("Rule"), tr("%1 of %2 custodians").arg(m_chosen->scheme->threshold).arg(m_chosen->scheme->total));
    facts->add(tr("Verifier"),
        m_chosen->verifiers ? tr("One for each share") : tr("None: the check code alone judges a sheet"));
    m_facts = facts;
    m_factsSlot->addWidget(m_facts);
}

void SetChoice::refuse(const QString& reason)
{
    m_problem->setText(reason);
    m_problem->show();
}

} // namespace conclave::ui
