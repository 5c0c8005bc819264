// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/dialog.h"

#include "ui/theme/theme.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/ribbon.h"

#include <QEvent>
#include <QScreen>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

namespace {
constexpr int kWidth = 520;
}

Dialog::Dialog(const QString& title, bool rehearsal, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowModality(Qt::WindowModal);
    setMinimumWidth(kWidth);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    if (rehearsal)
        layout->addWidget(new Ribbon(this));
    auto* content = new QVBoxLayout;
    content->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    content->setSpacing(space::k12);
    content->addWidget(new Label(title, Type::Title, Token::Text, this));
    m_body = new QVBoxLayout;
    m_body->setSpacing(space::k12);
    content->addLayout(m_body);
    layout->addLayout(content);
    m_footer = new FooterBar(this);
    layout->addWidget(m_footer);
    setAccessibleName(title);
    setWindowTitle(title);
}

Button* Dialog::addReject(const QString& text)
{
    Button* button = m_footer->addEnd(new Button(text, Button::Look::Secondary));
    connect(button, &QAbstractButton::clicked, this, &QDialog::reject);
    return button;
}

Button* Dialog::addAccept(const QString& text, Button::Look look)
{
    Button* button = m_footer->addEnd(new Button(text, look));
    connect(button, &QAbstractButton::clicked, this, &QDialog::accept);
    return button;
}

bool Dialog::event(QEvent* event)
{
    const bool taken = QDialog::event(event);
    if (event->type() == QEvent::Show || event->type() == QEvent::LayoutRequest)
        makeRoom();
    return taken;
}

/// A window of its own is not given the height that its lines need at their width.
void Dialog::makeRoom()
{
    setMinimumHeight(std::min(layout()->totalHeightForWidth(width()), screen()->availableSize().height()));
}

void ask(QWidget* parent, bool rehearsal, const QString& title, const QString& text, const QString& reject,
    const QString& accept, const std::function<void()>& accepted)
{
    auto* dialog = new Dialog(title, rehearsal, parent);
    dialog->body()->addWidget(new Label(text, Type::Body, Token::Text, dialog));
    dialog->addReject(reject);
    dialog->addAccept(accept);
    QObject::connect(dialog, &QDialog::accepted, parent, accepted);
    dialog->open();
}

} // namespace conclave::ui
