// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/smartcardhsm.h"
#include "core/simulator/simulatedchannel.h"
#include "core/simulator/simulatedhsm.h"

#include <QString>

#include <algorithm>
#include <cstring>
#include <memory>

namespace conclave::test {

/// A simulated device with a DKEK, PIN 648219, and the user logged in; and its driver.
class PreparedCard final : public card::CardChannel {
public:
    /// `dkek`: the byte that the one share file consists of.
    explicit PreparedCard(std::uint8_t dkek = 0x00, const QString& serial = QStringLiteral("DENK0299901"))
        : PreparedCard(Bytes(32, dkek), serial)
    {
    }
    /// With this one share file, in clear.
    PreparedCard(ByteView shareFile, const QString& serial)
        : card(std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = serial }))
    {
        card::Initialisation settings;
        settings.userPin = SecretBytes(text("648219"));
        settings.soPin = SecretBytes(text("3537363231383830"));
        settings.label = QStringLiteral("prepared");
        settings.shareFiles = 1;
        m_prepared = hsm.initialise(settings) && hsm.importShareFile(shareFile) && logIn();
    }

    [[nodiscard]] bool prepared() const { return m_prepared; }
    bool logIn() { return hsm.verifyUserPin(text("648219")).has_value(); }
    /// The card back in its reader after a pull, and the user logged in.
    bool comeBack()
    {
        card->setFaults({});
        card->reset();
        return hsm.select() && logIn();
    }
    [[nodiscard]] Result<card::PublicKey> makeKey(
        std::uint8_t reference, card::KeyAlgorithm algorithm, const QString& label)
    {
        return hsm
            .generateKey(reference, { .algorithm = algorithm, .label = label, .id = { 0x0a, reference } })
            .map([](const card::GeneratedKey& made) { return made.publicKey; });
    }
    [[nodiscard]] Status makeSecretKey(
        std::uint8_t reference, card::KeyAlgorithm algorithm, const QString& label)
    {
        return hsm.generateSecretKey(
            reference, { .algorithm = algorithm, .label = label, .id = { 0x0a, reference } });
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        longestCommand = std::max(longestCommand, command.size());
        return m_channel.transmit(command);
    }

    const std::shared_ptr<simulator::SimulatedHsm> card;
    card::SmartCardHsm hsm{ *this };
    std::size_t longestCommand = 0;

private:
    static ByteView text(const char* ascii)
    {
        return { reinterpret_cast<const std::uint8_t*>(ascii), std::strlen(ascii) };
    }

    simulator::SimulatedChannel m_channel{ card };
    bool m_prepared = false;
};

} // namespace conclave::test
