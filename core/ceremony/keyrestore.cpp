// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keyrestore.h"

#include "core/base/digest.h"
#include "core/card/keytransport.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/keybackup.h"
#include "core/ceremony/keyproof.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr std::size_t kLargestManifest = 4 * 1024 * 1024;

tl::unexpected<Error> altered(const QString& path)
{
    return fail(ErrorKind::WrappedKeyAltered, path);
}

tl::unexpected<Error> at(Error error, const QString& path)
{
    error.detail = path;
    return fail(std::move(error));
}

Bytes publicKeyBytes(const card::TransportedKey& key)
{
    return key.publicKey ? key.publicKey->subjectPublicKeyInfo().value_or(Bytes()) : Bytes();
}

Result<dkek::WrapFile> fileOf(const BackedUpKey& about, const QString& path)
{
    const auto content = readFromDisk(path, dkek::kLargestWrapFile + 1);
    if (!content)
        return fail(content.error());
    if (toBytes(sha256(*content)) != about.sha256)
        return altered(path);
    auto file = dkek::WrapFile::parse(*content);
    if (!file)
        return at(file.error(), path);
    const auto key = card::inspectWrapFile(*file);
    if (!key)
        return at(key.error(), path);
    // The manifest itself may be the one that was altered.
    if (key->kcv != about.kcv || key->label != about.label || key->id != about.id
        || publicKeyBytes(*key) != about.publicKey || (about.pair && key->type != dkek::WrappedKeyType::Aes))
        return altered(path);
    return file;
}

Result<KeysOnMedium> openManifest(const QString& path)
{
    const auto content = readFromDisk(path, kLargestManifest + 1);
    if (!content)
        return fail(content.error());
    auto manifest = KeyManifest::parse(
        QByteArray(reinterpret_cast<const char*>(content->data()), static_cast<qsizetype>(content->size())));
    if (!manifest)
        return fail(manifest.error());
    const QDir folder = QFileInfo(path).absoluteDir();
    KeysOnMedium medium{ .ceremony = manifest->ceremony, .device = manifest->device, .keys = {} };
    for (BackedUpKey& about : manifest->keys) {
        auto file = fileOf(about, folder.filePath(about.file));
        medium.keys.push_back({ std::move(about), std::move(file) });
    }
    return medium;
}

Result<KeysOnMedium> openSingle(const QString& path, ByteView content)
{
    auto file = dkek::WrapFile::parse(content);
    if (!file)
        return at(file.error(), path);
    const auto key = card::inspectWrapFile(*file);
    if (!key)
        return at(key.error(), path);
    BackedUpKey about{ .file = QFileInfo(path).fileName(),
        .sha256 = toBytes(sha256(content)),
        .label = key->label,
        .id = key->id,
        .type = keyTypeName(*key),
        .kcv = key->kcv,
        .publicKey = publicKeyBytes(*key) };
    KeysOnMedium medium;
    medium.keys.push_back({ std::move(about), std::move(*file) });
    return medium;
}

/// Nothing when there is none that signatures can be checked with.
std::optional<card::PublicKey> originalPublicKey(const BackedUpKey& about)
{
    auto key = about.publicKey.empty() ? fail(ErrorKind::NotFound) : card::PublicKey::parse(about.publicKey);
    if (!key || !key->algorithm)
        return std::nullopt;
    return std::move(*key);
}

std::optional<OriginalKey> originalKey(const BackedUpKey& about)
{
    if (about.pair)
        return *about.pair;
    if (auto key = originalPublicKey(about))
        return *std::move(key);
    return std::nullopt;
}

int aesBitsOf(const BackedUpKey& about)
{
    const auto algorithm = card::keyAlgorithmFromName(about.type);
    return algorithm && card::isAes(*algorithm) ? card::keyBits(*algorithm) : 0;
}

bool looksAlike(const BackedUpKey& about, const card::KeyEntry& entry)
{
    const int bits = aesBitsOf(about);
    return bits != 0 && entry.aesBits == bits && !entry.isUnnamed() && entry.id == about.id
        && entry.label == about.label;
}

