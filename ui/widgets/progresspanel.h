// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QTimer>

namespace conclave::ui {

class Label;

/// Work of the device under way: what, since when, how long it usually takes. Never a percentage: the bar
/// shows time, with marks where such work is often and almost always done.
class ProgressPanel : public QFrame {
    Q_OBJECT

public:
    explicit ProgressPanel(QWidget* parent = nullptr);

    /// Times in milliseconds; `startedMs` of std::chrono::steady_clock, `usualLowMs` and `usualHighMs` the
    /// 10th and 95th percentile, 0 when not known.
    void start(const QString& what, qint64 startedMs, int usualLowMs, int usualHighMs);
    void stop();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    class Bar;

    void tick();
    [[nodiscard]] qint64 elapsedMs() const;

    Label* m_what;
    Label* m_time;
    Label* m_late;
    Bar* m_bar;
    qint64 m_startedMs = 0;
    int m_lowMs = 0;
    int m_highMs = 0;
    QTimer m_timer;
};

} // namespace conclave::ui
