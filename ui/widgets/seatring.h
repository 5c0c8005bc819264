// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <optional>
#include <set>

namespace conclave::ui {

/// Custodians round a table. Without done ones the first `filled` seats are filled; with them, those have a
/// tick, and the current one a ring.
class SeatRing : public QWidget {
    Q_OBJECT

public:
    explicit SeatRing(QWidget* parent = nullptr);

    void setSeats(int total, int filled);
    /// Numbers of seats, from 1.
    void setDone(std::set<int> done);
    void setCurrent(int seat);
    /// In the middle; "M of N" by default.
    void setCentre(const QString& text);
    void setOnCurtain(bool on);
    /// The same in a sentence, for assistive technology.
    void setSentence(const QString& sentence);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void paintSeat(QPainter& painter, int seat, QPointF centre, qreal radius) const;

    int m_total = 0;
    int m_filled = 0;
    std::optional<std::set<int>> m_done;
    int m_current = 0;
    QString m_centre;
    bool m_onCurtain = false;
};

} // namespace conclave::ui
