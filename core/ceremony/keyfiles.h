// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/ceremony/state.h"

#include <QString>

#include <vector>

namespace conclave::ceremony {

/// "public-keys/Root_CA-0a01": where a key's files lie in the ceremony's folder, without their ending.
[[nodiscard]] QString keyFileBase(const PlannedKey& key);

/// Writes, for each RSA and EC key that was made and stands its test, its public key (.pem) and the request
/// in which the device vouches for it (.cvc, as it is in EF CExx). All of it is in the transcript, too: files
/// that are there are written anew. Blocks until they are on the disk: for the file thread. FileUnwritable.
[[nodiscard]] Status writeKeyFiles(const QString& folder, const std::vector<KeyRecord>& keys);

/// "public-keys/Root_CA-0a01.pem": where the public key of a restored key lies in the ceremony's folder;
/// "Root_CA-0a01-2.pem" where one before it has the same name. Empty when none is known.
[[nodiscard]] QString publicKeyFile(const RestoreRecord& restore, std::size_t key);
/// Writes them, as writeKeyFiles() does.
[[nodiscard]] Status writePublicKeys(const QString& folder, const RestoreRecord& restore);

/// Writes a PKCS#10 request beside them (.csr), under the first name that is free: "Root_CA-0a01.csr",
/// "Root_CA-0a01-2.csr" and so on. Returns its name in the folder. FileUnwritable; FileExists after 99 of
/// them.
[[nodiscard]] Result<QString> writeCertificateRequest(
    const QString& folder, const PlannedKey& key, const QByteArray& pem);

} // namespace conclave::ceremony
