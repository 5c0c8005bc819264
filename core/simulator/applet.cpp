// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/applet.h"

#include "core/card/tlv.h"

#include <openssl/rand.h>

#include <algorithm>

namespace conclave::simulator {

namespace {

namespace ins = card::ins;

constexpr std::uint8_t kInterindustry = 0x00; ///< class
constexpr std::uint8_t kProprietary = 0x80; ///< class
constexpr std::uint8_t kByAppletId = 0x04; ///< SELECT, P1
constexpr std::size_t kMostRandomBytes = 1024;

constexpr std::uint16_t code(std::uint8_t cla, std::uint8_t instruction)
{
    return static_cast<std::uint16_t>(cla << 8 | instruction);
}

} // namespace

Applet::Applet(CardState& state)
    : m_state(state)
{
}

void Applet::powerOff()
{
    m_selected = false;
    m_userVerified = false;
    m_soVerified = false;
    m_currentFile.reset();
}

bool Applet::mayChange(const Command& command)
{
    switch (command.ins) {
    case ins::kSelect:
    case ins::kReadBinary:
    case ins::kGenerateRandom:
    case ins::kEnumerateObjects:
    case ins::kSign:
    case ins::kDecipher:
    case ins::kWrapKey:
    case ins::kSymmetricCipher:
        return false;
    case ins::kVerify:
    case ins::kInitializeDevice:
    case ins::kManageDkek:
        return !command.data.empty();
    default:
        return true;
    }
}

Applet::Response Applet::process(const Command& command)
{
    if (command.cla != kInterindustry && command.cla != kProprietary)
        return answer(sw::kClassUnknown);
    if (!m_selected && code(command.cla, command.ins) != code(kInterindustry, ins::kSelect))
        return answer(sw::kClassUnknown);
    return run(command);
}

Applet::Response Applet::run(const Command& command)
{
    switch (code(command.cla, command.ins)) {
    case code(kInterindustry, ins::kSelect):
        return select(command);
    case code(kInterindustry, ins::kVerify):
        return verify(command);
    case code(kInterindustry, ins::kChangeReferenceData):
        return changeReferenceData(command);
    case code(kInterindustry, ins::kResetRetryCounter):
        return resetRetryCounter(command);
    case code(kInterindustry, ins::kGenerateKeyPair):
        return generate(command);
    case code(kInterindustry, ins::kGenerateSymmetricKey):
        return m_state.identity.versionMajor < 3 ? answer(sw::kInstructionUnknown) : generateSecret(command);
    case code(kInterindustry, ins::kGenerateRandom):
        return random(command);
    case code(kInterindustry, ins::kReadBinary):
        return read(command);
    case code(kInterindustry, ins::kUpdateBinary):
        return update(command);
    case code(kInterindustry, ins::kDeleteFile):
        return remove(command);
    case code(kProprietary, ins::kInitializeDevice):
        return command.data.empty() ? version() : initialise(command);
    case code(kProprietary, ins::kManageDkek):
        return dkek(command);
    case code(kProprietary, ins::kPublicKeyAuthentication):
        return publicKeyAuthentication(command);
    case code(kProprietary, ins::kEnumerateObjects):
        return enumerate();
    case code(kProprietary, ins::kDecipher):
        return decipher(command);
    case code(kProprietary, ins::kSign):
        return sign(command);
    case code(kProprietary, ins::kSymmetricCipher):
        return m_state.identity.versionMajor < 3 ? answer(sw::kInstructionUnknown) : cipher(command);
    case code(kProprietary, ins::kWrapKey):
        return wrap(command);
    case code(kProprietary, ins::kUnwrapKey):
        return unwrap(command);
    default:
        return answer(sw::kInstructionUnknown);
    }
}

Applet::Response Applet::select(const Command& command)
{
    if (command.p1 == kByAppletId)
        return selectApplet(command);
    if (!m_selected)
        return answer(sw::kClassUnknown);
    return command.p1 == 0x00 ? selectFile(command) : answer(sw::kNotFound);
}

Applet::Response Applet::selectApplet(const Command& command)
{
    constexpr std::uint8_t kFileControlParameters = 0x04; // P2: another template than FCI
    constexpr std::uint8_t kNoAnswer = 0x0C; // P2
    constexpr std::uint8_t kDescriptor[] = { 0x78 };
    if (!std::ranges::equal(command.data, card::kAppletId))
        return answer(sw::kNotFound);
    powerOff();
    m_selected = true;
    if (command.p2 == kNoAnswer)
        return answer(sw::kOk);
    const std::uint8_t proprietary[]
        = { static_cast<std::uint8_t>(m_state.options >> 8), static_cast<std::uint8_t>(m_state.options), 0x00,
              static_cast<std::uint8_t>(m_state.identity.versionMajor),
              static_cast<std::uint8_t>(m_state.identity.versionMinor) };
    const std::uint32_t tag = command.p2 == kFileControlParameters ? 0x62 : 0x6F;
    return answer(card::tlv(tag, { card::tlv(0x82, kDescriptor), card::tlv(0x85, proprietary) }));
}

Applet::Response Applet::selectFile(const Command& command)
{
    if (command.data.size() != 2)
        return answer(sw::kNotFound);
    const std::uint16_t id = file::id(command.data[0], command.data[1]);
    if (!exists(id))
        return answer(sw::kNotFound);
    m_currentFile = id;
    // A key's size is nobody's business.
    const Bytes* content = m_state.files.find(id);
    const std::size_t size = content ? content->size() : 0;
    constexpr std::uint8_t kTransparent[] = { 0x01 };
    const std::uint8_t sizeBytes[]
        = { static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size) };
    return answer(card::tlv(
        0x6F, { card::tlv(0x80, sizeBytes), card::tlv(0x82, kTransparent), card::tlv(0x83, command.data) }));
}

Applet::Response Applet::random(const Command& command)
{
    if (!command.data.empty() || command.le < 1 || command.le > kMostRandomBytes)
        return answer(sw::kWrongLength);
    SecretBytes bytes(command.le);
    if (RAND_priv_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        return answer(sw::kExecutionError);
    return { .data = std::move(bytes), .sw = sw::kOk };
}

} // namespace conclave::simulator
