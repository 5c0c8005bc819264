// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/digest.h"
#include "core/card/cvc.h"

#include <QDate>
#include <QString>

namespace conclave::card {

/// What is known of a device's authenticity: the table of formats.md, without the simulator's own state.
enum class Trust {
    NotChecked, ///< no certificate could be read
    CertificateOnly, ///< the chain leads to the scheme root; the device has not proved that it holds the key
    Genuine, ///< and it has
    GenuineExpired, ///< and it has, but a certificate of the chain is past its date
    UnknownIssuer, ///< the chain ends in another root
    Broken, ///< a signature does not verify, or names do not match
};

/// The first check that failed, where one did.
enum class TrustFault {
    None,
    Unreadable, ///< no certificate in the file
    ForeignRoot, ///< the issuer's certificate names another root than the scheme's
    IssuerMissing, ///< the file has no certificate of the device's issuer
    IssuerRole, ///< the issuer's certificate is not one of a device issuer
    IssuerSignature, ///< its signature is not the scheme root's
    DeviceRole, ///< the device's certificate is not one of a device
    DeviceSignature, ///< its signature is not the issuer's
    DeviceName, ///< the names in the chain and on the device do not match
    OtherCertificate, ///< the chain led to the scheme root before and does not any more
    KeyNotProved, ///< what the device signed is not signed with the key of its certificate
};

/// A judged chain, and its words.
struct DeviceTrust {
    Trust trust = Trust::NotChecked;
    TrustFault fault = TrustFault::Unreadable;
    QString holderPath{}; ///< "/DESRCACC1/DEDINK04/DENK0404144"; as far as certificates were there
    QString holderReference{}; ///< CHR of the device: what it puts into requests as outer CAR
    std::optional<Sha256Digest> fingerprint{}; ///< over the device's whole certificate, from 7F21
    std::optional<QDate> validFrom{}; ///< of the device's certificate
    std::optional<QDate> validTo{};
    std::optional<QDate> chainValidTo{}; ///< the first day on which a certificate of the chain ends
    bool expired = false; ///< a certificate of the chain is past its date
    bool notYetValid = false; ///< or before it: the computer's clock may be wrong
    /// With its curve, so that it verifies; no algorithm when the curve cannot be told.
    PublicKey deviceKey{};

    bool operator==(const DeviceTrust&) const = default;
};

/// Judges EF 2F02, the device's certificate and its issuer's, perhaps more (smartcard-hsm.md, 5.4), on the
/// given day. Never better than CertificateOnly: a chain is public, and anyone can replay it.
[[nodiscard]] DeviceTrust judgeChain(ByteView certificates, const QDate& today);

/// What a fresh request, tag 67, adds: it names `holder`, a name made up for it, and is signed with the key
/// in it and with the device's key (smartcard-hsm.md, 5.3 and 5.4). CertificateOnly becomes Genuine or
/// GenuineExpired; UnknownIssuer stays, its key being proved; everything else, and a request that does not
/// fit, becomes Broken, with KeyNotProved where the chain was good.
[[nodiscard]] DeviceTrust withProof(DeviceTrust trust, ByteView request, const QString& holder);

} // namespace conclave::card
