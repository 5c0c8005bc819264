// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QLineEdit;

namespace conclave::ui {

class Button;
class FormField;
class Label;
class Note;
class ParticipantsTable;
class Tick;

/// Step 1: purpose, place, folder, people.
class PreparePage : public Page {
    Q_OBJECT
public:
    /// `ceremonyFolder`: the ceremony's own folder when it is fixed; else one is made in `recordsFolder`.
    PreparePage(ceremony::Ceremony& ceremony, const QString& recordsFolder, QString ceremonyFolder);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    void submit();
    void browse();
    [[nodiscard]] QString folder() const;
    [[nodiscard]] bool judge();
    void showClock();

    const QString m_fixedFolder;
    QLineEdit* m_purpose;
    QLineEdit* m_place;
    QLineEdit* m_id;
    QLineEdit* m_records;
    FormField* m_purposeField;
    FormField* m_idField;
    FormField* m_recordsField;
    Tick* m_clock;
    Label* m_clockLabel;
    Label* m_people;
    ParticipantsTable* m_table;
    Label* m_peopleError;
    Note* m_samePeople;
    Tick* m_noWitness;
    Tick* m_memoryFolder;
};

} // namespace conclave::ui
