// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace conclave::ui {

enum class TagKind { Neutral, Ok, Warn, Danger, Info, Accent };

/// A few words on a small coloured plate; the colours that judge come with a sign.
class Tag : public QWidget {
    Q_OBJECT

public:
    Tag(TagKind kind, const QString& text, QWidget* parent = nullptr);

    void setKind(TagKind kind);
    void setText(const QString& text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    TagKind m_kind;
    QString m_text;
};

} // namespace conclave::ui
