// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/reportbody.h"

#include "ui/print/textpages.h"
#include "ui/text/devicetext.h"
#include "ui/text/drilltext.h"
#include "ui/text/errortext.h"
#include "ui/text/eventtext.h"
#include "ui/text/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <variant>

namespace conclave::ui {

using namespace ceremony;

namespace {

using Face = TextPages::Face;
using Cell = TextPages::Cell;
using Facts = std::vector<std::pair<QString, Cell>>;

constexpr int kFingerprintRows = 4;
constexpr int kDigitsInRow = 16;
constexpr int kHashDigits = 8;

QString dateTime(const QDateTime& time)
{
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"));
}

Cell mono(const QString& text)
{
    return { text, Face::Mono };
}

/// The sections of a report, in the order of ui.md, 9.
class Body {
    Q_DECLARE_TR_FUNCTIONS(ReportBody)

public:
    Body(QTextDocument& document, const Report& report)
        : m_pages(document)
        , m_report(report)
    {
    }

    void write()
    {
        summary();
        time();
        if (!m_report.parts.empty())
            parts();
        participants();
        program();
        if (m_report.device)
            device();
        if (!m_report.devices.empty())
            devices();
        if (m_report.oldSet)
            oldSet();
        if (m_report.scheme)
            scheme();
        if (m_report.settings)
            settings();
        if (m_report.partEnded) {
            // The keys are made when all share files are in.
        } else if (m_report.restore.plan && !m_report.devices.empty()) {
            backupOf(*m_report.restore.plan);
            keysForSeveral();
        } else if (m_report.restore.plan) {
            restore(*m_report.restore.plan);
        } else if (m_report.drill) {
            heading(tr("Restored keys"));
            m_pages.paragraph(tr("None: the drill came to no key."));
        } else if (m_report.first) {
            heading(tr("Restored keys"));
            m_pages.paragraph(tr("None: the ceremony went on without the keys of the first device."));
        } else if (m_report.device) {
            keys();
            backup();
        }
        if (m_report.drill)
            drill();
        deviations();
        events();
        fingerprint();
        signOff();
    }

private:
    /// Sections are numbered as they come: not every kind of ceremony has all of them.
    void heading(const QString& name, bool newPage = false)
    {
        m_pages.heading(tr("%1 %2", "number and name of a section").arg(++m_sections).arg(name), newPage);
    }

    void summary()
    {
        heading(tr("Summary"));
        for (const QString& sentence : result())
            m_pages.paragraph(sentence, Face::Strong);
        Facts facts;
        if (m_report.device) {
            facts.push_back({ tr("Device"), mono(m_report.device->serial) });
            facts.push_back({ tr("Authenticity"), { authenticityName(m_report.device->authenticity) } });
            facts.push_back({ tr("Key check value"), keyCheckValue() });
        }
        for (const CeremonyState& device : m_report.devices)
            facts.push_back({ ltr(device.device->serial), { deviceResult(device) } });
        if (m_report.scheme)
            facts.push_back({ tr("Sharing"), { schemeName(*m_report.scheme) } });
        if (m_report.partEnded || !m_report.parts.empty())
            facts.push_back({ tr("Part of the ceremony"), { QString::number(m_report.part()) } });
        if (m_report.device && !m_report.partEnded)
            facts.push_back({ tr("Keys"), { keysInShort() } });
        if (m_report.oldSet)
            facts.push_back({ tr("Old set"), { toBeDestroyed(m_report.oldSet->replaced) } });
        facts.push_back({ tr("Events to explain"), { QString::number(m_report.toExplain.size()) } });
        m_pages.facts(facts);
    }

    QString keysInShort() const
    {
        if (m_report.restore.plan)
            return tr("%1 chosen, %2 on the device, %3 of them proved")
                .arg(m_report.restore.keys.size())
                .arg(m_report.restore.restored())
                .arg(m_report.restore.proved());
        return tr("%1 planned, %2 made and tested").arg(m_report.keys.size()).arg(m_report.keysTested());
    }

