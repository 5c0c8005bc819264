// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/testify.h"

#include "core/base/digest.h"
#include "core/witness/pkcs11publickey.h"
#include "core/witness/pkcs11session.h"

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include <algorithm>
#include <memory>

namespace conclave::witness {

namespace {

struct SignatureFree {
    void operator()(ECDSA_SIG* signature) const { ECDSA_SIG_free(signature); }
};

/// DigestInfo of SHA-256 up to the digest (RFC 8017, 9.2, note 1): CKM_RSA_PKCS adds the padding alone.
constexpr std::uint8_t kSha256Info[] = { 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65,
    0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20 };

/// PKCS#11 gives r and s, one after the other; all others ECDSA-Sig-Value (RFC 3279, 2.2.3). Empty when it
/// is neither.
Bytes ecdsaInDer(const Bytes& raw)
{
    const std::unique_ptr<ECDSA_SIG, SignatureFree> signature(ECDSA_SIG_new());
    if (!signature || raw.empty() || raw.size() % 2 != 0)
        return {};
    const int half = static_cast<int>(raw.size() / 2);
    BIGNUM* r = BN_bin2bn(raw.data(), half, nullptr);
    BIGNUM* s = BN_bin2bn(raw.data() + half, half, nullptr);
    if (!r || !s || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
        BN_free(r);
        BN_free(s);
        return {};
    }
    const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
    if (size <= 0)
        return {};
    Bytes der(static_cast<std::size_t>(size));
    std::uint8_t* to = der.data();
    i2d_ECDSA_SIG(signature.get(), &to);
    return der;
}

/// Empty when the key does not sign: the other keys are to be heard all the same.
Bytes signatureOf(const Pkcs11Session& session, CK_OBJECT_HANDLE key, ByteView challenge)
{
    const Sha256Digest digest = sha256(challenge);
    const auto type = session.number(key, CKA_KEY_TYPE);
    if (type == CKK_RSA) {
        Bytes info = toBytes(kSha256Info);
        info.insert(info.end(), digest.begin(), digest.end());
        return session.sign(key, CKM_RSA_PKCS, info).value_or(Bytes{});
    }
    if (type == CKK_EC)
        return session.sign(key, CKM_ECDSA, digest).map(ecdsaInDer).value_or(Bytes{});
    return {};
}

QString labelOf(const Pkcs11Session& session, CK_OBJECT_HANDLE object)
{
    const Bytes label = session.attribute(object, CKA_LABEL).value_or(Bytes{});
    return plainText(
        QString::fromUtf8(reinterpret_cast<const char*>(label.data()), static_cast<qsizetype>(label.size())));
}

SeenKey keyOf(const Pkcs11Session& session, CK_OBJECT_HANDLE object)
{
    return { labelOf(session, object), session.attribute(object, CKA_ID).value_or(Bytes{}),
        publicKeyOf(session, object) };
}

/// Private keys with the public key of the same ID, and public keys that have no private one.
Result<std::vector<SeenKey>> keysOf(const Pkcs11Session& session, bool loggedIn, ByteView challenge)
{
    const auto publicKeys = session.objects(CKO_PUBLIC_KEY);
    const auto privateKeys = session.objects(CKO_PRIVATE_KEY);
    if (!publicKeys || !privateKeys)
        return fail(publicKeys ? privateKeys.error() : publicKeys.error());
    std::vector<SeenKey> alone;
    for (const CK_OBJECT_HANDLE object : *publicKeys)
        alone.push_back(keyOf(session, object));
    std::vector<SeenKey> keys;
    for (const CK_OBJECT_HANDLE object : *privateKeys) {
        SeenKey key = keyOf(session, object);
        const auto other = std::ranges::find(alone, key.id, &SeenKey::id);
        if (other != alone.end()) {
            if (!other->publicKey.empty())
                key.publicKey = other->publicKey;
            alone.erase(other);
        }
        const Bytes maySign = session.attribute(object, CKA_SIGN).value_or(Bytes{});
        key.maySign = maySign.size() == 1 && maySign.front() != CK_FALSE;
        if (loggedIn && key.maySign)
            key.signature = signatureOf(session, object, challenge);
        keys.push_back(std::move(key));
    }
    std::ranges::move(alone, std::back_inserter(keys));
    if (keys.size() > kMostKeys)
        return fail(ErrorKind::ModuleFailed, QStringLiteral("C_FindObjects"));
    return keys;
}

} // namespace

Result<Testimony> testify(const TestimonyOrder& order)
{
    const auto module = Pkcs11Module::load(order.module);
    if (!module)
        return fail(module.error());
    const auto description = (*module)->describe();
    if (!description)
        return fail(description.error());
    const auto slot = (*module)->slotOf(order.serial);
    if (!slot)
        return fail(slot.error());
    const auto session = Pkcs11Session::open(**module, *slot);
    if (!session)
        return fail(session.error());
    const bool loggedIn = !order.pin.empty();
    if (loggedIn) {
        if (const Status done = (*session)->logIn(order.pin); !done)
            return fail(done.error());
    }
    auto keys = keysOf(**session, loggedIn, order.challenge);
    if (!keys)
        return fail(keys.error());
    return Testimony{ description->library, description->version, loggedIn, std::move(*keys) };
}

} // namespace conclave::witness
