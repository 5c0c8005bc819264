// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/wrappedkey.h"

#include "core/base/digest.h"
#include "core/dkek/aes.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <optional>

namespace conclave::dkek {

namespace {

constexpr std::size_t kCheckValueBytes = 8;
constexpr std::size_t kRandomBytes = 8;
constexpr std::uint8_t kPaddingStart = 0x80;

/// The OIDs id-TA-RSA-v1-5-SHA-256, id-TA-ECDSA-SHA-256 and AES, each with its length before it.
constexpr std::uint8_t kRsaOid[] = { 0x00, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02, 0x01, 0x02 };
constexpr std::uint8_t kEcOid[] = { 0x00, 0x0A, 0x04, 0x00, 0x7F, 0x00, 0x07, 0x02, 0x02, 0x02, 0x02, 0x03 };
constexpr std::uint8_t kAesOid[] = { 0x00, 0x08, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x01 };
constexpr std::uint8_t kNoList[] = { 0x00, 0x00 };
constexpr std::uint8_t kAesAlgorithms[] = { 0x00, 0x04, 0x10, 0x11, 0x18, 0x99 };

tl::unexpected<Error> notAWrappedKey()
{
    return fail(ErrorKind::NotAWrappedKey);
}

/// How many components a type has; nothing for bytes that are no type.
std::optional<std::size_t> componentCount(WrappedKeyType type)
{
    switch (type) {
    case WrappedKeyType::Rsa:
        return 3;
    case WrappedKeyType::RsaCrt:
    case WrappedKeyType::Ec:
        return 7;
    case WrappedKeyType::Aes:
        return 1;
    }
    return std::nullopt;
}

/// SHA-256(DKEK, number) with the number in four bytes: 1 encrypts, 2 authenticates (smartcard-hsm.md, 6.4).
SecretBytes sessionKey(ByteView dkek, std::uint8_t number)
{
    const std::uint8_t suffix[] = { 0x00, 0x00, 0x00, number };
    Sha256Digest digest = sha256({ dkek, suffix });
    SecretBytes key{ ByteView(digest) };
    OPENSSL_cleanse(digest.data(), digest.size());
    return key;
}

void append(Bytes& to, ByteView more)
{
    to.insert(to.end(), more.begin(), more.end());
}

/// Fields 1 to 6.
Bytes header(ByteView dkek, WrappedKeyType type)
{
    const CheckValue kcv = checkValue(dkek);
    Bytes bytes(kcv.begin(), kcv.end());
    bytes.push_back(static_cast<std::uint8_t>(type));
    switch (type) {
    case WrappedKeyType::Rsa:
    case WrappedKeyType::RsaCrt:
        append(bytes, kRsaOid);
        append(bytes, kNoList);
        break;
    case WrappedKeyType::Ec:
        append(bytes, kEcOid);
        append(bytes, kNoList);
        break;
    case WrappedKeyType::Aes:
        append(bytes, kAesOid);
        append(bytes, kAesAlgorithms);
        break;
    }
    append(bytes, kNoList); // access conditions
    append(bytes, kNoList); // key OID
    return bytes;
}

std::size_t paddedSize(std::size_t size)
{
    return (size / kAesBlockBytes + 1) * kAesBlockBytes;
}

SecretBytes plainText(const ClearKey& key, ByteView random)
{
    const bool aes = key.type == WrappedKeyType::Aes;
    const std::size_t lengthBytes = aes ? 0 : 2;
    std::size_t size = kRandomBytes + 2;
    for (const SecretBytes& component : key.components)
        size += lengthBytes + component.size();

    SecretBytes plain(paddedSize(size));
    std::uint8_t* to = std::copy(random.begin(), random.end(), plain.data());
    const auto put16 = [&](std::size_t value) {
        *to++ = static_cast<std::uint8_t>(value >> 8);
        *to++ = static_cast<std::uint8_t>(value);
    };
    put16(static_cast<std::size_t>(aes ? key.bits / 8 : key.bits));
    for (const SecretBytes& component : key.components) {
        if (!aes)
            put16(component.size());
        to = std::copy(component.data(), component.data() + component.size(), to);
    }
    *to = kPaddingStart;
    return plain;
}

/// Takes bytes off the front; every length is checked against what is left.
class Cursor {
public:
    explicit Cursor(ByteView rest)
        : m_rest(rest)
    {
    }

