// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>

class QVBoxLayout;

namespace conclave::ui {

/// What becomes of the backup when custodians or their sheets are lost: a row for each number of losses, up
/// to the one that is too many.
class LossTable : public QFrame {
    Q_OBJECT

public:
    explicit LossTable(QWidget* parent = nullptr);

    void setScheme(int threshold, int total);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addRow(int lost, int reserve);

    QVBoxLayout* m_rows;
    int m_threshold = 0;
    int m_total = 0;
};

} // namespace conclave::ui
