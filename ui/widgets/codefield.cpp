// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/codefield.h"

#include "core/base/codealphabet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/secretkeys.h"
#include "ui/widgets/spokendigits.h"
#include "ui/widgets/voice.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace conclave::ui {

namespace {

constexpr int kGap = 9;

int pitch()
{
    return std::max(52, qCeil(EntryBox::face().advance() * 2) + 12) + kGap;
}

} // namespace

CodeField::CodeField(int characters, QWidget* parent)
    : QWidget(parent)
    , m_characters(static_cast<std::size_t>(characters))
    , m_voice(new Voice(*this))
{
    setAccessibleName(tr("Check code"));
    admitKeysOnly(*this);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

SecretBytes CodeField::value() const
{
    return complete() ? m_characters.clone() : SecretBytes();
}

bool CodeField::complete() const
{
    const ByteView all = m_characters.view();
    return std::find(all.begin(), all.end(), 0) == all.end();
}

bool CodeField::isEmpty() const
{
    const ByteView all = m_characters.view();
    return std::all_of(all.begin(), all.end(), [](std::uint8_t character) { return character == 0; });
}

void CodeField::clear()
{
    std::fill_n(m_characters.data(), m_characters.size(), std::uint8_t{ 0 });
    goTo(0);
    valueChanged();
}

void CodeField::setConcealed(bool concealed)
{
    m_concealed = concealed;
    update();
}

void CodeField::setReadAloud(bool on)
{
    m_readAloud = on;
    if (!on)
        m_voice->hush();
}

QString CodeField::spokenName() const
{
    return nameOf(m_current);
}

QString CodeField::nameOf(int box) const
{
    return tr("%1, character %2 of %3").arg(accessibleName()).arg(box + 1).arg(count());
}

/// What is typed in a box, as it stands there.
void CodeField::sayBox(int box)
{
    if (!m_readAloud)
        return;
    m_voice->say(typed(box) ? spokenCharacter(m_characters.view()[static_cast<std::size_t>(box)])
                            : EntryBox::spoken(BoxState::Empty),
        nameOf(box));
}

QString CodeField::spokenState() const
{
    return EntryBox::spoken(state(m_current));
}

QSize CodeField::sizeHint() const
{
    return { count() * pitch() - kGap + 2 * EntryBox::kRing,
        EntryBox::kRing + EntryBox::height() + EntryBox::stateLineHeight() };
}

bool CodeField::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isEditingKey(static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void CodeField::keyPressEvent(QKeyEvent* event)
{
    if (isTransfer(*event))
        return;
    if (const char32_t character = typedCharacter(*event)) {
        type(character);
        return;
    }
    const bool command = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    switch (command ? 0 : event->key()) {
    case Qt::Key_Left:
        goTo(m_current - 1);
        break;
    case Qt::Key_Right:
        goTo(m_current + 1);
        break;
    case Qt::Key_Home:
        goTo(0);
        break;
    case Qt::Key_End:
        goTo(count() - 1);
        break;
    case Qt::Key_Backspace:
        if (typed(m_current))
            set(m_current, 0);
        else
            goTo(m_current - 1);
        break;
    case Qt::Key_Delete:
        set(m_current, 0);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    sayBox(m_current);
}

void CodeField::mousePressEvent(QMouseEvent* event)
{
    for (int box = 0; box < count(); ++box) {
        if (boxRect(box).contains(event->position()))
            goTo(box);
    }
}

void CodeField::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason
        && event->reason() != Qt::PopupFocusReason) {
        const ByteView all = m_characters.view();
        const auto open = std::find(all.begin(), all.end(), 0);
        goTo(open == all.end() ? 0 : static_cast<int>(open - all.begin()));
    }
    update();
}

void CodeField::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

bool CodeField::typed(int box) const
{
    return m_characters.view()[static_cast<std::size_t>(box)] != 0;
}

BoxState CodeField::state(int box) const
{
    if (typed(box))
        return BoxState::Complete;
    return box == m_current && m_voice->ownerActs() ? BoxState::Now : BoxState::Empty;
}

QRectF CodeField::boxRect(int box) const
{
    const int start = layoutDirection() == Qt::RightToLeft ? width() - sizeHint().width() : 0;
    return QRectF(
        start + EntryBox::kRing + box * pitch(), EntryBox::kRing, pitch() - kGap, EntryBox::height());
}

void CodeField::goTo(int box)
{
    m_current = std::clamp(box, 0, count() - 1);
    m_arrived = true;
    nameChanged(this);
    update();
}

void CodeField::type(char32_t character)
{
    const int index = codeCharacterValue(character);
    if (index < 0) {
        if (!EntryBox::isSeparator(character)) {
            const QString reason = EntryBox::lookalikeReason(character);
            Q_EMIT refused(
                reason.isEmpty() ? tr("Only 0–9 and the letters A–Z without I, L, O and U.") : reason);
        }
        return;
    }
    // One character too many behind the last must not replace it.
    if (typed(m_current) && !m_arrived)
        return;
    const int box = m_current;
    m_arrived = false;
    if (box + 1 < count())
        goTo(box + 1);
    set(box, static_cast<std::uint8_t>(kCodeAlphabet[index]));
    sayBox(box);
}

void CodeField::set(int box, std::uint8_t ascii)
{
    m_characters[static_cast<std::size_t>(box)] = ascii;
    valueChanged();
}

void CodeField::valueChanged()
{
    update();
    stateChanged(this);
    Q_EMIT changed();
}

void CodeField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int box = 0; box < count(); ++box) {
        const QRectF rect = boxRect(box);
        const bool focused = m_voice->ownerActs() && box == m_current;
        EntryBox::paint(painter, rect, state(box), focused, isEnabled(), 0);
        if (typed(box)) {
            const std::uint8_t ascii = m_characters.view()[static_cast<std::size_t>(box)];
            EntryBox::paintCharacter(painter, rect, 0, 1, ascii, m_concealed);
        } else if (focused) {
            EntryBox::paintCaret(painter, rect, 0, 1);
        }
    }
}

} // namespace conclave::ui