    QStringList result() const
    {
        if (m_report.opened.rehearsal)
            return { m_report.device || !m_report.devices.empty()
                    ? tr("This was a rehearsal with a simulated device. Nothing made in it protects a real "
                         "key.")
                    : tr("This was a rehearsal. Nothing made in it protects a real key.") };
        if (m_report.partEnded)
            return { tr("This part of the ceremony is over. It goes on elsewhere, with the same device: %n "
                        "share file(s) are still to be imported there.",
                nullptr, m_report.shareFilesMissing) };
        QStringList sentences;
        switch (m_report.opened.flow) {
        case Flow::Establish:
            sentences << establishedResult();
            break;
        case Flow::GenerateMore:
            sentences << generatedResult();
            break;
        case Flow::Restore:
            sentences << restoredResult();
            break;
        case Flow::AddBackup:
            if (m_report.devices.empty())
                sentences << tr("A second device has the backup secret of the first.") << restoredResult();
            else
                sentences << severalResult();
            break;
        case Flow::Drill:
            sentences << drillSentence(drillResult(m_report).verdict, m_report.opened.rehearsal);
            break;
        case Flow::Reshare:
            sentences << tr("A set of shares was replaced by a new one over the same secret.");
            break;
        }
        if (!m_report.toExplain.empty())
            sentences << tr("What did not go smoothly is explained under “Deviations and explanations”.");
        return sentences;
    }

    QStringList severalResult() const
    {
        const auto complete
            = static_cast<int>(std::ranges::count_if(m_report.devices, &CeremonyState::complete));
        const int leftOut = static_cast<int>(m_report.devices.size()) - complete;
        QStringList sentences{ m_report.restore.plan
                ? tr("%n device(s) have the backup secret and the chosen keys of the first.", nullptr,
                    complete)
                : tr("%n device(s) have the backup secret of the first, and none of its keys.", nullptr,
                    complete) };
        if (leftOut > 0)
            sentences << tr("%n device(s) were left out: see “Devices”.", nullptr, leftOut);
        return sentences;
    }

    QString establishedResult() const
    {
        return allTested()
            ? tr("The device was established as planned.")
            : tr("The device was established, but not every planned key was made: see “Keys”.");
    }

    QString generatedResult() const
    {
        return allTested() ? tr("The planned keys were made on a device that was established before.")
                           : tr("Keys were to be made on a device that was established before, but not every "
                                "planned key was made: see “Keys”.");
    }

    QString restoredResult() const
    {
        const RestoreRecord& restore = m_report.restore;
        const auto chosen = static_cast<int>(restore.keys.size());
        if (chosen == 0)
            return tr("No keys were restored onto it.");
        if (restore.proved() == chosen)
            return tr("All chosen keys are on the device, each proved to be the original.");
        if (restore.restored() == chosen)
            return tr(
                "All chosen keys are on the device, but not each could be proved: see “Restored keys”.");
        return tr("Not every chosen key was restored: see “Restored keys”.");
    }

    bool allTested() const { return m_report.keysTested() == static_cast<int>(m_report.keys.size()); }

    Cell keyCheckValue() const
    {
        if (m_report.partEnded)
            return { tr("Not yet: share files are missing") };
        if (m_report.kcv.isEmpty())
            return { m_report.withBackup ? tr("The device did not tell it")
                                         : tr("None: the device has no share files") };
        const QString value = hexGroups(m_report.kcv);
        return mono(m_report.kcvCompared ? tr("%1 (device and this program agree)").arg(value)
                                         : tr("%1 (told by the device, not compared)").arg(value));
    }

    void time()
    {
        heading(tr("Time and place"));
        m_pages.facts({
            { tr("Start"), { dateTime(m_report.startedAt) } },
            { tr("Sealed"), { dateTime(m_report.sealedAt) } },
            { tr("Clock"),
                { m_report.prepared.clockConfirmed ? tr("Confirmed at the start")
                                                   : tr("Not confirmed at the start") } },
            { tr("Place"), { m_report.prepared.place } },
        });
    }

    /// Each has a record and a report of its own.
    void parts()
    {
        heading(tr("Parts of this ceremony"));
        m_pages.paragraph(tr("This is part %1. The others have reports of their own. Each part is tied to "
                             "the one before: its first line holds the SHA-256 of that one’s line “paused "
                             "for travel”.")
                              .arg(m_report.part()));
        std::vector<TextPages::Row> rows;
        for (const EarlierPart& part : m_report.parts)
            rows.push_back({ { QString::number(part.part) }, { part.place },
                { dateTime(QDateTime::fromString(part.paused, Qt::ISODateWithMs)) },
                mono(hexGroups(part.sha256)) });
        m_pages.table({ { tr("Part"), 8 }, { tr("Place"), 22 }, { tr("Paused for travel"), 26 },
                          { tr("SHA-256 of that line"), 44 } },
            rows);
    }

