// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/readerlist.h"

#include "app/console.h"
#include "core/base/hex.h"
#include "core/device/devicedirectory.h"
#include "core/device/pcscreaders.h"
#include "core/device/productname.h"
#include "ui/text/errortext.h"

#include <QCoreApplication>
#include <QTimer>

#include <algorithm>

namespace conclave::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ReaderList)
};

constexpr std::chrono::seconds kPatience{ 15 };

void printError(const Error& error)
{
    const ui::ErrorText text = ui::describeError(error);
    print(text.head);
    for (const QString& step : text.next)
        print(QStringLiteral("  ") + step);
}

QString describe(const device::DetectedDevice& found)
{
    const card::DeviceStatus& status = *found.status;
    QString backup = Words::tr("no DKEK");
    if (status.dkek && status.dkek->outstanding > 0)
        backup = Words::tr("waits for %1 of %2 share files")
                     .arg(status.dkek->outstanding)
                     .arg(status.dkek->total);
    else if (status.dkek)
        backup = status.dkek->kcv ? Words::tr("KCV %1").arg(toHex(*status.dkek->kcv).toUpper())
                                  : Words::tr("KCV shown after PIN entry");
    return Words::tr(
        "%1, serial %2, firmware %3.%4, %5, %n key(s)", nullptr, static_cast<int>(found.keys.size()))
        .arg(device::productName(status.serial), status.serial)
        .arg(status.versionMajor)
        .arg(status.versionMinor)
        .arg(status.initialised() ? backup : Words::tr("never initialised"));
}

} // namespace

int listReaders()
{
    device::PcscReaders readers;
    device::DeviceDirectory directory(readers);
    bool told = false; // the service has answered at least once
    const auto judge = [&] {
        const bool looking = std::ranges::any_of(directory.devices(), &device::DetectedDevice::probing);
        if (told && !looking)
            QCoreApplication::quit();
    };
    QObject::connect(&readers, &device::ReaderSource::changed, &directory, [&] {
        told = true;
        QTimer::singleShot(0, &directory, judge); // after the directory has seen it
    });
    QObject::connect(&directory, &device::DeviceDirectory::changed, &directory, judge);
    QTimer::singleShot(kPatience, &directory, &QCoreApplication::quit);
    readers.refresh();
    QCoreApplication::exec();

    if (const std::optional<Error> problem = directory.problem())
        printError(*problem);
    bool found = false;
    if (const auto list = readers.readers()) {
        for (const device::ReaderInfo& reader : *list)
            print(reader.isVirtual ? Words::tr("Reader %1 (virtual)").arg(reader.name)
                                   : Words::tr("Reader %1").arg(reader.name));
    }
    for (const device::DetectedDevice& each : directory.devices()) {
        found = found || each.status.has_value();
        print(QStringLiteral("  %1: %2")
                  .arg(each.reader,
                      each.status      ? describe(each)
                          : each.error ? ui::errorSentence(*each.error)
                                       : QString()));
    }
    return found ? 0 : 1;
}

} // namespace conclave::app
