// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/sheetfacts.h"
#include "ui/shell/dialog.h"

namespace conclave::ui {

/// What a sheet will look like, with crosses where the value and its check code come.
class SheetPreview : public Dialog {
    Q_OBJECT

public:
    SheetPreview(SheetFacts sheet, QWidget* parent);
};

} // namespace conclave::ui
