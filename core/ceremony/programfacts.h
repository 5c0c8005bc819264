// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace conclave::ceremony {

/// The program and the machine that a ceremony ran on; nothing here is translated.
struct ProgramFacts {
    QString program; ///< "Conclave 0.1.0"
    QString programSha256; ///< hex, of the program's file; empty when it cannot be read
    QString qt; ///< "6.4.2", the one at run time
    QString openssl; ///< "OpenSSL 3.0.11 19 Sep 2023", the one at run time
    QString pcsc; ///< version of the PC/SC library built against; empty where the platform brings its own
    QString system; ///< "Debian GNU/Linux 12 (bookworm)"
    QString kernel; ///< "linux 6.1.0, x86_64"
    QString host;
    bool operator==(const ProgramFacts&) const = default;
};

/// The facts of this process. The first call reads the program's file and may take a moment; later ones only
/// copy. From any thread.
[[nodiscard]] ProgramFacts programFacts();

} // namespace conclave::ceremony