    void participants()
    {
        heading(tr("Participants"));
        std::vector<TextPages::Row> rows;
        for (const ParticipantNamed& person : m_report.participants)
            rows.push_back({ { roleName(person.role, person.number) }, { person.name },
                { person.identityCheckedBy.isEmpty() ? tr("Not checked") : person.identityCheckedBy } });
        m_pages.table({ { tr("Role"), 30 }, { tr("Name"), 40 }, { tr("Identity checked by"), 30 } }, rows);
        if (m_report.prepared.withoutWitness)
            m_pages.paragraph(tr("There was no witness. This was confirmed at the start."));
    }

    void program()
    {
        const ProgramFacts& program = m_report.program;
        heading(tr("Program"));
        Facts facts{
            { tr("Version"), { program.program } },
            { tr("SHA-256 of the program"),
                program.programSha256.isEmpty() ? Cell{ tr("Not known") }
                                                : mono(hexGroups(program.programSha256)) },
            { tr("Libraries"),
                { program.pcsc.isEmpty()
                        ? tr("Qt %1, %2").arg(program.qt, program.openssl)
                        : tr("Qt %1, %2, PC/SC lite %3").arg(program.qt, program.openssl, program.pcsc) } },
            { tr("Operating system"), { tr("%1, %2").arg(program.system, program.kernel) } },
            { tr("Computer"), { program.host } },
            { tr("Second opinion"), { secondOpinion() } },
        };
        if (m_report.opened.program != program.program)
            facts.insert(facts.begin() + 1, { tr("Begun by"), { m_report.opened.program } });
        m_pages.facts(facts);
        if (const auto& given = m_report.opinion.given; given && !given->keys.empty()) {
            std::vector<TextPages::Row> rows;
            for (const OpinionOnKey& key : given->keys)
                rows.push_back({ { key.label }, mono(key.id), { opinionName(key.opinion) } });
            m_pages.table(
                { { tr("Label"), 30 }, { tr("ID"), 25 }, { tr("What the second opinion says"), 45 } }, rows);
        }
    }

    QString secondOpinion() const
    {
        const OpinionRecord& opinion = m_report.opinion;
        QStringList sentences;
        if (opinion.given)
            sentences << opinionSentence(*opinion.given) << tr("Module: %1").arg(opinion.given->module);
        if (opinion.failed)
            sentences << opinionSentence(*opinion.failed);
        return sentences.isEmpty() ? tr("None was asked for") : sentences.join(QLatin1Char('\n'));
    }

    void device()
    {
        const DeviceChosen& device = *m_report.device;
        if (m_report.first)
            firstDevice(*m_report.first);
        heading(tr("Device"));
        Facts facts{
            { tr("Product"), { device.product } },
            { tr("Serial number"), mono(device.serial) },
            { tr("Firmware"), { device.firmware } },
            { tr("Authenticity"), { authenticityName(device.authenticity) } },
            { tr("Reader"),
                { device.virtualReader ? tr("%1 (a virtual reader)").arg(device.reader) : device.reader } },
            { tr("Before"),
                { device.initialised ? tr("It had been initialised") : tr("It was not initialised") } },
        };
        if (m_report.erasedAt.isValid())
            facts.push_back({ tr("Erased and initialised"), { dateTime(m_report.erasedAt) } });
        m_pages.facts(facts);
        if (device.keys.empty()) {
            m_pages.paragraph(tr("There were no keys on the device."));
            return;
        }
        const auto count = static_cast<int>(device.keys.size());
        m_pages.paragraph(m_report.erasedAt.isValid()
                ? tr("%n key(s) on the device were destroyed:", nullptr, count)
                : tr("%n key(s) were on the device before, and stayed:", nullptr, count));
        std::vector<TextPages::Row> rows;
        for (const ExistingKey& key : device.keys)
            rows.push_back({ { key.label }, mono(key.id), { algorithmName(key.algorithm) },
                mono(shortFingerprint(key.fingerprint)) });
        m_pages.table(
            { { tr("Label"), 30 }, { tr("ID"), 15 }, { tr("Algorithm"), 20 }, { tr("Fingerprint"), 35 } },
            rows);
    }

    void devices()
    {
        theFirst(*m_report.first);
        heading(tr("Devices"));
        for (const CeremonyState& each : m_report.devices)
            oneOfSeveral(each);
    }

