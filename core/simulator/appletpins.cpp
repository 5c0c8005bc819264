// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/applet.h"

namespace conclave::simulator {

namespace {

constexpr std::uint8_t kUserPin = 0x81;
constexpr std::uint8_t kSoPin = 0x88;

bool isLengthFor(std::uint8_t reference, std::size_t size)
{
    return reference == kSoPin ? size == kSoPinBytes : isUserPinLength(size);
}

} // namespace

PinObject* Applet::pin(std::uint8_t reference)
{
    if (reference == kUserPin)
        return &m_state.userPin;
    return reference == kSoPin ? &m_state.soPin : nullptr;
}

Applet::Response Applet::verify(const Command& command)
{
    PinObject* object = command.p1 == 0x00 ? pin(command.p2) : nullptr;
    if (!object || !object->isSet())
        return answer(sw::kReferencedDataNotFound);
    bool& verified = command.p2 == kUserPin ? m_userVerified : m_soVerified;
    if (command.data.empty())
        return answer(verified ? sw::kOk : object->status());
    if (!isLengthFor(command.p2, command.data.size()))
        return answer(sw::kWrongLength);
    const std::uint16_t word = object->verify(command.data);
    verified = word == sw::kOk;
    return answer(word);
}

Applet::Response Applet::changeReferenceData(const Command& command)
{
    PinObject* object = command.p1 == 0x00 ? pin(command.p2) : nullptr;
    if (!object || !object->isSet())
        return answer(sw::kReferencedDataNotFound);
    // The old value first, as long as the stored one; what is shorter is a wrong one.
    const ByteView old = command.data.first(std::min(command.data.size(), object->value.size()));
    const ByteView fresh = command.data.subspan(old.size());
    if (const std::uint16_t word = object->compare(old); word != sw::kOk) {
        (command.p2 == kUserPin ? m_userVerified : m_soVerified) = false;
        return answer(word);
    }
    if (!isLengthFor(command.p2, fresh.size()))
        return answer(sw::kWrongLength);
    object->set(fresh);
    object->transport = false;
    return answer(sw::kOk);
}

Applet::Response Applet::resetRetryCounter(const Command& command)
{
    constexpr std::uint8_t kWithoutSoPin = 0x02; // bit of P1: the SO-PIN has been verified before
    constexpr std::uint8_t kWithoutNewPin = 0x01; // bit of P1
    if (command.p1 > (kWithoutSoPin | kWithoutNewPin))
        return answer(sw::kWrongParameters);
    if (command.p2 != kUserPin || !m_state.userPin.isSet())
        return answer(sw::kReferencedDataNotFound);
    const bool givesPin = (command.p1 & kWithoutNewPin) == 0;
    if ((m_state.options & option::kResetRetryCounter) == 0
        || (givesPin && (m_state.options & option::kCounterOnly) != 0))
        return answer(sw::kConditionsNotSatisfied);

    const bool bringsSoPin = (command.p1 & kWithoutSoPin) == 0;
    const std::size_t soPinBytes = bringsSoPin ? kSoPinBytes : 0;
    if (command.data.size() < soPinBytes)
        return answer(sw::kWrongLength);
    const ByteView newPin = command.data.subspan(soPinBytes);
    if (givesPin ? !isUserPinLength(newPin.size()) : !newPin.empty())
        return answer(sw::kWrongLength);
    if (bringsSoPin) {
        if (const std::uint16_t word = m_state.soPin.verify(command.data.first(soPinBytes)); word != sw::kOk)
            return answer(word);
    } else if (!m_soVerified) {
        return answer(sw::kNotLoggedIn);
    }
    if (givesPin)
        m_state.userPin.set(newPin);
    else
        m_state.userPin.resetCounter();
    return answer(sw::kOk);
}

} // namespace conclave::simulator
