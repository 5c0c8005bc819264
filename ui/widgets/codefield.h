// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/entrybox.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

namespace conclave::ui {

class Voice;

/// Boxes of one character each for a check code, always left to right: 0-9 A-H J K M N P-T V-Z, lower case
/// becomes upper. It says whether a share was typed right and so is kept like the share.
class CodeField : public QWidget, public SpokenState {
    Q_OBJECT

public:
    explicit CodeField(int characters = 4, QWidget* parent = nullptr);

    /// Upper-case ASCII; nothing while it is incomplete.
    [[nodiscard]] SecretBytes value() const;
    [[nodiscard]] bool complete() const;
    [[nodiscard]] bool isEmpty() const;
    /// Wipes the value.
    void clear();
    void setConcealed(bool concealed);
    /// Tells a screen reader each character that is typed, and one that is gone to.
    void setReadAloud(bool on);

    /// Of the current box: "Check code, character 2 of 4".
    [[nodiscard]] QString spokenName() const override;
    [[nodiscard]] QString spokenState() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::EditableText; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void changed();
    /// A key was not entered, for this reason.
    void refused(const QString& reason);

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int count() const { return static_cast<int>(m_characters.size()); }
    [[nodiscard]] bool typed(int box) const;
    [[nodiscard]] QRectF boxRect(int box) const;
    [[nodiscard]] BoxState state(int box) const;
    [[nodiscard]] QString nameOf(int box) const;
    void goTo(int box);
    void sayBox(int box);
    void type(char32_t character);
    void set(int box, std::uint8_t ascii);
    void valueChanged();

    SecretBytes m_characters; ///< 0 where nothing was typed
    int m_current = 0;
    bool m_arrived = true;
    bool m_concealed = false;
    Voice* m_voice; ///< of setReadAloud()
    bool m_readAloud = false;
};

} // namespace conclave::ui
