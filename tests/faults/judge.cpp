// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/judge.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/recordscheck.h"
#include "core/simulator/simulatedchannel.h"
#include "tests/faults/dkekfromsheets.h"
#include "tests/faults/journaledcommand.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstring>
#include <set>

namespace conclave::faults {

namespace {

constexpr int kUserPinTries = 3;
constexpr int kSoPinTries = 15;

QByteArray contentOf(const QString& name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArrayList linesOf(const QString& name)
{
    QByteArrayList lines = contentOf(name).split('\n');
    lines.removeAll({});
    return lines;
}

QByteArray sha256Of(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

class Judgement {
public:
    Judgement(const QString& folder, Scenario scenario)
        : m_folder(folder)
        , m_script(scriptOf(scenario))
        , m_sheets(m_folder.filePath(QStringLiteral("sheets")))
        , m_journal(linesOf(m_folder.filePath(QStringLiteral("journal"))))
    {
    }

    QString made()
    {
        for (const auto& look : { &Judgement::records, &Judgement::chain, &Judgement::turns,
                 &Judgement::sights, &Judgement::commands, &Judgement::card }) {
            if (QString wrong = (this->*look)(); !wrong.isEmpty())
                return wrong;
        }
        return {};
    }

private:
    [[nodiscard]] QString ceremonyFile(const QString& name) const
    {
        return m_folder.filePath(QStringLiteral("ceremony/") + name);
    }

    QString records()
    {
        const auto state = ceremony::checkRecords(m_folder.filePath(QStringLiteral("ceremony")));
        return state ? QString() : QStringLiteral("the records do not hold: ") + state.error().detail;
    }

    QString chain()
    {
        QByteArray previous(64, '0');
        for (const QByteArray& line : linesOf(ceremonyFile(QStringLiteral("transcript.jsonl")))) {
            m_events.push_back(QJsonDocument::fromJson(line).object());
            if (m_events.back().value(u"previous").toString().toLatin1() != previous)
                return QStringLiteral("the chain is broken");
            previous = sha256Of(line).toHex();
        }
        return {};
    }

    /// No share is shown twice, and nothing is intended before the intention before it has its outcome.
    QString turns()
    {
        std::map<int, QString> sets; // by the number of their share file
        bool open = false;
        for (const QJsonObject& event : m_events) {
            const QString name = event.value(u"event").toString();
            const int number = event.value(u"number").toInt();
            if (name == u"setMade") {
                sets[number] = event.value(u"set").toString();
                m_lastSets[number] = event;
            } else if (name == u"setVoided") {
                sets.erase(number);
            } else if (name == u"turnBegan") {
                // A password is chosen in the turn: its set has no id yet, and is another one each time.
                const QString set = sets.contains(number) ? sets[number] : QString();
                if (!set.isEmpty() && !m_begun.emplace(set, event.value(u"id").toInt()).second)
                    return QStringLiteral("a turn began twice");
            } else if (name == u"intended") {
                if (open)
                    return QStringLiteral("an intention without outcome");
                open = true;
            } else if (name == u"deviceInitialised" || name == u"soPinChanged" || name == u"shareFileImported"
                || name == u"keyGenerated" || name == u"keyDeleted"
                || (name == u"settled" && event.value(u"outcome").toString() != u"tookEffect")
                || (name == u"workFailed" && event.value(u"certain").toBool())) {
                open = false;
            }
        }
        return {};
    }

    QString sights()
    {
        std::set<std::pair<QString, int>> seen;
        for (const QByteArray& line : m_journal) {
            const QByteArrayList words = line.split(' ');
            if (words[0] != "seen")
                continue;
            const std::pair share{ QString::fromLatin1(words[1]), words[2].toInt() };
            if (!seen.insert(share).second)
                return QStringLiteral("a custodian saw a share twice");
            if (!m_begun.contains(share))
                return QStringLiteral("a share was seen of which the transcript does not know");
        }
        return {};
    }

    QString commands()
    {
        std::set<QByteArray> imported;
        std::set<bool> refused; // true: the user PIN, false: the SO-PIN
        for (const QByteArray& line : m_journal) {
            if (line.startsWith("wrong: "))
                return QString::fromLatin1(line);
            if (line == "typed")
                refused.clear();
            if (!line.startsWith("apdu "))
                continue;
            const JournaledCommand command(line);
            if (command.header.startsWith("8050") && command.answer == "9000") {
                imported.clear();
                if (command.bringsPin())
                    refused.erase(true); // of the user PIN before
            }
            if (!command.shareCheck.isEmpty() && command.answer == "9000"
                && !imported.insert(command.shareCheck).second)
                return QStringLiteral("a share file was imported twice");
            if (command.bringsPin() && refused.contains(command.aboutUserPin()))
                return QStringLiteral("a PIN was sent again after it was refused, and nobody had typed it");
            if (command.pinWasWrong())
                refused.insert(command.aboutUserPin());
        }
        return {};
    }

    QString card()
    {
        const QByteArray file = contentOf(m_folder.filePath(QStringLiteral("card")));
        const auto loaded
            = simulator::SimulatedHsm::load({ reinterpret_cast<const std::uint8_t*>(file.constData()),
                static_cast<std::size_t>(file.size()) });
        if (!loaded)
            return QStringLiteral("no card");
        simulator::SimulatedChannel channel(*loaded);
        card::SmartCardHsm hsm(channel);
        const auto status = hsm.status();
        const auto keys = hsm.keys();
        if (!status || !keys)
            return QStringLiteral("the card cannot be read");
        if (!status->dkek || !status->dkek->kcv
            || QString(toHex(*status->dkek->kcv)) != QString::fromLatin1(kcvFromSheets()))
            return QStringLiteral("the device holds another DKEK than the sheets and files give");
        if (status->userPin.triesLeft != kUserPinTries || status->soPin.triesLeft != kSoPinTries)
            return QStringLiteral("a PIN try was used up");
        if (status->label != m_script.label)
            return QStringLiteral("the device has another label");
        if (keys->size() != m_script.keys.size())
            return QStringLiteral("%1 keys instead of %2").arg(keys->size()).arg(m_script.keys.size());
        for (const ceremony::PlannedKey& planned : m_script.keys) {
            if (std::ranges::count_if(*keys,
                    [&](const card::KeyEntry& key) {
                        return key.label == planned.label && toHex(key.id) == planned.id;
                    })
                != 1)
                return QStringLiteral("a planned key is not there once: ") + planned.label;
        }
        return {};
    }

    /// First 8 bytes of SHA-256 over the XOR of what is in the share files (smartcard-hsm.md, 6.3).
    QByteArray kcvFromSheets()
    {
        QByteArray dkek(32, '\0');
        for (std::size_t i = 0; i < m_script.shareFiles.size(); ++i) {
            const QJsonObject made = m_lastSets[static_cast<int>(i) + 1];
            const QByteArray prime = QByteArray::fromHex(made.value(u"prime").toString().toLatin1());
            std::map<int, const SecretBytes*> shares;
            for (const int id : m_script.returning[i])
                shares[id] = m_sheets.find(made.value(u"set").toString(), id);
            if (!prime.isEmpty()
                && std::ranges::any_of(shares, [](const auto& each) { return !each.second; }))
                return "no sheet";
            const auto* text = reinterpret_cast<const std::uint8_t*>(m_script.password);
            const SecretBytes password = prime.isEmpty()
                ? SecretBytes({ text, std::strlen(m_script.password) })
                : passwordOf({ reinterpret_cast<const std::uint8_t*>(prime.constData()),
                                 static_cast<std::size_t>(prime.size()) },
                    shares);
            const SecretBytes clear = openedWith(password,
                contentOf(ceremonyFile(made.value(u"file").toString())), static_cast<int>(kRounds.count));
            if (clear.empty())
                return "not opened";
            for (std::size_t at = 0; at < clear.size(); ++at) {
                const auto position = static_cast<qsizetype>(at);
                dkek[position] = static_cast<char>(dkek[position] ^ static_cast<char>(clear[at]));
            }
        }
        return sha256Of(dkek).toHex().left(16);
    }

    const QDir m_folder;
    const support::CeremonyScript m_script;
    const support::Sheets m_sheets;
    const QByteArrayList m_journal;
    std::vector<QJsonObject> m_events{};
    std::map<int, QJsonObject> m_lastSets{};
    std::set<std::pair<QString, int>> m_begun{};
};

} // namespace

QString judge(const QString& folder, Scenario scenario)
{
    return Judgement(folder, scenario).made();
}

} // namespace conclave::faults
