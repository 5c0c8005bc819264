// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/schemepage.h"

#include "core/ceremony/custodyrules.h"
#include "ui/pages/sharefileseditor.h"
#include "ui/pages/table.h"
#include "ui/shell/dialog.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/losstable.h"
#include "ui/widgets/note.h"
#include "ui/widgets/seatring.h"
#include "ui/widgets/tick.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr int kFewest = 2;
constexpr int kMost = 16; // formats.md: the wizard's limit
constexpr int kStackedBelow = 680;
constexpr int kSizes[] = { 128, 160, 64 };

QSpinBox* counter(int value, const QString& name, QWidget* parent)
{
    auto* box = new QSpinBox(parent);
    box->setRange(kFewest, kMost);
    box->setValue(value);
    box->setAccessibleName(name);
    box->setAlignment(Qt::AlignCenter);
    return box;
}

} // namespace

SchemePage::SchemePage(Ceremony& ceremony)
    : Page(ceremony)
    , m_choices(new QButtonGroup(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_opened = new Note(Note::Kind::Ok, {}, this);
    m_opened->hide();
    layout->addWidget(m_opened);
    m_columns = new QBoxLayout(QBoxLayout::LeftToRight);
    m_columns->setSpacing(space::k16);
    layout->addLayout(m_columns);
    layout->addStretch(1);

    auto* choices = new QVBoxLayout;
    choices->setSpacing(space::k4); // the cards keep room for their focus rings
    m_cards[NoBackup] = new ChoiceCard(
        tr("No backup &possible"), tr("Keys never leave it. If it fails, they are gone."), this);
    m_cards[OnePassword]
        = new ChoiceCard(tr("&One password"), tr("One person can restore, or refuse to."), this);
    m_cards[Custodians] = new ChoiceCard(
        tr("&Custodians, some must agree"), tr("Each holds one share. Some of them restore."), this);
    m_cards[Several] = new ChoiceCard(tr("&Several share files, each with its own rule"),
        tr("All of them are needed. Each has a password or its own custodians. For separate sites."), this);
    for (int i = NoBackup; i <= Several; ++i) {
        m_choices->addButton(m_cards[i], i);
        choices->addWidget(m_cards[i]);
    }
    choices->addStretch();
    m_columns->addLayout(choices, 6);

    m_threshold = counter(3, tr("Custodians who must agree"), this);
    m_total = counter(5, tr("Custodians in all"), this);
    m_bits = new QComboBox(this);
    m_bits->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_bits->setMinimumContentsLength(8);
    for (const int bits : kSizes)
        m_bits->addItem(
            bits == 64 ? tr("%1 bits, as sc-hsm-tool makes").arg(bits) : tr("%1 bits").arg(bits), bits);
    auto* numbers = new QHBoxLayout;
    numbers->setSpacing(space::k8);
    numbers->addWidget(m_threshold);
    numbers->addWidget(new Label(tr("of"), Type::Body, Token::Text, this));
    numbers->addWidget(m_total);
    numbers->addWidget(new Label(tr("%1 to %2").arg(kFewest).arg(kMost), Type::Hint, Token::Muted, this), 1);
    m_cards[Custodians]->body()->addLayout(numbers);
    auto* sizes = new QHBoxLayout;
    sizes->setSpacing(space::k8);
    auto* size = new Label(tr("Size of a share &value"), Type::Body, Token::Text, this);
    size->setBuddy(m_bits);
    m_bits->setAccessibleName(tr("Size of a share value"));
    sizes->addWidget(size);
    sizes->addWidget(m_bits, 1);
    m_cards[Custodians]->body()->addLayout(sizes);
    m_shareFiles = new ShareFilesEditor(this);
    m_cards[Several]->body()->addWidget(m_shareFiles);

    auto* panel = new Card({}, this);
    auto* head = new QHBoxLayout;
    head->setSpacing(space::k24);
    m_ring = new SeatRing(panel);
    head->addWidget(m_ring);
    auto* words = new QVBoxLayout;
    m_sentence = new Label({}, Type::FieldName, Token::Text, panel);
    m_consequence = new Label({}, Type::Body, Token::Muted, panel);
    words->addStretch(1);
    words->addWidget(m_sentence);
    words->addWidget(m_consequence);
    words->addStretch(1);
    head->addLayout(words, 1);
    panel->body()->addLayout(head);
    m_lossHead = new Label(tr("If custodians or their sheets are lost"), Type::FieldName, Token::Text, panel);
    panel->body()->addWidget(m_lossHead);
    m_losses = new LossTable(panel);
    panel->body()->addWidget(m_losses);
    m_warning = new Note(Note::Kind::Warn, {}, panel);
    panel->body()->addWidget(m_warning);
    m_conflict = new Note(Note::Kind::Warn, {}, panel);
    panel->body()->insertWidget(0, m_conflict); // it keeps the officer from going on
    m_conflictAccepted = new Tick(tr("Go on all the same. It goes on record."), panel);
    panel->body()->insertWidget(1, m_conflictAccepted);
    m_always
        = new Label(tr("A restore also needs the share file and the key files made in step 8. The share file "
                       "can be printed on every sheet."),
            Type::Body, Token::Muted, panel);
    panel->body()->addWidget(m_always);
    panel->body()->addStretch();
    m_columns->addWidget(panel, 7);

    connect(m_conflictAccepted, &QAbstractButton::toggled, this, &SchemePage::showChoice);
    m_cards[Custodians]->setChecked(true);
    connect(m_choices, &QButtonGroup::idToggled, this, &SchemePage::showChoice);
    connect(m_threshold, &QSpinBox::valueChanged, this, [this](int value) {
        m_total->setMinimum(value);
        showChoice();
    });
    connect(m_total, &QSpinBox::valueChanged, this, [this](int value) {
        m_threshold->setMaximum(value);
        showChoice();
    });
    connect(m_shareFiles, &ShareFilesEditor::changed, this, &SchemePage::showChoice);
    if (resharing()) {
        for (ChoiceCard* card : { m_cards[NoBackup], m_cards[OnePassword], m_cards[Several] })
            card->hide();
        m_always->setText(tr("A restore also needs the new share file. It can be printed on every sheet."));
    }
    m_total->setMinimum(m_threshold->value());
    m_threshold->setMaximum(m_total->value());
    showChoice();
}

QString SchemePage::title() const
{
    return resharing() ? tr("Choose the rule of the new set") : tr("Choose how the backup secret is shared");
}

QString SchemePage::lead() const
{
    if (resharing())
        return tr("The same backup secret is shared among new custodians. The device and its keys stay as "
                  "they are.");
    return tr("The device wraps every exported key with a secret (DKEK). Whoever can rebuild that secret can "
              "restore the keys. This cannot be changed later.");
}

RoleBanner::Content SchemePage::banner() const
{
    return officerActs(tr("Custodians: this decides how many of you must return for a restore."));
}

QString SchemePage::railSubline() const
{
    return schemeName(scheme());
}

QString SchemePage::help() const
{
    return tr(
        "With 3 of 5, any three custodians can restore and two sheets may be lost. The number who must agree "
        "should be more than half of all, so that no minority can act in secret.");
}

SchemePage::Choice SchemePage::choice() const
{
    return static_cast<Choice>(m_choices->checkedId());
}

SchemeChosen SchemePage::scheme() const
{
    SchemeChosen scheme;
    switch (choice()) {
    case NoBackup:
        break;
    case OnePassword:
        scheme.shareFiles.push_back(ShareFileRule{});
        break;
    case Custodians: {
        ShareFileRule rule;
        rule.threshold = m_threshold->value();
        rule.total = m_total->value();
        rule.bits = m_bits->currentData().toInt();
        scheme.shareFiles.push_back(rule);
        break;
    }
    case Several:
        scheme.shareFiles = m_shareFiles->rules();
        break;
    }
    return scheme;
}

void SchemePage::showChoice()
{
    const int threshold = m_threshold->value();
    const int total = m_total->value();
    const bool custodians = choice() == Custodians;
    m_ring->setVisible(custodians);
    m_lossHead->setVisible(custodians);
    m_losses->setVisible(custodians);
    QString warning;
    switch (choice()) {
    case NoBackup:
        m_sentence->setText(tr("Nobody can restore the keys."));
        m_consequence->setText(tr("If the device breaks or is lost, its keys are gone."));
        warning = tr("There is no way to add a backup later without erasing the device.");
        break;
    case OnePassword:
        m_sentence->setText(tr("Whoever knows the password can restore the keys."));
        m_consequence->setText(tr("If the password is lost, the backup can never be restored."));
        warning = tr("One person alone holds the power to copy all keys.");
        break;
    case Custodians:
        m_sentence->setText(
            tr("Any %1 of the %2 custodians can restore the keys.").arg(threshold).arg(total));
        m_consequence->setText(threshold == 2
                ? tr("One alone learns nothing. Two who collude need nobody else.")
                : tr("%1 together learn nothing. %2 who collude need nobody else.")
                      .arg(threshold - 1)
                      .arg(threshold));
        m_ring->setSeats(total, threshold);
        m_ring->setSentence(tr("%1 of %2 custodians must return").arg(threshold).arg(total));
        m_losses->setScheme(threshold, total);
        if (threshold == total)
            warning = tr("Losing one sheet loses the backup.");
        else if (threshold * 2 <= total)
            warning = tr("A minority could restore in secret.");
        break;
    case Several:
        m_sentence->setText(
            tr("All %n share files are needed.", nullptr, static_cast<int>(m_shareFiles->rules().size())));
        m_consequence->setText(
            tr("Each is opened by its own people. If one of them cannot be opened, the backup can "
               "never be restored."));
        break;
    }
    m_always->setVisible(choice() != NoBackup);
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty());
    QStringList conflicts;
    for (const CustodyRuleOverridden& conflict : custodyConflicts(state().participants, scheme()))
        conflicts << custodyWarning(conflict);
    const QString told = conflicts.join(QLatin1Char('\n'));
    if (told != m_conflict->text())
        m_conflictAccepted->setChecked(false); // others were accepted
    m_conflict->setText(told);
    m_conflict->setVisible(!conflicts.isEmpty());
    m_conflictAccepted->setVisible(!conflicts.isEmpty());
    if (m_use) {
        m_use->setText(custodians ? tr("&Use %1 of %2").arg(threshold).arg(total) : tr("&Use this way"));
        m_use->setEnabled((choice() != Several || m_shareFiles->complete())
            && (conflicts.isEmpty() || m_conflictAccepted->isChecked()));
    }
    Q_EMIT frameChanged();
}

