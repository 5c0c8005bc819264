// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/devicechoice.h"

#include "core/base/hex.h"
#include "core/ceremony/authenticity.h"
#include "core/device/devicedirectory.h"
#include "core/device/productname.h"

namespace conclave::ceremony {

DeviceChosen describeDevice(const device::DetectedDevice& device)
{
    const card::DeviceStatus& status = *device.status;
    DeviceChosen chosen;
    chosen.serial = status.serial;
    chosen.product = device::productName(status.serial);
    chosen.firmware = QStringLiteral("%1.%2").arg(status.versionMajor).arg(status.versionMinor);
    chosen.reader = device.reader;
    chosen.virtualReader = device.isVirtual;
    chosen.authenticity = authenticityOf(device);
    chosen.initialised = status.initialised();
    chosen.soPinTries = status.soPin.triesLeft.value_or(-1);
    chosen.userPinTries = status.userPin.triesLeft.value_or(-1);
    if (status.dkek) {
        chosen.shareFilesTotal = status.dkek->total;
        chosen.shareFilesOutstanding = status.dkek->outstanding;
        if (status.dkek->kcv)
            chosen.kcv = toHex(*status.dkek->kcv);
    }
    chosen.label = status.label;
    for (const card::KeyEntry& key : device.keys) {
        ExistingKey existing{ key.label, toHex(key.id), {}, {}, key.reference };
        if (const auto algorithm = key.algorithm())
            existing.algorithm = card::keyAlgorithmName(*algorithm);
        if (key.publicKey) {
            if (const auto fingerprint = key.publicKey->fingerprint())
                existing.fingerprint = toHex(*fingerprint);
        }
        chosen.keys.push_back(std::move(existing));
    }
    return chosen;
}

card::DeviceStatus firmwareOf(const DeviceChosen& device)
{
    card::DeviceStatus status;
    const QStringList version = device.firmware.split(QLatin1Char('.'));
    status.versionMajor = version.value(0).toInt();
    status.versionMinor = version.value(1).toInt();
    return status;
}

bool makes(const DeviceChosen& device, card::KeyAlgorithm algorithm)
{
    return firmwareOf(device).makes(algorithm);
}

std::optional<Obstacle> obstacleTo(Flow flow, const DeviceChosen& device, const QString& first)
{
    if ((flow == Flow::AddBackup || flow == Flow::Drill) && device.serial == first)
        return Obstacle::FirstDevice;
    if (erasesDevice(flow))
        return std::nullopt;
    if (!device.initialised)
        return Obstacle::NotInitialised;
    if (device.shareFilesOutstanding > 0)
        return Obstacle::ShareFilesMissing;
    if (flow == Flow::Restore && device.shareFilesTotal < 0)
        return Obstacle::NoDkek;
    return std::nullopt;
}

bool erasesDevice(Flow flow)
{
    return flow == Flow::Establish || flow == Flow::AddBackup || flow == Flow::Drill;
}

} // namespace conclave::ceremony
