// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace conclave::app {

/// A line for who started the program, at once.
void print(const QString& line);
/// The same on standard error, with the program's name.
void complain(const QString& line);

} // namespace conclave::app
