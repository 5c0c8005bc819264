// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/keyplanpage.h"

#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/ceremony/devicechoice.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QStandardItemModel>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kFirstId = 0x10;
constexpr int kMostKeys = 60; // what a device has room for
constexpr qsizetype kLongestIdHex = 64;
constexpr int kLongestLabel = 100;

} // namespace

KeyPlanPage::KeyPlanPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_grid(new QGridLayout)
    , m_note(new Note(Note::Kind::Warn, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    if (const QString warning = soPinWarning(state().soPin); !warning.isEmpty())
        layout->addWidget(new Note(Note::Kind::Warn, warning, this));
    m_grid->setHorizontalSpacing(space::k12);
    m_grid->setVerticalSpacing(space::k8);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(2, 2);
    const QStringList heads{ tr("Label"), tr("ID"), tr("Algorithm") };
    for (int column = 0; column < heads.size(); ++column)
        m_grid->addWidget(new Label(heads[column], Type::TableHead, Token::Muted, this), 0, column);
    layout->addLayout(m_grid);
    auto* line = new QHBoxLayout;
    auto* add = new Button(tr("&Add key"), Button::Look::Secondary, this);
    add->setIcon(icon(Icon::Plus));
    add->setSmall(true);
    add->setObjectName(QStringLiteral("addKey"));
    line->addWidget(add);
    line->addStretch();
    layout->addLayout(line);
    layout->addWidget(m_note);
    m_note->hide();
    layout->addStretch(1);
    connect(add, &QAbstractButton::clicked, this, [this] {
        addRow({}, card::KeyAlgorithm::EcP256);
        m_rows.back().label->setFocus();
    });
    const auto taken = [kept = state().keptKeys()](const QString& label) {
        return std::ranges::find(kept, label, &ExistingKey::label) != kept.end();
    };
    QString label = tr("signing-key");
    for (int number = 2; taken(label); ++number)
        label = tr("signing-key-%1").arg(number);
    addRow(label, card::KeyAlgorithm::EcP256);
}

void KeyPlanPage::addRow(const QString& label, card::KeyAlgorithm algorithm)
{
    if (static_cast<int>(m_rows.size()) >= kMostKeys)
        return;
    int id = kFirstId;
    for (const ExistingKey& key : state().keptKeys()) {
        bool ok = false;
        const int used = key.id.toInt(&ok, 16);
        if (ok && key.id.size() == 2) // a longer one is no neighbour
            id = std::max(id, used + 1);
    }
    for (const Row& row : m_rows) {
        bool ok = false;
        const int used = row.id->text().toInt(&ok, 16);
        if (ok)
            id = std::max(id, used + 1);
    }
    Row row;
    row.label = new QLineEdit(label, this);
    row.label->setMaxLength(kLongestLabel);
    row.id = new QLineEdit(QStringLiteral("%1").arg(id, 2, 16, QLatin1Char('0')), this);
    row.id->setFont(Theme::instance().font(Type::Value));
    row.algorithm = new QComboBox(this);
    auto* model = qobject_cast<QStandardItemModel*>(row.algorithm->model());
    for (const card::KeyAlgorithm each : card::kAllKeyAlgorithms) {
        const bool possible = makes(*state().device, each);
        const bool weak = card::isAes(each) && firmwareOf(*state().device).makesWeakAesKeys();
        const QString name = algorithmName(each);
        row.algorithm->addItem(possible ? name
                : weak                  ? tr("%1: this firmware makes weak keys").arg(name)
                                        : tr("%1: needs newer firmware").arg(name),
            static_cast<int>(each));
        model->item(row.algorithm->count() - 1)->setEnabled(possible);
    }
    row.algorithm->setCurrentIndex(row.algorithm->findData(static_cast<int>(algorithm)));
    row.remove = new Button({}, Button::Look::Link, this);
    row.remove->setIcon(icon(Icon::Minus));
    connect(row.label, &QLineEdit::textChanged, this, &KeyPlanPage::judge);
    connect(row.id, &QLineEdit::textChanged, this, &KeyPlanPage::judge);
    connect(row.remove, &QAbstractButton::clicked, this, [this, gone = row.label] { removeRow(gone); });
    m_rows.push_back(row);
    layOut();
    judge();
}

void KeyPlanPage::removeRow(const QLineEdit* label)
{
    const auto found
        = std::find_if(m_rows.begin(), m_rows.end(), [label](const Row& row) { return row.label == label; });
    for (QWidget* widget :
        std::initializer_list<QWidget*>{ found->label, found->id, found->algorithm, found->remove }) {
        widget->hide();
        widget->deleteLater();
    }
    m_rows.erase(found);
    layOut();
    judge();
}

void KeyPlanPage::layOut()
{
    QWidget* last = nullptr;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const Row& row = m_rows[i];
        const int line = static_cast<int>(i) + 1;
        m_grid->addWidget(row.label, line, 0);
        m_grid->addWidget(row.id, line, 1);
        m_grid->addWidget(row.algorithm, line, 2);
        m_grid->addWidget(row.remove, line, 3);
        row.label->setAccessibleName(tr("Label of key %1").arg(line));
        row.id->setAccessibleName(tr("ID of key %1").arg(line));
        row.algorithm->setAccessibleName(tr("Algorithm of key %1").arg(line));
        row.remove->setAccessibleName(tr("Remove key %1").arg(line));
        row.remove->setToolTip(row.remove->accessibleName());
        if (last)
            setTabOrder(last, row.label);
        setTabOrder(row.label, row.id);
        setTabOrder(row.id, row.algorithm);
        setTabOrder(row.algorithm, row.remove);
        last = row.remove;
    }
}

