// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/devicedirectory.h"
#include "tests/faults/cardtruth.h"
#include "tests/faults/journal.h"
#include "tests/faults/scenarios.h"
#include "tests/faults/watchedreaders.h"
#include "tests/support/ceremonypeople.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QMetaEnum>
#include <QTimer>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <unistd.h>

using namespace conclave;
using namespace conclave::faults;
using ceremony::CeremonyState;
using ceremony::Stage;
using simulator::Fault;

namespace {

std::atomic<int> syncs = 0;
std::atomic<int> dieAfterSync = 0;

} // namespace

/// Instead of the C library's. A process that is killed leaves what it wrote, synced or not, so nothing is
/// waited for; but after each of them something new is to be relied on, so each is a moment to be killed at.
extern "C" int fsync(int)
{
    if (++syncs == dieAfterSync)
        ::_exit(kKilled);
    return 0;
}

namespace {

constexpr auto kPatience = std::chrono::seconds(20);
constexpr int kMostTroubles = 12;

template <typename E>
QByteArray nameOf(E value)
{
    return QMetaEnum::fromType<E>().valueToKey(static_cast<int>(value));
}

/// They put the card back and try again, and write down what they saw and what is not as it is said to be.
class PersistentPeople final : public support::CeremonyPeople {
public:
    PersistentPeople(WatchedReaders& readers, const QString& folder, const support::CeremonyScript& script,
        support::Sheets& sheets, Journal& journal)
        : CeremonyPeople({ .readers = readers, .rounds = kRounds }, folder, script, sheets)
        , m_readers(readers)
        , m_script(script)
        , m_journal(journal)
    {
    }

    /// Where they may, they go back to the page instead of trying again.
    void goBackToThePage() { m_goBack = true; }

protected:
    void look() override
    {
        if (!state().pending && state().stage != Stage::Initialising)
            compare();
        if (ceremony().trouble() || m_readers.cardIsIn())
            return;
        m_journal.add("the card is out, nobody was working with it at stage " + stage());
        // Only where the device is looked for, or where a look at it does not matter.
        if (state().stage != Stage::ChoosingDevice && state().stage != Stage::GeneratingKeys)
            m_journal.add("wrong: the card is out, and there is no trouble");
        m_readers.putCardBack();
    }

    bool meet(const ceremony::Trouble& trouble) override
    {
        m_journal.add("trouble " + nameOf(trouble.error.kind) + " during "
            + QByteArray::number(static_cast<int>(trouble.during)) + " at stage " + stage()
            + (state().pending ? " pending " + nameOf(state().pending->operation) : QByteArray()));
        if (!fits(trouble.during))
            m_journal.add("wrong: trouble in work that does not belong to the stage");
        if (++m_troubles > kMostTroubles)
            return false;
        if (trouble.during == ceremony::WorkKind::Loading) {
            // Nothing was on the disk yet: the ceremony begins now.
            theCeremony().dismissTrouble();
            return true;
        }
        if (!m_readers.cardIsIn()) {
            m_journal.add("the card is out");
            if (state().device && ceremony().devicePresent())
                m_journal.add("wrong: the card is out, but said to be there");
            m_readers.putCardBack();
            return true;
        }
        const bool canBeLeft = !state().pending && state().stage != Stage::Initialising;
        if (m_goBack && canBeLeft) {
            theCeremony().dismissTrouble();
            return true;
        }
        return theCeremony().tryAgain().has_value();
    }

    bool meetAtDetection(const Error& error) override
    {
        m_journal.add("trouble " + nameOf(error.kind) + " at detection");
        if (++m_troubles > kMostTroubles)
            return false;
        directory()->lookAgain();
        return true;
    }

    void seen(const QString& set, int id) override
    {
        m_journal.add("seen " + set.toLatin1() + ' ' + QByteArray::number(id));
    }

    void typed(const char*) override { m_journal.add("typed"); }

private:
    QByteArray stage() const { return QByteArray::number(static_cast<int>(state().stage)); }

    bool fits(ceremony::WorkKind work) const
    {
        using ceremony::WorkKind;
        switch (work) {
        case WorkKind::Loading:
            return !state().opened;
        case WorkKind::MakingSets:
            return state().stage == Stage::HandingOut;
        case WorkKind::Initialising: // also when it turned out that it had taken place
            return state().stage >= Stage::SettingPins && state().stage <= Stage::Importing;
        case WorkKind::Importing:
            return state().stage == Stage::Importing || state().stage == Stage::DkekMismatch;
        case WorkKind::Generating:
        case WorkKind::RequestingCertificate:
        case WorkKind::Testing:
            return state().stage == Stage::GeneratingKeys;
        case WorkKind::WrappingKeys:
        case WorkKind::SavingKeys:
            return state().stage == Stage::BackingUp;
        case WorkKind::ReadingShareFiles:
            return state().stage == Stage::ChoosingFirst;
        case WorkKind::OpeningBackup:
            return state().stage == Stage::ChoosingBackup || state().stage == Stage::RestoringKeys;
        case WorkKind::ProvingClone:
            return state().stage == Stage::ProvingClone;
        case WorkKind::AskingForOpinion:
            return state().stage == Stage::Reviewing;
        case WorkKind::Restoring:
            return state().stage == Stage::RestoringKeys;
        case WorkKind::Settling:
            return state().pending.has_value();
        case WorkKind::None:
        case WorkKind::Rebuilding:
        case WorkKind::Deleting:
        case WorkKind::Saving:
            break;
        }
        return false;
    }

