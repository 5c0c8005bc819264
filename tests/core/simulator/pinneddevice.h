// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hex.h"
#include "core/card/cardchannel.h"

#include <QString>

namespace conclave::test {

// INITIALIZE's option byte (smartcard-hsm.md, 2.6).
inline constexpr int kNoUnblocking = 0x00;
inline constexpr int kNewPinBySoPin = 0x01;
inline constexpr int kTransportPin = 0x03; ///< and a new PIN by the SO-PIN
inline constexpr int kCounterOnly = 0x21;

/// What the device answers, as hex; empty without an answer.
inline QString sent(card::CardChannel& channel, const QString& command)
{
    const auto answer = channel.transmit(*fromHex(command));
    return answer ? toHex(*answer) : QString();
}

/// User PIN 648219, SO-PIN 3537363231383830, these options and tries: command by command, since the driver
/// makes no transport PIN. And the user PIN wrongly entered so often.
inline bool prepare(card::CardChannel& channel, int options, int tries = 3, int wrong = 0)
{
    const auto byte = [](int value) { return QStringLiteral("%1").arg(value, 2, 16, QLatin1Char('0')); };
    const QString ok = QStringLiteral("9000");
    if (!sent(channel, QStringLiteral("00a404000be82b0601040181c31f020100")).endsWith(ok)
        || sent(channel,
               QStringLiteral("8050000019") + QStringLiteral("800200") + byte(options)
                   + QStringLiteral("8106363438323139") + QStringLiteral("82083537363231383830")
                   + QStringLiteral("9101") + byte(tries))
            != ok)
        return false;
    // CHANGE counts in the transport state, too, where VERIFY does not.
    for (int i = 0; i < wrong; ++i) {
        if (sent(channel, QStringLiteral("002400810c313131313131323232323232")) == ok)
            return false;
    }
    return true;
}

/// The SO-PIN wrongly entered so often.
inline bool spendSoPin(card::CardChannel& channel, int wrong)
{
    for (int i = 0; i < wrong; ++i) {
        if (sent(channel, QStringLiteral("00200088080000000000000000")).isEmpty())
            return false;
    }
    return true;
}

} // namespace conclave::test
