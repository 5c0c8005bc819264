// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sharefileseditor.h"

#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/label.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kFewestFiles = 2;
constexpr int kMostFiles = 8;
constexpr int kMostCustodians = 16;
constexpr int kBits = 128;
constexpr int kLongestText = 100;
enum Rule { Password, Custodians };

} // namespace

ShareFilesEditor::ShareFilesEditor(QWidget* parent)
    : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k8);
    m_list = new QVBoxLayout;
    m_list->setSpacing(space::k12);
    layout->addLayout(m_list);
    auto* buttons = new QHBoxLayout;
    m_add = new Button(tr("&Add share file"), Button::Look::Secondary, this);
    m_remove = new Button(tr("&Remove last"), Button::Look::Secondary, this);
    m_add->setSmall(true);
    m_remove->setSmall(true);
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    layout->addLayout(buttons);
    connect(m_add, &QAbstractButton::clicked, this, &ShareFilesEditor::addRow);
    connect(m_remove, &QAbstractButton::clicked, this, &ShareFilesEditor::removeRow);
    for (int i = 0; i < kFewestFiles; ++i)
        addRow();
}

void ShareFilesEditor::addRow()
{
    const auto number = static_cast<int>(m_rows.size()) + 1;
    Row row;
    row.box = new QWidget(this);
    auto* lines = new QVBoxLayout(row.box);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(space::k4);
    lines->addWidget(new Label(tr("Share file %1").arg(number), Type::FieldName, Token::Text, row.box));
    row.name = new QLineEdit(tr("Share file %1").arg(number), row.box);
    row.name->setMaxLength(kLongestText);
    row.name->setAccessibleName(tr("Name of share file %1").arg(number));
    row.site = new QLineEdit(row.box);
    row.site->setMaxLength(kLongestText);
    row.site->setPlaceholderText(tr("Site"));
    row.site->setAccessibleName(tr("Site of share file %1").arg(number));
    auto* texts = new QHBoxLayout;
    texts->addWidget(row.name, 1);
    texts->addWidget(row.site, 1);
    lines->addLayout(texts);
    row.rule = new QComboBox(row.box);
    row.rule->addItems({ tr("A password"), tr("Custodians") });
    row.rule->setCurrentIndex(Custodians);
    row.rule->setAccessibleName(tr("Rule of share file %1").arg(number));
    row.numbers = new QWidget(row.box);
    auto* numbers = new QHBoxLayout(row.numbers);
    numbers->setContentsMargins(0, 0, 0, 0);
    row.threshold = new QSpinBox(row.numbers);
    row.total = new QSpinBox(row.numbers);
    row.threshold->setRange(2, 3);
    row.total->setRange(2, kMostCustodians);
    row.threshold->setValue(2);
    row.total->setValue(3);
    row.threshold->setAccessibleName(tr("Custodians of share file %1 who must agree").arg(number));
    row.total->setAccessibleName(tr("Custodians of share file %1 in all").arg(number));
    numbers->addWidget(row.threshold);
    numbers->addWidget(new Label(tr("of"), Type::Body, Token::Text, row.numbers));
    numbers->addWidget(row.total);
    auto* ruleLine = new QHBoxLayout;
    ruleLine->addWidget(row.rule, 1);
    ruleLine->addWidget(row.numbers);
    lines->addLayout(ruleLine);

    connect(row.name, &QLineEdit::textChanged, this, &ShareFilesEditor::changed);
    connect(row.site, &QLineEdit::textChanged, this, &ShareFilesEditor::changed);
    connect(row.rule, &QComboBox::currentIndexChanged, this, [this, shown = row.numbers](int rule) {
        shown->setVisible(rule == Custodians);
        Q_EMIT changed();
    });
    connect(row.threshold, &QSpinBox::valueChanged, this, &ShareFilesEditor::changed);
    connect(row.total, &QSpinBox::valueChanged, this, [this, threshold = row.threshold](int total) {
        threshold->setMaximum(total);
        Q_EMIT changed();
    });
    m_rows.push_back(row);
    m_list->addWidget(row.box);
    setTabOrder(row.total, m_add);
    setTabOrder(m_add, m_remove);
    m_add->setEnabled(number < kMostFiles);
    m_remove->setEnabled(number > kFewestFiles);
    Q_EMIT changed();
}

void ShareFilesEditor::removeRow()
{
    delete m_rows.back().box;
    m_rows.pop_back();
    m_add->setEnabled(true);
    m_remove->setEnabled(static_cast<int>(m_rows.size()) > kFewestFiles);
    Q_EMIT changed();
}

std::vector<ShareFileRule> ShareFilesEditor::rules() const
{
    std::vector<ShareFileRule> rules;
    for (const Row& row : m_rows) {
        ShareFileRule rule;
        rule.name = row.name->text().trimmed();
        rule.site = row.site->text().trimmed();
        if (row.rule->currentIndex() == Custodians) {
            rule.threshold = row.threshold->value();
            rule.total = row.total->value();
            rule.bits = kBits;
        }
        rules.push_back(rule);
    }
    return rules;
}

bool ShareFilesEditor::complete() const
{
    return std::all_of(
        m_rows.begin(), m_rows.end(), [](const Row& row) { return !row.name->text().trimmed().isEmpty(); });
}

} // namespace conclave::ui
