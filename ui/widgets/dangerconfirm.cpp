// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/dangerconfirm.h"

#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>

#include <algorithm>

namespace conclave::ui {

namespace {

constexpr int kRadius = 8;
constexpr int kFieldHeight = 50;
constexpr int kFieldWidth = 330;
constexpr int kPadding = 22;

} // namespace

DangerConfirm::DangerConfirm(QWidget* parent)
    : QFrame(parent)
    , m_shown(new Label({}, Type::SerialLarge, Token::Text, this))
    , m_field(new QLineEdit(this))
    , m_progress(new Label({}, Type::Body, Token::Muted, this))
{
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(kPadding, space::k16, kPadding, space::k16);
    grid->setHorizontalSpacing(space::k24);
    grid->setVerticalSpacing(space::k4);
    auto* heading = new Label(tr("&Type the serial number to confirm"), Type::FieldName, Token::Text, this);
    heading->setBuddy(m_field);
    grid->addWidget(heading, 0, 0, 1, 3);
    grid->setRowMinimumHeight(1, space::k24);
    grid->addWidget(new Label(tr("On the device"), Type::Hint, Token::Muted, this), 1, 0, Qt::AlignBottom);
    grid->addWidget(new Label(tr("Typed"), Type::Hint, Token::Muted, this), 1, 1, Qt::AlignBottom);
    m_shown->setWordWrap(false);
    m_shown->setLayoutDirection(Qt::LeftToRight);
    grid->addWidget(m_shown, 2, 0);
    m_field->setLayoutDirection(Qt::LeftToRight);
    m_field->setFixedHeight(kFieldHeight);
    m_field->setMaximumWidth(kFieldWidth);
    m_field->setAccessibleName(tr("Serial number"));
    m_field->setContextMenuPolicy(Qt::PreventContextMenu); // typed, not pasted
    grid->addWidget(m_field, 2, 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    grid->addWidget(m_progress, 3, 0, 1, 3);

    m_disarm.setSingleShot(true);
    m_disarm.setInterval(kArmed);
    connect(&m_disarm, &QTimer::timeout, m_field, &QLineEdit::clear);
    connect(m_field, &QLineEdit::textChanged, this, &DangerConfirm::judge);
    connect(&Theme::instance(), &Theme::changed, this, &DangerConfirm::applyTheme);
    applyTheme();
}

void DangerConfirm::applyTheme()
{
    m_field->setFont(Theme::instance().font(Type::SerialLarge));
    update();
}

void DangerConfirm::setSerial(const QString& serial)
{
    m_serial = serial;
    m_shown->setText(serial);
    m_field->setAccessibleDescription(tr("On the device: %1").arg(serial));
    judge();
}

QString DangerConfirm::typed() const
{
    return m_field->text().trimmed();
}

bool DangerConfirm::matches() const
{
    return !m_serial.isEmpty() && typed() == m_serial;
}

void DangerConfirm::judge()
{
    m_disarm.start();
    const QString now = typed();
    const auto fits
        = std::mismatch(now.begin(), now.end(), m_serial.begin(), m_serial.end()).first - now.begin();
    const bool differs = fits < now.size();
    m_progress->setToken(differs ? Token::Danger : matches() ? Token::Ok : Token::Muted);
    m_progress->setText(differs ? tr("Character %1 differs.").arg(fits + 1)
                                : tr("%1 of %2 characters match so far.").arg(fits).arg(m_serial.size()));
    Q_EMIT matchChanged(matches());
}

void DangerConfirm::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Theme::instance().colour(Token::Base));
    painter.setPen(QPen(Theme::instance().colour(Token::Danger), 2));
    painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), kRadius, kRadius);
}

} // namespace conclave::ui
