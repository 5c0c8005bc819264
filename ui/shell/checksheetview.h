// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/sheetjudgement.h"
#include "ui/shell/errand.h"

class QVBoxLayout;

namespace conclave::ui {

class Button;
class CurtainRules;
class Note;
class SetChoice;
class SheetAnswer;
class SheetEntry;
class Tick;
class TurnCurtain;

/// "Check my sheet": a custodian, alone and outside any ceremony, types a sheet and sees whether it is right.
/// Nothing is combined, nothing is kept: the curtain wipes what was typed. That it was checked can be noted
/// in the record of its ceremony.
class CheckSheetView : public Errand {
    Q_OBJECT

public:
    enum class Phase { Set, Curtain, Entry, Judging, Answer };

    /// Companions are looked for in `recordsFolder` first.
    CheckSheetView(const QString& recordsFolder, bool rehearsal, QWidget* parent = nullptr);

    [[nodiscard]] Phase phase() const { return m_phase; }
    /// Wipes what was typed and drops the curtain; before it was lifted, nothing.
    void cover() override;
    void goBack() override;
    void showHelp() override;

protected:
    [[nodiscard]] QWidget* initialFocus() override;

private:
    void buildContent(const QString& recordsFolder);
    void buildCurtain();
    void show(Phase phase);
    void showWords();
    void fillFooter();
    void lift();
    void wipe();
    void setConcealed(bool concealed);
    void lookForRecord();
    void check();
    void noteInRecord(dkek::SheetVerdict verdict);
    void judged(const Result<dkek::SheetJudgement>& judgement);
    void say(const QString& text);

    Phase m_phase = Phase::Set;
    CurtainRules* m_rules;
    TurnCurtain* m_curtain;
    Note* m_note;
    SetChoice* m_set;
    Tick* m_record; ///< offered where the companion lies beside the record of its ceremony
    QString m_recordFolder;
    QVBoxLayout* m_entrySlot;
    SheetEntry* m_sheet = nullptr; ///< from lifting the curtain to dropping it
    SheetAnswer* m_answer;
    Button* m_conceal = nullptr;
    Button* m_next = nullptr;
    bool m_concealed = false;
    bool m_right = false; ///< the answer shown: nothing is left to correct
    int m_check = 0; ///< an answer to an earlier check is not shown
};

} // namespace conclave::ui