    void oneOfSeveral(const CeremonyState& each)
    {
        const DeviceChosen& device = *each.device;
        Facts facts{
            { tr("Serial number"), mono(device.serial) },
            { tr("Product"), { tr("%1, firmware %2").arg(device.product, device.firmware) } },
            { tr("Authenticity"), { authenticityName(device.authenticity) } },
            { tr("Reader"),
                { device.virtualReader ? tr("%1 (a virtual reader)").arg(device.reader) : device.reader } },
            { tr("Before"),
                { !device.initialised         ? tr("It was not initialised")
                        : device.keys.empty() ? tr("It had been initialised")
                                              : tr("It had been initialised, with %n key(s)", nullptr,
                                                  static_cast<int>(device.keys.size())) } },
        };
        if (each.erasedAt) {
            facts.push_back({ tr("Erased and initialised"), { dateTime(*each.erasedAt) } });
            facts.push_back({ tr("Label"), { each.settings->label } });
            facts.push_back({ tr("User PIN retries"), { QLocale().toString(each.settings->userPinTries) } });
            facts.push_back({ tr("If the PIN is blocked"), { unblockingName(each.settings->unblocking) } });
            if (const QString warning = soPinWarning(each.soPin); !warning.isEmpty())
                facts.push_back({ tr("SO-PIN"), { warning } });
        }
        if (!each.kcv.isEmpty())
            facts.push_back({ tr("Key check value"), mono(hexGroups(each.kcv)) });
        facts.push_back({ tr("Result"), { deviceResult(each) } });
        m_pages.facts(facts);
    }

    void oldSet()
    {
        const SetBrought& brought = m_report.oldSet->brought;
        const SetReplaced& replaced = m_report.oldSet->replaced;
        heading(tr("Old set"));
        Facts facts{
            { tr("File"), mono(brought.file) },
            { tr("SHA-256 of the file"), mono(hexGroups(brought.sha256)) },
            { tr("Share check"), mono(hexGroups(m_report.oldSet->opened.shareCheck)) },
        };
        if (brought.ofAnotherTool()) {
            facts.push_back({ tr("Set"), { tr("Of another tool, without companion") } });
            facts.push_back({ tr("Protected by"), { tr("%n sheets open it", nullptr, brought.threshold) } });
        } else {
            facts.push_back({ tr("Set"), mono(brought.set) });
            facts.push_back({ tr("Ceremony"), mono(brought.ceremony) });
            facts.push_back({ tr("Protected by"),
                { tr("%1 of %2 custodians").arg(brought.threshold).arg(brought.total) } });
        }
        m_pages.facts(facts);
        if (const QString readings = readingSentence(m_report.oldSet->opened.ids); !readings.isEmpty())
            m_pages.paragraph(readings);
        m_pages.paragraph(toBeDestroyed(replaced), Face::Strong);
        std::vector<TextPages::Row> rows;
        for (const OldSheet& sheet : replaced.sheets)
            rows.push_back(
                { mono(sheet.id), { sheet.handedIn ? tr("Handed in") : tr("Not handed in") }, {}, {} });
        m_pages.table({ { tr("Share ID"), 16 }, { tr("In this ceremony"), 24 }, { tr("Destroyed on"), 24 },
                          { tr("Seen by"), 36 } },
            rows);
    }

    void theFirst(const FirstDeviceNamed& first)
    {
        heading(m_report.drill ? tr("Backup") : tr("First device"));
        Facts facts;
        if (!first.device.isEmpty())
            facts.push_back({ tr("Serial number"), mono(first.device) });
        if (!first.ceremony.isEmpty())
            facts.push_back({ tr("Established in ceremony"), mono(first.ceremony) });
        facts.push_back({ tr("Key check value"), mono(hexGroups(first.kcv)) });
        for (const FirstShareFile& file : first.shareFiles) {
            if (file.missing)
                facts.push_back({ tr("Not among its records"), mono(file.file) });
        }
        m_pages.facts(facts);
    }

    void firstDevice(const FirstDeviceNamed& first)
    {
        theFirst(first);
        if (m_report.drill)
            return;
        m_pages.paragraph(m_report.kcvCompared
                ? tr("The second device shows the same key check value.")
                : tr("The second device did not tell its key check value, so it was not compared."));
        const std::optional<CloneProved>& proof = m_report.restore.cloneProof;
        if (!proof) {
            m_pages.paragraph(
                tr("The first device was not asked to sign in this ceremony: each restored key was "
                   "checked with the public key in the backup."));
            return;
        }
        m_pages.paragraph(
            tr("Proof of the backup device: both devices signed one new challenge with %n key(s), "
               "and all signatures were verified with the public keys in the backup.",
                nullptr, proof->keys));
        if (proof->notSigning > 0)
            m_pages.paragraph(tr("%n key(s) may not sign on either device.", nullptr, proof->notSigning));
    }

    void scheme()
    {
        heading(tr("Key-sharing scheme"));
        m_pages.paragraph(m_report.shareFiles.empty()
                ? tr("No share files: the keys in this device can never be backed up.")
                : schemeName(*m_report.scheme));
        for (const ReportShareFile& file : m_report.shareFiles)
            shareFile(file);
    }

