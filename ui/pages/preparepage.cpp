// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/preparepage.h"

#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/custodyrules.h"
#include "core/ceremony/transport.h"
#include "ui/pages/participantstable.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QDate>
#include <QDir>
#include <QFileDialog>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kLongestText = 200;

/// The first id of this year that has no folder yet.
QString suggestedId(const QString& recordsFolder)
{
    const int year = QDate::currentDate().year();
    for (int number = 1; number < 10'000; ++number) {
        const QString id = QStringLiteral("KC-%1-%2").arg(year).arg(number, 4, 10, QLatin1Char('0'));
        if (!QDir(recordsFolder).exists(id))
            return id;
    }
    return {};
}

/// The officer and a witness of this site, and whoever holds a share that is still missing.
std::vector<ParticipantNamed> peopleOf(const PausedForTravel& pause)
{
    std::vector<ParticipantNamed> people{ { Role::Officer, 1, {}, {} }, { Role::Witness, 1, {}, {} } };
    for (const TravellingCustodian& custodian : pause.custodians)
        people.push_back({ Role::Custodian, custodian.number, custodian.name, {} });
    return people;
}

} // namespace

PreparePage::PreparePage(Ceremony& ceremony, const QString& recordsFolder, QString ceremonyFolder)
    : Page(ceremony)
    , m_fixedFolder(std::move(ceremonyFolder))
    , m_purpose(new QLineEdit(this))
    , m_place(new QLineEdit(this))
    , m_id(new QLineEdit(suggestedId(recordsFolder), this))
    , m_records(new QLineEdit(QDir::toNativeSeparators(recordsFolder), this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);

    m_purpose->setObjectName(QStringLiteral("purpose"));
    m_place->setObjectName(QStringLiteral("place"));
    m_purpose->setMaxLength(kLongestText);
    m_place->setMaxLength(kLongestText);
    auto* first = new QHBoxLayout;
    first->setSpacing(space::k16);
    m_purposeField = new FormField(tr("P&urpose"), m_purpose, this);
    first->addWidget(m_purposeField, 2);
    first->addWidget(new FormField(tr("P&lace"), m_place, this), 1);
    layout->addLayout(first);

    auto* second = new QHBoxLayout;
    second->setSpacing(space::k16);
    m_idField = new FormField(tr("Ceremony &ID"), m_id, this);
    m_idField->setHint(tr("Characters A–Z, 0–9 and the dash."));
    second->addWidget(m_idField, 1);
    m_recordsField = new FormField(tr("&Folder for the records"), m_records, this);
    second->addWidget(m_recordsField, 2);
    auto* browseButton = new Button(tr("&Browse…"), Button::Look::Secondary, this);
    m_recordsField->addBeside(browseButton);
    layout->addLayout(second);
    if (!m_fixedFolder.isEmpty()) {
        m_records->setText(QDir::toNativeSeparators(m_fixedFolder));
        m_records->setReadOnly(true);
        browseButton->hide();
    }
    m_memoryFolder = new Tick(
        tr("Use this folder all the same. Its files are gone when the computer is switched off."), this);
    m_memoryFolder->hide();
    layout->addWidget(m_memoryFolder);

    auto* clock = new QHBoxLayout;
    clock->setSpacing(space::k16);
    m_clockLabel = new Label({}, Type::ValueBold, Token::Text, this);
    m_clock = new Tick(tr("The wall clock shows the same time"), this);
    m_clock->setObjectName(QStringLiteral("clock"));
    clock->addWidget(m_clockLabel);
    clock->addWidget(m_clock, 1);
    layout->addLayout(clock);

    auto* head = new QHBoxLayout;
    m_people = new Label({}, Type::FieldName, Token::Text, this);
    auto* addPerson = new Button(tr("&Add person"), Button::Look::Secondary, this);
    addPerson->setSmall(true);
    addPerson->setIcon(icon(Icon::Plus));
    auto* menu = new QMenu(addPerson);
    m_table = new ParticipantsTable(this);
    if (const PausedForTravel* pause = ceremony.partBefore()) {
        m_id->setText(pause->ceremony);
        m_purpose->setText(pause->purpose);
        m_table->setParticipants(peopleOf(*pause), true);
    }
    menu->addAction(tr("&Witness"), m_table, &ParticipantsTable::addWitness);
    menu->addAction(tr("&Custodian"), m_table, &ParticipantsTable::addCustodian);
    addPerson->setMenu(menu);
    head->addWidget(m_people, 1);
    head->addWidget(addPerson);
    layout->addLayout(head);
    layout->addWidget(m_table);
    m_peopleError = new Label({}, Type::Hint, Token::Danger, this);
    m_peopleError->hide();
    layout->addWidget(m_peopleError);
    m_samePeople = new Note(Note::Kind::Warn, {}, this);
    layout->addWidget(m_samePeople);
    m_noWitness = new Tick(tr("There is no witness."), this);
    layout->addWidget(m_noWitness);
    layout->addStretch(1);

    if (state().prepared) {
        m_purpose->setText(state().prepared->purpose);
        m_place->setText(state().prepared->place);
        m_clock->setChecked(state().prepared->clockConfirmed);
        m_noWitness->setChecked(state().prepared->withoutWitness);
        if (!state().participants.empty()) // going back took the names
            m_table->setParticipants(state().participants, state().before.has_value());
    }
    connect(browseButton, &QAbstractButton::clicked, this, &PreparePage::browse);
    const auto showPeople = [this] {
        m_people->setText(tr("Participants · %1").arg(m_table->summary()));
        const auto people = m_table->participants();
        m_noWitness->setVisible(std::none_of(
            people.begin(), people.end(), [](const ParticipantNamed& p) { return p.role == Role::Witness; }));
        QStringList same;
        for (const std::vector<int>& numbers : samePeople(people))
            same << tr(
                "Custodians %1 have the same name. They count as one person, who has all their shares.")
                        .arg(numbersInARow(numbers));
        const QString told = same.join(QLatin1Char('\n'));
        if (told != m_samePeople->text())
            m_samePeople->setText(told);
        m_samePeople->setVisible(!same.isEmpty());
    };
    connect(m_table, &ParticipantsTable::changed, this, showPeople);
    showPeople();
    auto* everySecond = new QTimer(this);
    everySecond->setInterval(std::chrono::seconds(1));
    connect(everySecond, &QTimer::timeout, this, &PreparePage::showClock);
    everySecond->start();
    showClock();
}

