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

QString safe(const QString& label)
{
    QString name;
    for (const QChar c : label.left(kLongestLabel)) {
        const bool plain = c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'-');
        name += plain ? c : QChar(u'_');
    }
    return name;
}

Status writeFilesOf(const KeyRecord& key, const QString& base)
{
    const auto pem = fromHex(key.generated->publicKey)
        ? card::PublicKey::parse(*fromHex(key.generated->publicKey))
              .and_then([](const card::PublicKey& publicKey) { return publicKey.pem(); })
        : Result<QByteArray>(fail(ErrorKind::Malformed, QStringLiteral("public key")));
    if (!pem)
        return fail(pem.error());
    const Bytes text(pem->begin(), pem->end());
    if (const Status written = writeDurably(base + QStringLiteral(".pem"), text); !written)
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
    return QStringLiteral("%1/%2-%3").arg(kFolder, safe(key.label), key.id.toLower());
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
