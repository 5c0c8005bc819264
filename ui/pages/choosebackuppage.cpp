// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/choosebackuppage.h"

#include "core/base/hex.h"
#include "core/ceremony/openedbackup.h"
#include "ui/pages/leaveout.h"
#include "ui/pages/table.h"
#include "ui/shell/dialog.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"
#include "ui/theme/icon.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileDialog>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChooseBackupPageWords)
};

constexpr int kFindingColumn = 3;
constexpr int kDeviceColumns = 4;

struct Finding {
    QString text;
    Token colour = Token::Text;
    bool wanted = false; ///< ticked from the start
};

QString lookalike(const PlannedRestore& plan)
{
    return (plan.provable
            ? Words::tr("Key %1 is an AES key with this ID, label and size. Choose it to have them "
                        "compared: it is restored only if it is another key.")
            : Words::tr("Key %1 is an AES key with this ID, label and size. Whether it is the same key "
                        "cannot be told. If it is chosen, it is restored beside that one."))
        .arg(*plan.lookalike);
}

bool contains(const std::vector<std::uint8_t>& references, std::uint8_t reference)
{
    return std::ranges::find(references, reference) != references.end();
}

/// Which other keys programs may confuse with this one, a sentence each.
QStringList collisions(const PlannedRestore& plan, const std::vector<card::KeyEntry>& onDevice)
{
    QStringList lines;
    for (const card::KeyEntry& entry : onDevice) {
        const bool sameId = contains(plan.sameId, entry.reference);
        const bool sameLabel = contains(plan.sameLabel, entry.reference);
        if (sameId && sameLabel)
            lines << Words::tr("Key %1 has this ID and this label.").arg(entry.reference);
        else if (sameId && entry.label.isEmpty())
            lines << Words::tr("Key %1 has this ID, and no label.").arg(entry.reference);
        else if (sameId)
            lines << Words::tr("Key %1 “%2” has this ID.").arg(QString::number(entry.reference), entry.label);
        else if (sameLabel && entry.id.empty())
            lines << Words::tr("Key %1 has this label, and no ID.").arg(entry.reference);
        else if (sameLabel)
            lines << Words::tr("Key %1 with the ID %2 has this label.")
                         .arg(QString::number(entry.reference), ltr(toHex(entry.id)));
    }
    return lines;
}

QString cannotBeProved(const BackedUpKey& about)
{
    const auto algorithm = card::keyAlgorithmFromName(about.type);
    return algorithm && card::isAes(*algorithm)
        ? Words::tr("Cannot be proved: only the manifest of its backup can tell an AES key from another.")
        : Words::tr("Cannot be proved: nothing is known to compare it with.");
}

Finding findingOf(const OpenedBackup& backup, std::size_t key)
{
    const PlannedRestore& plan = backup.plan.keys[key];
    if (!backup.mayBeRestored(key))
        return { Words::tr("✗ %1").arg(errorSentence(*plan.refused)), Token::Danger };
    if (plan.present)
        return {
            Words::tr("✓ Already on the device, as key %1. Choose it to have it proved.").arg(*plan.present),
            Token::Ok
        };
    QStringList lines = collisions(plan, backup.onDevice);
    const bool collides = !lines.isEmpty();
    if (plan.lookalike)
        lines << lookalike(plan);
    else if (!collides)
        lines << Words::tr("Not on the device");
    if (!plan.provable)
        lines << cannotBeProved(backup.medium.keys[key].about);
    const bool unclear = collides || plan.lookalike;
    return { lines.join(QLatin1Char('\n')), unclear ? Token::Warn : Token::Text, !unclear };
}

} // namespace

ChooseBackupPage::ChooseBackupPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* line = new QHBoxLayout;
    m_folder = new Button(tr("Choose a &folder…"), Button::Look::Secondary, this);
    m_folder->setIcon(icon(Icon::Folder));
    m_file = new Button(tr("Choose a single f&ile…"), Button::Look::Secondary, this);
    m_file->setIcon(icon(Icon::Document));
    line->addWidget(m_folder);
    line->addWidget(m_file);
    line->addStretch();
    layout->addLayout(line);
    if (const OpenedBackup* backup = ceremony.openedBackup())
        showBackup(*backup, *layout);
    layout->addStretch(1);
    connect(m_folder, &QAbstractButton::clicked, this, [this] { choose(true); });
    connect(m_file, &QAbstractButton::clicked, this, [this] { choose(false); });
}