PlannedRestore planOne(const RestorableKey& key, const KeysOnDevice& device)
{
    PlannedRestore plan;
    if (!key.file)
        plan.refused = key.file.error();
    else if (const Status fits = card::checkDkek(key.about.kcv, device.dkek); !fits)
        plan.refused = fits.error();
    const auto original = originalPublicKey(key.about);
    plan.provable = original || key.about.pair;
    for (const card::KeyEntry& entry : device.keys) {
        if (original && entry.publicKey && entry.publicKey->isSameAs(*original)) {
            plan.present = entry.reference;
            continue;
        }
        if (looksAlike(key.about, entry)) {
            plan.lookalike = entry.reference;
            continue;
        }
        if (!key.about.id.empty() && entry.id == key.about.id)
            plan.sameId.push_back(entry.reference);
        if (!key.about.label.isEmpty() && entry.label == key.about.label)
            plan.sameLabel.push_back(entry.reference);
    }
    return plan;
}

/// The key is what it should be, only not allowed to sign: for decryption or agreement, for one.
bool maySignNothing(const Error& error)
{
    return error.kind == ErrorKind::Unsupported || error.kind == ErrorKind::NotAllowed
        || error.kind == ErrorKind::UseCounterExhausted;
}

Result<RestoredKey> restore(
    card::SmartCardHsm& hsm, const RestorableKey& key, const std::vector<card::KeyEntry>& present)
{
    if (!key.file)
        return fail(key.file.error());
    Result<std::optional<std::uint8_t>> same;
    if (key.about.pair)
        same = findAesKey(hsm, present, *key.about.pair);
    if (!same)
        return fail(same.error());
    const auto imported = card::importKey(hsm, *key.file, present, *same);
    if (!imported)
        return fail(imported.error());
    RestoredKey restored{ .reference = imported->reference, .alreadyThere = imported->alreadyThere };
    const auto original = originalKey(key.about);
    if (!original)
        return restored;
    const Status proof = proveKey(hsm, restored.reference, *original);
    if (proof) {
        restored.proved = true;
        return restored;
    }
    if (proof.error().kind == ErrorKind::SelfTestFailed && !restored.alreadyThere) {
        if (const Status removed = hsm.deleteKey(restored.reference); !removed)
            return fail(removed.error());
    }
    if (!maySignNothing(proof.error()))
        return fail(proof.error());
    return restored;
}

/// No use in going on with the next key.
bool endsAll(const Error& error)
{
    return error.kind <= ErrorKind::TransportFailed || error.kind == ErrorKind::NotLoggedIn;
}

} // namespace

Result<KeysOnMedium> openKeyBackup(const QString& path)
{
    if (QFileInfo(path).isDir())
        return openManifest(QDir(path).filePath(manifestName()));
    const auto content = readFromDisk(path, dkek::kLargestWrapFile + 1);
    if (!content)
        return fail(content.error());
    constexpr std::uint8_t kWrapFile = 0x30; // SEQUENCE, where JSON has a brace or white space
    if (!content->empty() && content->front() == kWrapFile)
        return openSingle(path, *content);
    if (QFileInfo(path).suffix() == QStringLiteral("json"))
        return openManifest(path);
    return fail(ErrorKind::NotAWrappedKey, path);
}

Result<KeysOnDevice> readKeysOnDevice(card::SmartCardHsm& hsm)
{
    const auto dkek = hsm.dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    auto keys = hsm.keys();
    if (!keys)
        return fail(keys.error());
    return KeysOnDevice{ .dkek = *dkek, .keys = std::move(*keys) };
}

RestorePlan planRestore(const KeysOnMedium& medium, const KeysOnDevice& device)
{
    RestorePlan plan;
    for (const RestorableKey& key : medium.keys)
        plan.keys.push_back(planOne(key, device));
    for (const card::KeyEntry& entry : device.keys) {
        if (entry.isUnnamed())
            plan.unnamed.push_back(entry.reference);
    }
    return plan;
}

Result<std::vector<Result<RestoredKey>>> restoreKeys(
    card::SmartCardHsm& hsm, const std::vector<RestorableKey>& keys)
{
    auto present = hsm.keys();
    if (!present)
        return fail(present.error());
    std::vector<Result<RestoredKey>> outcomes;
    for (const RestorableKey& key : keys) {
        if (!outcomes.empty() && !outcomes.back() && endsAll(outcomes.back().error())) {
            outcomes.push_back(fail(outcomes.back().error()));
            continue;
        }
        outcomes.push_back(restore(hsm, key, *present));
        const Result<RestoredKey>& outcome = outcomes.back();
        if (outcome && !outcome->alreadyThere) // also for the same key further down the list
            present->push_back({ .reference = outcome->reference,
                .label = key.about.label,
                .id = key.about.id,
                .aesBits = aesBitsOf(key.about),
                .publicKey = originalPublicKey(key.about) });
    }
    return outcomes;
}

} // namespace conclave::ceremony
