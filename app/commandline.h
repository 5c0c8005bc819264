// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace conclave::app {

/// What `conclave` was asked for.
struct CommandLine {
    enum class Action { Wizard, Resume, List, Version, Help };

    Action action = Action::Wizard;
    bool rehearse = false;
    bool unattended = false;
    QString folder{}; ///< of --resume or --output
    std::optional<bool> dark{}; ///< nothing: as the system
};

/// `arguments` with the program's name first. Nothing when they make no sense; `problem` then says why.
[[nodiscard]] std::optional<CommandLine> parseCommandLine(const QStringList& arguments, QString& problem);

/// Needs a QCoreApplication, for the program's name.
[[nodiscard]] QString helpText();

} // namespace conclave::app