    void compare()
    {
        for (const QString& wrong : contradictions(state(), m_readers.card(), m_script))
            m_journal.add("wrong: " + wrong.toLatin1() + " at stage " + stage());
    }

    WatchedReaders& m_readers;
    const support::CeremonyScript m_script;
    Journal& m_journal;
    int m_troubles = 0;
    bool m_goBack = false;
};

std::shared_ptr<simulator::SimulatedHsm> cardIn(const QString& name, Scenario scenario)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return cardOf(scenario);
    SecretBytes state(static_cast<std::size_t>(file.size()));
    file.read(reinterpret_cast<char*>(state.data()), file.size());
    auto card = simulator::SimulatedHsm::load(state);
    if (!card)
        qFatal("the card's file is broken");
    return *card;
}

/// "pullBefore:17" or "statusWord:17:6982".
Fault faultFrom(const QString& text)
{
    static const std::pair<const char*, Fault::Kind> kinds[]
        = { { "pullBefore", Fault::Kind::PullBefore }, { "pullAfter", Fault::Kind::PullAfter },
              { "statusWord", Fault::Kind::StatusWord }, { "silence", Fault::Kind::Silence },
              { "wrongLength", Fault::Kind::WrongLength }, { "truncated", Fault::Kind::Truncated } };
    const QStringList parts = text.split(u':');
    for (const auto& [name, kind] : kinds) {
        if (parts.size() >= 2 && parts[0] == QLatin1String(name))
            return {
                .kind = kind, .at = parts[1].toInt(), .statusWord = parts.value(2).toUShort(nullptr, 16)
            };
    }
    qFatal("no such fault: %s", qPrintable(text));
}

} // namespace

/// One process of a ceremony on a simulated card, with people who do everything right. The folder holds what
/// outlives the process: the ceremony's own folder, the card, the custodians' sheets, the journal. Ends with
/// 0 when the ceremony is closed, with kKilled where it was to be killed.
int main(int argc, char* argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser line;
    line.addPositionalArgument(QStringLiteral("folder"), {});
    line.addPositionalArgument(QStringLiteral("scenario"), {});
    line.addOptions({ { QStringLiteral("resume"), {} }, { QStringLiteral("go-back"), {} },
        { QStringLiteral("fault"), {}, QStringLiteral("fault") },
        { QStringLiteral("die-after-command"), {}, QStringLiteral("k") },
        { QStringLiteral("die-after-sync"), {}, QStringLiteral("k") } });
    line.process(application);
    const QDir folder(line.positionalArguments().value(0));
    const auto scenario = static_cast<Scenario>(line.positionalArguments().value(1).toInt());

    Journal journal(folder.filePath(QStringLiteral("journal")));
    support::Sheets sheets(folder.filePath(QStringLiteral("sheets")));
    const QString cardFile = folder.filePath(QStringLiteral("card"));
    const auto card = cardIn(cardFile, scenario);
    WatchedReaders readers(card, cardFile, journal);
    card->setFaults({}); // counts from here, as the journal does
    if (line.isSet(QStringLiteral("fault")))
        card->setFaults({ { faultFrom(line.value(QStringLiteral("fault"))) } });
    readers.dieAfter(card->exchanges() + line.value(QStringLiteral("die-after-command")).toInt());
    dieAfterSync = line.value(QStringLiteral("die-after-sync")).toInt();

    PersistentPeople people(
        readers, folder.filePath(QStringLiteral("ceremony")), scriptOf(scenario), sheets, journal);
    if (line.isSet(QStringLiteral("go-back")))
        people.goBackToThePage();
    QObject::connect(&people, &PersistentPeople::done, qApp, &QCoreApplication::quit);
    QTimer::singleShot(kPatience, qApp, [] { QCoreApplication::exit(EXIT_FAILURE); });
    if (line.isSet(QStringLiteral("resume"))) {
        journal.add("resumed");
        people.resume();
    } else {
        people.begin();
    }
    QCoreApplication::exec();
    journal.add("syncs " + QByteArray::number(syncs));
    if (people.succeeded())
        return EXIT_SUCCESS;
    std::fprintf(stderr, "%s\n", qPrintable(people.situation()));
    return EXIT_FAILURE;
}