std::vector<PlannedKey> KeyPlanPage::keys() const
{
    std::vector<PlannedKey> keys;
    for (const Row& row : m_rows)
        keys.push_back(PlannedKey{ row.label->text().trimmed(), row.id->text().trimmed().toLower(),
            static_cast<card::KeyAlgorithm>(row.algorithm->currentData().toInt()) });
    return keys;
}

QString KeyPlanPage::problem() const
{
    const std::vector<PlannedKey> planned = keys();
    const std::vector<ExistingKey> kept = state().keptKeys();
    for (std::size_t i = 0; i < planned.size(); ++i) {
        const auto line = static_cast<int>(i) + 1;
        if (!card::checkLabel(planned[i].label))
            return tr("Key %1 needs a label of 1 to 32 characters.").arg(line);
        if (planned[i].id.isEmpty() || planned[i].id.size() > kLongestIdHex || !fromHex(planned[i].id))
            return tr("The ID of key %1 must be hex pairs, such as 10.").arg(line);
        for (std::size_t other = 0; other < i; ++other) {
            if (planned[other].label == planned[i].label || planned[other].id == planned[i].id)
                return tr("Keys %1 and %2 have the same label or ID.").arg(other + 1).arg(line);
        }
        const bool taken = std::ranges::any_of(kept,
            [&](const ExistingKey& key) { return key.label == planned[i].label || key.id == planned[i].id; });
        if (taken)
            return tr("A key with the label or ID of key %1 is on the device already.").arg(line);
    }
    return {};
}

void KeyPlanPage::judge()
{
    const QString wrong = problem();
    m_note->setText(wrong);
    m_note->setVisible(!wrong.isEmpty());
    if (!m_generate)
        return;
    m_generate->setText(m_rows.empty() ? tr("&Go on without keys")
                                       : tr("&Generate %n key(s)", nullptr, static_cast<int>(m_rows.size())));
    m_generate->setEnabled(wrong.isEmpty() && (!m_rows.empty() || state().flow() != Flow::GenerateMore));
}

QString KeyPlanPage::title() const
{
    return tr("Plan the keys");
}

QString KeyPlanPage::lead() const
{
    return tr("The device makes each key inside itself. Label and ID are how programs find it.");
}

RoleBanner::Content KeyPlanPage::banner() const
{
    return officerActs(tr("Witnesses: compare labels and algorithms with the plan."));
}

QString KeyPlanPage::railSubline() const
{
    return tr("Plan");
}

QString KeyPlanPage::help() const
{
    return tr("EC P-256 takes seconds, RSA 4096 some minutes. Choose what the programs that will use the key "
              "can handle. AES keys encrypt and have no public key: OpenSC's programs do not show them.");
}

void KeyPlanPage::fillFooter(FooterBar& footer)
{
    if (state().flow() == Flow::GenerateMore) {
        Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
        connect(backButton, &QAbstractButton::clicked, this, &KeyPlanPage::back);
    }
    m_generate = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_generate);
    connect(m_generate, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().planKeys(keys())); });
    judge();
}

void KeyPlanPage::back()
{
    if (state().flow() == Flow::GenerateMore)
        static_cast<void>(ceremony().goBack(BackTarget::Device));
}

QWidget* KeyPlanPage::initialFocus()
{
    return m_rows.empty() ? nullptr : m_rows.front().label;
}

} // namespace conclave::ui
