// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/theme.h"

#include <QLabel>

namespace conclave::ui {

/// Plain text in one of the theme's types and colours; wraps, and keeps its lines short enough to read.
class Label : public QLabel {
    Q_OBJECT

public:
    Label(const QString& text, Type type, Token colour, QWidget* parent = nullptr);

    void setType(Type type);
    void setToken(Token colour);

    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void apply();

    Type m_type;
    Token m_colour;
};

} // namespace conclave::ui
