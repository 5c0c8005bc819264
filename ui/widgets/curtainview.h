// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace conclave::ui {

/// The curtain: covers what is behind it, and shows in its middle who steps up.
class CurtainView : public QWidget {
    Q_OBJECT

public:
    explicit CurtainView(QWidget* parent = nullptr);

    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_body;
};

} // namespace conclave::ui