QString PreparePage::title() const
{
    return tr("Prepare the ceremony");
}

QString PreparePage::lead() const
{
    if (ceremony().partBefore())
        return tr("Say who takes part here. Custodians of this site who come are named; empty the names of "
                  "all others. No secret is entered here.");
    return tr("Say what this ceremony is for and who takes part. This goes into the report. No secret is "
              "entered here.");
}

RoleBanner::Content PreparePage::banner() const
{
    return officerActs(tr("Witnesses: check the names as they are entered."));
}

QString PreparePage::railSubline() const
{
    return tr("Purpose and people");
}

QString PreparePage::help() const
{
    return tr(
        "All files of the ceremony go into a folder of its own, named by the ceremony ID. Names and "
        "purpose can be changed until the device is changed; the record keeps what was entered before.");
}

void PreparePage::fillFooter(FooterBar& footer)
{
    Button* next = footer.addEnd(new Button(tr("&Continue"), Button::Look::Primary));
    footer.setPrimary(next);
    connect(next, &QAbstractButton::clicked, this, &PreparePage::submit);
}

void PreparePage::render()
{
    const bool begun = state().opened.has_value();
    m_id->setReadOnly(begun || ceremony().partBefore());
    m_records->setReadOnly(begun || !m_fixedFolder.isEmpty());
    if (begun)
        m_id->setText(state().opened->ceremony);
}

QWidget* PreparePage::initialFocus()
{
    return m_purpose->text().isEmpty() ? m_purpose : m_place;
}

void PreparePage::showClock()
{
    const QDateTime now = QDateTime::currentDateTime();
    m_clockLabel->setText(ltr(now.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"))));
}

QString PreparePage::folder() const
{
    if (!m_fixedFolder.isEmpty())
        return m_fixedFolder;
    // The part before may lie beside it.
    const QString id = m_id->text().trimmed();
    const QString name = ceremony().partBefore() ? partFolderName(id, ceremony().partBefore()->part + 1) : id;
    return QDir(QDir::fromNativeSeparators(m_records->text())).filePath(name);
}

void PreparePage::browse()
{
    auto* dialog = new QFileDialog(this, tr("Folder for the records"), m_records->text());
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& chosen) { m_records->setText(QDir::toNativeSeparators(chosen)); });
    dialog->open();
}

bool PreparePage::judge()
{
    m_purposeField->setError(
        m_purpose->text().trimmed().isEmpty() ? tr("Give the ceremony a purpose.") : QString());
    m_idField->setError(isCeremonyId(m_id->text().trimmed())
            ? QString()
            : tr("Use A–Z, 0–9 and the dash only, 40 characters at most."));
    m_recordsField->setError(m_records->text().trimmed().isEmpty() ? tr("Choose a folder.") : QString());
    const auto people = m_table->participants();
    QString error;
    bool witness = false;
    bool officer = false;
    for (const ParticipantNamed& person : people) {
        witness = witness || person.role == Role::Witness;
        officer = officer || person.role == Role::Officer;
    }
    if (!witness && !m_noWitness->isChecked())
        error = tr("Add at least one witness, or confirm that there is none.");
    if (!officer)
        error = tr("Name the security officer.");
    m_peopleError->setText(error);
    m_peopleError->setVisible(!error.isEmpty());
    if (m_purpose->text().trimmed().isEmpty())
        m_purpose->setFocus();
    return error.isEmpty() && !m_purpose->text().trimmed().isEmpty() && isCeremonyId(m_id->text().trimmed())
        && !m_records->text().trimmed().isEmpty();
}

void PreparePage::submit()
{
    if (ceremony().writing() || !judge())
        return;
    Preparation preparation;
    preparation.folder = folder();
    preparation.ceremonyId = m_id->text().trimmed();
    preparation.purpose = m_purpose->text().trimmed();
    preparation.place = m_place->text().trimmed();
    preparation.clockConfirmed = m_clock->isChecked();
    preparation.participants = m_table->participants();
    preparation.withoutWitness = std::none_of(preparation.participants.begin(),
        preparation.participants.end(), [](const ParticipantNamed& p) { return p.role == Role::Witness; });
    preparation.memoryFolderAccepted = m_memoryFolder->isChecked();
    if (const Status prepared = ceremony().prepare(std::move(preparation)); !prepared) {
        m_memoryFolder->setVisible(prepared.error().kind == ErrorKind::FolderInMemory);
        m_recordsField->setError(errorSentence(prepared.error()));
    }
}

} // namespace conclave::ui
