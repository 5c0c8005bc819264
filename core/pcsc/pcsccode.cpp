// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcsccode.h"

namespace conclave::pcsc {

namespace {

ErrorKind kindOf(Code code)
{
    switch (code) {
    case code::kNoService:
    case code::kServiceStopped:
    case code::kShutdown:
    case code::kCommunicationError: // to the service, not to the card: pcsc-lite's answer when its daemon
                                    // dies
        return ErrorKind::ServiceNotRunning;
    case code::kNoAccess:
    case code::kSecurityViolation:
        return ErrorKind::ServiceNotPermitted;
    case code::kNoReadersAvailable:
        return ErrorKind::NoReader;
    case code::kUnknownReader:
    case code::kReaderUnavailable:
        return ErrorKind::ReaderGone;
    case code::kNoSmartCard:
        return ErrorKind::NoCard;
    case code::kRemovedCard:
        return ErrorKind::CardRemoved;
    case code::kSharingViolation:
        return ErrorKind::DeviceBusy;
    case code::kProtocolMismatch:
    case code::kNotReady:
    case code::kUnsupportedCard:
    case code::kUnresponsiveCard:
    case code::kUnpoweredCard:
        return ErrorKind::CardUnresponsive;
    default:
        return ErrorKind::TransportFailed;
    }
}

} // namespace

Error toError(Code code, const QString& reader)
{
    return { .kind = kindOf(code), .code = code, .detail = reader };
}

} // namespace conclave::pcsc
