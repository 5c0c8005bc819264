// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <variant>
#include <vector>

namespace conclave::ceremony {

/// Make and save all sets that are not made and not protected by a password (those are made in their turn).
struct MakeSets {
    bool operator==(const MakeSets&) const = default;
};
/// Drop the set's secrets from memory and record it void.
struct VoidSet {
    int number = 1;
    VoidReason reason = VoidReason::HandOutCut;
    bool operator==(const VoidSet&) const = default;
};
/// The ceremony went back to the choice of the scheme: these share files and their companions are of no use.
struct RemoveShareFiles {
    std::vector<int> numbers; ///< as in the names of the files
    bool operator==(const RemoveShareFiles&) const = default;
};
/// All shares are out: record it, with the KCV if all clear shares are still held.
struct FinishHandOut {
    bool operator==(const FinishHandOut&) const = default;
};
struct InitialiseDevice {
    bool operator==(const InitialiseDevice&) const = default;
};
/// The device is initialised: intend to replace its SO-PIN by the new one.
struct IntendSoPinChange {
    bool operator==(const IntendSoPinChange&) const = default;
};
struct ChangeSoPin {
    bool operator==(const ChangeSoPin&) const = default;
};
/// The new SO-PIN left the memory before the device was asked to take it: record that it keeps the old one.
struct KeepSoPin {
    bool operator==(const KeepSoPin&) const = default;
};
/// Enough was received: join, derive, decrypt, and intend the import.
struct RebuildShareFile {
    int number = 1;
    bool operator==(const RebuildShareFile&) const = default;
};
struct ImportShareFile {
    int number = 1;
    int outstandingBefore = 1;
    bool operator==(const ImportShareFile&) const = default;
};
struct GenerateKey {
    int index = 0;
    int keyReference = 1;
    bool operator==(const GenerateKey&) const = default;
};
struct TestKey {
    int index = 0;
    bool operator==(const TestKey&) const = default;
};
struct DeleteKey {
    int index = 0;
    int keyReference = 1;
    bool operator==(const DeleteKey&) const = default;
};
/// Go on with the next key, if the user PIN is at hand and nobody asked to stop.
struct ContinueGeneration {
    bool operator==(const ContinueGeneration&) const = default;
};
/// Go on with the next medium that waits for the wrapped keys.
struct ContinueBackup {
    bool operator==(const ContinueBackup&) const = default;
};
/// Unwrap a key of the backup in the device, and prove it.
struct RestoreKey {
    int index = 0;
    bool operator==(const RestoreKey&) const = default;
};
/// Go on with the next key of the backup, if the user PIN and the files are at hand.
struct ContinueRestore {
    bool operator==(const ContinueRestore&) const = default;
};
/// Several: the work on each of them begins.
struct WorkOnDevices {
    bool operator==(const WorkOnDevices&) const = default;
};
/// Read the device and record what it says about the pending intention.
struct SettleIntention {
    Intended intended;
    bool operator==(const SettleIntention&) const = default;
};
/// The drill is over: drop the simulator with all that is in it, and record it.
struct WipeSimulator {
    bool operator==(const WipeSimulator&) const = default;
};
/// The last line of the record is to travel: save it as a file of its own.
struct SaveTransport {
    bool operator==(const SaveTransport&) const = default;
};
/// Nothing of this part is needed any more: wipe it.
struct ForgetSecrets {
    bool operator==(const ForgetSecrets&) const = default;
};

using Effect = std::variant<MakeSets, VoidSet, RemoveShareFiles, FinishHandOut, InitialiseDevice,
    IntendSoPinChange, ChangeSoPin, KeepSoPin, RebuildShareFile, ImportShareFile, GenerateKey, TestKey,
    DeleteKey, ContinueGeneration, ContinueBackup, RestoreKey, ContinueRestore, WorkOnDevices,
    SettleIntention, SaveTransport, WipeSimulator, ForgetSecrets>;

} // namespace conclave::ceremony