    [[nodiscard]] ByteView rest() const { return m_rest; }
    std::optional<ByteView> take(std::size_t size)
    {
        if (m_rest.size() < size)
            return std::nullopt;
        const ByteView taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    std::optional<std::size_t> number()
    {
        const auto two = take(2);
        if (!two)
            return std::nullopt;
        return static_cast<std::size_t>((*two)[0] << 8 | (*two)[1]);
    }
    std::optional<ByteView> field()
    {
        const auto size = number();
        return size ? take(*size) : std::nullopt;
    }

private:
    ByteView m_rest;
};

/// Field 7 of a blob that has room for its first field and the MAC.
std::optional<ByteView> cipherTextIn(ByteView blob)
{
    Cursor cursor(blob.first(blob.size() - kAesBlockBytes).subspan(kCheckValueBytes + 1));
    // Default algorithm, allowed algorithms, access conditions, key OID: some firmware wrote them wrongly,
    // and the type says all that matters.
    for (int field = 0; field < 4; ++field) {
        if (!cursor.field())
            return std::nullopt;
    }
    const ByteView cipherText = cursor.rest();
    if (cipherText.empty() || cipherText.size() % kAesBlockBytes != 0)
        return std::nullopt;
    return cipherText;
}

/// ISO 9797-1 method 2; nothing at all where the text ended on a block, as some implementations write it.
bool isPadding(ByteView bytes)
{
    return bytes.empty()
        || (bytes.size() <= kAesBlockBytes && bytes.front() == kPaddingStart
            && std::ranges::all_of(bytes.subspan(1), [](std::uint8_t byte) { return byte == 0; }));
}

Result<ClearKey> readPlainText(WrappedKeyType type, ByteView plain)
{
    Cursor cursor(plain);
    const auto random = cursor.take(kRandomBytes);
    const auto size = cursor.number();
    const auto count = componentCount(type);
    if (!random || !size || !count)
        return notAWrappedKey();

    ClearKey key{ .type = type, .bits = static_cast<int>(*size), .components = {} };
    if (type == WrappedKeyType::Aes) {
        const auto bytes = cursor.take(*size);
        if (!bytes || !isAesKeySize(*size))
            return notAWrappedKey();
        key.bits *= 8;
        key.components.emplace_back(*bytes);
    } else {
        for (std::size_t i = 0; i < *count; ++i) {
            const auto component = cursor.field();
            if (!component || component->empty())
                return notAWrappedKey();
            key.components.emplace_back(*component);
        }
    }
    if (!isPadding(cursor.rest()))
        return notAWrappedKey();
    return key;
}

} // namespace

Result<Bytes> wrapKey(ByteView dkek, const ClearKey& key, ByteView random)
{
    const auto count = componentCount(key.type);
    const bool componentsFit = count && key.components.size() == *count
        && std::ranges::all_of(
            key.components, [](const SecretBytes& part) { return !part.empty() && part.size() <= 0xFFFF; });
    if (dkek.size() != kDkekBytes || random.size() != kRandomBytes || !componentsFit || key.bits <= 0
        || key.bits > 0xFFFF)
        return fail(ErrorKind::Malformed);
    if (key.type == WrappedKeyType::Aes
        && (!isAesKeySize(key.components[0].size())
            || key.components[0].size() * 8 != static_cast<std::size_t>(key.bits)))
        return fail(ErrorKind::Malformed);

    const SecretBytes plain = plainText(key, random);
    Bytes blob = header(dkek, key.type);
    const std::size_t begin = blob.size();
    blob.resize(begin + plain.size());
    if (const Status done = cryptBlocks(sessionKey(dkek, 1), true, plain, blob.data() + begin); !done)
        return fail(done.error());
    const auto mac = aesCmac(sessionKey(dkek, 2), blob);
    if (!mac)
        return fail(mac.error());
    append(blob, *mac);
    return blob;
}

bool WrappedKeyFacts::fits(int bits) const
{
    const auto bytes = static_cast<std::size_t>(bits + 7) / 8;
    constexpr std::size_t kExponent = 3;
    std::size_t components = 0;
    switch (type) {
    case WrappedKeyType::Rsa:
        components = 3 * 2 + 2 * bytes + kExponent;
        break;
    case WrappedKeyType::RsaCrt:
        components = 7 * 2 + 5 * (bytes / 2) + bytes + kExponent;
        break;
    case WrappedKeyType::Ec: // five numbers and two points
        components = 7 * 2 + 5 * bytes + 2 * (1 + 2 * bytes);
        break;
    case WrappedKeyType::Aes:
        components = bytes;
        break;
    }
    const std::size_t expected = paddedSize(kRandomBytes + 2 + components);
    return cipherBytes + kAesBlockBytes >= expected && cipherBytes <= expected + kAesBlockBytes;
}

Result<WrappedKeyFacts> inspectWrappedKey(ByteView blob)
{
    if (blob.size() > kLargestWrappedKey || blob.size() < kCheckValueBytes + 1 + kAesBlockBytes)
        return notAWrappedKey();
    WrappedKeyFacts facts{ .type = static_cast<WrappedKeyType>(blob[kCheckValueBytes]) };
    std::ranges::copy(blob.first(kCheckValueBytes), facts.kcv.begin());
    const auto cipherText = cipherTextIn(blob);
    if (!componentCount(facts.type) || !cipherText)
        return notAWrappedKey();
    facts.cipherBytes = cipherText->size();
    return facts;
}

Result<ClearKey> unwrapKey(ByteView dkek, ByteView blob)
{
    if (dkek.size() != kDkekBytes)
        return fail(ErrorKind::Malformed);
    const auto facts = inspectWrappedKey(blob);
    if (!facts)
        return fail(facts.error());
    if (facts->kcv != checkValue(dkek))
        return fail(ErrorKind::WrappedKeyOfAnotherDkek);

    const ByteView authenticated = blob.first(blob.size() - kAesBlockBytes);
    const auto mac = aesCmac(sessionKey(dkek, 2), authenticated);
    if (!mac)
        return fail(mac.error());
    if (CRYPTO_memcmp(mac->data(), blob.last(kAesBlockBytes).data(), kAesBlockBytes) != 0)
        return notAWrappedKey();

    SecretBytes plain(facts->cipherBytes);
    const ByteView cipherText = authenticated.last(facts->cipherBytes);
    if (const Status done = cryptBlocks(sessionKey(dkek, 1), false, cipherText, plain.data()); !done)
        return fail(done.error());
    return readPlainText(facts->type, plain);
}

} // namespace conclave::dkek
