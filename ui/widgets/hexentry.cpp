// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/hexentry.h"

#include "core/base/hex.h"
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

constexpr int kWidePitch = 67, kNarrowPitch = 54; // from one box to the next, at the usual text size
constexpr int kWideGap = 15, kNarrowGap = 11;
constexpr int kRowSpacing = 8;
constexpr int kCheckGap = 16; // before the check pairs
constexpr std::uint8_t kDigitsInPair = 2;
constexpr std::uint8_t kMark = '?';

int narrowPitch()
{
    return std::max(kNarrowPitch, qCeil(EntryBox::face().advance() * 2) + kNarrowGap + 8);
}

int widePitch()
{
    return narrowPitch() + kWidePitch - kNarrowPitch;
}

int rowHeight()
{
    return EntryBox::numberLineHeight() + EntryBox::height() + EntryBox::stateLineHeight();
}

std::uint8_t pairValue(const std::uint8_t* digits)
{
    return static_cast<std::uint8_t>(hexDigitValue(digits[0]) << 4 | hexDigitValue(digits[1]));
}

} // namespace

HexEntry::HexEntry(int bytes, const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
    , m_bytes(bytes)
    , m_voice(new Voice(*this))
{
    setCheckPairs(0);
    setAccessibleName(name);
    admitKeysOnly(*this);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void HexEntry::setCheckPairs(int checks)
{
    m_checks = checks;
    m_expected = nullptr;
    const auto boxes = static_cast<std::size_t>(m_bytes + rows() * checks);
    m_digits = SecretBytes(boxes * kDigitsInPair);
    m_typed.assign(boxes, 0);
    m_rowWrong.assign(static_cast<std::size_t>(rows()), false);
    goTo(firstShown());
    updateGeometry();
    valueChanged();
}

SecretBytes HexEntry::value() const
{
    SecretBytes value(static_cast<std::size_t>(m_bytes));
    std::size_t at = 0;
    for (int box = 0; box < count(); ++box) {
        if (isCheck(box))
            continue;
        const auto index = static_cast<std::size_t>(box);
        if (m_typed[index] < kDigitsInPair || isMarked(box))
            return {};
        value[at++] = pairValue(m_digits.data() + index * kDigitsInPair);
    }
    return value;
}

SecretBytes HexEntry::row(int row) const
{
    SecretBytes pairs(static_cast<std::size_t>(rowSize(row)));
    for (int pair = 0; pair < rowSize(row); ++pair) {
        const auto index = static_cast<std::size_t>(rowStart(row) + pair);
        if (m_typed[index] == kDigitsInPair && !isMarked(rowStart(row) + pair))
            pairs[static_cast<std::size_t>(pair)] = pairValue(m_digits.data() + index * kDigitsInPair);
    }
    return pairs;
}

std::vector<std::size_t> HexEntry::marked(int row) const
{
    std::vector<std::size_t> positions;
    for (int pair = 0; pair < rowSize(row); ++pair) {
        if (isMarked(rowStart(row) + pair))
            positions.push_back(static_cast<std::size_t>(pair));
    }
    return positions;
}

void HexEntry::setRow(int row, ByteView pairs)
{
    static constexpr char kHexDigits[] = "0123456789abcdef";
    for (int pair = 0; pair < rowSize(row); ++pair) {
        const auto index = static_cast<std::size_t>(rowStart(row) + pair);
        const std::uint8_t byte = pairs[static_cast<std::size_t>(pair)];
        m_digits[index * kDigitsInPair] = static_cast<std::uint8_t>(kHexDigits[byte >> 4]);
        m_digits[index * kDigitsInPair + 1] = static_cast<std::uint8_t>(kHexDigits[byte & 0x0f]);
        m_typed[index] = kDigitsInPair;
    }
    m_rowWrong[static_cast<std::size_t>(row)] = false;
    valueChanged();
}

void HexEntry::setRowWrong(int row, bool wrong)
{
    m_rowWrong[static_cast<std::size_t>(row)] = wrong;
    update();
    stateChanged(this);
}

bool HexEntry::complete() const
{
    return std::all_of(
        m_typed.begin(), m_typed.end(), [](std::uint8_t typed) { return typed == kDigitsInPair; });
}

bool HexEntry::fits() const
{
    for (int row = 0; row < rows(); ++row) {
        if (!rowFits(row))
            return false;
    }
    return true;
}

int HexEntry::rows() const
{
    return (m_bytes + kPairsInRow - 1) / kPairsInRow;
}

int HexEntry::pairsInRow(int row) const
{
    return std::min(kPairsInRow, m_bytes - row * kPairsInRow);
}

int HexEntry::columns() const
{
    return std::min(kPairsInRow, m_bytes) + m_checks;
}

bool HexEntry::isMarked(int box) const
{
    const std::uint8_t* digits = m_digits.data() + static_cast<std::size_t>(box) * kDigitsInPair;
    return digits[0] == kMark || digits[1] == kMark;
}

bool HexEntry::rowComplete(int row) const
{
    const auto first = m_typed.begin() + rowStart(row);
    return std::all_of(
        first, first + rowSize(row), [](std::uint8_t typed) { return typed == kDigitsInPair; });
}

bool HexEntry::rowFits(int row) const
{
    if (!rowComplete(row))
        return false;
    for (int pair = 0; pair < rowSize(row); ++pair) {
        if (differs(rowStart(row) + pair))
            return false;
    }
    return true;
}

void HexEntry::clear()
{
    for (int box = 0; box < count(); ++box)
        erase(box, 0);
    goTo(firstShown());
    valueChanged();
}

void HexEntry::clearRow(int row)
{
    for (int pair = 0; pair < rowSize(row); ++pair)
        erase(rowStart(row) + pair, 0);
    goTo(std::clamp(rowStart(row), firstShown(), lastShown()));
    valueChanged();
}

void HexEntry::setExpected(const SecretBytes* expected)
{
    Q_ASSERT(!expected || expected->size() == m_typed.size());
    m_expected = expected;
    update();
}

void HexEntry::showOnlyRow(int row)
{
    m_onlyRow = row;
    goTo(firstOpen());
    updateGeometry();
    update();
}

void HexEntry::setConcealed(bool concealed)
{
    m_concealed = concealed;
    update();
}

void HexEntry::setReadAloud(bool on)
{
    m_readAloud = on;
    if (!on)
        m_voice->hush();
}

QString HexEntry::spokenName() const
{
    return nameOf(m_current);
}

QString HexEntry::nameOf(int box) const
{
    const int row = rowOf(box);
    const int pair = pairOf(box) + 1;
    if (isCheck(box))
        return tr("%1, row %2, check pair %3 of %4")
            .arg(m_name)
            .arg(row + 1)
            .arg(pair - pairsInRow(row))
            .arg(m_checks);
    if (rows() == 1)
        return tr("%1, pair %2 of %3").arg(m_name).arg(pair).arg(pairsInRow(row));
    return tr("%1, row %2, pair %3 of %4").arg(m_name).arg(row + 1).arg(pair).arg(pairsInRow(row));
}

QString HexEntry::spokenState() const
{
    if (m_typed[static_cast<std::size_t>(m_current)] == 1)
        return tr("1 of 2 digits");
    if (isMarked(m_current))
        return tr("cannot be read");
    return EntryBox::spoken(state(m_current));
}

QSize HexEntry::sizeHint() const
{
    const int shownRows = m_onlyRow < 0 ? rows() : 1;
    return { columns() * widePitch() - kWideGap + (m_checks > 0 ? kCheckGap : 0) + 2 * EntryBox::kRing,
        shownRows * (rowHeight() + kRowSpacing) - kRowSpacing };
}

QSize HexEntry::minimumSizeHint() const
{
    return { columns() * narrowPitch() - kNarrowGap + (m_checks > 0 ? kCheckGap : 0) + 2 * EntryBox::kRing,
        sizeHint().height() };
}

bool HexEntry::event(QEvent* event)
{
    if (event->type() == QEvent::ShortcutOverride && isEditingKey(static_cast<const QKeyEvent&>(*event))) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void HexEntry::keyPressEvent(QKeyEvent* event)
{
    if (isTransfer(*event))
        return;
    if (const char32_t character = typedCharacter(*event)) {
        if (hexDigitValue(character) >= 0)
            typeDigit(static_cast<std::uint8_t>(QChar::toLower(character)));
        else if (character == kMark && m_checks > 0 && !m_expected)
            typeDigit(kMark);
        else if (!EntryBox::isSeparator(character)) {
            const QString reason = EntryBox::lookalikeReason(character);
            Q_EMIT refused(reason.isEmpty() ? tr("Only 0–9 and a–f.") : reason);
        }
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
    case Qt::Key_Up:
        goTo(m_current - rowStart(1) < firstShown() ? m_current : m_current - rowStart(1));
        break;
    case Qt::Key_Down:
        goTo(m_current + rowStart(1) > lastShown() ? m_current : m_current + rowStart(1));
        break;
    case Qt::Key_Home:
        goTo(firstShown());
        break;
    case Qt::Key_End:
        goTo(lastShown());
        break;
    case Qt::Key_Backspace:
        backspace();
        break;
    case Qt::Key_Delete:
        erase(m_current, 0);
        valueChanged();
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    sayBox(m_current);
}

void HexEntry::mousePressEvent(QMouseEvent* event)
{
    for (int box = firstShown(); box <= lastShown(); ++box) {
        if (boxRect(box).contains(event->position()))
            goTo(box);
    }
}

void HexEntry::focusInEvent(QFocusEvent* event)
{
    QWidget::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && event->reason() != Qt::ActiveWindowFocusReason
        && event->reason() != Qt::PopupFocusReason)
        goTo(firstOpen());
    update();
}

void HexEntry::focusOutEvent(QFocusEvent* event)
{
    QWidget::focusOutEvent(event);
    update();
}

int HexEntry::firstShown() const
{
    return rowStart(std::max(0, m_onlyRow));
}

int HexEntry::lastShown() const
{
    return m_onlyRow < 0 ? count() - 1 : firstShown() + rowSize(m_onlyRow) - 1;
}

int HexEntry::firstOpen() const
{
    for (int box = firstShown(); box <= lastShown(); ++box) {
        if (m_typed[static_cast<std::size_t>(box)] < kDigitsInPair || differs(box))
            return box;
    }
    return firstShown();
}

bool HexEntry::differs(int box) const
{
    const auto index = static_cast<std::size_t>(box);
    if (!m_expected || m_typed[index] < kDigitsInPair)
        return false;
    // Of one byte, so there is nothing to learn from the time it takes.
    return (pairValue(m_digits.data() + index * kDigitsInPair) ^ m_expected->view()[index]) != 0;
}

BoxState HexEntry::state(int box) const
{
    if (differs(box) || m_rowWrong[static_cast<std::size_t>(rowOf(box))])
        return BoxState::Differs;
    if (m_typed[static_cast<std::size_t>(box)] == kDigitsInPair)
        return BoxState::Complete;
    return box == m_current && acts() ? BoxState::Now : BoxState::Empty;
}

QRectF HexEntry::boxRect(int box) const
{
    const int line = rowOf(box) - rowOf(firstShown());
    const int checkGap = m_checks > 0 ? kCheckGap : 0;
    const int room = width() - 2 * EntryBox::kRing - checkGap;
    const int pitch = std::clamp((room + kNarrowGap) / columns(), narrowPitch(), widePitch());
    const int gap = pitch - narrowPitch() < kWideGap - kNarrowGap ? kNarrowGap : kWideGap;
    const int used = columns() * pitch - gap + checkGap + 2 * EntryBox::kRing;
    const int start = layoutDirection() == Qt::RightToLeft ? width() - used : 0;
    // Check pairs stand below each other, also in a short last row.
    const int column
        = isCheck(box) ? columns() - m_checks + pairOf(box) - pairsInRow(rowOf(box)) : pairOf(box);
    return QRectF(start + EntryBox::kRing + column * pitch + (isCheck(box) ? checkGap : 0),
        line * (rowHeight() + kRowSpacing) + EntryBox::numberLineHeight(), pitch - gap, EntryBox::height());
}

void HexEntry::goTo(int box)
{
    m_current = std::clamp(box, firstShown(), lastShown());
    m_arrived = true;
    nameChanged(this);
    update();
}

bool HexEntry::acts() const
{
    return m_voice->ownerActs();
}

/// What is typed in a box, as it stands there.
void HexEntry::sayBox(int box)
{
    if (!m_readAloud)
        return;
    const auto index = static_cast<std::size_t>(box);
    const std::uint8_t* digits = m_digits.data() + index * kDigitsInPair;
    if (m_typed[index] == 0)
        m_voice->say(EntryBox::spoken(BoxState::Empty), nameOf(box));
    else if (isMarked(box) || m_typed[index] < kDigitsInPair)
        m_voice->say(spokenCharacter(isMarked(box) ? kMark : digits[0]), nameOf(box));
    else
        m_voice->say(spokenPair(pairValue(digits)),
            state(box) == BoxState::Differs ? tr("%1, differs").arg(nameOf(box)) : nameOf(box));
}

void HexEntry::typeDigit(std::uint8_t ascii)
{
    const auto index = static_cast<std::size_t>(m_current);
    if (m_typed[index] == kDigitsInPair) {
        // One digit too many behind the last pair must not spoil it.
        if (!m_arrived)
            return;
        erase(m_current, 0);
    }
    m_arrived = false;
    m_rowWrong[static_cast<std::size_t>(rowOf(m_current))] = false;
    const int box = m_current;
    m_digits[index * kDigitsInPair + m_typed[index]] = ascii;
    ++m_typed[index];
    if (m_readAloud)
        m_voice->say(spokenCharacter(ascii), differs(box) ? tr("%1, differs").arg(nameOf(box)) : nameOf(box));
    if (m_typed[index] == kDigitsInPair)
        completed(box);
    else
        valueChanged();
}

void HexEntry::completed(int box)
{
    if (box < lastShown())
        goTo(box + 1);
    const int row = rowOf(box);
    const bool wrong = differs(box);
    const bool whole = rowComplete(row);
    const bool rowIsRight = rowFits(row);
    valueChanged();
    if (wrong)
        Q_EMIT pairDiffers(row, pairOf(box));
    if (whole)
        Q_EMIT rowCompleted(row, rowIsRight);
}

void HexEntry::erase(int box, int from)
{
    const auto index = static_cast<std::size_t>(box);
    m_rowWrong[static_cast<std::size_t>(rowOf(box))] = false;
    for (std::size_t digit = static_cast<std::size_t>(from); digit < kDigitsInPair; ++digit)
        m_digits[index * kDigitsInPair + digit] = 0;
    m_typed[index] = std::min(m_typed[index], static_cast<std::uint8_t>(from));
}

void HexEntry::backspace()
{
    const int typed = m_typed[static_cast<std::size_t>(m_current)];
    if (typed == 0) {
        goTo(m_current - 1);
        return;
    }
    erase(m_current, typed - 1);
    valueChanged();
}

void HexEntry::valueChanged()
{
    update();
    stateChanged(this);
    Q_EMIT changed();
}

void HexEntry::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (int box = firstShown(); box <= lastShown(); ++box)
        paintBox(painter, box);
}

void HexEntry::paintBox(QPainter& painter, int box) const
{
    const auto index = static_cast<std::size_t>(box);
    const QRectF rect = boxRect(box);
    const bool focused = acts() && box == m_current;
    const int pair = pairOf(box);
    EntryBox::paint(painter, rect, state(box), focused, isEnabled(), isCheck(box) ? 0 : pair + 1);
    if (isCheck(box) && pair == pairsInRow(rowOf(box)) + m_checks / 2)
        EntryBox::paintHeading(painter, rect, tr("check", "over the check pairs of a row"));
    for (int digit = 0; digit < m_typed[index]; ++digit) {
        EntryBox::paintCharacter(painter, rect, digit, kDigitsInPair,
            m_digits[index * kDigitsInPair + static_cast<std::size_t>(digit)], m_concealed);
    }
    if (focused && m_typed[index] < kDigitsInPair)
        EntryBox::paintCaret(painter, rect, m_typed[index], kDigitsInPair);
    if (pair > 0 && pair != pairsInRow(rowOf(box))) {
        const GlyphFace& face = EntryBox::face();
        const qreal gap = rect.left() - boxRect(box - 1).right();
        painter.setPen(Theme::instance().colour(Token::Muted));
        face.draw(painter,
            { rect.left() - gap / 2 - face.advance() / 2, rect.center().y() + face.capHeight() / 2 }, ':');
    }
}

} // namespace conclave::ui
