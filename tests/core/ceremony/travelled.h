// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/hex.h"
#include "core/ceremony/transcript.h"
#include "core/ceremony/transport.h"
#include "tests/core/ceremony/fold.h"

namespace conclave::ceremony {

/// Hex digits that are not the same for two numbers.
inline QString digits(int count, int number)
{
    return QString::number(number, 16).rightJustified(count, QLatin1Char('e'));
}

/// A ceremony of three share files, as it stands when the first is in the device: the second has a password.
inline PausedForTravel onePartDone()
{
    PausedForTravel pause;
    pause.format = QStringLiteral("conclave-transport-1");
    pause.ceremony = QStringLiteral("EX-1");
    pause.rehearsal = true;
    pause.purpose = QStringLiteral("Root CA");
    pause.place = QStringLiteral("Site A");
    pause.device = kSerial;
    pause.erased = QStringLiteral("2026-11-23T10:00:00.000+01:00");
    pause.outstanding = 2;
    pause.kcv = QStringLiteral("630dcd2966c43366");
    pause.label = QStringLiteral("CA");
    for (int number = 1; number <= 3; ++number) {
        TravellingShareFile file;
        file.site = QStringLiteral("Site %1").arg(QChar('A' + number - 1));
        if (number != 2) {
            file.threshold = 2;
            file.total = 3;
            file.bits = 128;
            file.prime = digits(32, number);
        }
        file.set = QStringLiteral("SET%1R1").arg(number);
        file.file = QStringLiteral("EX-1-share-%1.pbe").arg(number);
        file.sha256 = digits(64, number);
        file.shareCheck = digits(16, number);
        file.imported = number == 1;
        pause.shareFiles.push_back(file);
    }
    pause.custodians = { { 4, QStringLiteral("Grace") }, { 5, QStringLiteral("Alan") } };
    return pause;
}

inline QByteArray lineOf(const PausedForTravel& pause)
{
    return encodeLine(17, timeOf(17), pause, QString(64, QLatin1Char('a')));
}

/// The device, as it was left.
inline DeviceChosen travelled(int outstanding = 2)
{
    DeviceChosen device = simulatedDevice();
    device.initialised = true;
    device.label = QStringLiteral("CA");
    device.shareFilesTotal = 3;
    device.shareFilesOutstanding = outstanding;
    return device;
}

/// Up to the choice of the device.
inline std::vector<Event> nextPart(const QByteArray& line)
{
    const Result<Transport> transport = parseTransport(line);
    return { Opened{ QStringLiteral("EX-1"), {}, true, transport ? transport->sha256 : QString() },
        PartContinued{ QString::fromUtf8(line), CheckpointAnswer::Matched },
        ParticipantNamed{ Role::Officer, 1, QStringLiteral("Joan"), {} },
        Prepared{ QStringLiteral("Root CA"), QStringLiteral("Site B"), true, true } };
}

} // namespace conclave::ceremony
