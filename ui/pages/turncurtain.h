// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/icon.h"
#include "ui/widgets/curtainview.h"

#include <QStringList>

#include <vector>

namespace conclave::ui {

class Button;
class Tick;

/// The curtain before a turn: who steps up, what that person ticks, and the button that lifts it.
class TurnCurtain : public CurtainView {
    Q_OBJECT

public:
    struct Words {
        QString about{};
        QString who{};
        QString others{};
        QStringList checks{};
        QString lift{};
        Icon liftIcon = Icon::Eye;
        QString below{}; ///< may be empty
    };

    TurnCurtain(const Words& words, bool withBack, QWidget* parent = nullptr);

    /// For who steps up next.
    void untick();
    /// The first unticked check, else the button.
    [[nodiscard]] QWidget* initialFocus() const;

Q_SIGNALS:
    void lifted();
    void backRequested();

private:
    void judge();

    std::vector<Tick*> m_ticks;
    Button* m_lift;
};

} // namespace conclave::ui
