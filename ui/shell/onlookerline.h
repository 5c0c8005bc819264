// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/onlookers.h"
#include "ui/shell/captureexclusion.h"
#include "ui/widgets/label.h"

#include <QTimer>

namespace conclave::ui {

/// On a curtain, and in the turn behind it: which programs on this computer may see the screen, and that
/// there may be others; looked for again and again. Where the system can do it, the window is kept out of
/// their pictures from here on.
class OnlookerLine : public Label {
    Q_OBJECT

public:
    enum class Place {
        Curtain,
        Turn,
        FullTurn, ///< of a page without room: only while somebody may see the screen
    };

    explicit OnlookerLine(Place place, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void look();
    void show();
    [[nodiscard]] QString captureSentence() const;

    Place m_place;
    std::vector<Onlooker> m_found;
    CaptureExclusion m_exclusion = CaptureExclusion::NotOffered;
    QTimer m_again{ this };
};

} // namespace conclave::ui
