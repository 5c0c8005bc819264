// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace conclave::ui {

/// How many of a few are done: done ones have a tick, the next one a strong ring, the others their number.
class Dots : public QWidget {
    Q_OBJECT

public:
    explicit Dots(QWidget* parent = nullptr);

    void setCount(int total, int done);
    /// The same in a sentence, for assistive technology.
    void setSentence(const QString& sentence);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int m_total = 0;
    int m_done = 0;
};

} // namespace conclave::ui
