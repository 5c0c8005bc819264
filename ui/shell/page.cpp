// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/page.h"

namespace conclave::ui {

Page::Page(ceremony::Ceremony& ceremony, QWidget* parent)
    : QWidget(parent)
    , m_ceremony(ceremony)
{
}

} // namespace conclave::ui
