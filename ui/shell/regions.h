// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

class QWidget;

namespace conclave::ui {

/// F6: moves the focus from the region that has it into the next one, or the one before, that can take it.
void focusNextRegion(const std::vector<QWidget*>& regions, bool forward);

} // namespace conclave::ui
