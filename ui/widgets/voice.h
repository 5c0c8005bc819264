// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

#include <array>

class QWidget;

namespace conclave::ui {

/// Makes a screen reader say words one after the other, also the same word twice: two children of a widget
/// take the focus in turn, because what gets the focus is always said, and what only changes is not by all of
/// them. Keys go on to the widget.
class Voice : public QObject {
    Q_OBJECT

public:
    explicit Voice(QWidget& owner);

    /// `words` is one of spokendigits.h, so that no string is made of a secret; `place` says where it stands.
    void say(const QString& words, const QString& place);
    /// Forgets what was said; the focus goes back to the owner.
    void hush();
    /// The focus is here, or on the owner itself.
    [[nodiscard]] bool ownerActs() const;

private:
    class Mouth;

    QWidget& m_owner;
    std::array<Mouth*, 2> m_mouths{}; ///< made when first needed
    std::size_t m_speaking = 0;
};

} // namespace conclave::ui