void SchemePage::fillFooter(FooterBar& footer)
{
    if (resharing()) {
        m_use = footer.addEnd(new Button({}, Button::Look::Primary));
        footer.setPrimary(m_use);
        connect(m_use, &QAbstractButton::clicked, this, &SchemePage::use);
        showChoice();
        return;
    }
    Button* compareButton = footer.addStart(new Button(tr("Co&mpare the four ways"), Button::Look::Link));
    connect(compareButton, &QAbstractButton::clicked, this, &SchemePage::compare);
    Button* backButton = footer.addEnd(new Button(tr("&Back"), Button::Look::Secondary));
    connect(backButton, &QAbstractButton::clicked, this, &SchemePage::back);
    m_use = footer.addEnd(new Button({}, Button::Look::Primary));
    footer.setPrimary(m_use);
    connect(m_use, &QAbstractButton::clicked, this, &SchemePage::use);
    showChoice();
}

void SchemePage::render()
{
    if (!state().broughtOpened)
        return;
    const QString wrong = wrongSheets(state(), 1);
    QStringList sentences{ tr("The old set’s share file is open.") };
    for (const QString& more :
        { readingSentence(state().broughtOpened->ids), readingSentence(ceremony().oldPassword()), wrong }) {
        if (!more.isEmpty())
            sentences << more;
    }
    m_opened->setKind(wrong.isEmpty() ? Note::Kind::Ok : Note::Kind::Warn);
    m_opened->setText(sentences.join(QLatin1Char('\n')));
    m_opened->show();
}

