// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

namespace conclave::ui {

/// Shows one made-up secret (a SO-PIN) large, in groups of four, four groups a row, to be copied by hand.
/// Painted from its own SecretBytes; nothing can be selected, copied or read by a screen reader.
class SecretView : public QWidget, public SpokenState {
    Q_OBJECT

public:
    explicit SecretView(QWidget* parent = nullptr);

    using QWidget::show;
    /// Printable ASCII.
    void show(SecretBytes ascii);
    /// Wipes what it shows.
    void clear();

    [[nodiscard]] QString spokenName() const override;
    [[nodiscard]] QString spokenState() const override { return {}; }
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    SecretBytes m_ascii;
};

} // namespace conclave::ui
