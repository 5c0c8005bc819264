// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/progresspanel.h"

#include "ui/widgets/label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

#include <chrono>

namespace conclave::ui {

namespace {

constexpr std::chrono::milliseconds kTick{ 500 };
constexpr int kShortMs = 10'000; // work below this has no marks
constexpr int kAnnounceEveryMs = 30'000;
constexpr int kBarHeight = 10;
constexpr qreal kRoom = 1.25; // the bar ends at this multiple of the second mark
constexpr int kSegments = 8; // places of the moving part of an indeterminate bar

QString clock(qint64 ms)
{
    const qint64 seconds = ms / 1000;
    return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

/// The bar with its two marks and their words.
class ProgressPanel::Bar : public QWidget {
public:
    explicit Bar(QWidget* parent)
        : QWidget(parent)
    {
        setFont(Theme::instance().font(Type::Hint));
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

    void setTimes(qint64 elapsedMs, int lowMs, int highMs)
    {
        const bool marked = highMs >= kShortMs;
        if (marked != m_marked)
            updateGeometry();
        m_marked = marked;
        m_elapsed = static_cast<qreal>(elapsedMs);
        m_low = lowMs;
        m_high = highMs;
        update();
    }

    [[nodiscard]] QSize sizeHint() const override
    {
        return { 200, m_marked ? kBarHeight + space::k8 + fontMetrics().height() : kBarHeight };
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        const Theme& theme = Theme::instance();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.colour(Token::DisabledFill));
        const QRectF bar(0, 0, width(), kBarHeight);
        const qreal radius = kBarHeight / 2.0;
        painter.drawRoundedRect(bar, radius, radius);
        painter.setBrush(theme.colour(Token::Accent));
        if (!m_marked || m_elapsed > m_high) {
            const int at = static_cast<int>(m_elapsed / static_cast<qreal>(kTick.count())) % kSegments;
            painter.drawRoundedRect(
                QRectF(at * bar.width() / kSegments, 0, bar.width() / kSegments, kBarHeight), radius, radius);
        } else {
            painter.drawRoundedRect(
                visual(QRectF(0, 0, std::max(place(m_elapsed), 2 * radius), kBarHeight)), radius, radius);
        }
        if (m_marked) {
            paintMark(painter, m_low, ProgressPanel::tr("often done"));
            paintMark(painter, m_high, ProgressPanel::tr("almost always done"));
        }
    }

private:
    [[nodiscard]] qreal place(qreal ms) const { return width() * ms / (m_high * kRoom); }
    [[nodiscard]] QRectF visual(QRectF at) const
    {
        if (isRightToLeft())
            at.moveLeft(width() - at.right());
        return at;
    }
    void paintMark(QPainter& painter, int ms, const QString& words) const
    {
        const qreal x = place(ms);
        painter.fillRect(visual(QRectF(x - 1, 0, 2, kBarHeight)), Theme::instance().colour(Token::Muted));
        painter.setPen(Theme::instance().colour(Token::Muted));
        const qreal wide = fontMetrics().horizontalAdvance(words) + 2.0;
        const qreal left = std::clamp(x - wide / 2, 0.0, std::max(0.0, width() - wide));
        painter.drawText(visual(QRectF(left, kBarHeight + space::k4, wide, fontMetrics().height())),
            Qt::AlignCenter, words);
        painter.setPen(Qt::NoPen);
    }

    bool m_marked = false;
    qreal m_elapsed = 0;
    int m_low = 0;
    int m_high = 0;
};

ProgressPanel::ProgressPanel(QWidget* parent)
    : QFrame(parent)
    , m_what(new Label({}, Type::FieldName, Token::Text, this))
    , m_time(new Label({}, Type::Body, Token::Muted, this))
    , m_late(new Label(tr("Longer than usual. The device still answers."), Type::Body, Token::Warn, this))
    , m_bar(new Bar(this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, space::k16, 20, space::k16);
    layout->setSpacing(space::k12);
    auto* line = new QHBoxLayout;
    line->addWidget(m_what, 1);
    m_time->setWordWrap(false);
    line->addWidget(m_time);
    layout->addLayout(line);
    layout->addWidget(m_bar);
    layout->addWidget(m_late);
    m_late->hide();
    m_timer.setInterval(kTick);
    connect(&m_timer, &QTimer::timeout, this, &ProgressPanel::tick);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ProgressPanel::start(const QString& what, qint64 startedMs, int usualLowMs, int usualHighMs)
{
    m_what->setText(what);
    m_startedMs = startedMs;
    m_lowMs = usualLowMs;
    m_highMs = usualHighMs;
    m_timer.start();
    tick();
}

void ProgressPanel::stop()
{
    m_timer.stop();
}

qint64 ProgressPanel::elapsedMs() const
{
    using namespace std::chrono;
    const auto now = duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
    return std::max<qint64>(0, now - m_startedMs);
}

void ProgressPanel::tick()
{
    const qint64 elapsed = elapsedMs();
    m_bar->setTimes(elapsed, m_lowMs, m_highMs);
    m_late->setVisible(m_highMs > 0 && elapsed > std::max(m_highMs, kShortMs));
    m_time->setText(m_highMs >= kShortMs
            ? tr("%1 elapsed · usually %2 to %3").arg(clock(elapsed), clock(m_lowMs), clock(m_highMs))
            : tr("%1 elapsed").arg(clock(elapsed)));
    setAccessibleName(tr("%1, %2").arg(m_what->text(), m_time->text()));
    if (elapsed % kAnnounceEveryMs < kTick.count()) {
        QAccessibleEvent changed(this, QAccessible::NameChanged);
        QAccessible::updateAccessibility(&changed);
    }
}

void ProgressPanel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::instance().colour(Token::Base));
    painter.setPen(Theme::instance().colour(Token::Line));
    painter.drawRoundedRect(QRectF(rect()).adjusted(.5, .5, -.5, -.5), 8, 8);
}

} // namespace conclave::ui
