// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace conclave::witness {

/// No device has more keys than its one-byte references tell apart.
inline constexpr std::size_t kMostKeys = 256;
/// In bytes: RSA of 8192 bits has 1024, and its SubjectPublicKeyInfo some more.
inline constexpr std::size_t kLongestValue = 2048;
/// In characters, of all texts that a module tells.
inline constexpr qsizetype kLongestText = 64;
/// In bytes, of a whole testimony.
inline constexpr qsizetype kLongestTestimony = qsizetype{ 4 } << 20;

/// A key as a PKCS#11 module shows it.
struct SeenKey {
    QString label{};
    Bytes id{};
    Bytes publicKey{}; ///< SubjectPublicKeyInfo, DER; empty when it shows none that is understood
    bool maySign = false; ///< CKA_SIGN of the private key
    Bytes signature{}; ///< of the challenge, over its SHA-256: RSA PKCS#1 v1.5, or ECDSA in DER; or empty
    bool operator==(const SeenKey&) const = default;
};

/// What a PKCS#11 module says of one token.
struct Testimony {
    QString library{}; ///< as it calls itself
    QString version{}; ///< "0.23"
    bool loggedIn = false; ///< else nothing was signed
    std::vector<SeenKey> keys{};
    bool operator==(const Testimony&) const = default;
};

/// The form in which conclave-witness answers: one JSON object, in UTF-8.
[[nodiscard]] QByteArray toJson(const Result<Testimony>& testimony);
/// Whoever wrote it is not trusted: ModuleFailed for what is no testimony.
[[nodiscard]] Result<Testimony> testimonyFromJson(const QByteArray& json);

/// A text of a module without control characters, cut to kLongestText.
[[nodiscard]] QString plainText(const QString& text);

} // namespace conclave::witness
