// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/rail.h"

namespace conclave::ui {

/// One step of the rail.
class RailItem : public QWidget {
    Q_OBJECT

public:
    /// `total` steps are there in all.
    RailItem(const Rail::Item& item, int total, bool compact, QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintBadge(QPainter& painter, const QRectF& badge) const;

    Rail::Item m_item;
    bool m_compact;
};

/// The dashed line between what can be undone and what cannot.
class RailLine : public QWidget {
    Q_OBJECT

public:
    RailLine(const QString& words, int afterStep, bool passed, bool compact, QWidget* parent);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_words;
    bool m_passed;
    bool m_compact;
};

} // namespace conclave::ui
