// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/keytransport.h"
#include "core/ceremony/cmacpair.h"
#include "core/dkek/sharefile.h"

#include <QByteArray>
#include <QString>

#include <optional>
#include <vector>

namespace conclave::ceremony {

/// What a manifest tells of one wrapped key.
struct BackedUpKey {
    QString file{}; ///< its name in the folder of the manifest
    Bytes sha256{}; ///< of the file
    int reference = 0; ///< on the device it came from, 1..255
    QString label{}; ///< may be empty
    Bytes id{}; ///< CKA_ID, may be empty
    QString type{}; ///< see keyTypeName()
    dkek::CheckValue kcv{}; ///< of the DKEK
    Bytes publicKey{}; ///< SubjectPublicKeyInfo; empty where the device told none, as for AES
    std::optional<CmacPair> pair{}; ///< of an AES key

    bool operator==(const BackedUpKey&) const = default;
};

/// The name of a key algorithm, as "EcP256"; "Rsa", "Ec" or "Aes" where the file does not tell which.
[[nodiscard]] QString keyTypeName(const card::TransportedKey& key);

/// The `manifest.json` of a folder with wrapped keys, "conclave-keys-1". One object:
/// `format`; `ceremony` (may be empty), `device` (serial); `keys`, a list of objects with `file`, `sha256`,
/// `reference`, `label`, `id`, `type`, `kcv` and, where the public key is known, `publicKey`
/// (SubjectPublicKeyInfo) and `fingerprint` (its SHA-256); of an AES key `challenge` and `cmac`, see
/// CmacPair. Bytes are hex digits: `kcv` in upper case as on screen, all others in lower case.
struct KeyManifest {
    QString ceremony{};
    QString device{};
    std::vector<BackedUpKey> keys{};

    [[nodiscard]] QByteArray toJson() const;
    /// NotAKeyManifest, with the member's name as detail. At most 255 keys and 4 MiB.
    [[nodiscard]] static Result<KeyManifest> parse(const QByteArray& json);
    bool operator==(const KeyManifest&) const = default;
};

} // namespace conclave::ceremony
