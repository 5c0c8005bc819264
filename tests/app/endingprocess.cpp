// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/endatwork.h"
#include "core/device/deviceworker.h"
#include "core/device/simulatedreaders.h"
#include "core/simulator/simulatedhsm.h"

#include <QCoreApplication>
#include <QSemaphore>

using namespace conclave;

/// A program that is to end with 3 while its device is at work, which it is for ever; with 4 where it is not.
int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    device::SimulatedReaders readers;
    readers.insert(QStringLiteral("Reader"), std::make_shared<simulator::SimulatedHsm>());
    device::DeviceWorker worker(readers, simulator::Identity{}.serial);
    constexpr int kIdle = 4;
    constexpr int kAtWork = 3;
    app::endAtWork(kIdle + 1); // nothing is
    if (application.arguments().contains(QStringLiteral("--idle")))
        return kIdle;
    QSemaphore began;
    QSemaphore never;
    auto future = worker.post([&](card::SmartCardHsm&) -> Result<int> {
        began.release();
        never.acquire();
        return 0;
    });
    began.acquire();
    app::endAtWork(kAtWork);
    return EXIT_FAILURE;
}
