// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/shell/page.h"

#include <optional>

class QComboBox;

namespace conclave::ui {

class Button;
class Dots;
class FormField;
class Label;
class Note;
class ShareFileCopies;
class Table;

/// Step 6 between the turns: which share files are in, which one is next.
class ImportPage : public Page {
    Q_OBJECT
public:
    explicit ImportPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void lookAgain() override;
    void back() override;

private:
    [[nodiscard]] int nextFile() const;
    void checkFile();
    void fileChecked(const Status& status);
    void typeFile();
    void putBack(const Bytes& content);
    void judgeSheets(const ceremony::ShareSet& next);
    void startOver();
    void fillNext();
    void chooseFile();
    void pauseForTravel();
    void initialiseAgain();

    Dots* m_dots;
    Label* m_sentence;
    Table* m_files = nullptr;
    ShareFileCopies* m_copies = nullptr; ///< when something is left to copy
    Note* m_sheets; ///< what is wrong with those handed in
    Note* m_fileNote;
    Button* m_chooseFile = nullptr;
    Button* m_typeFile;
    QComboBox* m_next = nullptr; ///< with several share files
    FormField* m_nextField = nullptr;
    int m_checkedFile = 0; ///< the share file that was last looked for in the folder
    std::optional<Status> m_fileState; ///< nothing: not known yet
    Button* m_startOver = nullptr;
    Button* m_start = nullptr;
};

} // namespace conclave::ui
