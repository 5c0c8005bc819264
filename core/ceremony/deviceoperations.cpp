// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/deviceoperations.h"

#include "core/base/codealphabet.h"
#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/card/keyattestation.h"
#include "core/ceremony/authenticity.h"
#include "core/dkek/passwordsharing.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kProofPinCharacters = 16;

InitialisedDevice countsOf(const std::optional<card::DkekStatus>& dkek)
{
    return dkek ? InitialisedDevice{ dkek->total, dkek->outstanding } : InitialisedDevice{};
}

/// The device as it was before the initialisation that is pending.
struct Before {
    bool initialised = false;
    InitialisedDevice counts;
    QString label;
    std::size_t keys = 0;
};

Before beforeInitialisation(const CeremonyState& state)
{
    if (state.erasedOnly)
        return { true, {}, {}, 0 };
    if (state.drill.cleaning)
        return { true, { static_cast<int>(state.sets.size()), state.shareFilesOutstanding },
            state.drill.labelBefore, static_cast<std::size_t>(state.restore.restored()) };
    if (state.erasedAt) {
        const int total = state.sets.empty() ? -1 : static_cast<int>(state.sets.size());
        return { true, { total, state.shareFilesOutstanding }, state.settings->label, 0 };
    }
    const DeviceChosen& device = *state.device;
    return { device.initialised, { device.shareFilesTotal, device.shareFilesOutstanding }, device.label,
        device.keys.size() };
}

Result<Settlement> settleInitialisation(card::SmartCardHsm& hsm, const CeremonyState& state)
{
    const Result<card::DeviceStatus> status = hsm.status();
    if (!status)
        return fail(status.error());
    const Result<std::vector<card::KeyEntry>> keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    const InitialisedDevice now = countsOf(status->dkek);
    const int planned = state.shareFilesPlanned();
    const Before before = beforeInitialisation(state);

    // As proveDevice() leaves it, or was stopped in.
    const bool bare = !state.drill.cleaning && status->initialised() && !status->dkek
        && status->label.isEmpty() && (keys->empty() || (keys->size() == 1 && keys->front().label.isEmpty()));
    const Authenticity authenticity = state.device->authenticity;
    const bool looksNew = status->initialised() && keys->empty() && now.shareFilesTotal == planned
        && now.shareFilesOutstanding == planned
        && (status->label == state.settings->label
            || (status->label.isEmpty() && !(bare && mayBeProved(authenticity))));
    const bool looksOld = status->initialised() == before.initialised && keys->size() == before.keys
        && now.shareFilesTotal == before.counts.shareFilesTotal
        && now.shareFilesOutstanding == before.counts.shareFilesOutstanding && status->label == before.label;
    Settlement settlement;
    if (looksNew && !looksOld && mustBeProved(authenticity) && !state.proof) {
        settlement.outcome = Outcome::Erased; // a false device would come back and claim just this
    } else if (looksNew && !looksOld) {
        settlement.outcome = Outcome::TookEffect;
        settlement.initialised = now;
    } else if (looksOld && !looksNew) {
        settlement.outcome = Outcome::NoEffect;
    } else if (bare && !looksNew) {
        settlement.outcome = Outcome::Erased;
    }
    return settlement;
}

/// Random characters, each of 32.
Result<SecretBytes> throwawayPin()
{
    Result<SecretBytes> pin = dkek::opensslRandom()(kProofPinCharacters);
    for (std::size_t i = 0; pin && i < pin->size(); ++i)
        (*pin)[i] = static_cast<std::uint8_t>(kCodeAlphabet[(*pin)[i] & 0x1F]);
    return pin;
}

Result<Settlement> settleImport(card::SmartCardHsm& hsm, const Intended& intended)
{
    const Result<std::optional<card::DkekStatus>> dkek = hsm.dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    Settlement settlement;
    settlement.dkek = *dkek;
    if (*dkek && (*dkek)->outstanding == intended.outstandingBefore - 1)
        settlement.outcome = Outcome::TookEffect;
    else if (*dkek && (*dkek)->outstanding == intended.outstandingBefore)
        settlement.outcome = Outcome::NoEffect;
    return settlement;
}

