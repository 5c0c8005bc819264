// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/pintask.h"
#include "ui/pages/pinturn.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace conclave::ui {

class DangerConfirm;
class SoPinTries;
class Tick;

/// What is said, and asked to be typed, before a task with PINs begins (formats.md, Rules with numbers).
class PinConfirm : public QWidget {
    Q_OBJECT
public:
    /// `tries`: that the PIN needed has left; nothing where it is not known.
    PinConfirm(card::PinTask task, const card::DeviceStatus& status, std::optional<int> tries,
        QWidget* parent = nullptr);

    /// There is anything to say or to ask.
    [[nodiscard]] bool needed() const { return m_needed; }
    [[nodiscard]] bool confirmed() const;
    [[nodiscard]] InHalves halves() const;
    /// The first field to fill; null when nothing is to be typed.
    [[nodiscard]] QWidget* firstField() const;

Q_SIGNALS:
    void edited();

private:
    void askLastTry();
    void offerHalves(card::PinTask task);
    void confirmSoPin(const card::DeviceStatus& status);

    QVBoxLayout* m_layout;
    bool m_needed = false;
    SoPinTries* m_soPinTries = nullptr;
    Tick* m_soPinHalves = nullptr;
    Tick* m_newSoPinHalves = nullptr;
    QLineEdit* m_lastTry = nullptr;
    DangerConfirm* m_serial = nullptr;
};

} // namespace conclave::ui
