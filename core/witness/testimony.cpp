// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/testimony.h"

#include "core/base/hex.h"
#include "core/base/jsonarray.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMetaEnum>

#include <array>
#include <optional>

namespace conclave::witness {

namespace {

constexpr std::array kOwnErrors{ ErrorKind::ModuleUnusable, ErrorKind::TokenNotFound, ErrorKind::ModuleFailed,
    ErrorKind::OutOfSecureMemory };

QString nameOf(ErrorKind kind)
{
    return QString::fromLatin1(QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(kind)));
}

tl::unexpected<Error> makesNoSense()
{
    return fail(ErrorKind::ModuleFailed, QStringLiteral("testimony"));
}

QJsonObject keyJson(const SeenKey& key)
{
    return {
        { QStringLiteral("label"), key.label },
        { QStringLiteral("id"), toHex(key.id) },
        { QStringLiteral("publicKey"), toHex(key.publicKey) },
        { QStringLiteral("maySign"), key.maySign },
        { QStringLiteral("signature"), toHex(key.signature) },
    };
}

std::optional<Bytes> bytesOf(const QJsonValue& value)
{
    const QString hex = value.toString();
    if (!value.isString() || hex.size() > 2 * static_cast<qsizetype>(kLongestValue))
        return std::nullopt;
    return fromHex(hex);
}

std::optional<SeenKey> keyOf(const QJsonObject& json)
{
    const auto id = bytesOf(json.value(u"id"));
    const auto publicKey = bytesOf(json.value(u"publicKey"));
    const auto signature = bytesOf(json.value(u"signature"));
    if (!id || !publicKey || !signature || !json.value(u"label").isString())
        return std::nullopt;
    return SeenKey{ plainText(json.value(u"label").toString()), *id, *publicKey,
        json.value(u"maySign").toBool(), *signature };
}

Error errorOf(const QJsonObject& json)
{
    Error error{ .kind = ErrorKind::ModuleFailed,
        .code = static_cast<std::uint32_t>(json.value(u"code").toInteger() & 0xffffffff),
        .detail = plainText(json.value(u"detail").toString()) };
    for (const ErrorKind kind : kOwnErrors) {
        if (json.value(u"error").toString() == nameOf(kind))
            error.kind = kind;
    }
    return error;
}

} // namespace

QString plainText(const QString& text)
{
    QString plain;
    for (const QChar each : text.left(kLongestText))
        plain += each.isPrint() ? each : QChar(u' ');
    return plain.trimmed();
}

QByteArray toJson(const Result<Testimony>& testimony)
{
    QJsonObject json;
    if (testimony) {
        json = {
            { QStringLiteral("library"), testimony->library },
            { QStringLiteral("version"), testimony->version },
            { QStringLiteral("loggedIn"), testimony->loggedIn },
            { QStringLiteral("keys"), arrayOf(testimony->keys, keyJson) },
        };
    } else {
        json = {
            { QStringLiteral("error"), nameOf(testimony.error().kind) },
            { QStringLiteral("code"), static_cast<qint64>(testimony.error().code) },
            { QStringLiteral("detail"), testimony.error().detail },
        };
    }
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<Testimony> testimonyFromJson(const QByteArray& json)
{
    if (json.size() > kLongestTestimony)
        return makesNoSense();
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (object.contains(u"error"))
        return fail(errorOf(object));
    const QJsonArray keys = object.value(u"keys").toArray();
    if (!object.value(u"keys").isArray() || keys.size() > static_cast<qsizetype>(kMostKeys))
        return makesNoSense();
    Testimony testimony{ plainText(object.value(u"library").toString()),
        plainText(object.value(u"version").toString()), object.value(u"loggedIn").toBool(), {} };
    for (const auto& each : keys) {
        auto key = keyOf(each.toObject());
        if (!key)
            return makesNoSense();
        testimony.keys.push_back(std::move(*key));
    }
    return testimony;
}

} // namespace conclave::witness
