// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/devicechain.h"

#include "core/base/digest.h"
#include "core/card/cvc.h"

#include <QByteArrayView>

namespace conclave::simulator {

namespace {

constexpr card::KeyAlgorithm kAlgorithm = card::KeyAlgorithm::EcBrainpoolP256;

/// Keys made of their names, the same in every build: devices of different runs have one root.
PrivateKey keyNamed(QByteArrayView name)
{
    Sha256Digest scalar = sha256(
        { reinterpret_cast<const std::uint8_t*>(name.data()), static_cast<std::size_t>(name.size()) });
    scalar[0] &= 0x7F; // below the order of the curve
    return PrivateKey::fromScalar(kAlgorithm, scalar).value();
}

const PrivateKey& rootKey()
{
    static const PrivateKey key = keyNamed("Conclave simulator, root");
    return key;
}

const PrivateKey& issuerKey()
{
    static const PrivateKey key = keyNamed("Conclave simulator, device issuer");
    return key;
}

card::CvSigner signer(const PrivateKey& key)
{
    return [&key](ByteView toBeSigned) { return key.signCertificate(toBeSigned); };
}

Result<Bytes> certificate(const QString& authority, const QString& holder, const card::PublicKey& key,
    card::CvRole role, const PrivateKey& issuer)
{
    return card::buildCvCertificate({ .authorityReference = authority,
                                        .holderReference = holder,
                                        .publicKey = key,
                                        .domainParameters = false,
                                        .role = static_cast<std::uint8_t>(role),
                                        .validFrom = QDate(2026, 1, 1),
                                        .validTo = QDate(2046, 12, 31) },
        signer(issuer));
}

} // namespace

const card::PublicKey& simulatedRootKey()
{
    return rootKey().publicKey();
}

QString simulatedRootReference()
{
    return QStringLiteral("UTCONCLAVE00001");
}

QString deviceReference(const QString& serial)
{
    return serial + QStringLiteral("00000");
}

Result<Bytes> deviceChain(const QString& serial, const card::PublicKey& deviceKey)
{
    const QString issuer = QStringLiteral("UTCONCLDI00001");
    auto chain = certificate(issuer, deviceReference(serial), deviceKey, card::CvRole::Device, issuerKey());
    const auto issuerCertificate = certificate(
        simulatedRootReference(), issuer, issuerKey().publicKey(), card::CvRole::DeviceIssuer, rootKey());
    if (!chain)
        return chain;
    if (!issuerCertificate)
        return issuerCertificate;
    chain->insert(chain->end(), issuerCertificate->begin(), issuerCertificate->end());
    return chain;
}

} // namespace conclave::simulator
