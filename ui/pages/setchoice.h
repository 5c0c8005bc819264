// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/companion.h"
#include "ui/widgets/card.h"

#include <optional>

class QLineEdit;

namespace conclave::ui {

class Button;
class FormField;
class Note;
class Tick;

/// Which set a sheet is judged for: by its companion file, or by its prime alone. Nothing of it is secret.
class SetChoice : public Card {
    Q_OBJECT
public:
    /// The file dialog begins in `folder`.
    explicit SetChoice(QString folder, QWidget* parent = nullptr);

    /// A companion of an M-of-N set. Of a typed prime only that: set, scheme and verifiers are empty.
    [[nodiscard]] const std::optional<dkek::Companion>& chosen() const { return m_chosen; }
    /// Where the companion lies; empty for a typed prime.
    [[nodiscard]] QString folder() const { return m_chosen && m_chosen->scheme ? m_folder : QString(); }
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void changed();

private:
    void chooseFile();
    void read(const QString& path);
    void take(const Result<dkek::Companion>& companion);
    void judgePrime();
    void showFacts();
    void refuse(const QString& reason);

    QString m_folder;
    std::optional<dkek::Companion> m_chosen;
    Button* m_choose;
    Note* m_problem;
    QWidget* m_facts = nullptr;
    QVBoxLayout* m_factsSlot;
    Tick* m_byHand;
    QLineEdit* m_prime;
    FormField* m_primeField;
    int m_reading = 0; ///< an answer to an earlier choice is not taken
};

} // namespace conclave::ui
