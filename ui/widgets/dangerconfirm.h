// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFrame>
#include <QTimer>

class QLineEdit;

namespace conclave::ui {

class Label;

/// Asks for a device's serial number to be typed before something that cannot be undone. What was typed is
/// gone after a minute without input.
class DangerConfirm : public QFrame {
    Q_OBJECT

public:
    static constexpr std::chrono::seconds kArmed{ 60 };

    explicit DangerConfirm(QWidget* parent = nullptr);

    void setSerial(const QString& serial);
    [[nodiscard]] const QString& serial() const { return m_serial; }
    [[nodiscard]] QLineEdit* field() const { return m_field; }
    [[nodiscard]] QString typed() const;
    [[nodiscard]] bool matches() const;

Q_SIGNALS:
    void matchChanged(bool matches);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void judge();
    void applyTheme();

    QString m_serial;
    Label* m_shown;
    QLineEdit* m_field;
    Label* m_progress;
    QTimer m_disarm;
};

} // namespace conclave::ui
