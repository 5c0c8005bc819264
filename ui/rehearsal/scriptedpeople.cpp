// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/rehearsal/scriptedpeople.h"

#include "core/card/keyalgorithm.h"
#include "core/dkek/checkpairs.h"
#include "ui/pages/participantstable.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/widgets/button.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/dangerconfirm.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/tick.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace conclave::ui {

using namespace ceremony;

namespace {

// A rehearsal's PINs protect nothing; they are invented here and told nowhere.
constexpr char kUserPin[] = "rehearsal-7";
constexpr char kSoPin[] = "5265686561727361";

const std::array kPeople{ QStringLiteral("Sample Officer"), QStringLiteral("Sample Witness"),
    QStringLiteral("Sample Custodian A"), QStringLiteral("Sample Custodian B"),
    QStringLiteral("Sample Custodian C"), QStringLiteral("Sample Custodian D"),
    QStringLiteral("Sample Custodian E") };

/// Any three will do; not the first ones, so that the rehearsal shows it.
constexpr std::array kReturning{ 5, 2, 4 };
constexpr std::size_t kKeys = 2;

SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

template <typename Widget>
std::vector<Widget*> shown(const QWidget& parent)
{
    std::vector<Widget*> found;
    for (Widget* widget : parent.findChildren<Widget*>()) {
        if (widget->isVisible() && widget->isEnabled())
            found.push_back(widget);
    }
    return found;
}

bool tickAll(const QWidget& page)
{
    const auto ticks = shown<Tick>(page);
    for (Tick* tick : ticks) {
        if (!tick->isChecked())
            hands::press(*tick);
    }
    return !ticks.empty();
}

Button* curtainButton(const QWidget& page)
{
    const auto buttons = shown<Button>(page);
    const auto found = std::ranges::find(buttons, Button::Look::OnCurtain, &Button::look);
    return found == buttons.end() ? nullptr : *found;
}

Button* buttonThatGoesOn(const CeremonyView& view)
{
    Button* lift = curtainButton(*view.page());
    return lift ? lift : view.footer().primary();
}

} // namespace

ScriptedPeople::ScriptedPeople(Ceremony& ceremony)
    : ScriptedPeople(ceremony, { secret(kUserPin), secret(kSoPin) })
{
}

ScriptedPeople::ScriptedPeople(Ceremony& ceremony, Pins pins)
    : m_ceremony(ceremony)
    , m_pins(std::move(pins))
{
}

bool ScriptedPeople::fill(const CeremonyView& view)
{
    const Page& page = *view.page();
    switch (view.pageId()) {
    case PageId::Prepare:
        fillPreparation(page);
        return true;
    case PageId::HandOut:
    case PageId::Curtain:
    case PageId::BackUp: // a rehearsal has no second medium: one copy will do
    case PageId::Import:
    case PageId::Report:
        tickAll(page);
        return true;
    case PageId::Reveal:
        note();
        return true;
    case PageId::Proof:
        for (HexEntry* entry : shown<HexEntry>(page)) {
            if (!entry->complete())
                hands::typeHex(*entry, m_sheets.at(m_ceremony.turnId()).rows);
        }
        return true;
    case PageId::Pins:
        return fillPins(page);
    case PageId::Erase:
        for (DangerConfirm* confirm : shown<DangerConfirm>(page)) {
            if (!confirm->matches())
                hands::type(*confirm->field(), confirm->serial());
        }
        return true;
    case PageId::Entry:
        return fillEntry(page);
    case PageId::Generate:
    case PageId::Restore:
    case PageId::CloneProof:
        for (SecretField* pin : shown<SecretField>(page)) {
            if (pin->isEmpty())
                hands::type(*pin, m_pins.user);
        }
        return true;
    case PageId::Review:
        for (QPlainTextEdit* text : shown<QPlainTextEdit>(page)) {
            if (text->toPlainText().isEmpty())
                hands::type(*text, u"Part of the rehearsal.");
        }
        return true;
    case PageId::Detect:
    case PageId::Devices:
    case PageId::Scheme:
    case PageId::KeyCheckValue:
    case PageId::CleanDevice:
        return true;
    case PageId::KeyPlan:
        return planKeys(page);
    case PageId::OldSet: // they establish
    case PageId::Resume:
    case PageId::Transport:
    case PageId::Paused:
    case PageId::Trouble:
    case PageId::Working:
    case PageId::Password:
    case PageId::DkekMismatch:
    case PageId::FirstDevice:
    case PageId::ChooseBackup:
    case PageId::SecondOpinion:
    case PageId::Closed:
        return false;
    }
    return false;
}

