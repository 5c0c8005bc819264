// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/sheetjudgement.h"

#include <QWidget>

#include <vector>

class QScrollArea;
class QStackedLayout;
class QVBoxLayout;

namespace conclave::ui {

class Button;
class CurtainRules;
class CurtainView;
class FooterBar;
class Label;
class Note;
class RoleBanner;
class SetChoice;
class SheetAnswer;
class SheetEntry;
class Tick;

/// "Check my sheet": a custodian, alone and outside any ceremony, types a sheet and sees whether it is right.
/// Nothing is combined, nothing is kept: the curtain wipes what was typed.
class CheckSheetView : public QWidget {
    Q_OBJECT

public:
    enum class Phase { Set, Curtain, Entry, Judging, Answer };

    /// Companions are looked for in `recordsFolder` first.
    CheckSheetView(const QString& recordsFolder, bool rehearsal, QWidget* parent = nullptr);

    [[nodiscard]] Phase phase() const { return m_phase; }
    [[nodiscard]] FooterBar& footer() const { return *m_footer; }
    void enter();
    /// Wipes what was typed and drops the curtain; before it was lifted, nothing.
    void cover();
    void goBack();
    void showHelp();

Q_SIGNALS:
    void leaveRequested();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildFrame(const QString& recordsFolder);
    void buildCurtain();
    void show(Phase phase);
    void showWords();
    void fillFooter();
    void takeFocus();
    void judgeTicks();
    void lift();
    void wipe();
    void setConcealed(bool concealed);
    void check();
    void judged(const Result<dkek::SheetJudgement>& judgement);
    void say(const QString& text);

    const bool m_rehearsal;
    Phase m_phase = Phase::Set;
    CurtainRules* m_rules;
    QStackedLayout* m_layers;
    QWidget* m_frame;
    CurtainView* m_curtain;
    std::vector<Tick*> m_ticks;
    Button* m_lift;
    RoleBanner* m_banner;
    QScrollArea* m_scroll;
    Label* m_title;
    Label* m_lead;
    Note* m_note;
    SetChoice* m_set;
    QVBoxLayout* m_entrySlot;
    SheetEntry* m_sheet = nullptr; ///< from lifting the curtain to dropping it
    SheetAnswer* m_answer;
    FooterBar* m_footer;
    Button* m_conceal = nullptr;
    Button* m_next = nullptr;
    bool m_concealed = false;
    bool m_right = false; ///< the answer shown: nothing is left to correct
    int m_check = 0; ///< an answer to an earlier check is not shown
};

} // namespace conclave::ui