void ChooseBackupPage::showBackup(const OpenedBackup& backup, QVBoxLayout& layout)
{
    auto* facts = new Facts(this);
    facts->add(tr("Files"), ltr(QDir::toNativeSeparators(backup.path)));
    if (!backup.medium.device.isEmpty())
        facts->add(tr("From device"), ltr(backup.medium.device), Type::Value);
    if (!backup.medium.ceremony.isEmpty())
        facts->add(tr("Ceremony"), ltr(backup.medium.ceremony), Type::Value);
    const QString kcv = backup.kcv();
    const QString ofDevice = backup.dkek && backup.dkek->kcv ? toHex(*backup.dkek->kcv) : QString();
    const bool anyWhole = std::ranges::any_of(
        backup.medium.keys, [](const RestorableKey& key) { return key.file.has_value(); });
    facts->add(tr("Key check value of the files"),
        !anyWhole           ? tr("Not known")
            : kcv.isEmpty() ? tr("Not the same for all")
                            : ltr(hexGroups(kcv)),
        kcv.isEmpty() ? Type::Body : Type::Value);
    facts->add(
        state().several ? tr("Key check value of the share files") : tr("Key check value of the device"),
        ofDevice.isEmpty() ? tr("Shown after the user PIN was entered") : ltr(hexGroups(ofDevice)),
        ofDevice.isEmpty() ? Type::Body : Type::Value);
    layout.addWidget(facts);
    if (!kcv.isEmpty() && !ofDevice.isEmpty())
        layout.addWidget(kcv == ofDevice
                ? new Note(Note::Kind::Ok, tr("The key check values are equal."), this)
                : new Note(Note::Kind::Danger,
                    state().first
                        ? tr("The key check values differ: these files are of another secret. Choose those "
                             "of the backup whose share files were opened.")
                        : tr("The key check values differ: this device cannot open these files. Choose the "
                             "files "
                             "of "
                             "its own secret, or make a device with theirs: “Add a backup device” on the "
                             "start "
                             "page."),
                    this));
    auto* table = new Table({ tr("Key"), tr("ID"), tr("Algorithm"), tr("On this device") }, this);
    table->setColumnStretch(0, 2);
    table->setColumnStretch(kFindingColumn, 3);
    for (std::size_t i = 0; i < backup.medium.keys.size(); ++i) {
        const BackedUpKey& about = backup.medium.keys[i].about;
        const QString label = about.label.isEmpty() ? about.file : about.label;
        const Finding finding = findingOf(backup, i);
        const int row = table->rows();
        table->addRow({ label, toHex(about.id), algorithmName(about.type), {} }, { 1 });
        table->setCell(row, kFindingColumn, finding.text, finding.colour);
        if (!backup.mayBeRestored(i))
            continue;
        auto* tick = new Tick(label, table);
        tick->setAccessibleName(tr("Restore %1").arg(label));
        tick->setChecked(finding.wanted);
        table->setWidget(row, 0, tick);
        m_ticks.emplace_back(i, tick);
        connect(tick, &QAbstractButton::toggled, this, &ChooseBackupPage::judge);
    }
    layout.addWidget(table);
    if (!anyWhole)
        layout.addWidget(new Note(Note::Kind::Warn,
            tr("None of these files can be used. Choose another copy of the backup."), this));
    if (!state().several) // of which none is known yet
        showDevice(backup, layout);
}

