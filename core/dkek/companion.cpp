// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/companion.h"

#include "core/base/codealphabet.h"
#include "core/base/hex.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace conclave::dkek {

namespace {

constexpr qsizetype kLongestCompanion = 65'536;
constexpr int kMostShareFiles = 8;
constexpr auto kFormat = u"conclave-share-file-1";
constexpr auto kVerifierFunction = u"scrypt";

tl::unexpected<Error> wrong(const char16_t* member)
{
    return fail(ErrorKind::NotACompanion, QString::fromUtf16(member));
}

std::optional<int> integer(const QJsonValue& value)
{
    const double number = value.toDouble(-1);
    if (!value.isDouble() || number < 0 || number > 1'000'000 || number != std::floor(number))
        return std::nullopt;
    return static_cast<int>(number);
}

std::optional<Bytes> bytesOf(const QJsonValue& value, std::size_t size)
{
    std::optional<Bytes> bytes = fromHex(value.toString());
    if (bytes && bytes->size() != size)
        return std::nullopt;
    return bytes;
}

std::optional<CheckValue> checkValueOf(const QJsonValue& value)
{
    const std::optional<Bytes> bytes = bytesOf(value, std::tuple_size_v<CheckValue>);
    if (!bytes)
        return std::nullopt;
    CheckValue check{};
    std::copy(bytes->begin(), bytes->end(), check.begin());
    return check;
}

QJsonObject verifiersJson(const ShareVerifiers& verifiers)
{
    QJsonArray values;
    for (const Bytes& value : verifiers.values)
        values.append(toHex(value));
    return {
        { QStringLiteral("function"), QString::fromUtf16(kVerifierFunction) },
        { QStringLiteral("n"), verifiers.cost.n },
        { QStringLiteral("r"), verifiers.cost.r },
        { QStringLiteral("p"), verifiers.cost.p },
        { QStringLiteral("salt"), toHex(verifiers.salt) },
        { QStringLiteral("values"), values },
    };
}

std::optional<ShareVerifiers> verifiersOf(const QJsonValue& value, const SharingScheme& scheme)
{
    const QJsonObject json = value.toObject();
    const QJsonArray values = json.value(u"values").toArray();
    ShareVerifiers verifiers;
    verifiers.cost = { integer(json.value(u"n")).value_or(0), integer(json.value(u"r")).value_or(0),
        integer(json.value(u"p")).value_or(0) };
    const std::optional<Bytes> salt = bytesOf(json.value(u"salt"), kVerifierSaltBytes);
    if (json.value(u"function").toString() != QStringView(kVerifierFunction) || !verifiers.cost.bearable()
        || !salt || values.size() != scheme.total)
        return std::nullopt;
    verifiers.salt = *salt;
    for (const auto& one : values) {
        std::optional<Bytes> bytes = bytesOf(one, kVerifierBytes);
        if (!bytes)
            return std::nullopt;
        verifiers.values.push_back(std::move(*bytes));
    }
    return verifiers;
}

} // namespace

QByteArray Companion::toJson() const
{
    QJsonObject json;
    json.insert(u"format", QString::fromUtf16(kFormat));
    json.insert(u"ceremony", ceremony);
    json.insert(u"set", set);
    json.insert(u"file", file);
    json.insert(u"sha256", toHex(sha256));
    json.insert(u"number", number);
    json.insert(u"of", of);
    QJsonObject schemeJson;
    if (scheme) {
        schemeJson.insert(u"threshold", scheme->threshold);
        schemeJson.insert(u"total", scheme->total);
        schemeJson.insert(u"bits", scheme->bits);
        schemeJson.insert(u"prime", toHex(prime));
    } else {
        schemeJson.insert(u"password", true);
    }
    json.insert(u"scheme", schemeJson);
    json.insert(u"shareCheck", toHex(shareCheck).toUpper());
    if (kcv)
        json.insert(u"kcv", toHex(*kcv).toUpper());
    json.insert(u"device", device);
    if (verifiers)
        json.insert(u"verifiers", verifiersJson(*verifiers));
    return QJsonDocument(json).toJson();
}

Result<Companion> Companion::parse(const QByteArray& text)
{
    if (text.size() > kLongestCompanion)
        return wrong(u"format");
    const QJsonObject json = QJsonDocument::fromJson(text).object();
    if (json.value(u"format").toString() != QStringView(kFormat))
        return wrong(u"format");
    Companion companion;
    companion.ceremony = json.value(u"ceremony").toString();
    if (companion.ceremony.isEmpty())
        return wrong(u"ceremony");
    companion.set = json.value(u"set").toString();
    if (companion.set.size() != 6 || !std::all_of(companion.set.begin(), companion.set.end(), [](QChar c) {
            return codeCharacterValue(c.unicode()) >= 0;
        }))
        return wrong(u"set");
    companion.file = json.value(u"file").toString();
    if (!companion.file.endsWith(QStringLiteral(".pbe")) || companion.file.contains(QLatin1Char('/'))
        || companion.file.contains(QLatin1Char('\\')))
        return wrong(u"file");
    const std::optional<Bytes> hash = bytesOf(json.value(u"sha256"), 32);
    if (!hash)
        return wrong(u"sha256");
    companion.sha256 = *hash;
    const std::optional<int> of = integer(json.value(u"of"));
    if (!of || *of < 1 || *of > kMostShareFiles)
        return wrong(u"of");
    const std::optional<int> number = integer(json.value(u"number"));
    if (!number || *number < 1 || *number > *of)
        return wrong(u"number");
    companion.number = *number;
    companion.of = *of;
    const QJsonObject schemeJson = json.value(u"scheme").toObject();
    if (!schemeJson.value(u"password").toBool()) {
        const SharingScheme scheme{ .threshold = integer(schemeJson.value(u"threshold")).value_or(0),
            .total = integer(schemeJson.value(u"total")).value_or(0),
            .bits = integer(schemeJson.value(u"bits")).value_or(0) };
        if (!scheme.check())
            return wrong(u"scheme");
        const std::optional<Bytes> prime = bytesOf(schemeJson.value(u"prime"), scheme.valueBytes());
        if (!prime || !checkPrime(*prime))
            return wrong(u"prime");
        companion.scheme = scheme;
        companion.prime = *prime;
    }
    const std::optional<CheckValue> shareCheck = checkValueOf(json.value(u"shareCheck"));
    if (!shareCheck)
        return wrong(u"shareCheck");
    companion.shareCheck = *shareCheck;
    if (json.contains(u"kcv")) {
        companion.kcv = checkValueOf(json.value(u"kcv"));
        if (!companion.kcv)
            return wrong(u"kcv");
    }
    companion.device = json.value(u"device").toString();
    if (json.contains(u"verifiers")) {
        if (companion.scheme)
            companion.verifiers = verifiersOf(json.value(u"verifiers"), *companion.scheme);
        if (!companion.verifiers)
            return wrong(u"verifiers");
    }
    return companion;
}

} // namespace conclave::dkek
