// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPushButton>

namespace conclave::ui {

/// A push button in the looks of the wizard. Leaves room for the focus ring round its frame.
class Button : public QPushButton {
    Q_OBJECT

public:
    enum class Look {
        Primary,
        Secondary,
        Danger,
        Link, ///< no frame
        OnCurtain, ///< the one that lifts a curtain
        CurtainSecondary,
    };

    explicit Button(const QString& text, Look look = Look::Secondary, QWidget* parent = nullptr);

    [[nodiscard]] Look look() const { return m_look; }
    void setLook(Look look);
    /// 30 pixels high instead of 36.
    void setSmall(bool small);
    /// A key that does the same, shown at the end like a key cap: "Esc".
    void setShortcutHint(const QString& key);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool onCurtain() const;
    [[nodiscard]] int padding() const;
    [[nodiscard]] int textWidth() const;
    [[nodiscard]] int keyWidth() const;

    Look m_look;
    bool m_small = false;
    QString m_key;
};

} // namespace conclave::ui