bool ScriptedPeople::canGoOn(const CeremonyView& view)
{
    const Button* button = buttonThatGoesOn(view);
    return button && button->isEnabled() && button->isVisible();
}

bool ScriptedPeople::goOn(const CeremonyView& view)
{
    return hands::press(*buttonThatGoesOn(view));
}

void ScriptedPeople::fillPreparation(const Page& page)
{
    const ParticipantsTable* table = shown<ParticipantsTable>(page).front();
    std::size_t person = 0;
    for (QLineEdit* field : shown<QLineEdit>(page)) {
        const bool inTable = table->isAncestorOf(field);
        const QString text = inTable                           ? kPeople.at(person++ % kPeople.size())
            : field->objectName() == QStringLiteral("purpose") ? QStringLiteral("Rehearsal Root CA")
            : field->objectName() == QStringLiteral("place")   ? QStringLiteral("Meeting room")
                                                               : QString();
        if (field->text().isEmpty())
            hands::type(*field, text);
    }
    for (QComboBox* checkedBy : shown<QComboBox>(*table))
        checkedBy->setCurrentIndex(1);
    for (Tick* tick : shown<Tick>(page)) {
        if (tick->objectName() == QStringLiteral("clock") && !tick->isChecked())
            hands::press(*tick);
    }
}

bool ScriptedPeople::planKeys(const Page& page)
{
    const auto algorithms = shown<QComboBox>(page);
    if (algorithms.size() < kKeys) {
        for (Button* button : shown<Button>(page)) {
            if (button->objectName() == QStringLiteral("addKey"))
                hands::press(*button);
        }
        return false; // the new row shows up in a moment
    }
    for (QLineEdit* field : shown<QLineEdit>(page)) {
        if (!field->text().isEmpty())
            continue;
        hands::type(*field, u"decryption-key");
        algorithms.back()->setCurrentIndex(
            algorithms.back()->findData(static_cast<int>(card::KeyAlgorithm::Rsa2048)));
    }
    return true;
}

bool ScriptedPeople::fillPins(const Page& page)
{
    if (tickAll(page))
        return true;
    const auto fields = shown<SecretField>(page);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i]->isEmpty())
            hands::type(*fields[i], i + 2 < fields.size() ? m_pins.so : m_pins.user);
    }
    return !fields.empty();
}

int ScriptedPeople::nextToImport() const
{
    const ShareSet& set = *m_ceremony.state().set(m_ceremony.turnSet());
    const auto next = std::ranges::find_if(kReturning, [&set](int id) { return !set.received.contains(id); });
    return next == kReturning.end() ? 0 : *next;
}

bool ScriptedPeople::fillEntry(const Page& page)
{
    const auto sheet = m_sheets.find(nextToImport());
    if (sheet == m_sheets.end())
        return false;
    for (HexEntry* entry : shown<HexEntry>(page)) {
        if (entry->complete())
            return true;
        hands::selectAll(*shown<QSpinBox>(page).front());
        hands::type(*shown<QSpinBox>(page).front(), QString::number(sheet->first));
        hands::typeHex(*entry, sheet->second.rows);
        hands::type(*shown<CodeField>(page).front(), sheet->second.checkCode);
    }
    return true;
}

void ScriptedPeople::note()
{
    const dkek::CustodianShare* share = m_ceremony.shareOnShow();
    const SecretBytes* code = m_ceremony.checkCodeOnShow();
    if (share && code)
        m_sheets.insert_or_assign(
            share->id, Sheet{ dkek::sheetRows(share->id, share->value), code->clone() });
}

} // namespace conclave::ui
