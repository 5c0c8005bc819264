// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/page.h"

#include "ui/text/words.h"

namespace conclave::ui {

Page::Page(ceremony::Ceremony& ceremony, QWidget* parent)
    : QWidget(parent)
    , m_ceremony(ceremony)
{
}

RoleBanner::Content Page::banner() const
{
    return officerActs({});
}

RoleBanner::Content Page::officerActs(const QString& others)
{
    RoleBanner::Content content;
    content.icon = Icon::Person;
    content.who = roleName(ceremony::Role::Officer, 1);
    content.othersIcon = Icon::People;
    content.others = others;
    return content;
}

} // namespace conclave::ui
