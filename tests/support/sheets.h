// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/dkek/passwordsharing.h"

#include <QString>

#include <vector>

namespace conclave::support {

/// One custodian's note.
struct Sheet {
    QString set;
    dkek::CustodianShare share;
};

/// What custodians wrote down. With a file it outlives the program, as paper does.
class Sheets {
public:
    explicit Sheets(const QString& file = {});

    void note(const QString& set, const dkek::CustodianShare& share);
    /// Null when nobody noted it.
    [[nodiscard]] const SecretBytes* find(const QString& set, int id) const;

    /// In the order in which they were noted.
    [[nodiscard]] const std::vector<Sheet>& all() const { return m_sheets; }

private:
    void read();

    QString m_file;
    std::vector<Sheet> m_sheets{};
};

} // namespace conclave::support
