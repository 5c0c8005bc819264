// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/eventjson.h"

#include <QJsonArray>
#include <QMetaEnum>

#include <cmath>
#include <limits>
#include <type_traits>

namespace conclave::ceremony {

namespace {

constexpr qsizetype kMostElements = 256; // no list of a ceremony comes near
const QString kOnDevice = QStringLiteral("onDevice");

template <typename E>
QString enumName(E value)
{
    if constexpr (std::is_same_v<E, card::KeyAlgorithm>)
        return card::keyAlgorithmName(value);
    QString name = QString::fromLatin1(QMetaEnum::fromType<E>().valueToKey(static_cast<int>(value)));
    name[0] = name[0].toLower();
    return name;
}

template <typename E>
bool readEnum(const QString& name, E& to)
{
    const QMetaEnum meta = QMetaEnum::fromType<E>();
    for (int i = 0; i < meta.keyCount(); ++i) {
        const auto value = static_cast<E>(meta.value(i));
        if (enumName(value) == name) {
            to = value;
            return true;
        }
    }
    return false;
}

template <typename T>
struct IsVector : std::false_type {
};
template <typename T>
struct IsVector<std::vector<T>> : std::true_type {
};

template <typename T>
QJsonObject writeMembers(const T& from);

template <typename T>
QJsonValue write(const T& value)
{
    if constexpr (std::is_enum_v<T>) {
        return enumName(value);
    } else if constexpr (IsVector<T>::value) {
        QJsonArray array;
        for (const auto& element : value)
            array.append(writeMembers(element));
        return array;
    } else {
        return QJsonValue(value);
    }
}

template <typename T>
QJsonObject writeMembers(const T& from)
{
    QJsonObject json;
    T::members([&json](const char16_t* name, const auto& member,
                   auto...) { json.insert(QStringView(name), write(member)); },
        from);
    return json;
}

template <typename T>
bool readMembers(const QJsonObject& json, T& to, QString& wrong, const QStringList& besides = {});

bool read(const QJsonValue& json, QString& to)
{
    to = json.toString();
    return json.isString();
}

bool read(const QJsonValue& json, bool& to)
{
    to = json.toBool();
    return json.isBool();
}

bool read(const QJsonValue& json, double& to)
{
    to = json.toDouble();
    return json.isDouble();
}

bool read(const QJsonValue& json, int& to)
{
    const double number = json.toDouble(std::numeric_limits<double>::quiet_NaN());
    if (!(std::abs(number) <= std::numeric_limits<int>::max()) || number != std::floor(number))
        return false;
    to = static_cast<int>(number);
    return true;
}

template <typename T>
bool read(const QJsonValue& json, T& to)
{
    if constexpr (std::is_enum_v<T>) {
        return readEnum(json.toString(), to);
    } else {
        static_assert(IsVector<T>::value);
        const QJsonArray array = json.toArray();
        if (!json.isArray() || array.size() > kMostElements)
            return false;
        for (const auto& element : array) {
            typename T::value_type one;
            QString wrong;
            if (!element.isObject() || !readMembers(element.toObject(), one, wrong))
                return false;
            to.push_back(std::move(one));
        }
        return true;
    }
}

/// All members but those that were added later, and no others but those of `besides`: what is not understood
/// must not be passed over.
template <typename T>
bool readMembers(const QJsonObject& json, T& to, QString& wrong, const QStringList& besides)
{
    QStringList known = besides;
    T::members(
        [&](const char16_t* name, auto& member, auto... later) {
            known.append(QString::fromUtf16(name));
            if (sizeof...(later) != 0 && !json.contains(known.last()))
                return;
            if (wrong.isEmpty() && !read(json.value(known.last()), member))
                wrong = known.last();
        },
        to);
    for (auto member = json.begin(); member != json.end() && wrong.isEmpty(); ++member) {
        if (!known.contains(member.key()))
            wrong = member.key();
    }
    return wrong.isEmpty();
}

template <typename T, typename Any>
bool readAs(const QString& name, const QJsonObject& json, Result<Any>& result)
{
    if constexpr (std::is_same_v<T, OnDevice>) {
        return false; // told by a member, not by a name
    } else {
        if (name != QStringView(T::kName))
            return false;
        T event;
        QString wrong;
        const QStringList ofTheLine{ QStringLiteral("seq"), QStringLiteral("time"), QStringLiteral("event"),
            QStringLiteral("previous") };
        if (readMembers(json, event, wrong, ofTheLine))
            result = Any(std::move(event));
        else
            result = fail(ErrorKind::NotATranscript, wrong);
        return true;
    }
}

template <typename... T>
Result<std::variant<T...>> readAny(const QString& name, const QJsonObject& json, const std::variant<T...>*)
{
    Result<std::variant<T...>> result = fail(ErrorKind::NotATranscript, name);
    static_cast<void>((readAs<T>(name, json, result) || ...));
    return result;
}

Result<Event> readOnDevice(const QString& name, QJsonObject json)
{
    OnDevice event;
    if (!read(json.take(kOnDevice), event.serial) || event.serial.isEmpty())
        return fail(ErrorKind::NotATranscript, kOnDevice);
    auto read = readAny(name, json, static_cast<const DeviceEvent*>(nullptr));
    if (!read)
        return fail(read.error());
    event.event = std::move(*read);
    return Event(std::move(event));
}

template <typename E>
QString nameOf(const E& event)
{
    if constexpr (std::is_same_v<E, OnDevice>)
        return std::visit([](const auto& e) { return nameOf(e); }, event.event);
    else
        return QString::fromUtf16(E::kName);
}

template <typename E>
QJsonObject jsonOf(const E& event)
{
    if constexpr (std::is_same_v<E, OnDevice>) {
        QJsonObject json = std::visit([](const auto& e) { return jsonOf(e); }, event.event);
        json.insert(kOnDevice, event.serial);
        return json;
    } else {
        return writeMembers(event);
    }
}

} // namespace

QString eventName(const Event& event)
{
    return std::visit([](const auto& e) { return nameOf(e); }, event);
}

QJsonObject toJson(const Event& event)
{
    return std::visit([](const auto& e) { return jsonOf(e); }, event);
}

Result<Event> eventFromJson(const QString& name, const QJsonObject& json)
{
    if (json.contains(kOnDevice))
        return readOnDevice(name, json);
    return readAny(name, json, static_cast<const Event*>(nullptr));
}

} // namespace conclave::ceremony
