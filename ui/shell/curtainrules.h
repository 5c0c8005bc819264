// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QTimer>

#include <chrono>

class QScreen;

namespace conclave::ui {

/// Watches the whole program for the moments at which the people at the screen may have changed. Whoever
/// shows secrets covers them then; that a window loses the focus is told by the window itself.
class CurtainRules : public QObject {
    Q_OBJECT

public:
    /// Secrets are covered after this time without input (formats.md, Rules with numbers).
    static constexpr std::chrono::seconds kIdleCurtain{ 60 };

    explicit CurtainRules(QObject* parent = nullptr);

    /// Something was shown just now: the idle time begins anew.
    void restart();

Q_SIGNALS:
    /// A display came or went, lies elsewhere or has another size, the program is in the background, the
    /// session is locked, or the computer goes to sleep.
    void peopleMayHaveChanged();
    /// Nobody touched keyboard, mouse or screen for the idle time.
    void nobodyActs();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void watch(const QScreen* screen);

    QTimer m_idle{ this };
};

} // namespace conclave::ui
