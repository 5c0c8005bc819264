// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/inspection.h"

#include <QStringList>

#include <utility>
#include <vector>

namespace conclave::ui {

/// A part of what a device told, in words for screen and paper: facts, then perhaps a table.
struct InspectionSection {
    struct Value {
        QString text{};
        bool isCode = false; ///< to compare digit by digit
        QString brief{}; ///< in its place where there is little room
    };
    struct Column {
        QString head;
        int percent; ///< of the width of a page
    };

    QString heading{};
    QStringList warnings{};
    std::vector<std::pair<QString, Value>> facts{};
    std::vector<Column> columns{};
    std::vector<std::vector<Value>> rows{};
    QString remark{}; ///< may be empty
};

[[nodiscard]] std::vector<InspectionSection> describeInspection(
    const card::Inspection& inspection, const card::InspectionOccasion& occasion);

} // namespace conclave::ui