    QString numberOf(const ReportShareFile& file) const
    {
        if (m_report.oldSet)
            return tr("%1 of %2")
                .arg(m_report.oldSet->brought.shareFile)
                .arg(m_report.oldSet->brought.shareFiles);
        return tr("%1 of %2").arg(file.number).arg(m_report.shareFiles.size());
    }

    void shareFile(const ReportShareFile& file)
    {
        Facts facts{
            { tr("Share file"), { numberOf(file) } },
            { tr("Protected by"), { ruleName(file.rule) } },
            { tr("Set"), mono(file.made.set) },
            { tr("File"), mono(file.made.file) },
            { tr("SHA-256 of the file"), mono(hexGroups(file.made.sha256)) },
            { tr("Share check"), mono(hexGroups(file.made.shareCheck)) },
        };
        if (!m_report.first)
            facts.push_back({ tr("Random numbers"),
                { file.made.deviceRandom ? tr("Of the device and of the computer, mixed")
                                         : tr("Of the computer alone") } });
        const bool madeHere = !file.holders.empty() && !file.made.set.isEmpty();
        if (const QString proof = madeHere ? setProof(file.made) : QString(); !proof.isEmpty())
            facts.push_back({ tr("Proof of the set"), { proof } });
        if (!file.rule.name.isEmpty())
            facts.insert(facts.begin() + 1, { tr("Name"), { file.rule.name } });
        if (!file.rule.site.isEmpty())
            facts.insert(facts.begin() + 1, { tr("Site"), { file.rule.site } });
        if (!file.rule.isPassword() && !file.holders.empty())
            facts.push_back({ tr("Sheets"), { sheetsOf(file.sheets) } });
        if (file.sheets.mode == SheetMode::Printed) {
            facts.push_back({ tr("Printer"), { file.sheets.printer } });
            facts.push_back({ tr("Way to the printer"), { connectionSentence(file.sheets.connection) } });
            facts.push_back({ tr("Spool"), { spoolSentence(file.sheets.spool) } });
        }
        if (!file.voided.empty())
            facts.push_back({ tr("Void sets"),
                mono(QStringList(file.voided.begin(), file.voided.end()).join(QStringLiteral(", "))) });
        m_pages.facts(facts);
        if (file.holders.empty())
            return;
        std::vector<TextPages::Row> rows;
        for (const ReportHolder& holder : file.holders)
            rows.push_back({ { roleName(Role::Custodian, holder.custodian) }, { holder.name },
                { file.rule.isPassword() ? tr("Password") : QString::number(holder.id) },
                { file.rule.isPassword() ? QString() : sheetOf(holder) },
                { holder.proved ? tr("Typed back, try %1").arg(holder.tries) : tr("Not typed back") }, {} });
        m_pages.table({ { tr("Custodian"), 16 }, { tr("Name"), 22 }, { tr("Share ID"), 11 },
                          { tr("Value"), 17 }, { tr("Proof"), 17 }, { tr("Seal number"), 17 } },
            rows);
    }

    static QString sheetsOf(const SheetsChosen& sheets)
    {
        if (sheets.mode == SheetMode::None)
            return sheetModeName(sheets.mode);
        return sheets.largePrint
            ? tr("%1, %2, large print").arg(sheetModeName(sheets.mode), paperName(sheets.paper))
            : tr("%1, %2").arg(sheetModeName(sheets.mode), paperName(sheets.paper));
    }

    /// How the value came to its custodian's paper.
    static QString sheetOf(const ReportHolder& holder)
    {
        if (!holder.print)
            return tr("By hand");
        if (!holder.print->completed)
            return tr("By hand; not printed");
        return holder.print->purged ? tr("Printed") : tr("Printed, not purged");
    }

    /// Both halves are there.
    static QString inHalves(const std::vector<NamedHalf>& halves)
    {
        return tr("In two halves, by %1 and %2").arg(whoEntered(halves[0]), whoEntered(halves[1]));
    }

    static QString whoEntered(const NamedHalf& half)
    {
        return tr("%1 (%2)", "a name, and a role").arg(half.name, roleName(half.role, half.number));
    }

