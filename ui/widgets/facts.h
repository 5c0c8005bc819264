// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QWidget>

class QGridLayout;

namespace conclave::ui {

/// Names and values in two columns.
class Facts : public QWidget {
    Q_OBJECT

public:
    explicit Facts(QWidget* parent = nullptr);

    void add(const QString& name, const QString& value, Type type = Type::Body);

private:
    QGridLayout* m_grid;
    int m_rows = 0;
};

} // namespace conclave::ui
