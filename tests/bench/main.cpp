// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"
#include "core/dkek/keyderivation.h"
#include "core/dkek/sharefile.h"
#include "tests/bench/countedcard.h"
#include "tests/interop/ceremonyrun.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"

#include <QCoreApplication>
#include <QTemporaryDir>

#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace conclave;
using namespace conclave::interop;

namespace {

/// What OpenSC 0.23's tools needed when the bound was set.
constexpr int kKnownStockCommands = 98;

/// Adds up what one side sends, and tells it step by step.
class Count {
public:
    explicit Count(const bench::CountedCard& card)
        : m_card(card)
    {
    }
    void step(const char* name)
    {
        const int now = m_card.commands();
        std::printf("    %-36s %4d\n", name, now - m_before);
        m_before = now;
    }
    [[nodiscard]] int total() const { return m_before; }

private:
    const bench::CountedCard& m_card;
    int m_before = 0;
};

struct StockRun {
    int commands = 0;
    double derivation = 0; ///< seconds, of the import without what a run does besides
    QString shareFile{};
};

/// The processor's time so far, in seconds, which other programs on the machine do not change: RUSAGE_THREAD,
/// or RUSAGE_CHILDREN for those that have ended.
double processorTime(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    return static_cast<double>(usage.ru_utime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec) / 1e6;
}

/// The ceremony as its people would do it with the command-line tools. Nothing when a step failed.
std::optional<StockRun> runStockTools(const VirtualReader& reader, const QString& folder)
{
    const bench::CountedCard card(reader);
    if (!card.inserted())
        return std::nullopt;
    std::puts("Commands of the OpenSC tools:");
    Count count(card);
    StockRun run{ .shareFile = folder + QStringLiteral("/stock.pbe") };
    const auto shares = stock::createShareFile(run.shareFile, 3, 5);
    count.step("create a share file, 3 of 5");
    if (shares.size() != 5)
        return std::nullopt;
    stock::initialise(1);
    count.step("initialise");
    const double before = processorTime(RUSAGE_CHILDREN);
    const bool imported = stock::importShareFile(run.shareFile, shares.mid(0, 3)).exitCode == 0;
    const double between = processorTime(RUSAGE_CHILDREN);
    count.step("import");
    const auto status = stock::cardStatus();
    run.derivation = (between - before) - (processorTime(RUSAGE_CHILDREN) - between);
    count.step("status");
    const auto generated = [](const char* type, const char* id) {
        return stock::pkcs11Login({ QStringLiteral("--keypairgen"), QStringLiteral("--key-type"),
                                      QLatin1String(type), QStringLiteral("--id"), QLatin1String(id),
                                      QStringLiteral("--label"), QStringLiteral("key") })
                   .exitCode
            == 0;
    };
    const bool rsa = generated("rsa:2048", "10");
    count.step("generate RSA 2048");
    const bool ec = generated("EC:prime256v1", "11");
    count.step("generate P-256");
    run.commands = count.total();
    if (!imported || status.kcv.isEmpty() || !rsa || !ec)
        return std::nullopt;
    return run;
}

/// The same by this program's core. Nothing when it failed.
std::optional<int> runCeremony(const VirtualReader& reader, const QString& folder)
{
    const bench::CountedCard card(reader);
    if (!card.inserted())
        return std::nullopt;
    std::puts("Commands of Conclave:");
    Count count(card);
    device::PcscReaders readers;
    CeremonyRun people(readers, folder + QStringLiteral("/ceremony"));
    people.onStep([&](const char* name) { count.step(name); });
    const QString failure = people.run();
    if (!failure.isEmpty()) {
        std::printf("    %s\n", qPrintable(failure));
        return std::nullopt;
    }
    return count.total();
}

/// Seconds of the derivation for this share file, the middle one of three. Which password does not matter.
std::optional<double> deriveFor(const QString& shareFile)
{
    const QByteArray content = contentOf(shareFile);
    const auto file = dkek::ShareFile::parse(bytesOf(content));
    if (!file)
        return std::nullopt;
    const Bytes password(8, 0x5A); // as long as a shared password of sc-hsm-tool
    std::vector<double> times;
    for (int i = 0; i < 3; ++i) {
        const double before = processorTime(RUSAGE_THREAD);
        if (!dkek::deriveKey(password, file->salt(), {}))
            return std::nullopt;
        times.push_back(processorTime(RUSAGE_THREAD) - before);
    }
    std::ranges::sort(times);
    return times[1];
}

int failed(const char* what)
{
    std::fprintf(stderr, "conclave-bench: %s\n", what);
    return EXIT_FAILURE;
}

} // namespace

/// Prints what CONTRIBUTING.md promises about commands and time, and fails when it is not kept.
int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const auto virtualOnes = virtualReaders();
    if (virtualOnes.empty())
        return failed("to be started by tests/interop/with-readers");
    const QTemporaryDir folder;
    const auto stockRun = runStockTools(virtualOnes.front(), folder.path());
    if (!stockRun)
        return failed("the OpenSC tools did not do their part");
    const auto ours = runCeremony(virtualOnes.front(), folder.path());
    if (!ours)
        return failed("the ceremony did not come to its end");
    const auto derivation = deriveFor(stockRun->shareFile);
    if (!derivation)
        return failed("the share file cannot be read");

    const int most = std::min(stockRun->commands, kKnownStockCommands) / 2;
    std::printf("Commands: Conclave %d, OpenSC %d; at most %d wanted\n", *ours, stockRun->commands, most);
    std::printf("Derivation: Conclave %.2f s, sc-hsm-tool %.2f s; at most %.2f s wanted\n", *derivation,
        stockRun->derivation, stockRun->derivation / 3);
    const bool kept = *ours <= most && *derivation <= stockRun->derivation / 3;
    return kept ? EXIT_SUCCESS : failed("more than wanted");
}
