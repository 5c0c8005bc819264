// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QLayout;

namespace conclave::ui {

/// Takes everything out of a layout; its widgets, one of which may be in the middle of a call, go later.
void clearLayout(QLayout& layout);

} // namespace conclave::ui
