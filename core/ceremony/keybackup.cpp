// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keybackup.h"

#include "core/base/digest.h"
#include "core/card/keytransport.h"
#include "core/ceremony/durablefile.h"
#include "core/ceremony/keyproof.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

namespace conclave::ceremony {

namespace {

/// Said of one key; all else is about the device.
bool concernsOneKey(const Error& error)
{
    switch (error.kind) {
    case ErrorKind::NotAllowed:
    case ErrorKind::Unsupported:
    case ErrorKind::UseCounterExhausted:
    case ErrorKind::ExecutionFailed:
    case ErrorKind::UnexpectedAnswer:
    case ErrorKind::WrappedKeyOfAnotherDkek: // the key is in another key domain
    case ErrorKind::SelfTestFailed: // it is not the AES key that was tested
        return true;
    default:
        return false;
    }
}

Result<BackedUpKey> describe(const dkek::WrapFile& file, const card::DkekStatus& dkek)
{
    const auto key = card::inspectWrapFile(file);
    if (!key)
        return fail(key.error());
    if (const Status fits = card::checkDkek(key->kcv, dkek); !fits)
        return fail(fits.error());
    return BackedUpKey{ .label = key->label,
        .id = key->id,
        .type = keyTypeName(*key),
        .kcv = key->kcv,
        .publicKey = key->publicKey ? key->publicKey->subjectPublicKeyInfo().value_or(Bytes()) : Bytes() };
}

/// Nothing for a key that may not make one.
Result<std::optional<CmacPair>> pairOf(
    card::SmartCardHsm& hsm, std::uint8_t reference, const std::map<int, CmacPair>& known)
{
    const auto before = known.find(reference);
    const auto challenge = before == known.end() ? freshChallenge() : Result<Bytes>(before->second.challenge);
    if (!challenge)
        return fail(challenge.error());
    auto pair = answerChallenge(hsm, reference, *challenge);
    if (before != known.end() && pair && *pair != before->second)
        return fail(ErrorKind::SelfTestFailed);
    if (pair)
        return std::optional(std::move(*pair));
    if (pair.error().kind == ErrorKind::Unsupported || pair.error().kind == ErrorKind::NotAllowed)
        return std::optional<CmacPair>();
    return fail(pair.error());
}

Result<std::pair<dkek::WrapFile, BackedUpKey>> takeKey(card::SmartCardHsm& hsm, std::uint8_t reference,
    const card::DkekStatus& dkek, const std::map<int, CmacPair>& pairs)
{
    auto file = card::exportKey(hsm, reference);
    if (!file)
        return fail(file.error());
    auto key = describe(*file, dkek);
    if (!key)
        return fail(key.error());
    const auto wrapped = dkek::inspectWrappedKey(file->blob);
    if (wrapped && wrapped->type == dkek::WrappedKeyType::Aes) {
        auto pair = pairOf(hsm, reference, pairs);
        if (!pair)
            return fail(pair.error());
        key->pair = std::move(*pair);
    }
    return std::pair{ std::move(*file), std::move(*key) };
}

QString incompleteFolder(const QString& target)
{
    return keysFolder(target) + QStringLiteral(".incomplete");
}

Status compareFile(const QString& path, ByteView expected)
{
    const auto content = readFromDisk(path, expected.size() + 1);
    if (!content)
        return fail(content.error());
    if (!std::ranges::equal(*content, expected))
        return fail(ErrorKind::WrappedKeyAltered, path);
    return {};
}

ByteView viewOf(const QByteArray& bytes)
{
    return { reinterpret_cast<const std::uint8_t*>(bytes.constData()),
        static_cast<std::size_t>(bytes.size()) };
}

Status compareFolder(const KeyBackup& backup, const QDir& folder)
{
    for (std::size_t i = 0; i < backup.files.size(); ++i) {
        const QString path = folder.filePath(backup.manifest.keys[i].file);
        if (const Status same = compareFile(path, backup.files[i]); !same)
            return same;
    }
    return compareFile(folder.filePath(manifestName()), viewOf(backup.manifest.toJson()));
}

} // namespace

Result<KeyBackup> takeKeyBackup(
    card::SmartCardHsm& hsm, const QString& ceremonyId, const std::map<int, CmacPair>& pairs)
{
    const auto serial = hsm.serial();
    if (!serial)
        return fail(serial.error());
    const auto dkek = hsm.dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    if (!*dkek)
        return fail(ErrorKind::DkekNotConfigured);
    if ((*dkek)->outstanding != 0)
        return fail(ErrorKind::DkekIncomplete);
    const auto keys = hsm.keys();
    if (!keys)
        return fail(keys.error());

    KeyBackup backup{ .manifest = { .ceremony = ceremonyId, .device = *serial, .keys = {} } };
    const QString name = ceremonyId.isEmpty() ? *serial : ceremonyId;
    for (const card::KeyEntry& entry : *keys) {
        auto taken = takeKey(hsm, entry.reference, **dkek, pairs);
        if (!taken && taken.error().kind == ErrorKind::UnexpectedAnswer)
            taken = takeKey(hsm, entry.reference, **dkek, pairs); // perhaps only the answer was garbled
        if (!taken) {
            if (!concernsOneKey(taken.error()))
                return fail(taken.error());
            backup.leftOut.push_back({ entry.reference, entry.label, taken.error() });
            continue;
        }
        auto& [file, key] = *taken;
        Bytes content = file.serialise();
        key.file = QStringLiteral("%1-key-%2.bin").arg(name).arg(backup.files.size() + 1);
        key.sha256 = toBytes(sha256(content));
        key.reference = entry.reference;
        backup.manifest.keys.push_back(std::move(key));
        backup.files.push_back(std::move(content));
    }
    return backup;
}

QString keysFolder(const QString& target)
{
    return QDir(target).filePath(QStringLiteral("keys"));
}

QString manifestName()
{
    return QStringLiteral("manifest.json");
}

Status writeKeyBackup(const KeyBackup& backup, const QString& target)
{
    const QString finished = keysFolder(target);
    if (QFileInfo::exists(finished))
        return fail(ErrorKind::FileExists, finished);
    QDir folder(incompleteFolder(target));
    if ((folder.exists() && !folder.removeRecursively()) || !folder.mkpath(folder.path()))
        return fail(ErrorKind::FileUnwritable, folder.path());

    for (std::size_t i = 0; i < backup.files.size(); ++i) {
        const QString path = folder.filePath(backup.manifest.keys[i].file);
        if (const Status written = writeDurably(path, backup.files[i]); !written)
            return written;
    }
    const QByteArray manifest = backup.manifest.toJson();
    if (const Status written = writeDurably(folder.filePath(manifestName()), viewOf(manifest)); !written)
        return written;
    if (const Status same = compareFolder(backup, folder); !same)
        return same;
    if (!QDir().rename(folder.path(), finished))
        return fail(
            QFileInfo::exists(finished) ? ErrorKind::FileExists : ErrorKind::FileUnwritable, finished);
    return syncFolder(target);
}

Status checkKeyBackup(const KeyBackup& backup, const QString& target)
{
    return compareFolder(backup, QDir(keysFolder(target)));
}

} // namespace conclave::ceremony
