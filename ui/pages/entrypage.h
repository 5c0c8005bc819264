// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

class QLineEdit;

namespace conclave::ui {

class Button;
class Dots;
class Label;
class FormField;
class Note;
class PlainSheetEntry;
class SecretField;
class SheetEntry;

/// A custodian types the share, or the holder the password, for an import or to open a set that was brought.
/// Of a set of another tool the first custodian types the prime before.
class EntryPage : public Page {
    Q_OBJECT
public:
    explicit EntryPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] bool insideTurn() const override { return true; }
    void cover() override;
    [[nodiscard]] QString help() const override;

private:
    [[nodiscard]] bool isPassword() const { return m_password != nullptr; }
    void buildShare();
    void buildPassword();
    void buildPrime();
    void buildPlainSheet();
    void judgePrime();
    void judge();
    void setConcealed(bool concealed);
    void clear();
    void handIn();
    void handInSheet();
    void sheetEdited();
    void tell(const Status& handed);
    void say(const QString& text);

    SheetEntry* m_sheet = nullptr;
    PlainSheetEntry* m_plain = nullptr; ///< of a set of another tool
    QWidget* m_primeCard = nullptr; ///< until the prime of such a set is known
    QLineEdit* m_prime = nullptr;
    FormField* m_primeField = nullptr;
    Bytes m_typedPrime;
    SecretField* m_password = nullptr;
    Note* m_note;
    Button* m_conceal = nullptr;
    Button* m_handIn = nullptr;
    bool m_concealed = false;
    bool m_asking = false; ///< the companion, of what is typed
    int m_asked = 0; ///< what was asked before the last change does not count
};

} // namespace conclave::ui
