// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/icon.h"

#include <QLabel>
#include <QWidget>

namespace conclave::ui {

class Label;

/// Who acts now, and what everyone else does.
class RoleBanner : public QWidget {
    Q_OBJECT

public:
    struct Content {
        int number = 0; ///< a custodian's; 0: the role's icon
        Icon icon = Icon::Person;
        QString who{};
        Icon othersIcon = Icon::People;
        QString othersStrong{}; ///< a sentence that must not be missed
        QString others{};
    };

    explicit RoleBanner(QWidget* parent = nullptr);

    void setContent(const Content& content);
    [[nodiscard]] QString who() const { return m_content.who; }
    /// One line, 46 pixels instead of 62.
    void setCompact(bool compact);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void show();
    [[nodiscard]] QRect avatar() const;

    Content m_content;
    bool m_compact = false;
    Label* m_acts;
    Label* m_who;
    QLabel* m_othersSign;
    QLabel* m_others;
};

} // namespace conclave::ui
