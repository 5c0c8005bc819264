// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/sharefilerows.h"

#include <QWidget>

#include <array>
#include <optional>

class QGridLayout;
class QLineEdit;

namespace conclave::ui {

class Note;
class Tag;

/// A share file is typed from a sheet: four rows of 16 pairs, each with two characters of its own that judge
/// it. The file is encrypted, so nothing of it is secret.
class ShareFileTyping : public QWidget {
    Q_OBJECT
public:
    /// `sha256` of the file as it was recorded, in hex.
    explicit ShareFileTyping(QString sha256, QWidget* parent = nullptr);

    /// The 64 bytes, once all rows fit and together are the recorded file.
    [[nodiscard]] const std::optional<Bytes>& file() const { return m_file; }

Q_SIGNALS:
    void changed();

private:
    struct Row {
        QLineEdit* pairs;
        QLineEdit* check;
        Tag* state;
    };

    void addRow(QGridLayout& grid, int row);
    void judge();
    /// The row's bytes when it fits.
    [[nodiscard]] std::optional<Bytes> judgeRow(int row);

    const QString m_sha256;
    std::array<Row, dkek::kFileRows> m_rows{};
    Note* m_note;
    std::optional<Bytes> m_file;
};

} // namespace conclave::ui
