// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keyfiles.h"

#include "core/base/hex.h"
#include "core/card/publickey.h"
#include "core/ceremony/durablefile.h"

#include <QDir>

namespace conclave::ceremony {

namespace {

/// `keys/` is the wrapped keys' alone.
constexpr QLatin1String kFolder("public-keys");
constexpr qsizetype kLongestLabel = 40; ///< in a file's name; the id makes it unique
constexpr qsizetype kLongestId = 64; ///< of a key that another program made

QString safe(const QString& label)
{
    QString name;
    for (const QChar c : label.left(kLongestLabel)) {
        const bool plain = c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-');
        name += plain ? c : QChar(u'_');
    }
    return name;
}

QString baseOf(const QString& label, const QString& id)
{
    return QStringLiteral("%1/%2-%3")
        .arg(kFolder, label.isEmpty() ? QStringLiteral("key") : safe(label), id.toLower().left(kLongestId));
}

Status writePem(const QString& path, const QString& publicKey)
{
    const auto pem = fromHex(publicKey)
        ? card::PublicKey::parse(*fromHex(publicKey)).and_then([](const card::PublicKey& key) {
              return key.pem();
          })
        : Result<QByteArray>(fail(ErrorKind::Malformed, QStringLiteral("public key")));
    if (!pem)
        return fail(pem.error());
    return writeDurably(path, Bytes(pem->begin(), pem->end()));
}

Status writeFilesOf(const KeyRecord& key, const QString& base)
{
    if (const Status written = writePem(base + QStringLiteral(".pem"), key.generated->publicKey); !written)
        return written;
    const Bytes request = fromHex(key.generated->request).value_or(Bytes{});
    return request.empty() ? Status() : writeDurably(base + QStringLiteral(".cvc"), request);
}

Status makeFolder(const QString& folder)
{
    const QDir dir(folder);
    if (dir.exists(kFolder))
        return {};
    return dir.mkdir(kFolder) ? syncFolder(folder) : fail(ErrorKind::FileUnwritable, dir.filePath(kFolder));
}

} // namespace

QString keyFileBase(const PlannedKey& key)
{
    return baseOf(key.label, key.id);
}

QString publicKeyFile(const RestoreRecord& restore, std::size_t key)
{
    const auto nameOf = [&](std::size_t index) {
        const RestoredKeyRecord& each = restore.keys[index];
        return each.restored && !each.restored->publicKey.isEmpty() ? baseOf(each.key.label, each.key.id)
                                                                    : QString();
    };
    const QString name = nameOf(key);
    if (name.isEmpty())
        return {};
    int number = 1;
    for (std::size_t before = 0; before < key; ++before)
        number += nameOf(before).compare(name, Qt::CaseInsensitive) == 0 ? 1 : 0; // as media may take them
    return number == 1 ? name + QStringLiteral(".pem") : QStringLiteral("%1-%2.pem").arg(name).arg(number);
}

Status writePublicKeys(const QString& folder, const RestoreRecord& restore)
{
    for (std::size_t i = 0; i < restore.keys.size(); ++i) {
        const QString file = publicKeyFile(restore, i);
        if (file.isEmpty())
            continue;
        if (const Status made = makeFolder(folder); !made)
            return made;
        const Status written = writePem(QDir(folder).filePath(file), restore.keys[i].restored->publicKey);
        if (!written)
            return written;
    }
    return {};
}

Status writeKeyFiles(const QString& folder, const std::vector<KeyRecord>& keys)
{
    const QDir dir(folder);
    for (const KeyRecord& key : keys) {
        if (key.state != KeyState::Tested || card::isAes(key.planned.algorithm))
            continue;
        if (const Status made = makeFolder(folder); !made)
            return made;
        if (const Status written = writeFilesOf(key, dir.filePath(keyFileBase(key.planned))); !written)
            return written;
    }
    return {};
}

Result<QString> writeCertificateRequest(const QString& folder, const PlannedKey& key, const QByteArray& pem)
{
    constexpr int kMost = 99;
    if (const Status made = makeFolder(folder); !made)
        return fail(made.error());
    const QString base = keyFileBase(key);
    for (int number = 1;; ++number) {
        const QString name
            = number == 1 ? base + QStringLiteral(".csr") : QStringLiteral("%1-%2.csr").arg(base).arg(number);
        const Status written = writeNewFiles(folder, { { name, pem } });
        if (written)
            return name;
        if (written.error().kind != ErrorKind::FileExists || number == kMost)
            return fail(written.error());
    }
}

} // namespace conclave::ceremony