    void settings()
    {
        const SettingsChosen& settings = *m_report.settings;
        heading(tr("Settings"));
        QString stands = soPinWarning(m_report.soPin);
        if (stands.isEmpty())
            stands = settings.soPinMade ? tr("Set, made by this program") : tr("Set");
        std::vector<std::pair<QString, TextPages::Cell>> facts{
            { tr("Label"), { settings.label } },
            { tr("User PIN"), { tr("Set, %n tries", nullptr, settings.userPinTries) } },
            { tr("SO-PIN"), { stands } },
        };
        if (m_report.soPinHalves.size() == 2)
            facts.push_back({ tr("SO-PIN entered"), { inHalves(m_report.soPinHalves) } });
        if (m_report.currentSoPinHalves.size() == 2)
            facts.push_back({ tr("SO-PIN before entered"), { inHalves(m_report.currentSoPinHalves) } });
        facts.push_back({ tr("Unblocking a user PIN"), { unblockingName(settings.unblocking) } });
        m_pages.facts(facts);
    }

    void keys()
    {
        heading(tr("Keys"));
        if (m_report.keys.empty()) {
            m_pages.paragraph(tr("No keys were planned."));
            return;
        }
        std::vector<TextPages::Row> rows;
        for (const KeyRecord& key : m_report.keys)
            rows.push_back(
                { { key.planned.label }, mono(key.planned.id), { algorithmName(key.planned.algorithm) },
                    mono(key.generated ? hexGroups(key.generated->fingerprint + key.cmac) : QString()),
                    { stateOf(key) } });
        m_pages.table({ { tr("Label"), 20 }, { tr("ID"), 9 }, { tr("Algorithm"), 15 },
                          { tr("SHA-256 of the public key"), 36 }, { tr("Self-test"), 20 } },
            rows);
        if (std::ranges::any_of(m_report.keys, [](const KeyRecord& key) { return !key.cmac.isEmpty(); }))
            m_pages.paragraph(
                tr("An AES key has no public key. In its place stands its answer to a challenge, "
                   "which the JSON report holds, too: only the same key gives it."));
        for (const KeyRecord& key : m_report.keys) {
            for (const CertificateRequested& request : key.requests)
                m_pages.paragraph(tr("Certificate request for %1 (%2): %3, SHA-256 %4")
                                      .arg(key.planned.label, request.subject, request.file, request.sha256));
        }
    }

    static QString stateOf(const KeyRecord& key)
    {
        switch (key.state) {
        case KeyState::Waiting:
        case KeyState::Generated:
            return tr("Not tested");
        case KeyState::Tested:
            return card::isAes(key.planned.algorithm) ? tr("Encrypted and decrypted")
                                                      : tr("Signed and verified");
        case KeyState::TestFailed:
            return tr("Failed: not to be used");
        case KeyState::Skipped:
            return tr("Skipped, not made");
        case KeyState::Deleted:
            return tr("Failed, deleted");
        }
        return {};
    }

    void backup()
    {
        const BackupRecord& backup = m_report.backup;
        heading(tr("Backup"));
        if (!m_report.withBackup) {
            m_pages.paragraph(tr("None is possible."));
            return;
        }
        if (backup.skipped)
            m_pages.paragraph(tr("None was made: the keys are on this device only."), Face::Strong);
        else if (backup.media.empty())
            m_pages.paragraph(tr("There was no key to back up."));
        else
            media();
        if (backup.proved)
            return;
        QStringList unproved{ tr("Not proved: nobody has shown yet that the keys can be restored.") };
        if (!backup.media.empty())
            unproved << whereToProve();
        m_pages.paragraph(inARow(unproved));
    }

    /// What became of them on each device stands with the devices.
    void keysForSeveral()
    {
        std::vector<TextPages::Row> rows;
        for (const RestoredKeyRecord& each : m_report.restore.keys)
            rows.push_back({ { each.key.label }, mono(each.key.id), { algorithmName(each.key.type) },
                mono(each.key.fingerprint.isEmpty() ? QString() : hexGroups(each.key.fingerprint)) });
        m_pages.table({ { tr("Label"), 25 }, { tr("ID"), 12 }, { tr("Algorithm"), 18 },
                          { tr("SHA-256 of the public key"), 45 } },
            rows);
    }

    void backupOf(const RestorePlanned& plan)
    {
        heading(tr("Restored keys"));
        Facts facts{ { tr("Files"), mono(plan.path) } };
        if (!plan.ceremony.isEmpty())
            facts.push_back({ tr("Backup of ceremony"), mono(plan.ceremony) });
        if (!plan.device.isEmpty())
            facts.push_back({ tr("Backup of device"), mono(plan.device) });
        facts.push_back({ tr("Key check value of the files"), mono(hexGroups(plan.kcv)) });
        if (plan.notChosen > 0)
            facts.push_back({ tr("Not chosen"), { tr("%n more key(s)", nullptr, plan.notChosen) } });
        m_pages.facts(facts);
    }

