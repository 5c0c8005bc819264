// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>
#include <QString>
#include <QStringList>

/// The command-line tools that judge: OpenSC's and OpenSSL's. They see the one card that is in a reader.
namespace conclave::interop::stock {

struct Outcome {
    int exitCode = -1; ///< -1: did not end by itself within two minutes
    QByteArray output; ///< both channels
};

[[nodiscard]] Outcome run(
    const QString& program, const QStringList& arguments, const QByteArray& input = QByteArray());

/// The values of all interop tests; no secrets.
inline constexpr char kPin[] = "648219";
inline constexpr char kSoPin[] = "3537363231383830";

/// INITIALIZE with these values and the label "interop". The tool's exit status is 0 even when it failed: see
/// cardStatus().
void initialise(int shareFiles);
/// pkcs11-tool --login with this PIN.
[[nodiscard]] Outcome pkcs11Login(const QStringList& arguments);

/// What `sc-hsm-tool` without a command tells; -1 and empty where it tells nothing.
struct CardStatus {
    QByteArray version;
    int soPinTries = -1;
    int userPinTries = -1;
    int shareFiles = -1;
    int outstanding = -1;
    QByteArray kcv; ///< 16 upper-case hex digits
    QByteArray text;
};
[[nodiscard]] CardStatus cardStatus();

/// One screen of the hand-out of --create-dkek-share with M-of-N, as it is printed.
struct PrintedShare {
    QByteArray prime;
    int id = 0;
    QByteArray value;
};
/// A set that the tool can open again, as 127 in 128 are. Empty when the tool failed.
[[nodiscard]] QList<PrintedShare> createShareFile(const QString& file, int threshold, int total);

/// Types the custodian shares into --import-dkek-share: the ids in hexadecimal, as the tool reads them.
[[nodiscard]] Outcome importShareFile(const QString& file, const QList<PrintedShare>& shares);

/// SubjectPublicKeyInfo of the key with this id (hex), written to `derFile`. From pkcs15-tool, since
/// pkcs11-tool 0.23 reads no public key on a curve of 384 bits ("cannot create EVP_PKEY").
[[nodiscard]] bool readPublicKey(const QString& id, const QString& derFile);

/// Encrypts with OpenSSL under the public RSA key (PKCS#1 v1.5), and decrypts with pkcs11-tool; false unless
/// it is the same again. Scratch files get the message's name and an ending.
[[nodiscard]] bool decrypts(const QString& id, const QString& derFile, const QString& messageFile);

/// OpenSSL's word on a signature over SHA-256 of the message: RSA PKCS#1 v1.5, or ECDSA in DER.
[[nodiscard]] bool verifies(const QString& derFile, const QString& messageFile, const QString& signatureFile);

} // namespace conclave::interop::stock
