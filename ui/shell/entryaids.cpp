// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/entryaids.h"

#include "ui/shell/keyboardtest.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/onscreenkeys.h"
#include "ui/widgets/secretfield.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kSide = 32;

bool takesSecret(const QWidget* widget)
{
    return qobject_cast<const HexEntry*>(widget) || qobject_cast<const SecretField*>(widget)
        || qobject_cast<const CodeField*>(widget);
}

} // namespace

EntryAids::EntryAids(const QWidget& content, bool rehearsal, QWidget* parent)
    : QWidget(parent)
    , m_content(content)
    , m_rehearsal(rehearsal)
    , m_test(new Button(tr("Test the keyboard…"), Button::Look::Link, this))
    , m_show(new Button(tr("Keys on the screen"), Button::Look::Link, this))
    , m_keys(new OnScreenKeys(this))
{
    auto* links = new QHBoxLayout;
    links->addStretch(1);
    links->addWidget(m_test);
    links->addWidget(m_show);
    auto* down = new QVBoxLayout(this);
    down->setContentsMargins(kSide, 0, kSide, space::k4);
    down->setSpacing(space::k4);
    down->addLayout(links);
    down->addWidget(m_keys, 0, Qt::AlignHCenter);
    m_show->setCheckable(true);
    m_keys->hide();
    connect(m_show, &QAbstractButton::toggled, this, &EntryAids::showKeys);
    connect(m_test, &QAbstractButton::clicked, this, &EntryAids::testKeyboard);
    // Later: a field that is hidden loses the focus first, and is still visible then.
    connect(qApp, &QApplication::focusChanged, this, &EntryAids::follow, Qt::QueuedConnection);
    hide();
}

void EntryAids::follow()
{
    QWidget* focus = QApplication::focusWidget();
    if (takesSecret(focus) && m_content.isAncestorOf(focus)) {
        m_field = focus;
        const auto* field = qobject_cast<SecretField*>(focus);
        const bool hex = field ? field->takesHexOnly() : qobject_cast<HexEntry*>(focus) != nullptr;
        m_keys->setKeys(hex ? OnScreenKeys::Set::Hex : OnScreenKeys::Set::All);
        queueBehindContent();
        show();
    } else if (!m_field || !m_field->isVisible()) {
        m_show->setChecked(false);
        hide();
    }
}

/// Tab comes here after the last field: pages are made after this was.
void EntryAids::queueBehindContent()
{
    QWidget* last = nullptr;
    for (QWidget* each = m_content.nextInFocusChain(); each != &m_content; each = each->nextInFocusChain()) {
        if (m_content.isAncestorOf(each) && each->focusPolicy() & Qt::TabFocus)
            last = each;
    }
    if (last) {
        setTabOrder(last, m_test);
        setTabOrder(m_test, m_show);
    }
}

void EntryAids::showKeys(bool shown)
{
    m_keys->setVisible(shown);
    if (m_field)
        m_field->setFocus();
}

void EntryAids::testKeyboard()
{
    (new KeyboardTest(m_rehearsal, this))->open();
}

} // namespace conclave::ui