    void restore(const RestorePlanned& plan)
    {
        backupOf(plan);
        std::vector<TextPages::Row> rows;
        for (const RestoredKeyRecord& each : m_report.restore.keys) {
            QString result = tr("Skipped, not restored");
            if (each.restored)
                result = inARow(
                    { each.wasThere() ? tr("Was there already.") : tr("Restored."), restoreProof(each) });
            rows.push_back({ { each.key.label }, mono(each.key.id), { algorithmName(each.key.type) },
                mono(hexGroups(each.key.fingerprint + each.key.cmac)), { result } });
        }
        m_pages.table({ { tr("Label"), 17 }, { tr("ID"), 9 }, { tr("Algorithm"), 15 },
                          { tr("SHA-256 of the public key"), 34 }, { tr("Result"), 25 } },
            rows);
    }

    void drill()
    {
        const DrillResult result = drillResult(m_report);
        heading(tr("Drill"));
        if (!result.shareFiles.empty()) {
            std::vector<TextPages::Row> rows;
            for (const DrillShareFile& file : result.shareFiles)
                rows.push_back({ mono(file.file.file), { file.opened ? tr("Opened") : tr("Not opened") },
                    { drillSheets(file) } });
            m_pages.table({ { tr("Share file"), 36 }, { tr("Result"), 16 },
                              { tr("Sheets brought by (share ID)"), 48 } },
                rows);
        }
        if (!result.refused.empty()) {
            std::vector<TextPages::Row> rows;
            for (const RefusedKey& key : result.refused)
                rows.push_back({ { key.label }, mono(key.id), mono(key.file),
                    { errorSentence(Error{ .kind = key.error }) } });
            m_pages.table({ { tr("Not to be restored"), 22 }, { tr("ID"), 9 }, { tr("File"), 32 },
                              { tr("Reason"), 37 } },
                rows);
        }
        if (const QString sentence = drillDeviceSentence(m_report.drill->device); !sentence.isEmpty())
            m_pages.facts({ { tr("Device after the drill"), { sentence } } });
        m_pages.paragraph(tr("Not shown by this drill:"), Face::Strong);
        for (const QString& gap : drillGaps(m_report, result))
            m_pages.paragraph(tr("– %1", "item of a list").arg(gap));
    }

    void media()
    {
        const BackupRecord& backup = m_report.backup;
        if (backup.media.size() == 1)
            m_pages.paragraph(tr("There is one copy only. This was confirmed."));
        for (std::size_t i = 0; i < backup.wrappings.size(); ++i)
            wrapping(backup.wrappings[i], static_cast<int>(i) + 1);
    }

    /// Copies made before and after an interruption have different files.
    void wrapping(const KeysWrapped& wrapping, int number)
    {
        const BackupRecord& backup = m_report.backup;
        Facts facts;
        for (const KeysSaved& medium : backup.media) {
            if (medium.wrapping == number)
                facts.push_back({ tr("Medium %1").arg(medium.medium),
                    { medium.folder.isEmpty() ? tr("In the folder of this ceremony, read back")
                                              : tr("%1, read back").arg(medium.folder) } });
        }
        if (facts.empty())
            return;
        facts.push_back({ tr("Key check value"), mono(hexGroups(wrapping.kcv)) });
        facts.push_back({ tr("SHA-256 of keys/manifest.json"), mono(hexGroups(wrapping.manifestSha256)) });
        m_pages.facts(facts);
        std::vector<TextPages::Row> rows;
        for (const WrappedKeyFile& key : wrapping.keys)
            rows.push_back(
                { { m_report.labelOf(key.keyReference) }, mono(key.file), mono(hexGroups(key.sha256)) });
        m_pages.table(
            { { tr("Label"), 22 }, { tr("File in keys/"), 34 }, { tr("SHA-256 of the file"), 44 } }, rows);
        for (const KeyLeftOut& key : wrapping.leftOut)
            m_pages.paragraph(
                tr("The device did not hand out “%1”: %2.")
                    .arg(m_report.labelOf(key.keyReference), errorSentence(Error{ .kind = key.error })));
        const QString tooLarge
            = tooLargeForTool(wrapping, [this](int reference) { return m_report.labelOf(reference); });
        if (!tooLarge.isEmpty())
            m_pages.paragraph(tooLarge);
    }

