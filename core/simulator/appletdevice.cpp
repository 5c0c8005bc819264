// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/applet.h"

#include "core/card/tlv.h"

#include <openssl/crypto.h>

namespace conclave::simulator {

namespace {

/// INITIALIZE's data (smartcard-hsm.md, 2.6).
struct Settings {
    std::uint16_t options = 0;
    ByteView userPin{};
    ByteView soPin{};
    std::uint8_t userPinTries = kUserPinTries;
    std::optional<std::uint8_t> shareFiles{};
    std::optional<PublicKeyAuthentication> publicKeys{};
};

bool readMember(const card::Tlv& member, Settings& settings)
{
    const ByteView value = member.value;
    switch (member.tag) {
    case 0x80:
        if (value.size() != 2)
            return false;
        settings.options = static_cast<std::uint16_t>(value[0] << 8 | value[1]);
        return true;
    case 0x81:
        settings.userPin = value;
        return isUserPinLength(value.size());
    case 0x82:
        settings.soPin = value;
        return value.size() == kSoPinBytes;
    case 0x91:
        if (value.size() != 1)
            return false;
        settings.userPinTries = value[0];
        return value[0] >= 1 && value[0] <= kMostUserPinTries;
    case 0x92:
        if (value.size() != 1)
            return false;
        settings.shareFiles = value[0];
        return true;
    case 0x93:
        if (value.size() != 2)
            return false;
        settings.publicKeys = PublicKeyAuthentication{ .total = value[0], .required = value[1] };
        return value[1] >= 1 && value[1] <= value[0];
    case 0x95: // biometric servers: there are none
    case 0x96:
        return true;
    default:
        return false;
    }
}

std::optional<Settings> readSettings(ByteView data)
{
    Settings settings;
    card::TlvReader reader(data);
    while (!reader.atEnd()) {
        const auto member = reader.next();
        if (!member || !readMember(*member, settings))
            return std::nullopt;
    }
    // Without the one nobody could initialise it again, without the other nobody log in.
    if (settings.soPin.empty() || (settings.userPin.empty() && !settings.publicKeys))
        return std::nullopt;
    return settings;
}

} // namespace

Applet::Response Applet::initialise(const Command& command)
{
    const auto settings = readSettings(command.data);
    if (!settings)
        return answer(sw::kWrongData);
    if (m_state.soPin.isSet()) {
        if (const std::uint16_t word = m_state.soPin.verify(settings->soPin); word != sw::kOk)
            return answer(word);
    } else {
        m_state.soPin.mostTries = kSoPinTries;
        m_state.soPin.set(settings->soPin);
    }

    m_state.keys.clear();
    m_state.files.erase();
    m_state.options = settings->options;
    m_state.userPin = {};
    if (!settings->userPin.empty()) {
        m_state.userPin.mostTries = settings->userPinTries;
        m_state.userPin.transport = (settings->options & option::kTransportPin) != 0;
        m_state.userPin.set(settings->userPin);
    }
    m_state.publicKeyAuthentication = settings->publicKeys;
    m_state.dkek.reset();
    if (settings->shareFiles)
        m_state.dkek
            = *settings->shareFiles == 0 ? DkekDomain::random() : DkekDomain::awaiting(*settings->shareFiles);
    m_userVerified = false;
    m_soVerified = false;
    m_currentFile.reset();
    return answer(sw::kOk);
}

Applet::Response Applet::version()
{
    // Free memory in four bytes, 00, version.
    std::size_t free = 0;
    while (m_state.hasRoomFor(free + 256))
        free += 256;
    const std::uint8_t bytes[]
        = { 0x00, static_cast<std::uint8_t>(free >> 16), static_cast<std::uint8_t>(free >> 8),
              static_cast<std::uint8_t>(free), 0x00, static_cast<std::uint8_t>(m_state.identity.versionMajor),
              static_cast<std::uint8_t>(m_state.identity.versionMinor) };
    return answer(bytes);
}

Applet::Response Applet::dkek(const Command& command)
{
    if (!m_state.dkek)
        return answer(sw::kInstructionUnknown);
    if (command.p1 != 0x00 || command.p2 != 0x00) // one domain, and no management of more
        return answer(sw::kWrongParameters);
    if (!command.data.empty()) {
        if (command.data.size() != dkek::kDkekBytes)
            return answer(sw::kWrongLength);
        if (m_state.dkek->complete())
            return answer(sw::kNotAllowed);
        m_state.dkek->import(command.data);
    }
    return answer(m_state.dkek->status());
}

Applet::Response Applet::publicKeyAuthentication(const Command& command)
{
    const auto& configured = m_state.publicKeyAuthentication;
    if (!configured)
        return answer(sw::kNotLoggedIn);
    if (!command.data.empty()) // registration needs certificates of real devices
        return answer(sw::kNotSupported);
    const std::uint8_t status[] = { configured->total, configured->total, configured->required, 0 };
    return answer(status);
}

} // namespace conclave::simulator
