// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QJsonArray>

namespace conclave {

/// What `one` makes of each item, in order.
template <typename Items, typename ToJson>
QJsonArray arrayOf(const Items& items, ToJson one)
{
    QJsonArray array;
    for (const auto& item : items)
        array.append(one(item));
    return array;
}

} // namespace conclave
