// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/keymanifest.h"

#include "core/base/digest.h"
#include "core/base/hex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace conclave::ceremony {

namespace {

constexpr qsizetype kLongestManifest = 4 * 1024 * 1024;
constexpr qsizetype kMostKeys = 255;
constexpr qsizetype kLongestText = 255;
constexpr std::size_t kLongestId = 255;
constexpr std::size_t kLongestPublicKey = 4096;
constexpr auto kFormat = u"conclave-keys-1";

tl::unexpected<Error> wrong(const char16_t* member)
{
    return fail(ErrorKind::NotAKeyManifest, QString::fromUtf16(member));
}

std::optional<QString> textOf(const QJsonValue& value)
{
    if (!value.isString() || value.toString().size() > kLongestText)
        return std::nullopt;
    return value.toString();
}

/// A name in the folder itself: nothing that leads out of it, nothing hidden.
bool isFileName(const QString& name)
{
    return !name.isEmpty() && !name.startsWith(QLatin1Char('.')) && std::ranges::none_of(name, [](QChar c) {
        return c == QLatin1Char('/') || c == QLatin1Char('\\') || c == QLatin1Char(':') || c.unicode() < 0x20;
    });
}

QJsonObject jsonOf(const BackedUpKey& key)
{
    QJsonObject json;
    json.insert(u"file", key.file);
    json.insert(u"sha256", toHex(key.sha256));
    json.insert(u"reference", key.reference);
    json.insert(u"label", key.label);
    json.insert(u"id", toHex(key.id));
    json.insert(u"type", key.type);
    json.insert(u"kcv", toHex(key.kcv).toUpper());
    if (!key.publicKey.empty()) {
        json.insert(u"publicKey", toHex(key.publicKey));
        json.insert(u"fingerprint", toHex(sha256(key.publicKey)));
    }
    if (key.pair) {
        json.insert(u"challenge", toHex(key.pair->challenge));
        json.insert(u"cmac", toHex(key.pair->cmac));
    }
    return json;
}

Result<BackedUpKey> keyOf(const QJsonObject& json)
{
    BackedUpKey key;
    const auto file = textOf(json.value(u"file"));
    if (!file || !isFileName(*file))
        return wrong(u"file");
    key.file = *file;
    const auto hash = fromHex(json.value(u"sha256").toString());
    if (!hash || hash->size() != sizeof(Sha256Digest))
        return wrong(u"sha256");
    key.sha256 = *hash;
    const double reference = json.value(u"reference").toDouble(-1);
    if (reference < 1 || reference > 0xFF || reference != std::floor(reference))
        return wrong(u"reference");
    key.reference = static_cast<int>(reference);
    const auto label = textOf(json.value(u"label"));
    if (!label)
        return wrong(u"label");
    key.label = *label;
    const auto id = fromHex(json.value(u"id").toString());
    if (!json.value(u"id").isString() || !id || id->size() > kLongestId)
        return wrong(u"id");
    key.id = *id;
    const auto type = textOf(json.value(u"type"));
    if (!type || type->isEmpty())
        return wrong(u"type");
    key.type = *type;
    const auto kcv = fromHex(json.value(u"kcv").toString());
    if (!kcv || kcv->size() != key.kcv.size())
        return wrong(u"kcv");
    std::ranges::copy(*kcv, key.kcv.begin());
    if (json.contains(u"publicKey")) {
        const auto publicKey = fromHex(json.value(u"publicKey").toString());
        if (!publicKey || publicKey->size() > kLongestPublicKey || !card::PublicKey::parse(*publicKey))
            return wrong(u"publicKey");
        key.publicKey = *publicKey;
        if (json.value(u"fingerprint").toString() != toHex(sha256(key.publicKey)))
            return wrong(u"fingerprint");
    }
    if (json.contains(u"challenge") || json.contains(u"cmac")) {
        const auto challenge = fromHex(json.value(u"challenge").toString());
        if (!challenge || challenge->size() != kChallengeBytes || !key.publicKey.empty())
            return wrong(u"challenge");
        const auto cmac = fromHex(json.value(u"cmac").toString());
        if (!cmac || cmac->size() != kCmacBytes)
            return wrong(u"cmac");
        key.pair = CmacPair{ *challenge, *cmac };
    }
    return key;
}

} // namespace

QString keyTypeName(const card::TransportedKey& key)
{
    if (key.publicKey && key.publicKey->algorithm)
        return card::keyAlgorithmName(*key.publicKey->algorithm);
    switch (key.type) {
    case dkek::WrappedKeyType::Rsa:
    case dkek::WrappedKeyType::RsaCrt:
        return QStringLiteral("Rsa");
    case dkek::WrappedKeyType::Ec:
        return QStringLiteral("Ec");
    case dkek::WrappedKeyType::Aes:
        if (const auto algorithm = card::aesAlgorithm(key.bits))
            return card::keyAlgorithmName(*algorithm);
        return QStringLiteral("Aes");
    }
    Q_UNREACHABLE();
}

QByteArray KeyManifest::toJson() const
{
    QJsonArray list;
    for (const BackedUpKey& key : keys)
        list.append(jsonOf(key));
    QJsonObject json;
    json.insert(u"format", QString::fromUtf16(kFormat));
    json.insert(u"ceremony", ceremony);
    json.insert(u"device", device);
    json.insert(u"keys", list);
    return QJsonDocument(json).toJson();
}

Result<KeyManifest> KeyManifest::parse(const QByteArray& text)
{
    if (text.size() > kLongestManifest)
        return wrong(u"format");
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    if (json.value(u"format").toString() != QStringView(kFormat))
        return wrong(u"format");
    KeyManifest manifest;
    const auto ceremony = textOf(json.value(u"ceremony"));
    if (!ceremony)
        return wrong(u"ceremony");
    manifest.ceremony = *ceremony;
    const auto device = textOf(json.value(u"device"));
    if (!device || device->isEmpty())
        return wrong(u"device");
    manifest.device = *device;
    const QJsonArray keys = json.value(u"keys").toArray();
    if (!json.value(u"keys").isArray() || keys.size() > kMostKeys)
        return wrong(u"keys");
    for (const QJsonValue& one : keys) {
        auto key = keyOf(one.toObject());
        if (!key)
            return fail(key.error());
        manifest.keys.push_back(std::move(*key));
    }
    return manifest;
}

} // namespace conclave::ceremony
