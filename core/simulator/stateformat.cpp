// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/stateformat.h"

#include <algorithm>

namespace conclave::simulator {

namespace {

constexpr std::uint8_t kMagic[]
    = { 'c', 'o', 'n', 'c', 'l', 'a', 'v', 'e', '-', 's', 'i', 'm', 'c', 'a', 'r', 'd', '-', '1', '\n' };

tl::unexpected<Error> malformed()
{
    return fail(ErrorKind::Malformed, QStringLiteral("state of a simulated card"));
}

/// Collects bytes, in memory that is wiped when it grows.
class Writer {
public:
    void number(std::size_t value, int size)
    {
        std::uint8_t bytes[4] = {};
        for (int i = 0; i < size; ++i)
            bytes[i] = static_cast<std::uint8_t>(value >> (8 * (size - 1 - i)));
        raw({ bytes, static_cast<std::size_t>(size) });
    }
    void raw(ByteView bytes)
    {
        if (m_used + bytes.size() > m_bytes.size()) {
            SecretBytes larger(std::max(2 * m_bytes.size(), m_used + bytes.size()));
            std::ranges::copy(m_bytes.view().first(m_used), larger.data());
            m_bytes = std::move(larger);
        }
        std::ranges::copy(bytes, m_bytes.data() + m_used);
        m_used += bytes.size();
    }
    void string(ByteView bytes)
    {
        number(bytes.size(), 4);
        raw(bytes);
    }
    [[nodiscard]] SecretBytes take()
    {
        m_bytes.shrink(m_used);
        return std::move(m_bytes);
    }

private:
    SecretBytes m_bytes{ 4096 };
    std::size_t m_used = 0;
};

/// Takes bytes off the front. Past the end it gives zeros and nothing, and remembers it.
class Reader {
public:
    explicit Reader(ByteView bytes)
        : m_rest(bytes)
    {
    }

