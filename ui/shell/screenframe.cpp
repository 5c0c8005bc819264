// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/screenframe.h"

#include "ui/shell/entryaids.h"
#include "ui/theme/theme.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/rolebanner.h"

#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kCompactWidth = 1000;
constexpr int kCompactHeight = 640;
constexpr int kContentWidth = 800;
constexpr int kSidePadding = 32;
constexpr int kTopPadding = 22;

} // namespace

ScreenFrame::ScreenFrame(bool rehearsal, QWidget* parent)
    : QWidget(parent)
{
    m_banner = new RoleBanner(this);
    m_footer = new FooterBar(this);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    auto* canvas = new QWidget(m_scroll);
    auto* sides = new QHBoxLayout(canvas);
    sides->setContentsMargins(kSidePadding, kTopPadding, kSidePadding, kTopPadding);
    m_content = new QWidget(canvas);
    m_content->setMaximumWidth(kContentWidth);
    sides->addStretch(1);
    sides->addWidget(m_content, kContentWidth);
    sides->addStretch(1);
    auto* column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_heading = new QHBoxLayout;
    m_title = new Label({}, Type::Title, Token::Text, m_content);
    m_heading->addWidget(m_title, 1);
    m_lead = new Label({}, Type::Lead, Token::Muted, m_content);
    m_body = new QVBoxLayout;
    column->addLayout(m_heading);
    column->addSpacing(space::k4);
    column->addWidget(m_lead);
    column->addSpacing(space::k16);
    column->addLayout(m_body, 1);
    m_scroll->setWidget(canvas);

    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(0, 0, 0, 0);
    down->setSpacing(0);
    down->addWidget(m_banner);
    down->addWidget(m_scroll, 1);
    down->addWidget(new EntryAids(*m_content, rehearsal, this));
    down->addWidget(m_footer);
}

void ScreenFrame::scrollToTop()
{
    m_scroll->verticalScrollBar()->setValue(0);
}

void ScreenFrame::setCompact(bool compact)
{
    m_banner->setCompact(compact);
    m_footer->setCompact(compact);
    m_title->setType(compact ? Type::CompactTitle : Type::Title);
}

bool ScreenFrame::isCompact(QSize window)
{
    return window.width() < kCompactWidth || window.height() < kCompactHeight;
}

} // namespace conclave::ui