/// How much the certificate is to be believed is on record already, and its dates do not matter here.
AttestedKey attest(const card::PublicKey& key, const Bytes& request, ByteView certificates)
{
    AttestedKey attested{ key, {}, Attestation::None };
    const card::DeviceTrust device = card::judgeChain(certificates, {});
    const card::KeyAttestation found = card::attestKey(request, device);
    if (found == card::KeyAttestation::NoRequest)
        return attested;
    attested.request = request;
    if (device.trust != card::Trust::NotChecked)
        attested.attestation
            = found == card::KeyAttestation::Verified ? Attestation::Verified : Attestation::Unverified;
    return attested;
}

Result<Settlement> settleKey(card::SmartCardHsm& hsm, const Intended& intended, const PlannedKey& planned)
{
    const Result<std::vector<card::KeyEntry>> keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    const auto found = std::find_if(keys->begin(), keys->end(),
        [&](const card::KeyEntry& key) { return key.reference == intended.keyReference; });
    Settlement settlement;
    if (intended.operation == Operation::DeleteKey) {
        settlement.outcome = found == keys->end() ? Outcome::TookEffect : Outcome::NoEffect;
    } else if (found == keys->end()) {
        settlement.outcome = Outcome::NoEffect;
    } else if (card::isAes(planned.algorithm)) {
        // The reference was free, so a key there that says nothing of itself is the one that was asked for.
        if (!found->publicKey && (found->isUnnamed() || found->algorithm() == planned.algorithm)) {
            settlement.outcome = Outcome::TookEffect;
            settlement.key = AttestedKey{};
        }
    } else if (found->publicKey && found->publicKey->algorithm == planned.algorithm
        && found->publicKey->subjectPublicKeyInfo()) {
        const Result<Bytes> certificates = hsm.deviceCertificates();
        if (!certificates)
            return fail(certificates.error());
        settlement.outcome = Outcome::TookEffect;
        settlement.key = attest(*found->publicKey, found->certificate, *certificates);
    }
    return settlement;
}

/// By its public key, or, where it has none, by names under a reference that the device did not have before.
Result<Settlement> settleRestore(card::SmartCardHsm& hsm, const CeremonyState& state)
{
    const Result<std::vector<card::KeyEntry>> keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    const KeyToRestore& wanted = state.restore.keys[static_cast<std::size_t>(state.pending->number)].key;
    const auto known = [&](int reference) {
        const auto kept = state.keptKeys();
        return std::ranges::find(kept, reference, &ExistingKey::reference) != kept.end()
            || std::ranges::any_of(state.restore.keys, [&](const RestoredKeyRecord& each) {
                   return each.restored && each.restored->keyReference == reference;
               });
    };
    const auto found = std::ranges::find_if(*keys, [&](const card::KeyEntry& key) {
        if (wanted.fingerprint.isEmpty())
            return !key.publicKey && !key.isUnnamed() && key.label == wanted.label
                && toHex(key.id) == wanted.id && !known(key.reference);
        const auto fingerprint = key.publicKey ? key.publicKey->fingerprint() : Result<Sha256Digest>();
        return key.publicKey && fingerprint && toHex(*fingerprint) == wanted.fingerprint;
    });
    Settlement settlement;
    settlement.outcome = found == keys->end() ? Outcome::NoEffect : Outcome::TookEffect;
    if (found != keys->end())
        settlement.restoredReference = found->reference;
    return settlement;
}

} // namespace

bool leavesDeviceUnchanged(Operation operation, Progress progress, const Error& error)
{
    if (progress != Progress::Asked)
        return progress == Progress::Before;
    switch (error.kind) {
    // Our own rules, before a byte was sent.
    case ErrorKind::PinRule:
    case ErrorKind::SoPinRule:
    case ErrorKind::LabelRule:
        return true;
    // Refused.
    case ErrorKind::WrongPin:
    case ErrorKind::PinBlocked:
    case ErrorKind::NotLoggedIn:
    case ErrorKind::NotAllowed:
    case ErrorKind::WrongLength:
    case ErrorKind::WrongData:
    case ErrorKind::WrongParameters:
    case ErrorKind::Unsupported:
    case ErrorKind::CommandUnsupported:
    case ErrorKind::DeviceFull:
    case ErrorKind::DkekIncomplete:
    case ErrorKind::DkekNotConfigured:
    case ErrorKind::ShareFileNotExpected:
        // Generating and deleting take several commands.
        return operation == Operation::Initialise || operation == Operation::ChangeSoPin
            || operation == Operation::ImportShareFile;
    // Judged before anything is written.
    case ErrorKind::NotAWrappedKey:
    case ErrorKind::WrappedKeyAltered:
    case ErrorKind::WrappedKeyOfAnotherDkek:
    case ErrorKind::NoFreeKeyReference:
        return operation == Operation::RestoreKey;
    default:
        return false;
    }
}

