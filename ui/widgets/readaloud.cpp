// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/readaloud.h"

#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/spokendigits.h"
#include "ui/widgets/tick.h"
#include "ui/widgets/voice.h"

#include <QAccessible>
#include <QFrame>
#include <QKeyEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <utility>

namespace conclave::ui {

namespace {
constexpr int kPad = 10, kRadius = 6;
}

/// Where the keys go; looks like a field, with the focus as long as a voice speaks for it.
class ReadAloud::Strip : public QWidget {
public:
    explicit Strip(QWidget* parent)
        : QWidget(parent)
        , m_voice(new Voice(*this))
    {
        setFocusPolicy(Qt::StrongFocus);
        auto* layout = new QVBoxLayout(this);
        layout->setContentsMargins(kPad, kPad, kPad, kPad);
        auto* keys
            = new Label(ReadAloud::tr("Right arrow or space: the next pair. Left arrow: the one before. "
                                      "Up arrow: again. Down arrow: the next row. Home: from the start."),
                Type::Body, Token::Text, this);
        layout->addWidget(keys);
        setAccessibleName(ReadAloud::tr("Read aloud, pair by pair"));
        setAccessibleDescription(keys->text());
    }

    [[nodiscard]] Voice* voice() const { return m_voice; }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const bool acts = m_voice->ownerActs();
        painter.setBrush(Theme::instance().colour(Token::Base));
        painter.setPen(QPen(Theme::instance().colour(acts ? Token::Accent : Token::Field), acts ? 2 : 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
    }

private:
    Voice* m_voice;
};

ReadAloud::ReadAloud(QWidget* parent)
    : QWidget(parent)
    , m_switch(new Tick(tr("Read aloud"), this))
    , m_warning(new Note(Note::Kind::Warn, {}, this))
    , m_strip(new Strip(this))
    , m_voice(m_strip->voice())
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k8);
    layout->addWidget(m_switch);
    layout->addWidget(m_warning);
    layout->addWidget(m_strip);
    m_switch->setObjectName(QStringLiteral("readAloud"));
    m_switch->setAccessibleDescription(tr("Use headphones. Tells the screen reader the secret of this "
                                          "screen. Off again when the screen is left."));
    judge();
    connect(m_switch, &QAbstractButton::toggled, this, [this](bool on) {
        if (!on)
            offer({});
        Q_EMIT switched(on);
        judge();
        if (on && !m_lines.empty())
            m_strip->setFocus();
    });
}

QWidget* ReadAloud::switchApart()
{
    m_apart = true;
    layout()->removeWidget(m_switch);
    judge();
    return m_switch;
}

bool ReadAloud::isOn() const
{
    return m_switch->isChecked();
}

void ReadAloud::offer(std::vector<ReadAloudLine> lines)
{
    m_voice->hush();
    m_lines = std::move(lines);
    std::erase_if(m_lines, [](const ReadAloudLine& line) { return line.value.empty(); });
    m_line = m_at = 0;
    m_begun = false;
    judge();
}

void ReadAloud::clear()
{
    offer({});
    m_switch->setChecked(false);
}

void ReadAloud::judge()
{
    const bool on = isOn();
    if (on)
        m_warning->setText(QAccessible::isActive()
                ? tr("Use headphones. The screen reader, and the system that brings it the words, are other "
                     "programs: nobody knows what they keep.")
                : tr(
                    "No screen reader is running, so nothing is heard. With one, use headphones. It, and the "
                    "system that brings it the words, are other programs: nobody knows what they keep."));
    m_warning->setVisible(on);
    m_strip->setVisible(on && !m_lines.empty());
    if (m_apart)
        setVisible(on);
}

/// The warning comes up at the end of screens that may be too short for it.
void ReadAloud::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    for (QWidget* each = parentWidget(); each && isOn(); each = each->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(each))
            area->ensureWidgetVisible(this, 0, 0);
    }
}

void ReadAloud::keyPressEvent(QKeyEvent* event)
{
    const bool command = event->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier);
    if (m_lines.empty() || !isOn() || !m_voice->ownerActs() || command) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Space:
        next();
        break;
    case Qt::Key_Left:
        previous();
        break;
    case Qt::Key_Up:
        goTo(m_line, m_at);
        break;
    case Qt::Key_Down:
        if (m_line + 1 < m_lines.size())
            goTo(m_line + 1, 0);
        break;
    case Qt::Key_Home:
        goTo(0, 0);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    Q_EMIT asked();
}

void ReadAloud::goTo(std::size_t line, std::size_t at)
{
    m_line = line;
    m_at = at;
    m_begun = true;
    say();
}

void ReadAloud::next()
{
    if (!m_begun)
        goTo(0, 0);
    else if (m_at + 1 < m_lines[m_line].value.size())
        goTo(m_line, m_at + 1);
    else if (m_line + 1 < m_lines.size())
        goTo(m_line + 1, 0);
    else
        m_voice->say(tr("That was all", "after the last pair that is read aloud"), {});
}

void ReadAloud::previous()
{
    if (m_at > 0)
        goTo(m_line, m_at - 1);
    else if (m_line > 0)
        goTo(m_line - 1, m_lines[m_line - 1].value.size() - 1);
    else
        goTo(0, 0);
}

void ReadAloud::say()
{
    const ReadAloudLine& line = m_lines[m_line];
    const std::uint8_t byte = line.value.view()[m_at];
    const int number = static_cast<int>(m_at) + 1;
    const int size = static_cast<int>(line.value.size());
    const int pairs = size - line.checks;
    if (line.characters)
        m_voice->say(spokenCharacter(byte),
            size == 1 ? line.name : tr("%1, character %2 of %3").arg(line.name).arg(number).arg(size));
    else if (number > pairs)
        m_voice->say(spokenPair(byte),
            tr("%1, check pair %2 of %3").arg(line.name).arg(number - pairs).arg(line.checks));
    else
        m_voice->say(spokenPair(byte), tr("%1, pair %2 of %3").arg(line.name).arg(number).arg(pairs));
}

} // namespace conclave::ui
