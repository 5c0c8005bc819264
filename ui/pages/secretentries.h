// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/secretfield.h"

#include <vector>

namespace conclave::ui {

class FormField;
class Note;

/// The secret fields that one person fills in, one below the other; new values are typed twice.
class SecretEntries : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        QString label{}; ///< with a mnemonic
        QString again{}; ///< label of the second field; empty: typed once
        QString hint{};
        QString longestHint{}; ///< in place of the hint when no more fits; may be empty
        SecretField::Accept accept = SecretField::Accept::Hex;
        std::size_t shortest = 1;
        std::size_t longest = 1;
    };

    explicit SecretEntries(const std::vector<Entry>& entries, QWidget* parent = nullptr);

    /// Every entry is long enough, and typed the same twice where that is asked for.
    [[nodiscard]] bool complete() const;
    /// The entry's value; its fields are empty afterwards.
    [[nodiscard]] SecretBytes take(std::size_t entry);
    void clear();
    [[nodiscard]] QWidget* firstField() const { return m_rows.front().field; }

Q_SIGNALS:
    void edited();

private:
    struct Row {
        Entry entry;
        SecretField* field = nullptr;
        FormField* whole = nullptr;
        SecretField* again = nullptr; ///< null: typed once
        FormField* againWhole = nullptr;
    };
    [[nodiscard]] static bool same(const Row& row);
    void judge();

    std::vector<Row> m_rows;
    Note* m_refused;
};

} // namespace conclave::ui
