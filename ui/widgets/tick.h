// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QCheckBox>

namespace conclave::ui {

/// A check box whose text wraps.
class Tick : public QCheckBox {
    Q_OBJECT

public:
    enum class Look { Normal, OnCurtain };

    explicit Tick(const QString& text, QWidget* parent = nullptr);
    Tick(const QString& text, Look look, QWidget* parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool hitButton(const QPoint& at) const override { return rect().contains(at); }
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRect textRect(int width) const;

    Look m_look;
};

} // namespace conclave::ui
