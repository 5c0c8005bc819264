// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/pcsc/pcsccode.h"

#include <QString>

#include <cstdint>
#include <span>
#include <vector>

namespace conclave::pcsc {

using ContextHandle = std::intptr_t;
using CardHandle = std::intptr_t;

enum class Protocol { T0, T1 };

/// SCARD_STATE_* bits; the upper half of a state counts the cards that came and went.
namespace state {
inline constexpr std::uint32_t kUnaware = 0x0000;
inline constexpr std::uint32_t kChanged = 0x0002;
inline constexpr std::uint32_t kUnknown = 0x0004;
inline constexpr std::uint32_t kUnavailable = 0x0008;
inline constexpr std::uint32_t kEmpty = 0x0010;
inline constexpr std::uint32_t kPresent = 0x0020;
inline constexpr std::uint32_t kExclusive = 0x0080;
inline constexpr std::uint32_t kInUse = 0x0100;
inline constexpr std::uint32_t kMute = 0x0200;
} // namespace state

/// One reader of a status wait: what is known already, and what it is now.
struct ReaderQuery {
    QString reader;
    std::uint32_t known = state::kUnaware;
    std::uint32_t event = state::kUnaware;
};

/// The PC/SC calls that this program makes; the edge that tests script. Thread-safe as PC/SC is: a context
/// and its handles belong to one thread, cancel() may come from any.
class PcscApi {
public:
    PcscApi() = default;
    PcscApi(const PcscApi&) = delete;
    PcscApi& operator=(const PcscApi&) = delete;
    virtual ~PcscApi() = default;

    [[nodiscard]] virtual Code establishContext(ContextHandle& context) = 0;
    virtual Code releaseContext(ContextHandle context) = 0;
    /// Wakes a status wait; one that begins later is not woken.
    virtual Code cancel(ContextHandle context) = 0;
    [[nodiscard]] virtual Code listReaders(ContextHandle context, std::vector<QString>& readers) = 0;
    [[nodiscard]] virtual Code getStatusChange(
        ContextHandle context, std::uint32_t milliseconds, std::vector<ReaderQuery>& queries)
        = 0;
    /// Exclusive, T=0 or T=1.
    [[nodiscard]] virtual Code connect(
        ContextHandle context, const QString& reader, CardHandle& card, Protocol& protocol)
        = 0;
    /// Resets the card, so that no login stays behind.
    virtual Code disconnect(CardHandle card) = 0;
    [[nodiscard]] virtual Code transmit(CardHandle card, Protocol protocol, ByteView command,
        std::span<std::uint8_t> response, std::size_t& received)
        = 0;
};

/// The platform's PC/SC: pcsc-lite, PCSC.framework or winscard.
[[nodiscard]] PcscApi& systemPcsc();

} // namespace conclave::pcsc
