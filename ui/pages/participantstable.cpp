// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/participantstable.h"

#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kMostPeople = 140; // 8 share files of 16 custodians, and some to watch
constexpr int kLongestName = 200;

} // namespace

ParticipantsTable::ParticipantsTable(QWidget* parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(space::k12);
    m_grid->setVerticalSpacing(space::k4);
    m_grid->setColumnStretch(1, 3);
    m_grid->setColumnStretch(2, 2);
    m_grid->addWidget(new Label(tr("Role"), Type::TableHead, Token::Muted, this), 0, 0);
    m_grid->addWidget(new Label(tr("Name"), Type::TableHead, Token::Muted, this), 0, 1);
    m_grid->addWidget(new Label(tr("Identity checked by"), Type::TableHead, Token::Muted, this), 0, 2);
    add(Role::Officer);
    add(Role::Witness);
    for (int custodian = 0; custodian < 5; ++custodian)
        add(Role::Custodian);
}

void ParticipantsTable::add(Role role, const QString& name, const QString& checkedBy, int fixed)
{
    if (rows() >= kMostPeople)
        return;
    Row row;
    row.role = role;
    row.fixed = fixed;
    row.roleLabel = new Label({}, Type::Body, Token::Text, this);
    row.name = new QLineEdit(name, this);
    row.name->setMaxLength(kLongestName);
    row.checkedBy = new QComboBox(this);
    row.checkedBy->setProperty("wanted", checkedBy);
    if (role != Role::Officer && fixed == 0) {
        row.remove = new Button({}, Button::Look::Link, this);
        row.remove->setIcon(icon(Icon::Minus));
    }
    const auto after
        = std::find_if(m_rows.begin(), m_rows.end(), [role](const Row& other) { return other.role > role; });
    const Row inserted = *m_rows.insert(after, row);
    connect(inserted.name, &QLineEdit::textChanged, this, &ParticipantsTable::changed);
    if (inserted.remove)
        connect(inserted.remove, &QAbstractButton::clicked, this, [this, inserted] { remove(inserted); });
    layOut();
    Q_EMIT changed();
}

void ParticipantsTable::remove(const Row& row)
{
    const auto found = std::find_if(
        m_rows.begin(), m_rows.end(), [&row](const Row& other) { return other.name == row.name; });
    m_rows.erase(found);
    for (QWidget* widget :
        std::initializer_list<QWidget*>{ row.roleLabel, row.name, row.checkedBy, row.remove })
        widget->deleteLater();
    layOut();
    Q_EMIT changed();
}

void ParticipantsTable::layOut()
{
    number();
    QWidget* last = nullptr;
    int line = 1;
    for (const Row& row : m_rows) {
        m_grid->addWidget(row.roleLabel, line, 0);
        m_grid->addWidget(row.name, line, 1);
        m_grid->addWidget(row.checkedBy, line, 2);
        if (row.remove)
            m_grid->addWidget(row.remove, line, 3);
        if (last)
            setTabOrder(last, row.name);
        setTabOrder(row.name, row.checkedBy);
        last = row.checkedBy;
        if (row.remove) {
            setTabOrder(row.checkedBy, row.remove);
            last = row.remove;
        }
        ++line;
    }
}

void ParticipantsTable::number()
{
    // Who can check an identity: the officer and the witnesses, but nobody their own.
    struct Checker {
        QString role;
        QObject* row;
    };
    std::vector<Checker> checkers;
    const std::vector<int> numbered = numbers();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QString role = roleName(row.role, numbered[i]);
        row.roleLabel->setText(role);
        row.name->setAccessibleName(tr("Name of %1").arg(role));
        row.checkedBy->setAccessibleName(tr("Identity of %1 checked by").arg(role));
        if (row.remove) {
            row.remove->setAccessibleName(tr("Remove %1").arg(role));
            row.remove->setToolTip(tr("Remove %1").arg(role));
        }
        if (row.role != Role::Custodian)
            checkers.push_back({ role, row.name });
    }
    for (const Row& row : m_rows) {
        // By the row, not by its number: that changes when a row before it goes.
        const QVariant chosen = row.checkedBy->currentData();
        row.checkedBy->clear();
        row.checkedBy->addItem(tr("Not checked yet"));
        for (const Checker& checker : checkers) {
            if (checker.row != row.name)
                row.checkedBy->addItem(checker.role, QVariant::fromValue(checker.row));
        }
        const int index = chosen.isValid()
            ? row.checkedBy->findData(chosen)
            : row.checkedBy->findText(row.checkedBy->property("wanted").toString());
        row.checkedBy->setCurrentIndex(std::max(0, index));
    }
}

/// Of each row: the next of its role, unless it is fixed.
std::vector<int> ParticipantsTable::numbers() const
{
    std::vector<int> numbers;
    int last[3] = { 0, 0, 0 };
    for (const Row& row : m_rows) {
        int& number = last[static_cast<int>(row.role)];
        number = row.fixed != 0 ? row.fixed : number + 1;
        numbers.push_back(number);
    }
    return numbers;
}

std::vector<ParticipantNamed> ParticipantsTable::participants() const
{
    std::vector<ParticipantNamed> named;
    const std::vector<int> numbered = numbers();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const QString name = row.name->text().trimmed();
        if (name.isEmpty())
            continue;
        named.push_back(ParticipantNamed{ row.role, numbered[i], name,
            row.checkedBy->currentIndex() > 0 ? row.checkedBy->currentText() : QString() });
    }
    return named;
}

void ParticipantsTable::setParticipants(const std::vector<ParticipantNamed>& participants, bool fixed)
{
    while (!m_rows.empty()) {
        const Row row = m_rows.back();
        m_rows.pop_back();
        delete row.roleLabel;
        delete row.name;
        delete row.checkedBy;
        delete row.remove;
    }
    for (const ParticipantNamed& participant : participants) {
        const auto present = [this, &participant] {
            return std::count_if(m_rows.begin(), m_rows.end(),
                [&participant](const Row& row) { return row.role == participant.role; });
        };
        const bool keepsNumber = fixed && participant.role == Role::Custodian;
        while (!keepsNumber && present() < participant.number - 1 && rows() < kMostPeople)
            add(participant.role);
        add(participant.role, participant.name, participant.identityCheckedBy,
            keepsNumber ? participant.number : 0);
    }
    for (const Row& row : m_rows)
        row.checkedBy->setProperty("wanted", {}); // by now chosen, or of nobody here
    Q_EMIT changed();
}

QString ParticipantsTable::summary() const
{
    int count[3] = { 0, 0, 0 };
    for (const ParticipantNamed& participant : participants())
        ++count[static_cast<int>(participant.role)];
    return tr("%1, %2, %3")
        .arg(tr("%n officer(s)", nullptr, count[0]), tr("%n witness(es)", nullptr, count[1]),
            tr("%n custodian(s)", nullptr, count[2]));
}

} // namespace conclave::ui
