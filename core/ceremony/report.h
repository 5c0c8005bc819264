// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/advance.h"
#include "core/ceremony/programfacts.h"
#include "core/ceremony/state.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace conclave::ceremony {

/// One custodian share, or the password of a share file, and how its hand-out went.
struct ReportHolder {
    int custodian = 1; ///< number through all share files
    QString name;
    int id = 1; ///< share id within the set
    bool proved = false; ///< typed back
    int tries = 0; ///< until proved
    std::optional<SheetPrinted> print; ///< of the filled sheet, the last try
};

struct ReportShareFile {
    int number = 1;
    ShareFileRule rule;
    SetMade made;
    SheetsChosen sheets; ///< nothing for a password
    std::vector<ReportHolder> holders;
    std::vector<QString> voided; ///< ids of sets of this share file that became void
};

struct ReportDeviation {
    int seq = 0;
    QDateTime time;
    QString by;
    QString text;
};

/// Re-share: the set that was replaced.
struct ReportOldSet {
    SetBrought brought;
    SetOpened opened;
    SetReplaced replaced;
};

/// What the PDF and the JSON say about a ceremony: the facts up to `sealed`, in the order of the pages.
/// Public by construction: it is made from events, and events hold no secret.
struct Report {
    Opened opened;
    QDateTime startedAt;
    QDateTime sealedAt;
    Prepared prepared;
    std::vector<ParticipantNamed> participants;
    ProgramFacts program; ///< of the program that sealed; `opened` names the one that began
    std::vector<EarlierPart> parts; ///< of the ceremony, before this one
    bool partEnded = false; ///< the ceremony goes on elsewhere
    int shareFilesMissing = 0; ///< that the device waits for
    std::optional<FirstDeviceNamed> first; ///< whose secret the device got
    std::optional<DeviceChosen> device; ///< nothing where none takes part
    std::vector<CeremonyState> devices; ///< several at once: how the ceremony ended on each
    std::optional<ReportOldSet> oldSet;
    QDateTime erasedAt; ///< invalid where the flow erases nothing
    std::optional<AuthenticityProved> proof; ///< of the device's key, where it had one to prove
    std::optional<SchemeChosen> scheme; ///< nothing where the flow chooses none
    std::vector<ReportShareFile> shareFiles;
    std::optional<SettingsChosen> settings; ///< nothing where the device keeps what it has
    std::vector<NamedHalf> soPinHalves; ///< of the settings, which an earlier part may have chosen
    std::vector<NamedHalf> currentSoPinHalves;
    SoPinInForce soPin = SoPinInForce::Chosen;
    QString kcv; ///< hex; empty: no share file, or never told by the device
    bool kcvCompared = false;
    std::vector<KeyRecord> keys;
    std::vector<ExistingKey> keptKeys; ///< that were on the device and stayed
    bool withBackup = false; ///< the keys can be wrapped
    BackupRecord backup;
    RestoreRecord restore;
    std::optional<DrillRecord> drill; ///< nothing in other flows
    OpinionRecord opinion;
    std::vector<ReportDeviation> deviations;
    std::vector<ToExplain> toExplain;
    std::vector<RecordedEvent> events; ///< up to and with `sealed`
    QString fingerprint; ///< hex, 64 digits

    [[nodiscard]] int part() const { return static_cast<int>(parts.size()) + 1; }
    [[nodiscard]] int keysTested() const;
    [[nodiscard]] QString labelOf(int reference) const;
};

/// NotAllowedNow unless the ceremony is sealed. What was recorded after `sealed` does not change the report.
[[nodiscard]] Result<Report> makeReport(
    const CeremonyState& state, const std::vector<RecordedEvent>& record, const ProgramFacts& program);

/// The report as JSON, "conclave-report-1": UTF-8, indented, members in alphabetical order. Enumerators are
/// named as in the transcript; numbers that are not known are left out; `events` has the transcript's members
/// plus `sha256`, the hash of the event's line.
[[nodiscard]] QByteArray reportJson(const Report& report);

} // namespace conclave::ceremony
