// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/backuproom.h"

#include <QCoreApplication>

#include <cstdio>
#include <cstdlib>

using namespace conclave;
using namespace conclave::ceremony;
using test::BackupRoom;
using test::FirstDevice;

namespace {

constexpr int kAtOnce = 4;
constexpr double kMostRatio = 1.3;
constexpr double kSecond = 1000;

bool isIntention(const Event& event)
{
    const auto* onDevice = std::get_if<OnDevice>(&event);
    return std::holds_alternative<Intended>(event)
        || (onDevice && std::holds_alternative<Intended>(onDevice->event));
}

bool isOutcome(const Event& event)
{
    const auto* onDevice = std::get_if<OnDevice>(&event);
    return std::holds_alternative<DeviceInitialised>(event)
        || std::holds_alternative<ShareFileImported>(event) || std::holds_alternative<KeyRestored>(event)
        || (onDevice
            && (std::holds_alternative<DeviceInitialised>(onDevice->event)
                || std::holds_alternative<ShareFileImported>(onDevice->event)
                || std::holds_alternative<KeyRestored>(onDevice->event)));
}

/// Seconds by the transcript that devices as slow as real ones need from being erased to holding all keys,
/// proved. Of one: what it was at work, without what people do in between. Of several: from the first
/// intention to the last outcome. 0: it went wrong.
double secondsFor(const FirstDevice& first, int devices)
{
    BackupRoom room(first, devices);
    for (int number = 1; number <= devices; ++number)
        room.card(number)->setDelays(simulator::DeviceDelays::realDevice());
    if (!room.untilChosen() || !room.play(Stage::ProvingClone, [] {}) || room.somethingIsWrong())
        return 0;
    qint64 atWork = 0;
    QDateTime begun;
    QDateTime firstIntention;
    QDateTime lastOutcome;
    for (const RecordedEvent& each : room.ceremony->record()) {
        if (isIntention(each.event)) {
            begun = each.time;
            firstIntention = firstIntention.isValid() ? firstIntention : each.time;
        } else if (isOutcome(each.event)) {
            atWork += begun.msecsTo(each.time);
            lastOutcome = each.time;
        }
    }
    return static_cast<double>(devices == 1 ? atWork : firstIntention.msecsTo(lastOutcome)) / kSecond;
}

int failed(const char* what)
{
    std::fprintf(stderr, "conclave-clones-bench: %s\n", what);
    return EXIT_FAILURE;
}

} // namespace

/// Prints what it costs to make four backup devices at once instead of one, and fails when that is too much.
int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    using card::KeyAlgorithm;
    const FirstDevice first({ KeyAlgorithm::EcP256, KeyAlgorithm::EcBrainpoolP256, KeyAlgorithm::Rsa2048 });
    if (!first.made)
        return failed("the first device could not be made");
    const double one = secondsFor(first, 1);
    const double four = secondsFor(first, kAtOnce);
    if (one <= 0 || four <= 0)
        return failed("a ceremony did not come to its end");
    std::printf("Clones: one device %.2f s, %d at once %.2f s, ratio %.2f; at most %.2f wanted\n", one,
        kAtOnce, four, four / one, kMostRatio);
    return four <= kMostRatio * one ? EXIT_SUCCESS : failed("more than wanted");
}