Result<std::optional<card::DeviceTrust>> proveDevice(
    card::SmartCardHsm& hsm, const ProofOrder& order, Progress& progress)
{
    const Result<Bytes> certificates = hsm.deviceCertificates();
    if (!certificates)
        return fail(certificates.error());
    // What was seen when the device was chosen may have been another device's.
    const card::DeviceTrust chain = card::judgeChain(*certificates, order.today);
    if (chain.trust == card::Trust::Broken
        || (mustBeProved(order.chosen) && chain.trust != card::Trust::CertificateOnly))
        return fail(ErrorKind::DeviceNotGenuine, chain.holderPath);
    if (chain.trust == card::Trust::NotChecked || !chain.deviceKey.algorithm)
        return std::nullopt;

    Result<SecretBytes> pin = throwawayPin();
    if (!pin)
        return fail(pin.error());
    card::Initialisation settings;
    settings.userPin = std::move(*pin);
    settings.soPin = order.soPin.clone();
    settings.unblocking = card::PinUnblocking::Off;
    progress = Progress::Asked;
    if (const Status erased = hsm.erase(settings); !erased)
        return fail(erased.error());
    progress = Progress::Beyond;
    if (const Status verified = hsm.verifyUserPin(settings.userPin); !verified)
        return fail(verified.error());
    Result<card::DeviceTrust> proved = hsm.proveDeviceKey(order.today);
    if (!proved)
        return fail(proved.error());
    if (proved->trust == card::Trust::Broken)
        return fail(ErrorKind::DeviceNotGenuine, proved->holderPath);
    return std::optional(std::move(*proved));
}

Result<InitialisedDevice> initialiseDevice(
    card::SmartCardHsm& hsm, const card::Initialisation& settings, Progress& progress)
{
    if (const Status checked = card::checkLabel(settings.label); !checked)
        return fail(checked.error());
    progress = Progress::Asked;
    if (const Status erased = hsm.erase(settings); !erased)
        return fail(erased.error());
    progress = Progress::Beyond;
    if (const Status finished = hsm.finishInitialisation(settings); !finished)
        return fail(finished.error());
    const Result<std::optional<card::DkekStatus>> dkek = hsm.dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    const InitialisedDevice counts = countsOf(*dkek);
    const int planned = settings.shareFiles.value_or(-1);
    if (counts.shareFilesTotal != planned || counts.shareFilesOutstanding != planned)
        return fail(ErrorKind::UnexpectedAnswer);
    return counts;
}

Result<card::DkekStatus> importShareFile(
    card::SmartCardHsm& hsm, ByteView clearShare, int outstandingBefore, Progress& progress)
{
    const Result<std::optional<card::DkekStatus>> before = hsm.dkekStatus();
    if (!before)
        return fail(before.error());
    if (!*before)
        return fail(ErrorKind::DkekNotConfigured);
    if ((*before)->outstanding != outstandingBefore)
        return fail(Error{ .kind = ErrorKind::ShareFileCountDiffers, .number = (*before)->outstanding });
    progress = Progress::Asked;
    return hsm.importShareFile(clearShare);
}

