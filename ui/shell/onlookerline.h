// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/onlookers.h"
#include "ui/widgets/label.h"

#include <QTimer>

namespace conclave::ui {

/// On a curtain: which programs on this computer may see the screen, and that there may be others.
class OnlookerLine : public Label {
    Q_OBJECT

public:
    explicit OnlookerLine(QWidget* parent = nullptr);

private:
    void look();
    void show(const std::vector<Onlooker>& onlookers);

    QTimer m_again{ this };
};

} // namespace conclave::ui