void ChooseBackupPage::showDevice(const OpenedBackup& backup, QVBoxLayout& layout)
{
    layout.addWidget(new Label(tr("On the device"), Type::FieldName, Token::Text, this));
    if (backup.onDevice.empty()) {
        layout.addWidget(new Label(tr("There are no keys on the device."), Type::Body, Token::Muted, this));
        return;
    }
    auto* table = new Table({ tr("Key"), tr("Label"), tr("ID"), tr("Algorithm") }, this);
    for (int column = 1; column < kDeviceColumns; ++column)
        table->setColumnStretch(column, 1);
    for (const card::KeyEntry& entry : backup.onDevice) {
        const auto algorithm = entry.algorithm();
        table->addRow(
            { QString::number(entry.reference), entry.label.isEmpty() ? tr("No label") : entry.label,
                entry.id.empty() ? tr("No ID") : toHex(entry.id),
                algorithm ? algorithmName(*algorithm) : tr("Not known") },
            entry.id.empty() ? std::set<int>{} : std::set<int>{ 2 });
    }
    layout.addWidget(table);
    if (!backup.plan.unnamed.empty())
        layout.addWidget(new Note(Note::Kind::Info,
            tr("%n key(s) on the device have no name, as an interrupted import leaves them.", nullptr,
                static_cast<int>(backup.plan.unnamed.size())),
            this));
}

QString ChooseBackupPage::title() const
{
    return tr("Choose the wrapped keys");
}

QString ChooseBackupPage::lead() const
{
    return tr(
        "Choose the folder “keys” of a backup, or one wrapped key. Nothing on the device is overwritten.");
}

RoleBanner::Content ChooseBackupPage::banner() const
{
    return officerActs(tr("Witnesses: compare the key check values."));
}

QString ChooseBackupPage::railSubline() const
{
    return ceremony().openedBackup() ? tr("%n key(s) chosen", nullptr, static_cast<int>(chosen().size()))
                                     : tr("Choose the files");
}

QString ChooseBackupPage::help() const
{
    return tr(
        "A wrapped key opens only on a device with the same key check value. A key that is cut, altered "
        "or of another secret is refused before the device is asked.");
}

void ChooseBackupPage::fillFooter(FooterBar& footer)
{
    if (state().mayFinishDevices())
        footer.addStart(leaveOutButton(this, ceremony()));
    if (state().flow() == Flow::AddBackup) {
        Button* without = footer.addStart(new Button(tr("Go on &without keys…"), Button::Look::Secondary));
        connect(without, &QAbstractButton::clicked, this, [this] {
            ask(this, ceremony().rehearsal(), tr("Go on without the keys?"),
                state().several
                    ? tr("The devices get the backup secret, but none of the keys of the first. They can be "
                         "restored later. The report will say so.")
                    : tr("The second device has the backup secret, but none of the keys of the first. They "
                         "can be "
                         "restored later. The report will say so."),
                tr("&Keep going"), tr("Go on &without"),
                [this] { static_cast<void>(ceremony().finishRestore()); });
        });
    }
    if (state().flow() == Flow::Restore) {
        Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
        connect(backButton, &QAbstractButton::clicked, this, &ChooseBackupPage::back);
    }
    m_restore = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_restore);
    connect(m_restore, &QAbstractButton::clicked, this,
        [this] { static_cast<void>(ceremony().planRestore(chosen())); });
    judge();
}

QWidget* ChooseBackupPage::initialFocus()
{
    return m_ticks.empty() ? m_folder : nullptr;
}

void ChooseBackupPage::back()
{
    if (state().flow() == Flow::Restore)
        static_cast<void>(ceremony().goBack(BackTarget::Device));
}

std::vector<std::size_t> ChooseBackupPage::chosen() const
{
    std::vector<std::size_t> keys;
    for (const auto& [key, tick] : m_ticks) {
        if (tick->isChecked())
            keys.push_back(key);
    }
    return keys;
}

void ChooseBackupPage::judge()
{
    if (!m_restore)
        return;
    const auto count = static_cast<int>(chosen().size());
    if (state().several)
        m_restore->setText(count == 0 ? tr("&Use") : tr("&Use %n key(s)", nullptr, count));
    else
        m_restore->setText(count == 0 ? tr("&Restore") : tr("&Restore %n key(s)", nullptr, count));
    m_restore->setEnabled(count > 0);
    Q_EMIT frameChanged();
}

void ChooseBackupPage::choose(bool folder)
{
    auto* dialog = new QFileDialog(this, folder ? tr("Folder with wrapped keys") : tr("A wrapped key"));
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::ShowDirsOnly, folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { static_cast<void>(ceremony().openBackup(path)); });
    dialog->open();
}

} // namespace conclave::ui
