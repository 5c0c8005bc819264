// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/oldsetpage.h"

#include "core/ceremony/background.h"
#include "core/ceremony/oldset.h"
#include "core/device/ondone.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QDir>
#include <QFileDialog>
#include <QSpinBox>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kFewest = 2;
constexpr int kMost = 99;
constexpr int kMostShareFiles = 8;

QSpinBox* counter(int least, int most, const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(least, most);
    box->setAlignment(Qt::AlignCenter);
    box->setObjectName(name);
    return box;
}

} // namespace

OldSetPage::OldSetPage(Ceremony& ceremony, QString recordsFolder)
    : Page(ceremony)
    , m_folder(std::move(recordsFolder))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("The old set"), this);
    card->body()->addWidget(new Label(
        tr("The share file ends in .pbe. Conclave saves a companion beside it, named like it and ending "
           "in .json; other tools save none."),
        Type::Body, Token::Muted, card));
    m_choose = new Button(tr("&Choose the share file…"), Button::Look::Secondary, card);
    m_choose->setObjectName(QStringLiteral("chooseShareFile"));
    m_choose->setIcon(icon(Icon::Folder));
    auto* line = new QHBoxLayout;
    line->addWidget(m_choose);
    line->addStretch();
    card->body()->addLayout(line);
    m_problem = new Note(Note::Kind::Danger, {}, card);
    m_problem->hide();
    card->body()->addWidget(m_problem);
    m_factsSlot = new QVBoxLayout;
    card->body()->addLayout(m_factsSlot);
    layout->addWidget(card);

    auto* other = new Card(tr("A set of another tool"), this);
    other->body()->addWidget(new Label(
        tr("No companion lies beside this file. So it is taken for a set made with sc-hsm-tool, and what "
           "a companion would say is asked for."),
        Type::Body, Token::Muted, other));
    m_threshold = counter(kFewest, kMost, QStringLiteral("threshold"), other);
    m_threshold->setValue(3);
    auto* rule = new FormField(tr("&Sheets that open it together"), m_threshold, other);
    rule->setHint(tr("As agreed when the set was made: --pwd-shares-threshold."));
    m_shareFile = counter(1, kMostShareFiles, QStringLiteral("shareFile"), other);
    m_shareFiles = counter(1, kMostShareFiles, QStringLiteral("shareFiles"), other);
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(space::k16);
    numbers->addWidget(rule, 2);
    numbers->addWidget(new FormField(tr("It is share &file"), m_shareFile, other), 1);
    numbers->addWidget(new FormField(tr("&of the device’s"), m_shareFiles, other), 1);
    other->body()->addLayout(numbers);
    m_otherTool = other;
    m_otherTool->hide();
    layout->addWidget(other);
    layout->addStretch(1);

    connect(m_choose, &QAbstractButton::clicked, this, &OldSetPage::chooseFile);
    connect(m_shareFile, &QSpinBox::valueChanged, m_shareFiles, &QSpinBox::setMinimum);
}

QString OldSetPage::title() const
{
    return tr("Choose the set that gets new custodians");
}

QString OldSetPage::lead() const
{
    return tr(
        "Its custodians type their sheets, then the same backup secret gets a new share file, a new password "
        "and new sheets. No device takes part.");
}

RoleBanner::Content OldSetPage::banner() const
{
    return officerActs(tr("Custodians of the old set: have your sheets ready."));
}

QString OldSetPage::railSubline() const
{
    return tr("Which set");
}

QString OldSetPage::help() const
{
    return tr(
        "A device keeps its backup secret and its keys: the new set gives the same secret. The old sheets "
        "stay as good as before until they are destroyed, so the record lists them.");
}

void OldSetPage::fillFooter(FooterBar& footer)
{
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &OldSetPage::back);
    m_use = footer.addEnd(new Button(tr("&Use this set"), Button::Look::Primary));
    footer.setPrimary(m_use);
    connect(m_use, &QAbstractButton::clicked, this, &OldSetPage::use);
    judge();
}

QWidget* OldSetPage::initialFocus()
{
    return m_choose;
}

void OldSetPage::back()
{
    static_cast<void>(ceremony().goBack(BackTarget::Preparation));
}

void OldSetPage::chooseFile()
{
    auto* files = new QFileDialog(this, tr("The share file of the old set"), m_folder);
    files->setAttribute(Qt::WA_DeleteOnClose);
    files->setFileMode(QFileDialog::ExistingFile);
    files->setNameFilters({ tr("Share files and companions (%1)").arg(QStringLiteral("*.pbe *.json")),
        tr("All files (%1)").arg(QStringLiteral("*")) });
    connect(files, &QFileDialog::fileSelected, this, &OldSetPage::read);
    files->open();
}

void OldSetPage::read(const QString& path)
{
    m_folder = QFileInfo(path).path();
    const int reading = ++m_reading;
    onDone(inBackground(*QThreadPool::globalInstance(), [path] { return readOldSet(path); }), this,
        [this, reading](const QFuture<Result<SetBrought>>& done) {
            if (reading == m_reading)
                take(done.result());
        });
}

void OldSetPage::take(const Result<SetBrought>& set)
{
    m_set.reset();
    QString problem;
    if (!set) {
        const ErrorText text = describeError(set.error());
        problem = QStringList{ text.head, text.happened }.join(QLatin1Char('\n'));
    } else if (!set->ofAnotherTool() && set->threshold == 0) {
        problem = tr("This share file has one password and no sheets.");
    } else {
        m_set = *set;
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_otherTool->setVisible(m_set && m_set->ofAnotherTool());
    showFacts();
    judge();
    if (m_set && m_set->ofAnotherTool())
        m_threshold->setFocus(Qt::OtherFocusReason);
    else if (m_set)
        m_use->setFocus(Qt::OtherFocusReason);
}

void OldSetPage::showFacts()
{
    delete m_facts;
    m_facts = nullptr;
    if (!m_set)
        return;
    auto* facts = new Facts(this);
    facts->add(tr("Share file"), ltr(m_set->file), Type::Value);
    facts->add(tr("Folder"), QDir::toNativeSeparators(m_set->folder));
    if (!m_set->ofAnotherTool()) {
        facts->add(tr("Ceremony"), ltr(m_set->ceremony), Type::Value);
        facts->add(tr("Set"), ltr(m_set->set), Type::Value);
        facts->add(tr("Rule"), tr("%1 of %2 custodians").arg(m_set->threshold).arg(m_set->total));
        if (!m_set->device.isEmpty())
            facts->add(tr("Device"), ltr(m_set->device), Type::Value);
        if (!m_set->kcv.isEmpty())
            facts->add(tr("Key check value"), ltr(hexGroups(m_set->kcv)), Type::Value);
    }
    facts->add(tr("SHA-256"), ltr(shortFingerprint(m_set->sha256)), Type::Value);
    m_facts = facts;
    m_factsSlot->addWidget(m_facts);
}

void OldSetPage::judge()
{
    if (m_use)
        m_use->setEnabled(m_set.has_value());
}

void OldSetPage::use()
{
    SetBrought set = *m_set;
    if (set.ofAnotherTool()) {
        set.threshold = m_threshold->value();
        set.shareFile = m_shareFile->value();
        set.shareFiles = m_shareFiles->value();
    }
    static_cast<void>(ceremony().chooseOldSet(set));
}

} // namespace conclave::ui