QWidget* SchemePage::initialFocus()
{
    return QWidget::isAncestorOf(focusWidget()) && focusWidget() ? focusWidget() : m_choices->checkedButton();
}

void SchemePage::back()
{
    if (!resharing())
        static_cast<void>(ceremony().goBack(BackTarget::Device));
}

void SchemePage::use()
{
    if (choice() == NoBackup)
        confirmNoBackup();
    else
        static_cast<void>(ceremony().chooseScheme(scheme(), m_conflictAccepted->isChecked()));
}

void SchemePage::confirmNoBackup()
{
    auto* dialog = new Dialog(tr("No backup possible"), ceremony().rehearsal(), this);
    dialog->body()->addWidget(new Label(
        tr("If the device fails or is lost, its keys are gone for ever."), Type::Body, Token::Text, dialog));
    auto* typed = new QLineEdit(dialog);
    dialog->body()->addWidget(new FormField(tr("&Type NO BACKUP to go on."), typed, dialog));
    dialog->addReject(tr("&Cancel"));
    Button* accept = dialog->addAccept(tr("&Go on without backup"), Button::Look::Danger);
    accept->setEnabled(false);
    connect(typed, &QLineEdit::textChanged, accept,
        [accept](const QString& text) { accept->setEnabled(text == QStringLiteral("NO BACKUP")); });
    connect(
        dialog, &QDialog::accepted, this, [this] { static_cast<void>(ceremony().chooseScheme(scheme())); });
    dialog->open();
    typed->setFocus();
}

void SchemePage::compare()
{
    auto* dialog = new Dialog(tr("Compare the four ways"), ceremony().rehearsal(), this);
    auto* table = new Table({ tr("Way"), tr("Who can restore"), tr("What loses the backup") }, dialog);
    table->addRow({ tr("No backup possible"), tr("Nobody"), tr("There is none") });
    table->addRow({ tr("One password"), tr("Who knows the password"), tr("The password is forgotten") });
    table->addRow({ tr("Custodians, some must agree"), tr("As many custodians as you say"),
        tr("Too few sheets are left") });
    table->addRow({ tr("Several share files"), tr("The people of every file together"),
        tr("One file cannot be opened") });
    dialog->body()->addWidget(table);
    dialog->addReject(tr("&Close"));
    dialog->open();
}

void SchemePage::resizeEvent(QResizeEvent* event)
{
    Page::resizeEvent(event);
    m_columns->setDirection(width() < kStackedBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

} // namespace conclave::ui