Result<LoginResult> logIn(card::SmartCardHsm& hsm, const LoginOrder& order)
{
    const Result<card::PinStatus> pin = hsm.userPinStatus();
    if (!pin)
        return fail(pin.error());
    const bool verified = pin->state == card::PinStatus::State::Verified;
    if (verified && order.kcvKnown)
        return LoginResult{};
    if (!verified) {
        if (pin->triesLeft == 1 && !order.lastTryConfirmed)
            return fail(Error{ .kind = ErrorKind::NotAllowedNow, .triesLeft = 1 });
        if (const Status accepted = hsm.verifyUserPin(order.pin); !accepted)
            return fail(accepted.error());
    }
    // A device that lost power right after INITIALIZE has no label yet.
    const Result<card::DeviceStatus> status = hsm.status();
    if (!status)
        return fail(status.error());
    if (status->label != order.label) {
        if (const Status labelled = hsm.writeLabel(order.pin, order.label); !labelled)
            return fail(labelled.error());
    }
    return LoginResult{ status->dkek };
}

bool refusesPin(const Error& error)
{
    return error.kind == ErrorKind::WrongPin || error.kind == ErrorKind::PinBlocked
        || (error.kind == ErrorKind::NotAllowedNow && error.triesLeft);
}

Result<AttestedKey> generateKey(
    card::SmartCardHsm& hsm, std::uint8_t reference, const card::KeyRequest& request, Progress& progress)
{
    const Result<Bytes> certificates = hsm.deviceCertificates();
    if (!certificates)
        return fail(certificates.error());
    progress = Progress::Asked;
    if (card::isAes(request.algorithm)) {
        const Status made = hsm.generateSecretKey(reference, request);
        return made ? Result<AttestedKey>() : fail(made.error());
    }
    const Result<card::GeneratedKey> made = hsm.generateKey(reference, request);
    if (!made)
        return fail(made.error());
    return attest(made->publicKey, made->request, *certificates);
}

Result<std::optional<CmacPair>> testKey(
    card::SmartCardHsm& hsm, const PlannedKey& planned, const KeyGenerated& key)
{
    const auto reference = static_cast<std::uint8_t>(key.keyReference);
    const Result<Bytes> challenge = freshChallenge();
    if (!challenge)
        return fail(challenge.error());
    if (card::isAes(planned.algorithm)) {
        if (const Status works = testCipher(hsm, reference); !works)
            return fail(works.error());
        return answerChallenge(hsm, reference, *challenge).map([](CmacPair pair) {
            return std::optional(std::move(pair));
        });
    }
    const Result<card::PublicKey> publicKey
        = card::PublicKey::parse(fromHex(key.publicKey).value_or(Bytes{}));
    if (!publicKey)
        return fail(publicKey.error());
    const Result<Bytes> signature = hsm.signSha256(reference, planned.algorithm, *challenge);
    if (!signature)
        return fail(signature.error());
    return publicKey->verifySha256(*challenge, *signature).map([] { return std::optional<CmacPair>(); });
}

Result<RestoredKey> restoreKey(card::SmartCardHsm& hsm, const RestorableKey& key, Progress& progress)
{
    progress = Progress::Asked;
    const auto outcomes = restoreKeys(hsm, { key });
    if (!outcomes)
        return fail(outcomes.error());
    return outcomes->front();
}

Result<std::vector<Result<Bytes>>> signOnFirst(card::SmartCardHsm& hsm, const SecretBytes& pin,
    const std::vector<OriginalKey>& keys, const Bytes& challenge)
{
    const Result<card::PinStatus> tries = hsm.userPinStatus();
    if (!tries)
        return fail(tries.error());
    if (tries->triesLeft == 1)
        return fail(Error{ .kind = ErrorKind::NotAllowedNow, .triesLeft = 1 });
    if (const Status verified = hsm.verifyUserPin(pin); !verified)
        return fail(verified.error());
    return signWithEach(hsm, keys, challenge);
}

Result<Settlement> settle(card::SmartCardHsm& hsm, const CeremonyState& state)
{
    const Intended& intended = *state.pending;
    switch (intended.operation) {
    case Operation::Initialise:
        return settleInitialisation(hsm, state);
    case Operation::ChangeSoPin:
        break; // nothing tells
    case Operation::ImportShareFile:
        return settleImport(hsm, intended);
    case Operation::GenerateKey:
    case Operation::DeleteKey:
        return settleKey(hsm, intended, state.keys[static_cast<std::size_t>(intended.number)].planned);
    case Operation::RestoreKey:
        return settleRestore(hsm, state);
    }
    return Settlement{};
}

} // namespace conclave::ceremony
