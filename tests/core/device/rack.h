// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"
#include "core/simulator/simulatedhsm.h"

#include <QFuture>
#include <QString>

#include <memory>

namespace conclave::test {

inline const QString kFirstReader = QStringLiteral("Reader 1");
inline const QString kSecondReader = QStringLiteral("Reader 2");
inline const QString kFirstSerial = QStringLiteral("DENK0299901");
inline const QString kSecondSerial = QStringLiteral("DECC0012345");

inline ByteView ascii(const char* text)
{
    return { reinterpret_cast<const std::uint8_t*>(text), std::char_traits<char>::length(text) };
}

inline std::shared_ptr<simulator::SimulatedHsm> freshDevice(const QString& serial)
{
    return std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = serial });
}

/// With PIN 648219, no DKEK, and a P-256 key "signing" at reference 1.
inline std::shared_ptr<simulator::SimulatedHsm> deviceWithKey(const QString& serial)
{
    auto made = freshDevice(serial);
    simulator::SimulatedChannel channel(made);
    card::SmartCardHsm hsm(channel);
    card::Initialisation settings;
    settings.userPin = SecretBytes(ascii("648219"));
    settings.soPin = SecretBytes(ascii("3537363231383830"));
    settings.label = QStringLiteral("Test");
    const bool done = hsm.initialise(settings) && hsm.verifyUserPin(ascii("648219"))
        && hsm.generateKey(1, { .label = QStringLiteral("signing"), .id = { 0x01 } })
        && hsm.describeKey(1, { .label = QStringLiteral("signing"), .id = { 0x01 } });
    return done ? made : nullptr;
}

/// The operation's result; waits for it.
template <typename R>
R await(QFuture<R> future)
{
    future.waitForFinished();
    return future.isCanceled() ? R(fail(ErrorKind::Malformed, QStringLiteral("canceled")))
                               : future.takeResult();
}

} // namespace conclave::test
