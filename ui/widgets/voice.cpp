// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/voice.h"

#include "ui/widgets/spokenstate.h"

#include <QWidget>

#include <algorithm>

namespace conclave::ui {

class Voice::Mouth : public QWidget, public SpokenState {
public:
    explicit Mouth(QWidget& owner)
        : QWidget(&owner)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        setGeometry(owner.rect());
        show();
    }

    void setWords(const QString& words) { m_words = words; }

    [[nodiscard]] QString spokenName() const override { return m_words; }
    [[nodiscard]] QString spokenState() const override { return {}; }
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }

protected:
    // From where the owner stands among the others.
    bool focusNextPrevChild(bool next) override
    {
        parentWidget()->setFocus(Qt::OtherFocusReason);
        return QWidget::focusNextPrevChild(next);
    }
    // The owner paints the focus.
    void focusInEvent(QFocusEvent*) override { parentWidget()->update(); }
    void focusOutEvent(QFocusEvent*) override { parentWidget()->update(); }

private:
    QString m_words;
};

Voice::Voice(QWidget& owner)
    : QObject(&owner)
    , m_owner(owner)
{
}

void Voice::say(const QString& words, const QString& place)
{
    m_speaking = 1 - m_speaking;
    Mouth*& mouth = m_mouths.at(m_speaking);
    if (!mouth)
        mouth = new Mouth(m_owner);
    mouth->setWords(words);
    mouth->setAccessibleDescription(place);
    mouth->setFocus(Qt::OtherFocusReason);
    if (Mouth* other = m_mouths.at(1 - m_speaking))
        other->setWords({});
}

void Voice::hush()
{
    const bool acting = ownerActs();
    for (Mouth*& mouth : m_mouths) {
        if (mouth) {
            mouth->hide();
            mouth->deleteLater(); // a key typed at it may be under way
            mouth = nullptr;
        }
    }
    if (acting)
        m_owner.setFocus(Qt::OtherFocusReason);
}

bool Voice::ownerActs() const
{
    return m_owner.hasFocus()
        || std::ranges::any_of(m_mouths, [](const Mouth* mouth) { return mouth && mouth->hasFocus(); });
}

} // namespace conclave::ui
