// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/errand.h"

#include "ui/shell/dialog.h"
#include "ui/shell/regions.h"
#include "ui/shell/screenframe.h"
#include "ui/widgets/button.h"
#include "ui/widgets/curtainview.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/rolebanner.h"

#include <QAccessible>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace conclave::ui {

Errand::Errand(bool rehearsal, QWidget* parent)
    : QWidget(parent)
    , m_rehearsal(rehearsal)
    , m_layers(new QStackedLayout(this))
    , m_frame(new ScreenFrame(rehearsal, this))
{
    m_layers->addWidget(m_frame);
}

FooterBar& Errand::footer() const
{
    return *m_frame->footer();
}

void Errand::setCurtain(CurtainView* curtain)
{
    if (m_curtain) {
        m_layers->removeWidget(m_curtain);
        m_curtain->hide();
        m_curtain->deleteLater(); // it may be in the middle of a call
    }
    m_curtain = curtain;
    m_layers->addWidget(curtain);
}

void Errand::present(bool covered)
{
    m_layers->setCurrentWidget(covered ? static_cast<QWidget*>(m_curtain) : m_frame);
    m_frame->scrollToTop();
    setAccessibleName(m_frame->title()->text());
    setAccessibleDescription(m_frame->lead()->text());
    takeFocus();
    QAccessibleEvent announced(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&announced);
}

void Errand::takeFocus()
{
    QWidget* focus = initialFocus();
    if (!focus && footer().primary() && footer().primary()->isEnabled())
        focus = footer().primary();
    if (focus)
        focus->setFocus(Qt::OtherFocusReason);
}

void Errand::showHelpTexts(const QString& title, const QStringList& texts)
{
    auto* dialog = new Dialog(title, m_rehearsal, this);
    for (const QString& text : texts)
        dialog->body()->addWidget(
            new Label(text, Type::Body, text == texts.back() ? Token::Muted : Token::Text, dialog));
    dialog->addReject(tr("&Close"));
    dialog->open();
}

bool Errand::covered() const
{
    return m_curtain && m_layers->currentWidget() == m_curtain;
}

void Errand::nextRegion(bool forward)
{
    if (!covered())
        focusNextRegion({ m_frame->banner(), m_frame->content(), m_frame->footer() }, forward);
}

void Errand::readOut()
{
    if (!covered())
        showHelpTexts(m_frame->title()->text(),
            { tr("Acts now: %1").arg(m_frame->banner()->who()), m_frame->lead()->text() });
}

void Errand::keyPressEvent(QKeyEvent* event)
{
    if (!covered() && footer().answer(*event))
        return;
    // Long texts without a control among them are read by keyboard, too.
    const bool scrolls = event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown
        || event->key() == Qt::Key_Home || event->key() == Qt::Key_End;
    if (scrolls && !covered())
        QCoreApplication::sendEvent(frame().scroll()->verticalScrollBar(), event);
    else
        QWidget::keyPressEvent(event);
}

void Errand::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_frame->setCompact(ScreenFrame::isCompact(size()));
}

} // namespace conclave::ui
