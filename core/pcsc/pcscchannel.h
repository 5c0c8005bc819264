// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/cardchannel.h"
#include "core/pcsc/pcsccontext.h"

#include <memory>

namespace conclave::pcsc {

/// A card behind PC/SC. Holds it exclusively, and resets it at the end, so that no login stays behind.
/// One thread at a time.
class PcscChannel final : public card::CardChannel {
public:
    /// DeviceBusy with the reader's name when another program holds the card; NoCard, ReaderGone and the
    /// others.
    [[nodiscard]] static Result<std::unique_ptr<PcscChannel>> open(PcscApi& api, const QString& reader);
    ~PcscChannel() override;

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override;

private:
    PcscChannel(PcscContext context, QString reader, CardHandle card, Protocol protocol);

    /// One exchange, its response in `m_receive`.
    [[nodiscard]] Result<std::size_t> exchange(ByteView command);
    /// One exchange, its response taken out of `m_receive`, which is wiped.
    [[nodiscard]] Result<SecretBytes> take(ByteView command);
    /// With GET RESPONSE for what T=0 cannot give at once, and with the right Le (ISO 7816-3, 12.2).
    [[nodiscard]] Result<SecretBytes> transmitOverT0(ByteView command);
    [[nodiscard]] Error transportFailed() const;

    PcscContext m_context;
    QString m_reader;
    CardHandle m_card;
    Protocol m_protocol;
    SecretBytes m_receive;
};

} // namespace conclave::pcsc
