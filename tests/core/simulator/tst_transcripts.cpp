// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/apdu.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

#include <set>

using namespace conclave;
using namespace conclave::simulator;
using test::bytes;

namespace {

/// A card that runs of OpenSC's tools were recorded with, and what it had gone through before.
class Card {
public:
    QString answer(const QString& command)
    {
        const auto answer = m_hsm.exchange(bytes(command));
        return answer ? toHex(*answer) : QStringLiteral("none");
    }

    void initialiseAsRecorded()
    {
        QCOMPARE(answer(kSelect), QStringLiteral("6f0a820178850500000003059000"));
        QCOMPARE(
            answer(QStringLiteral("805000001c 80020001 8106363438323139 82083537363231383830 910103 920101")),
            kOk);
        QCOMPARE(answer(QStringLiteral("0020008106363438323139")), kOk);
        // As the recorded card gives it back.
        QCOMPARE(
            answer(QStringLiteral("00d72f031b 54020000 5315 3013020100800a5465737420546f6b656e03020520")),
            kOk);
    }

    /// One run of a tool: the difference from what was recorded, or empty.
    QString replay(const char* run)
    {
        m_hsm.reset();
        const auto exchanges = test::transcript(run);
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            const QString& command = exchanges[i].command;
            const QString& expected = exchanges[i].response;
            const QString got = answer(command);
            follow(command);
            const bool same
                = isDetermined(command, expected) ? got == expected : got.right(4) == expected.right(4);
            if (!same)
                return QStringLiteral("%1, exchange %2: %3 gave %4 instead of %5")
                    .arg(QLatin1String(run))
                    .arg(i)
                    .arg(command.left(80), got, expected);
        }
        return {};
    }

    static const QString kSelect;
    static const QString kOk;

private:
    /// Keeps in mind which files hold what the tool wrote, and not what the card made by itself.
    void follow(const QString& command)
    {
        const QString file = command.mid(4, 4);
        if (command.startsWith(QLatin1String("00a40000")))
            m_file = command.mid(10, 4);
        else if (command.startsWith(QLatin1String("00b1")) && file != kSelected)
            m_file = file;
        else if (command.startsWith(QLatin1String("00d7")) && file != kSelected)
            m_file = file;
        if (command.startsWith(QLatin1String("00d7")))
            m_written.insert(m_file);
        else if (command.startsWith(QLatin1String("0046")))
            m_written.erase(QStringLiteral("ce") + command.mid(4, 2));
    }

    /// Whether every card that has gone through the same must give the same.
    bool isDetermined(const QString& command, const QString& response) const
    {
        if (response.contains(QLatin1Char('.'))) // shortened in the record
            return false;
        const QString instruction = command.left(4);
        if (instruction == QLatin1String("00b1") || command.startsWith(QLatin1String("00a40000")))
            return m_written.contains(m_file);
        // The check value of a DKEK that the card made by itself.
        if (instruction == QLatin1String("8052"))
            return !response.startsWith(QLatin1String("0000"));
        static const std::set<QString> made{ QStringLiteral("0046"), QStringLiteral("0084"),
            QStringLiteral("8062"), QStringLiteral("8068"), QStringLiteral("8072") };
        return !made.contains(instruction);
    }

    static const QString kSelected;

    SimulatedHsm m_hsm{ { .serial = QStringLiteral("UTTEST00001"), .versionMajor = 3, .versionMinor = 5 } };
    QString m_file{};
    std::set<QString> m_written{ QStringLiteral("2f03") };
};

const QString Card::kSelect = QStringLiteral("00a404000be82b0601040181c31f020100");
const QString Card::kOk = QStringLiteral("9000");
const QString Card::kSelected = QStringLiteral("0000");

} // namespace

/// The simulated card under the commands that OpenSC 0.23 sent in real runs, against the answers it got. The
/// runs are one story each; what happened between the others was not recorded.
class TestTranscripts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersAsACardInUse();
    void answersAsACardWhoseKeysGetIdsOfTheirOwn();
    void answersAsACardFromTheFactory();
};

void TestTranscripts::answersAsACardInUse()
{
    Card card;
    card.initialiseAsRecorded();
    for (const char* run : { "create-dkek-share", "create mofn", "import mofn", "status", "keygen-ec",
             "keygen-rsa", "list", "p15", "wrap", "sign-ec", "sign-rsa", "wrongpin", "changepin", "initpin",
             "delete", "unwrap", "unwrap-force", "data", "list2", "inittoken", "random", "status-nodkek" }) {
        const QString difference = card.replay(run);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }
}

void TestTranscripts::answersAsACardWhoseKeysGetIdsOfTheirOwn()
{
    Card card;
    card.initialiseAsRecorded();
    for (const char* run : { "import mofn", "keygen-noid-ec" }) {
        const QString difference = card.replay(run);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }
}

void TestTranscripts::answersAsACardFromTheFactory()
{
    Card card;
    // Not "pka-status": the recorded card had no public key authentication, whatever it was initialised with.
    for (const char* run : { "status-uninit", "p11-uninit", "wrap-nodkek", "import-nodkek", "status-locked",
             "init-long", "init-short", "init-retry", "init-wrongso", "init-dkek0", "init-pka", "import-real",
             "unwrap-real", "import-fixed" }) {
        const QString difference = card.replay(run);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }
}

QTEST_GUILESS_MAIN(TestTranscripts)
#include "tst_transcripts.moc"
