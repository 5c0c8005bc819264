// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

#include <vector>

namespace conclave {

/// A program through which somebody else may see this screen.
struct Onlooker {
    enum class Kind {
        Recorder,
        RemoteDesktop,
        Meeting, ///< may share the screen
        OtherScreen, ///< the windows are drawn on another computer
    };
    QString program{}; ///< the name of its process, or of the other screen
    Kind kind = Kind::Recorder;

    bool operator==(const Onlooker&) const = default;
};

/// Known programs among those that run, each once, by name; there are others that nobody can know of.
/// Blocking: reads the names of all processes in `processes`, on Linux "/proc". `display` as in the variable
/// DISPLAY.
[[nodiscard]] std::vector<Onlooker> findOnlookers(const QString& processes, const QString& display);

} // namespace conclave
