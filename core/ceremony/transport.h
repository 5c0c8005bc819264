// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/advance.h"
#include "core/ceremony/devicechoice.h"

#include <QByteArray>

#include <vector>

namespace conclave::ceremony {

// A ceremony whose device travels goes on in another folder, often on another computer, as a part of its own.
// What travels beside the device is one public file, "conclave-transport-1": the last line of the part
// before, byte by byte, which is its event "pausedForTravel". So its SHA-256 is that line's, the checkpoint
// code that people wrote down proves all of it, and the first part's record does not have to leave its
// computer. `tail -n 1 transcript.jsonl | cmp - ID-transport-1.json` compares the two without this program.

[[nodiscard]] QString transportFormat();
/// "EX-2026-0417-transport-1.json"; the number is that of the part it ends.
[[nodiscard]] QString transportName(const QString& ceremonyId, int part);

struct Transport {
    QByteArray line;
    QString sha256; ///< hex, of the line
    QDateTime paused;
    PausedForTravel pause;
};
/// NotATransport, with the member that is wrong as detail. A newline at the end is let pass.
[[nodiscard]] Result<Transport> parseTransport(const QByteArray& file);
/// Blocks. As above, and FileUnreadable.
[[nodiscard]] Result<Transport> readTransport(const QString& path);
/// Writes the last line of the transcript in `folder` into another folder, or the same, and reads it back.
/// Blocks. One that is there and holds the same stays. NotATransport when that line is another than
/// `lineSha256`, FileExists, FileUnwritable, FileUnreadable.
[[nodiscard]] Status saveTransport(
    const QString& folder, const QString& into, const QString& name, const QString& lineSha256);

/// What a ceremony that stands here has to say to its next part.
[[nodiscard]] PausedForTravel travelOf(const CeremonyState& state);
/// The first member that contradicts the others or a rule; empty: none. Whoever wrote it may have meant harm.
[[nodiscard]] QString faultOf(const PausedForTravel& pause);

/// How many share files the device may say it waits for, after it travelled.
[[nodiscard]] bool isAnnounced(const PausedForTravel& pause, int outstanding);
/// Why a device is not the one that was announced, or not in the state that was.
[[nodiscard]] std::optional<Obstacle> obstacleTo(const PausedForTravel& pause, const DeviceChosen& device);

/// Copies a share file that was brought, and its companion, where there is one, into the folder. `path`: of
/// either. Its number in `sets`. Blocks. ShareFileOfAnotherSet, ShareFileAlreadyImported, NotACompanion,
/// FileUnreadable, FileUnwritable, FileExists.
[[nodiscard]] Result<int> takeShareFile(
    const QString& path, const QString& into, const std::vector<ShareSet>& sets);

} // namespace conclave::ceremony
