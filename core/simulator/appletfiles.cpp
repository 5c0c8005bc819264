// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/applet.h"

#include "core/card/tlv.h"

#include <algorithm>

namespace conclave::simulator {

namespace {

/// The offset in 54 02 hi lo, which READ and UPDATE begin with.
std::optional<std::size_t> offsetIn(card::TlvReader& reader)
{
    const auto object = reader.expect(0x54);
    if (!object || object->value.size() != 2)
        return std::nullopt;
    return static_cast<std::size_t>(object->value[0] << 8 | object->value[1]);
}

bool isWritable(std::uint16_t id)
{
    if (id == file::kTokenInfo || id == file::kLargeInput)
        return true;
    switch (file::kind(id)) {
    case file::kKeyDescription:
    case file::kCertificateDescription:
    case file::kDataDescription:
    case file::kAuthorityCertificate:
    case file::kMetaData:
    case file::kPrivateData:
    case file::kKeyCertificate:
    case file::kPublicData:
        return true;
    default:
        return false;
    }
}

/// P1 P2 name the file; zeros mean the selected one.
std::optional<std::uint16_t> target(const card::CommandApdu& command, std::optional<std::uint16_t> current)
{
    const std::uint16_t id = file::id(command.p1, command.p2);
    return id == 0 ? current : std::optional(id);
}

} // namespace

bool Applet::exists(std::uint16_t id) const
{
    if (file::kind(id) == file::kKey) {
        const auto number = static_cast<std::uint8_t>(id);
        return number == 0 || m_state.keys.contains(number);
    }
    return m_state.files.find(id) != nullptr;
}

Applet::Response Applet::enumerate()
{
    Bytes list{ file::kKey, 0x00 };
    for (const auto& [number, key] : m_state.keys) {
        list.push_back(file::kKey);
        list.push_back(number);
    }
    for (const FileStore::File& one : m_state.files.files()) {
        // The files of the device as a whole are known by their names.
        if (file::kind(one.id) == file::kind(file::kDeviceCertificates))
            continue;
        list.push_back(file::kind(one.id));
        list.push_back(static_cast<std::uint8_t>(one.id));
    }
    return answer(list);
}

Applet::Response Applet::read(const Command& command)
{
    const auto id = target(command, m_currentFile);
    if (!id)
        return answer(sw::kNotAllowed);
    if (!exists(*id))
        return answer(sw::kNotFound);
    const bool isPrivate = file::kind(*id) == file::kPrivateData && !m_userVerified;
    if (file::kind(*id) == file::kKey || isPrivate)
        return answer(sw::kNotLoggedIn);
    card::TlvReader reader(command.data);
    const auto offset = offsetIn(reader);
    if (!offset || !reader.atEnd() || command.le == 0)
        return answer(sw::kWrongLength);

    const ByteView content = *m_state.files.find(*id);
    if (*offset > content.size())
        return answer(sw::kWrongOffset);
    m_currentFile = *id;
    const ByteView rest = content.subspan(*offset);
    return { .data = SecretBytes(rest.first(std::min(rest.size(), command.le))),
        .sw = rest.size() < command.le ? sw::kEndOfFile : sw::kOk };
}

Applet::Response Applet::update(const Command& command)
{
    const auto id = target(command, m_currentFile);
    if (!id)
        return answer(sw::kNotAllowed);
    if (!m_userVerified || !isWritable(*id))
        return answer(sw::kNotLoggedIn);
    card::TlvReader reader(command.data);
    const auto offset = offsetIn(reader);
    const auto data = reader.expect(0x53);
    if (!offset || !data || !reader.atEnd())
        return answer(sw::kWrongData);

    const Bytes* present = m_state.files.find(*id);
    const std::size_t size = present ? present->size() : 0;
    const std::size_t end = *offset + data->value.size();
    if (*offset > size || end > file::kLargest)
        return answer(sw::kWrongOffset);
    if (end > size && !m_state.hasRoomFor(end - size))
        return answer(sw::kMemoryFull);
    Bytes& content = m_state.files.open(*id);
    content.resize(std::max(size, end));
    std::ranges::copy(data->value, content.begin() + static_cast<std::ptrdiff_t>(*offset));
    m_currentFile = *id;
    return answer(sw::kOk);
}

Applet::Response Applet::remove(const Command& command)
{
    if (command.data.size() != 2)
        return answer(sw::kWrongLength);
    const std::uint16_t id = file::id(command.data[0], command.data[1]);
    if (!exists(id))
        return answer(sw::kNotFound);
    const bool isKey = file::kind(id) == file::kKey;
    const auto number = static_cast<std::uint8_t>(id);
    if (!m_userVerified || (isKey ? number == 0 : !isWritable(id)))
        return answer(sw::kNotLoggedIn);
    if (isKey)
        m_state.keys.erase(number);
    else
        m_state.files.remove(id);
    if (m_currentFile == id)
        m_currentFile.reset();
    return answer(sw::kOk);
}

} // namespace conclave::simulator
