// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcscchannel.h"

#include "core/card/apdu.h"

#include <openssl/crypto.h>

#include <utility>

namespace conclave::pcsc {

namespace {

constexpr std::size_t kStatusBytes = 2;
constexpr std::size_t kLongestResponse = 65536 + kStatusBytes; ///< ISO 7816-4, 5.1: Le of two zero bytes
constexpr std::size_t kShortLe = 256;

constexpr std::uint8_t kGetResponse = 0xC0;
constexpr std::uint8_t kMoreData = 0x61; ///< SW2: how much
constexpr std::uint8_t kWrongLe = 0x6C; ///< SW2: the right one

std::size_t leOf(std::uint8_t sw2)
{
    return sw2 == 0 ? kShortLe : sw2;
}

/// What T=0 can carry of a command: no Le beside data (ISO 7816-3, 12.2.5; the card says 61xx then).
SecretBytes forT0(ByteView command)
{
    auto parsed = card::parseCommand(command);
    if (parsed && !parsed->extended && !parsed->data.empty() && parsed->le != 0) {
        parsed->le = 0;
        return parsed->encode();
    }
    return SecretBytes(command);
}

/// `command` with another Le, for 6Cxx.
Result<SecretBytes> withLe(ByteView command, std::size_t le)
{
    return card::parseCommand(command).map([&](card::CommandApdu parsed) {
        parsed.le = le;
        return parsed.encode();
    });
}

} // namespace

Result<std::unique_ptr<PcscChannel>> PcscChannel::open(PcscApi& api, const QString& reader)
{
    auto context = PcscContext::establish(api);
    if (!context)
        return fail(std::move(context).error());
    CardHandle card = 0;
    Protocol protocol = Protocol::T1;
    const Code code = api.connect(context->handle(), reader, card, protocol);
    if (code != code::kSuccess)
        return fail(toError(code, reader));
    return std::unique_ptr<PcscChannel>(new PcscChannel(std::move(*context), reader, card, protocol));
}

PcscChannel::PcscChannel(PcscContext context, QString reader, CardHandle card, Protocol protocol)
    : m_context(std::move(context))
    , m_reader(std::move(reader))
    , m_card(card)
    , m_protocol(protocol)
    , m_receive(kLongestResponse)
{
}

PcscChannel::~PcscChannel()
{
    m_context.api().disconnect(m_card);
}

Error PcscChannel::transportFailed() const
{
    return { .kind = ErrorKind::TransportFailed, .detail = m_reader };
}

Result<std::size_t> PcscChannel::exchange(ByteView command)
{
    std::size_t received = 0;
    const Code code = m_context.api().transmit(
        m_card, m_protocol, command, { m_receive.data(), m_receive.size() }, received);
    if (code == code::kSuccess) {
        if (received < kStatusBytes || received > m_receive.size())
            return fail(transportFailed());
        return received;
    }
    Error error = toError(code, m_reader);
    if (error.kind == ErrorKind::NoCard)
        error.kind = ErrorKind::CardRemoved; // there was one when the channel was opened
    return fail(std::move(error));
}

Result<SecretBytes> PcscChannel::take(ByteView command)
{
    return exchange(command).map([this](std::size_t received) {
        SecretBytes response(m_receive.view().first(received));
        OPENSSL_cleanse(m_receive.data(), received);
        return response;
    });
}

Result<SecretBytes> PcscChannel::transmit(ByteView command)
{
    return m_protocol == Protocol::T0 ? transmitOverT0(command) : take(command);
}

Result<SecretBytes> PcscChannel::transmitOverT0(ByteView command)
{
    SecretBytes next = forT0(command);
    SecretBytes collected;
    bool fetching = false;
    bool corrected = false;
    while (true) {
        auto response = take(next);
        if (!response)
            return response;
        const std::size_t dataSize = response->size() - kStatusBytes;
        const std::uint8_t sw1 = (*response)[dataSize];
        const std::uint8_t sw2 = (*response)[dataSize + 1];
        if (sw1 == kWrongLe && dataSize == 0 && !corrected) {
            auto repeated = withLe(next, leOf(sw2));
            if (!repeated)
                return fail(transportFailed());
            next = std::move(*repeated);
            corrected = true;
            continue;
        }
        // A card that promises more, and never gives any, must not hold us for ever.
        if ((sw1 == kMoreData && fetching && dataSize == 0)
            || collected.size() + response->size() > kLongestResponse)
            return fail(transportFailed());
        if (sw1 != kMoreData)
            return collected.empty() ? std::move(*response)
                                     : SecretBytes::concatenate({ collected, *response });
        collected = SecretBytes::concatenate({ collected, response->view().first(dataSize) });
        next = card::CommandApdu{ .ins = kGetResponse, .le = leOf(sw2) }.encode();
        fetching = true;
        corrected = false;
    }
}

} // namespace conclave::pcsc