    ByteView raw(std::size_t size)
    {
        if (size > m_rest.size()) {
            m_ok = false;
            m_rest = {};
            return {};
        }
        const ByteView taken = m_rest.first(size);
        m_rest = m_rest.subspan(size);
        return taken;
    }
    std::size_t number(int size)
    {
        std::size_t value = 0;
        for (const std::uint8_t byte : raw(static_cast<std::size_t>(size)))
            value = value << 8 | byte;
        return value;
    }
    std::uint8_t byte() { return static_cast<std::uint8_t>(number(1)); }
    ByteView string() { return raw(number(4)); }
    void require(bool condition) { m_ok = m_ok && condition; }
    [[nodiscard]] bool ok() const { return m_ok; }
    [[nodiscard]] bool finished() const { return m_ok && m_rest.empty(); }

private:
    ByteView m_rest;
    bool m_ok = true;
};

void writePin(Writer& to, const PinObject& pin)
{
    to.string(pin.value);
    to.number(pin.mostTries, 1);
    to.number(pin.triesLeft, 1);
    to.number(pin.transport ? 1 : 0, 1);
}

PinObject readPin(Reader& from)
{
    PinObject pin{ .value = SecretBytes(from.string()) };
    pin.mostTries = from.byte();
    pin.triesLeft = from.byte();
    pin.transport = from.byte() != 0;
    from.require(pin.triesLeft <= pin.mostTries && pin.mostTries <= kSoPinTries);
    return pin;
}

void writeKey(Writer& to, const dkek::ClearKey& clear)
{
    to.number(static_cast<std::size_t>(clear.type), 1);
    to.number(clear.components.size(), 1);
    for (const SecretBytes& component : clear.components)
        to.string(component);
}

Result<dkek::ClearKey> allOf(const CardKey& key)
{
    return std::visit([](const auto& one) { return Result<dkek::ClearKey>(one.clear()); }, key);
}

Result<CardKey> readKey(Reader& from)
{
    dkek::ClearKey clear;
    clear.type = static_cast<dkek::WrappedKeyType>(from.byte());
    const std::size_t count = from.byte();
    for (std::size_t i = 0; i < count && from.ok(); ++i)
        clear.components.emplace_back(from.string());
    if (!from.ok())
        return malformed();
    return cardKeyFromClear(clear);
}

Identity readIdentity(Reader& from)
{
    const ByteView serial = from.string();
    Identity identity{ .serial
        = QString::fromLatin1(QByteArrayView(serial.data(), static_cast<qsizetype>(serial.size()))) };
    identity.versionMajor = from.byte();
    identity.versionMinor = from.byte();
    from.require(isSerial(identity.serial));
    return identity;
}

std::optional<DkekDomain> readDkek(Reader& from)
{
    if (from.byte() == 0)
        return std::nullopt;
    DkekDomain dkek;
    dkek.total = from.byte();
    dkek.outstanding = from.byte();
    dkek.key = SecretBytes(from.string());
    from.require(dkek.outstanding <= dkek.total && dkek.key.size() == dkek::kDkekBytes);
    return dkek;
}

FileStore readFiles(Reader& from)
{
    FileStore files;
    const std::size_t count = from.number(2);
    for (std::size_t i = 0; i < count && from.ok(); ++i) {
        const auto id = static_cast<std::uint16_t>(from.number(2));
        const ByteView content = from.string();
        from.require(content.size() <= file::kLargest && !files.find(id) && file::kind(id) != file::kKey);
        files.open(id) = toBytes(content);
    }
    from.require(files.find(file::kDeviceCertificates) != nullptr);
    return files;
}

} // namespace

SecretBytes encodeState(const CardState& state)
{
    Writer to;
    to.raw(kMagic);
    const QByteArray serial = state.identity.serial.toLatin1();
    to.string(
        { reinterpret_cast<const std::uint8_t*>(serial.data()), static_cast<std::size_t>(serial.size()) });
    to.number(static_cast<std::size_t>(state.identity.versionMajor), 1);
    to.number(static_cast<std::size_t>(state.identity.versionMinor), 1);
    to.number(state.options, 2);
    writePin(to, state.userPin);
    writePin(to, state.soPin);
    to.number(state.dkek ? 1 : 0, 1);
    if (state.dkek) {
        to.number(state.dkek->total, 1);
        to.number(state.dkek->outstanding, 1);
        to.string(state.dkek->key);
    }
    to.number(state.publicKeyAuthentication ? 1 : 0, 1);
    if (state.publicKeyAuthentication) {
        to.number(state.publicKeyAuthentication->total, 1);
        to.number(state.publicKeyAuthentication->required, 1);
    }
    writeKey(to, state.deviceKey.clear().value());
    to.number(state.files.files().size(), 2);
    for (const FileStore::File& one : state.files.files()) {
        to.number(one.id, 2);
        to.string(one.content);
    }
    to.number(state.keys.size(), 1);
    for (const auto& [number, key] : state.keys) {
        to.number(number, 1);
        writeKey(to, allOf(key).value());
    }
    return to.take();
}

Result<CardState> decodeState(ByteView bytes)
{
    Reader from(bytes);
    if (!std::ranges::equal(from.raw(std::size(kMagic)), kMagic))
        return malformed();
    Identity identity = readIdentity(from);
    const auto options = static_cast<std::uint16_t>(from.number(2));
    PinObject userPin = readPin(from);
    PinObject soPin = readPin(from);
    from.require(!userPin.isSet() || isUserPinLength(userPin.value.size()));
    from.require(!soPin.isSet() || soPin.value.size() == kSoPinBytes);
    auto dkek = readDkek(from);
    std::optional<PublicKeyAuthentication> publicKeys;
    if (from.byte() != 0) {
        publicKeys.emplace();
        publicKeys->total = from.byte();
        publicKeys->required = from.byte();
    }
    auto deviceKey = readKey(from);
    PrivateKey* const devicePrivateKey = deviceKey ? std::get_if<PrivateKey>(&*deviceKey) : nullptr;
    if (!devicePrivateKey || !from.ok())
        return malformed();
    CardState state{ .identity = std::move(identity),
        .options = options,
        .userPin = std::move(userPin),
        .soPin = std::move(soPin),
        .dkek = std::move(dkek),
        .publicKeyAuthentication = publicKeys,
        .deviceKey = std::move(*devicePrivateKey),
        .files = readFiles(from) };
    const std::size_t count = from.byte();
    for (std::size_t i = 0; i < count && from.ok(); ++i) {
        const std::uint8_t number = from.byte();
        auto key = readKey(from);
        if (!key || number == 0 || !state.keys.emplace(number, std::move(*key)).second)
            return malformed();
    }
    if (!from.finished())
        return malformed();
    return state;
}

} // namespace conclave::simulator
