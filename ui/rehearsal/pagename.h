// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/pagekey.h"

#include <QString>

namespace conclave::ui {

/// A page's name in file names: "share-entry".
[[nodiscard]] QString pageName(PageId id);

} // namespace conclave::ui
