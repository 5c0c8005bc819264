// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/apdu.h"
#include "core/simulator/cardstate.h"
#include "core/simulator/statuswords.h"

#include <optional>

namespace conclave::simulator {

/// The device's program: one command on the card's state (smartcard-hsm.md, 2). What is here and not in
/// CardState is gone with the power.
class Applet {
public:
    explicit Applet(CardState& state);

    [[nodiscard]] card::ResponseApdu process(const card::CommandApdu& command);
    void powerOff();
    /// What GENERATE is about to make, when this is a GENERATE that would go through: for its delay.
    [[nodiscard]] std::optional<card::KeyAlgorithm> toBeGenerated(const card::CommandApdu& command) const;
    /// Whether the command may change CardState.
    [[nodiscard]] static bool mayChange(const card::CommandApdu& command);

private:
    using Command = card::CommandApdu;
    using Response = card::ResponseApdu;

    Response run(const Command& command);

    // applet.cpp
    Response select(const Command& command);
    Response selectApplet(const Command& command);
    Response selectFile(const Command& command);
    Response random(const Command& command);

    // appletpins.cpp
    PinObject* pin(std::uint8_t reference); ///< null when there is none with it
    Response verify(const Command& command);
    Response changeReferenceData(const Command& command);
    Response resetRetryCounter(const Command& command);

    // appletdevice.cpp
    Response initialise(const Command& command);
    Response version();
    Response dkek(const Command& command);
    Response publicKeyAuthentication(const Command& command);

    // appletfiles.cpp
    Response enumerate();
    Response read(const Command& command);
    Response update(const Command& command);
    Response remove(const Command& command);
    [[nodiscard]] bool exists(std::uint16_t id) const;

    // appletkeys.cpp
    struct KeyOrder;
    [[nodiscard]] Result<KeyOrder> keyOrder(ByteView data) const;
    /// 9000 when a key may be made under this number.
    /// 9000 when a key may be made under this number.
    [[nodiscard]] std::uint16_t mayMakeKey(std::uint8_t number) const;
    Response generate(const Command& command);
    Response generateSecret(const Command& command);
    Response wrap(const Command& command);
    Response unwrap(const Command& command);
    Response sign(const Command& command);
    Response decipher(const Command& command);
    Response cipher(const Command& command);

    CardState& m_state;
    bool m_selected = false;
    bool m_userVerified = false;
    bool m_soVerified = false;
    std::optional<std::uint16_t> m_currentFile{};
};

/// A status word alone.
[[nodiscard]] inline card::ResponseApdu answer(std::uint16_t word)
{
    return { .data = {}, .sw = word };
}
/// Data and 9000.
[[nodiscard]] inline card::ResponseApdu answer(ByteView data)
{
    return { .data = SecretBytes(data), .sw = sw::kOk };
}

} // namespace conclave::simulator
