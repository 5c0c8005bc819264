// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/pagecontext.h"
#include "ui/shell/page.h"
#include "ui/shell/pagekey.h"

namespace conclave::ui {

/// The page of this id; the caller becomes its parent.
[[nodiscard]] Page* makePage(PageId id, const PageContext& context);

} // namespace conclave::ui
