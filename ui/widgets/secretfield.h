// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

#include <optional>

namespace conclave::ui {

/// A field for a PIN or password. What is typed goes from the key event into SecretBytes and is painted glyph
/// by glyph; there is no clipboard, undo, drag, context menu, input method and no text for assistive
/// technology. Shows dots unless revealed. Under the field stands "Caps Lock is on." where typing has shown
/// it.
class SecretField : public QWidget, public SpokenState {
    Q_OBJECT

public:
    enum class Accept {
        Any, ///< printable Unicode, kept as UTF-8
        Digits,
        Hex, ///< upper case becomes lower
        Ascii, ///< printable ASCII with the space
    };

    /// `maxLength` counts characters.
    SecretField(Accept accept, int maxLength, QWidget* parent = nullptr);

    /// The value; the field is empty afterwards.
    [[nodiscard]] SecretBytes take();
    /// The value, valid until the next change.
    [[nodiscard]] ByteView view() const { return m_bytes.view().first(m_used); }
    [[nodiscard]] bool takesHexOnly() const { return m_accept == Accept::Hex || m_accept == Accept::Digits; }
    /// In characters.
    [[nodiscard]] std::size_t length() const;
    [[nodiscard]] bool isEmpty() const { return m_used == 0; }
    /// Wipes the value.
    void clear();
    void setRevealed(bool revealed);
    [[nodiscard]] bool isRevealed() const { return m_revealed; }
    /// The counter "%1 of 16 digits" at the end of the field; on for Digits and Hex, off for others.
    void setCounterShown(bool shown);
    [[nodiscard]] bool isCapsLockNoted() const { return m_capsLock == true; }

    [[nodiscard]] QString spokenName() const override { return accessibleName(); }
    [[nodiscard]] QString spokenState() const override;
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::EditableText; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

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
    void hideEvent(QHideEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] bool accepts(char32_t character) const;
    [[nodiscard]] QString reason() const;
    [[nodiscard]] QString counter() const;
    [[nodiscard]] std::size_t charactersBefore(std::size_t offset) const;
    [[nodiscard]] std::size_t previous(std::size_t offset) const;
    [[nodiscard]] std::size_t next(std::size_t offset) const;
    [[nodiscard]] QRect fieldRect() const;
    [[nodiscard]] QRect noteRect() const;
    [[nodiscard]] QRect textRect() const;
    [[nodiscard]] qreal pitch() const;
    void insert(char32_t character);
    void remove(std::size_t from, std::size_t to);
    void moveCaret(std::size_t offset);
    void noteCapsLock(const QKeyEvent& event, char32_t character);
    void setCapsLock(std::optional<bool> on);
    void valueChanged();
    void scrollToCaret();
    void paintValue(QPainter& painter) const;
    void paintCapsLockNote(QPainter& painter) const;

    const Accept m_accept;
    const std::size_t m_maxLength;
    SecretBytes m_bytes; ///< room for maxLength characters; the first m_used are the value
    std::size_t m_used = 0;
    std::size_t m_caret = 0; ///< offset in bytes
    bool m_allSelected = false;
    bool m_revealed = false;
    bool m_counterShown = false;
    std::optional<bool> m_capsLock; ///< unknown until a letter shows it
    qreal m_scroll = 0;
};

} // namespace conclave::ui
