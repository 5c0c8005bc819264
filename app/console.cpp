// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/console.h"

#include <cstdio>

namespace conclave::app {

void print(const QString& line)
{
    std::fprintf(stdout, "%s\n", qUtf8Printable(line));
    std::fflush(stdout);
}

void complain(const QString& line)
{
    std::fprintf(stderr, "conclave: %s\n", qUtf8Printable(line));
}

} // namespace conclave::app
