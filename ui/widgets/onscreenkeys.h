// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace conclave::ui {

/// Keys to click or touch, which type into whatever widget has the focus: for a laptop whose keyboard is
/// broken, missing or not to be trusted. Never takes the focus itself.
class OnScreenKeys : public QWidget {
    Q_OBJECT

public:
    enum class Set {
        Hex, ///< 0-9, a-f and "?"
        All, ///< printable ASCII
    };

    explicit OnScreenKeys(QWidget* parent = nullptr);

    void setKeys(Set keys);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

private:
    struct Key {
        QRect place{};
        int key = 0; ///< Qt::Key
        QChar character{}; ///< null for those that type none
        QChar shifted{};
        QString label{}; ///< in place of the character
    };

    void layOut();
    [[nodiscard]] QString label(const Key& key) const;
    [[nodiscard]] const Key* keyAt(QPoint position) const;
    void type(const Key& key);

    Set m_set = Set::All;
    std::vector<Key> m_keys;
    int m_down = -1; ///< index of the key that is held
    bool m_shift = false;
};

} // namespace conclave::ui
