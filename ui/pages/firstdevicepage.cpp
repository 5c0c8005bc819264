// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/firstdevicepage.h"

#include "core/ceremony/firstdevice.h"
#include "ui/pages/table.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QRegularExpression>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

FirstDevicePage::FirstDevicePage(Ceremony& ceremony)
    : Page(ceremony)
    , m_choose(new Button(tr("Choose the &folder…"), Button::Look::Secondary, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_choose->setIcon(icon(Icon::Folder));
    layout->addWidget(m_choose, 0, Qt::AlignLeft);
    if (const FirstDeviceNamed* first = ceremony.firstDevice())
        showFirst(*first);
    layout->addStretch(1);
    connect(m_choose, &QAbstractButton::clicked, this, &FirstDevicePage::choose);
}

void FirstDevicePage::showFirst(const FirstDeviceNamed& first)
{
    auto* card = new Card(drill() ? tr("The backup") : tr("The first device"), this);
    auto* facts = new Facts(card);
    if (!first.device.isEmpty())
        facts->add(tr("Device"), ltr(first.device), Type::Value);
    if (!first.ceremony.isEmpty())
        facts->add(tr("Ceremony"), ltr(first.ceremony), Type::Value);
    if (!first.kcv.isEmpty())
        facts->add(tr("Key check value"), ltr(hexGroups(first.kcv)), Type::Value);
    card->body()->addWidget(facts);
    layout()->addWidget(card);
    auto* table = new Table({ tr("Share file"), tr("File"), tr("Set"), tr("Opened by") }, this);
    table->setColumnStretch(1, 3);
    table->setColumnStretch(3, 2);
    for (std::size_t i = 0; i < first.shareFiles.size(); ++i) {
        const FirstShareFile& file = first.shareFiles[i];
        table->addRow(
            { QString::number(i + 1), ltr(file.file), ltr(file.set), ruleName(ruleOf(file)) }, { 1, 2 });
    }
    layout()->addWidget(table);
    showConflicts();
    for (const FirstShareFile& file : first.shareFiles) {
        if (file.missing)
            layout()->addWidget(new Note(Note::Kind::Warn,
                tr("The share file %1 is not in this folder. You can go on: before it is imported, a copy of "
                   "it is chosen, or it is typed from a sheet.")
                    .arg(ltr(file.file)),
                this));
    }
    if (!first.kcv.isEmpty())
        return;
    m_kcv = new QLineEdit(this);
    m_kcv->setObjectName(QStringLiteral("kcv"));
    m_kcv->setFont(Theme::instance().font(Type::Value));
    auto* field = new FormField(tr("&Key check value of the first device"), m_kcv, this);
    field->setHint(tr("16 digits, as the first device shows it, or as it stands in its report."));
    layout()->addWidget(field);
    connect(m_kcv, &QLineEdit::textChanged, this, &FirstDevicePage::judge);
}

void FirstDevicePage::showConflicts()
{
    QStringList conflicts;
    for (const CustodyRuleOverridden& conflict : ceremony().firstDeviceConflicts())
        conflicts << custodyWarning(conflict);
    if (conflicts.isEmpty())
        return;
    layout()->addWidget(new Note(Note::Kind::Warn, conflicts.join(QLatin1Char('\n')), this));
    m_conflictAccepted = new Tick(tr("Go on all the same. It goes on record."), this);
    layout()->addWidget(m_conflictAccepted);
    connect(m_conflictAccepted, &QAbstractButton::toggled, this, &FirstDevicePage::judge);
}

QString FirstDevicePage::title() const
{
    return drill() ? tr("Choose the backup to be tried") : tr("Choose the first device’s records");
}

QString FirstDevicePage::lead() const
{
    if (drill())
        return tr(
            "Its share files and their companions are copied into this ceremony’s folder. The device they "
            "come from is not needed.");
    return tr(
        "The second device gets the same backup secret. Its share files and their companions are copied "
        "into this ceremony’s folder.");
}

RoleBanner::Content FirstDevicePage::banner() const
{
    return officerActs(tr("Witnesses: compare the key check value with your notes."));
}

QString FirstDevicePage::railSubline() const
{
    return drill() ? tr("The backup") : tr("The first device");
}

QString FirstDevicePage::help() const
{
    return tr("Choose the folder of the ceremony in which the first device was established, or a folder with "
              "its share files (.pbe) and their companions (.json).");
}

void FirstDevicePage::fillFooter(FooterBar& footer)
{
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &FirstDevicePage::back);
    m_next = footer.addEnd(new Button(tr("&Continue"), Button::Look::Primary));
    footer.setPrimary(m_next);
    connect(m_next, &QAbstractButton::clicked, this, [this] {
        static_cast<void>(ceremony().confirmFirstDevice(
            m_kcv ? m_kcv->text() : QString(), m_conflictAccepted && m_conflictAccepted->isChecked()));
    });
    judge();
}

QWidget* FirstDevicePage::initialFocus()
{
    if (m_kcv)
        return m_kcv;
    if (m_conflictAccepted)
        return m_conflictAccepted;
    return ceremony().firstDevice() ? nullptr : m_choose;
}

void FirstDevicePage::back()
{
    static_cast<void>(ceremony().goBack(BackTarget::Preparation));
}

void FirstDevicePage::judge()
{
    static const QRegularExpression value(QStringLiteral("^([0-9A-Fa-f]{2}[: ]?){8}$"));
    if (m_next)
        m_next->setEnabled(ceremony().firstDevice()
            && (!m_conflictAccepted || m_conflictAccepted->isChecked())
            && (!m_kcv || value.match(m_kcv->text().trimmed()).hasMatch()));
}

void FirstDevicePage::choose()
{
    auto* dialog = new QFileDialog(this, tr("Folder with the first device’s records"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& folder) { static_cast<void>(ceremony().readFirstDevice(folder)); });
    dialog->open();
}

} // namespace conclave::ui
