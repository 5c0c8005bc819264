// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/scenarios.h"

#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"

#include <cstring>

namespace conclave::faults {

namespace {

constexpr char kOldSoPin[] = "3537363231383830";
constexpr char kOldUserPin[] = "000111";

SecretBytes secret(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

} // namespace

support::CeremonyScript scriptOf(Scenario scenario)
{
    using card::KeyAlgorithm;
    support::CeremonyScript script{ .ceremonyId = QStringLiteral("FAULT-1"),
        .shareFiles = { { .name = QStringLiteral("A"), .site = {}, .threshold = 2, .total = 2, .bits = 64 } },
        .returning = { { 2, 1 } },
        .keys = { { .label = QStringLiteral("one"),
            .id = QStringLiteral("01"),
            .algorithm = KeyAlgorithm::EcP256 } },
        .label = QStringLiteral("faults"),
        .userPin = "648219",
        .newSoPin = "0102030405060708",
        .currentSoPin = kOldSoPin };
    if (scenario == Scenario::NewDevice) {
        script.shareFiles
            = { { .name = QStringLiteral("A"), .site = {}, .threshold = 2, .total = 3, .bits = 128 },
                  { .name = QStringLiteral("B"), .site = {} } };
        script.returning = { { 3, 1 }, { 1 } };
        script.password = "correct horse battery";
        script.keys.push_back({ .label = QStringLiteral("two"),
            .id = QStringLiteral("0202"),
            .algorithm = KeyAlgorithm::EcP256 });
    }
    return script;
}

std::shared_ptr<simulator::SimulatedHsm> cardOf(Scenario scenario)
{
    auto device = std::make_shared<simulator::SimulatedHsm>();
    if (scenario == Scenario::NewDevice)
        return device;
    const bool samePlan = scenario == Scenario::SamePlanAgain;
    simulator::SimulatedChannel channel(device);
    card::SmartCardHsm hsm(channel);
    card::Initialisation before;
    before.userPin = secret(kOldUserPin);
    before.soPin = secret(kOldSoPin);
    before.label = samePlan ? scriptOf(scenario).label : QStringLiteral("before");
    before.shareFiles = samePlan ? std::optional(1) : std::nullopt;
    bool done = hsm.initialise(before).has_value();
    if (!samePlan)
        done = done && hsm.verifyUserPin(before.userPin)
            && hsm.generateKey(1,
                { .algorithm = card::KeyAlgorithm::EcP256, .label = QStringLiteral("old"), .id = { 0x07 } });
    if (!done)
        qFatal("the card of the scenario could not be made");
    return device;
}

} // namespace conclave::faults
