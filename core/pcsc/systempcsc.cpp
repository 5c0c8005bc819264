// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcscapi.h"

#include <QtGlobal>

#ifdef Q_OS_MACOS
#include <PCSC/winscard.h>
#include <PCSC/wintypes.h>
#else
#include <winscard.h>
#endif

#include <cstring>
#include <string>

namespace conclave::pcsc {

namespace {

// pcsc-lite's names are UTF-8, Windows' are UTF-16; their functions differ by a letter.
#ifdef Q_OS_WIN
using Name = std::wstring;
using NativeState = SCARD_READERSTATEW;
constexpr auto& nativeListReaders = SCardListReadersW;
constexpr auto& nativeGetStatusChange = SCardGetStatusChangeW;
constexpr auto& nativeConnect = SCardConnectW;

Name toName(const QString& reader)
{
    return reader.toStdWString();
}
QString fromName(const Name& name)
{
    return QString::fromStdWString(name);
}
#else
using Name = std::string;
using NativeState = SCARD_READERSTATE;
constexpr auto& nativeListReaders = SCardListReaders;
constexpr auto& nativeGetStatusChange = SCardGetStatusChange;
constexpr auto& nativeConnect = SCardConnect;

Name toName(const QString& reader)
{
    return reader.toStdString();
}
QString fromName(const Name& name)
{
    return QString::fromStdString(name);
}
#endif

/// Return codes are 32 or 64 bits wide, with or without a sign.
template <typename T>
Code toCode(T native)
{
    return static_cast<Code>(native);
}

SCARDCONTEXT native(ContextHandle context)
{
    return static_cast<SCARDCONTEXT>(context);
}

class SystemPcsc final : public PcscApi {
public:
    Code establishContext(ContextHandle& context) override
    {
        SCARDCONTEXT handle = 0;
        const Code code = toCode(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle));
        context = static_cast<ContextHandle>(handle);
        return code;
    }

    Code releaseContext(ContextHandle context) override
    {
        return toCode(SCardReleaseContext(native(context)));
    }

    Code cancel(ContextHandle context) override { return toCode(SCardCancel(native(context))); }

    Code listReaders(ContextHandle context, std::vector<QString>& readers) override
    {
        // A reader that comes between the two calls makes the second one's buffer too small.
        Code code = code::kInsufficientBuffer;
        for (int attempt = 0; attempt < 3 && code == code::kInsufficientBuffer; ++attempt) {
            DWORD size = 0;
            code = toCode(nativeListReaders(native(context), nullptr, nullptr, &size));
            if (code != code::kSuccess)
                return code;
            Name names(size, Name::value_type{});
            code = toCode(nativeListReaders(native(context), nullptr, names.data(), &size));
            if (code != code::kSuccess)
                continue;
            readers.clear();
            // Each name ends with a zero, and the list with an empty name.
            for (const auto* at = names.c_str(); *at != 0;) {
                const Name name(at);
                readers.push_back(fromName(name));
                at += name.size() + 1;
            }
        }
        return code;
    }

    Code getStatusChange(
        ContextHandle context, std::uint32_t milliseconds, std::vector<ReaderQuery>& queries) override
    {
        std::vector<Name> names;
        names.reserve(queries.size());
        std::vector<NativeState> states;
        states.reserve(queries.size());
        for (const ReaderQuery& query : queries) {
            names.push_back(toName(query.reader));
            NativeState state{};
            state.szReader = names.back().c_str();
            state.dwCurrentState = query.known;
            states.push_back(state);
        }
        const Code code = toCode(nativeGetStatusChange(
            native(context), milliseconds, states.data(), static_cast<DWORD>(states.size())));
        for (std::size_t i = 0; i < queries.size(); ++i)
            queries[i].event = static_cast<std::uint32_t>(states[i].dwEventState);
        return code;
    }

    Code connect(ContextHandle context, const QString& reader, CardHandle& card, Protocol& protocol) override
    {
        SCARDHANDLE handle = 0;
        DWORD active = 0;
        const Code code = toCode(nativeConnect(native(context), toName(reader).c_str(), SCARD_SHARE_EXCLUSIVE,
            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &handle, &active));
        card = static_cast<CardHandle>(handle);
        protocol = active == SCARD_PROTOCOL_T0 ? Protocol::T0 : Protocol::T1;
        return code;
    }

    Code disconnect(CardHandle card) override
    {
        return toCode(SCardDisconnect(static_cast<SCARDHANDLE>(card), SCARD_RESET_CARD));
    }

    Code transmit(CardHandle card, Protocol protocol, ByteView command, std::span<std::uint8_t> response,
        std::size_t& received) override
    {
        auto size = static_cast<DWORD>(response.size());
        const Code code = toCode(SCardTransmit(static_cast<SCARDHANDLE>(card),
            protocol == Protocol::T0 ? SCARD_PCI_T0 : SCARD_PCI_T1, command.data(),
            static_cast<DWORD>(command.size()), nullptr, response.data(), &size));
        received = size;
        return code;
    }
};

} // namespace

PcscApi& systemPcsc()
{
    static SystemPcsc api;
    return api;
}

} // namespace conclave::pcsc
