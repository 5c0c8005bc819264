// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/keyrestore.h"
#include "core/ceremony/state.h"

#include <optional>

namespace conclave::ceremony {

// What a ceremony does on its device, each one operation for the device's worker.

/// How far an operation got: told by the operation, while it runs, to who judges its failure afterwards.
enum class Progress {
    Before, ///< nothing was sent that changes the device
    Asked, ///< the command that changes it was sent
    Beyond, ///< the device did what it was asked for; more was to come
};

/// The device could not be reached, or said no before anything changed: no need to read it back.
[[nodiscard]] bool leavesDeviceUnchanged(Operation operation, Progress progress, const Error& error);

/// What proveDevice() needs.
struct ProofOrder {
    SecretBytes soPin; ///< the one the device has, or is to get: 16 hex digits
    Authenticity chosen = Authenticity::NotVerified; ///< what the device was taken for
    QDate today;
};
/// Erases the device, under a user PIN that nobody gets to know, and has it prove the key of its certificate,
/// before it is trusted with anything. Leaves it erased, without DKEK, label or keys. DeviceNotGenuine.
/// Nothing, and the device as it was, when it has no key that could be proved.
[[nodiscard]] Result<std::optional<card::DeviceTrust>> proveDevice(
    card::SmartCardHsm& hsm, const ProofOrder& order, Progress& progress);

struct InitialisedDevice {
    int shareFilesTotal = -1; ///< -1: no DKEK
    int shareFilesOutstanding = -1;
};
[[nodiscard]] Result<InitialisedDevice> initialiseDevice(
    card::SmartCardHsm& hsm, const card::Initialisation& settings, Progress& progress);

/// Refuses with UnexpectedAnswer when the device's count of missing share files is not the one expected.
[[nodiscard]] Result<card::DkekStatus> importShareFile(
    card::SmartCardHsm& hsm, ByteView clearShare, int outstandingBefore, Progress& progress);

/// What generation needs: logs in with a look at the tries first, writes a label that is missing, reads the
/// KCV.
struct LoginOrder {
    SecretBytes pin;
    bool lastTryConfirmed = false;
    QString label; ///< as planned
    bool kcvKnown
        = false; ///< or there is none; else it is looked for, also where somebody has logged in before
};
struct LoginResult {
    std::optional<card::DkekStatus> dkek;
};
/// NotAllowedNow with triesLeft 1 unless the last try was confirmed.
[[nodiscard]] Result<LoginResult> logIn(card::SmartCardHsm& hsm, const LoginOrder& order);
/// logIn() failed over the PIN: it is not to be sent again unless somebody types it again.
[[nodiscard]] bool refusesPin(const Error& error);

struct AttestedKey {
    std::optional<card::PublicKey> publicKey; ///< nothing: AES
    Bytes request; ///< authenticated, tag 67; empty when there was none
    Attestation attestation = Attestation::None;
};
/// Needs a login.
[[nodiscard]] Result<AttestedKey> generateKey(
    card::SmartCardHsm& hsm, std::uint8_t reference, const card::KeyRequest& request, Progress& progress);

/// Signs a random challenge with the key and verifies it with OpenSSL, and the public key that is on record;
/// an AES key encrypts and decrypts, and gives the pair that proves it from then on. SelfTestFailed.
[[nodiscard]] Result<std::optional<CmacPair>> testKey(
    card::SmartCardHsm& hsm, const PlannedKey& planned, const KeyGenerated& key);

/// restoreKeys() for one key. Needs a login.
[[nodiscard]] Result<RestoredKey> restoreKey(
    card::SmartCardHsm& hsm, const RestorableKey& key, Progress& progress);

/// For the proof of a clone, on the device that it is a clone of: signWithEach() after a look at the tries.
/// NotAllowedNow with triesLeft 1: its last try is not for this.
[[nodiscard]] Result<std::vector<Result<Bytes>>> signOnFirst(card::SmartCardHsm& hsm, const SecretBytes& pin,
    const std::vector<OriginalKey>& keys, const Bytes& challenge);

/// What an intention without outcome came to, told by the device alone.
struct Settlement {
    Outcome outcome = Outcome::Unclear;
    std::optional<InitialisedDevice> initialised;
    std::optional<card::DkekStatus> dkek;
    std::optional<AttestedKey> key;
    int restoredReference = 0; ///< RestoreKey that took effect
};
[[nodiscard]] Result<Settlement> settle(card::SmartCardHsm& hsm, const CeremonyState& state);

} // namespace conclave::ceremony
