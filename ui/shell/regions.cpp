// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/regions.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>

namespace conclave::ui {

void focusNextRegion(const std::vector<QWidget*>& regions, bool forward)
{
    const QWidget* focus = QApplication::focusWidget();
    const auto at = std::find_if(regions.begin(), regions.end(),
        [focus](const QWidget* region) { return focus && (region == focus || region->isAncestorOf(focus)); });
    const auto count = static_cast<std::ptrdiff_t>(regions.size());
    std::ptrdiff_t index = at == regions.end() ? (forward ? -1 : count) : at - regions.begin();
    for (std::ptrdiff_t step = 0; step < count; ++step) {
        index = (index + (forward ? 1 : -1) + count) % count;
        QWidget* region = regions[static_cast<std::size_t>(index)];
        QWidget* target = region->focusPolicy() != Qt::NoFocus ? region : nullptr;
        for (QWidget* child : region->findChildren<QWidget*>()) {
            if (target)
                break;
            if ((child->focusPolicy() & Qt::TabFocus) && child->isEnabled() && child->isVisible())
                target = child;
        }
        if (target && target->isVisible()) {
            target->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
}

} // namespace conclave::ui