    void deviations()
    {
        heading(tr("Deviations and explanations"));
        if (m_report.deviations.empty() && m_report.toExplain.empty()) {
            m_pages.paragraph(tr("None."));
            return;
        }
        struct Line {
            int seq;
            TextPages::Row row;
        };
        std::vector<Line> lines;
        for (const ReportDeviation& deviation : m_report.deviations)
            lines.push_back({ deviation.seq,
                { { QString::number(deviation.seq) }, { tr("Deviation noted by %1").arg(deviation.by) },
                    { deviation.text } } });
        for (const ToExplain& entry : m_report.toExplain)
            lines.push_back({ entry.seq,
                { { QString::number(entry.seq) }, { eventText(entry.event) },
                    { entry.explanation.isEmpty() ? tr("Not explained") : entry.explanation } } });
        std::stable_sort(
            lines.begin(), lines.end(), [](const Line& a, const Line& b) { return a.seq < b.seq; });
        std::vector<TextPages::Row> rows;
        for (Line& line : lines)
            rows.push_back(std::move(line.row));
        m_pages.table(
            { { tr("No.", "number of an event"), 8 }, { tr("Event"), 46 }, { tr("In their words"), 46 } },
            rows);
    }

    void events()
    {
        heading(tr("Event log"));
        m_pages.paragraph(
            tr("Hash: the first 8 digits of the SHA-256 of the event’s line in transcript.jsonl. "
               "Each line holds the whole hash of the line before it."));
        std::vector<TextPages::Row> rows;
        for (const RecordedEvent& recorded : m_report.events)
            rows.push_back({ { QString::number(recorded.seq) },
                { recorded.time.toString(QStringLiteral("HH:mm:ss")) }, { actorOf(recorded.event) },
                { eventText(recorded.event) }, mono(recorded.lineSha256.left(kHashDigits)) });
        m_pages.table({ { tr("No.", "number of an event"), 6 }, { tr("Time"), 11 }, { tr("Who"), 17 },
                          { tr("Event"), 52 }, { tr("Hash"), 14 } },
            rows);
    }

    /// Whoever had to act; the officer works the program wherever nobody else is named.
    QString actorOf(const Event& event) const
    {
        return std::visit(
            [this](const auto& e) {
                if constexpr (std::is_same_v<std::decay_t<decltype(e)>, ShareReceived>) {
                    if (m_report.oldSet)
                        return tr("Old custodian");
                }
                if constexpr (requires {
                                  e.number;
                                  e.id;
                              })
                    return custodianOf(e.number, e.id);
                else if constexpr (requires { e.by; })
                    return e.by;
                else
                    return roleName(Role::Officer, 1);
            },
            event);
    }

    /// By the scheme at the end; after a change of mind about the scheme, earlier turns have no name here.
    QString custodianOf(int shareFile, int id) const
    {
        for (const ReportShareFile& file : m_report.shareFiles) {
            for (const ReportHolder& holder : file.holders) {
                if (file.number == shareFile && holder.id == id)
                    return roleName(Role::Custodian, holder.custodian);
            }
        }
        return {};
    }

    void fingerprint()
    {
        heading(tr("Fingerprint"), true);
        m_pages.paragraph(
            tr("SHA-256 of the line that seals the transcript. It stands for everything above."));
        std::vector<std::pair<QString, QString>> rows;
        for (int row = 0; row < kFingerprintRows; ++row)
            rows.emplace_back(QString(QLatin1Char(static_cast<char>('A' + row))),
                hexGroups(m_report.fingerprint.mid(row * kDigitsInRow, kDigitsInRow)));
        m_pages.readAloud(rows);
        m_pages.paragraph(tr("To check it without this program:"));
        m_pages.paragraph(
            QStringLiteral("grep '\"event\":\"sealed\"' transcript.jsonl | tr -d '\\n' | sha256sum"),
            Face::Mono);
        m_pages.signatures(
            { { tr("Fingerprint"), 30 }, { tr("Name"), 70 } }, { tr("Read aloud by"), tr("Followed by") });
    }

    void signOff()
    {
        heading(tr("Sign-off"));
        std::vector<QString> people;
        for (const ParticipantNamed& person : m_report.participants)
            people.push_back(person.name.isEmpty()
                    ? roleName(person.role, person.number)
                    : tr("%1, %2").arg(roleName(person.role, person.number), person.name));
        m_pages.signatures(
            { { tr("Role and name"), 42 }, { tr("Signature"), 38 }, { tr("Date"), 20 } }, people);
    }

    TextPages m_pages;
    const Report& m_report;
    int m_sections = 0;
};

} // namespace

void writeReportBody(QTextDocument& document, const Report& report)
{
    Body(document, report).write();
}

} // namespace conclave::ui
