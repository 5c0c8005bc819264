// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QStringList>

#include <vector>

namespace conclave::ui {

class Tick;

/// The framed list of checks on a curtain.
class TickList : public QFrame {
    Q_OBJECT
public:
    explicit TickList(const QStringList& texts, QWidget* parent = nullptr);
    [[nodiscard]] const std::vector<Tick*>& ticks() const { return m_ticks; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Tick*> m_ticks;
};

} // namespace conclave::ui
