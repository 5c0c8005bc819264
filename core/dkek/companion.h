// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/dkek/passwordsharing.h"
#include "core/dkek/sharefile.h"
#include "core/dkek/shareverifier.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace conclave::dkek {

/// The public companion of a share file, "conclave-share-file-1" (formats.md, Companion of a share file).
struct Companion {
    QString ceremony;
    QString set; ///< 6 characters of the code alphabet
    QString file; ///< name of the share file, no folder
    Bytes sha256; ///< of the share file
    int number = 1; ///< k of K, from 1
    int of = 1;
    std::optional<SharingScheme> scheme; ///< nothing for a password set
    Bytes prime; ///< empty for a password set
    CheckValue shareCheck{};
    std::optional<CheckValue> kcv; ///< only when this program knew all share files
    QString device; ///< serial; may be empty
    std::optional<ShareVerifiers> verifiers; ///< of an M-of-N set of 128 or 160 bits; older ones have none

    [[nodiscard]] QByteArray toJson() const;
    /// NotACompanion, with the member's name as detail.
    [[nodiscard]] static Result<Companion> parse(const QByteArray& json);
    bool operator==(const Companion&) const = default;
};

} // namespace conclave::dkek
