// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/drillcertificate.h"

#include "core/ceremony/drillresult.h"
#include "ui/print/framedpages.h"
#include "ui/print/textpages.h"
#include "ui/text/drilltext.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <vector>

namespace conclave::ui {

using namespace ceremony;

namespace {

using Face = TextPages::Face;
using Cell = TextPages::Cell;

constexpr std::size_t kAll = 100'000;

/// How much of what there may be any number of is listed.
struct Room {
    std::size_t keys = kAll;
    std::size_t files = kAll;
    std::size_t people = kAll;
    std::size_t gaps = kAll;
    qsizetype characters = 400; ///< of a text that people typed
};

/// From all there is to what fits in any case.
const std::vector<Room>& rooms()
{
    static const std::vector<Room> kRooms{ { .keys = 24, .files = 8 },
        { .keys = 24, .files = 8, .people = 8, .characters = 160 },
        { .keys = 12, .people = 6, .characters = 120 },
        { .keys = 8, .files = 4, .people = 5, .characters = 80 },
        { .keys = 4, .files = 2, .people = 4, .gaps = 8, .characters = 60 },
        { .keys = 0, .files = 1, .people = 3, .gaps = 6, .characters = 40 } };
    return kRooms;
}

Cell mono(const QString& text)
{
    return { text, Face::Mono };
}

QString dateTime(const QDateTime& time)
{
    return time.toString(QStringLiteral("yyyy-MM-dd HH:mm t"));
}

class Certificate {
    Q_DECLARE_TR_FUNCTIONS(DrillCertificate)

public:
    Certificate(QTextDocument& document, const Report& report, const Room& room)
        : m_pages(document)
        , m_report(report)
        , m_result(drillResult(report))
        , m_room(room)
    {
        m_result.whyEnded = cut(m_result.whyEnded);
    }

    static PageWords wordsOf(const Report& report)
    {
        return { tr("CERTIFICATE OF A RESTORE DRILL"), report.prepared.purpose, report.opened.ceremony,
            tr("Fingerprint %1 … %2")
                .arg(hexGroups(report.fingerprint.left(4)), hexGroups(report.fingerprint.right(4))),
            report.program.program, report.opened.rehearsal };
    }

    void write()
    {
        m_pages.paragraph(drillSentence(m_result.verdict, m_report.opened.rehearsal), Face::Strong);
        facts();
        if (m_report.first)
            shareFiles();
        keys();
        notShown();
        signOff();
    }

private:
    /// Of what people typed, and of files.
    [[nodiscard]] QString cut(const QString& text) const
    {
        QString line = text.simplified();
        return line.size() <= m_room.characters ? line : line.left(m_room.characters - 1) + QChar(0x2026);
    }

    void more(std::size_t left)
    {
        if (left > 0)
            m_pages.paragraph(tr("… and %n more: see the report.", nullptr, static_cast<int>(left)));
    }

    void facts()
    {
        std::vector<std::pair<QString, Cell>> facts;
        if (m_report.first) {
            if (!m_report.first->ceremony.isEmpty())
                facts.push_back({ tr("Backup of ceremony"), mono(cut(m_report.first->ceremony)) });
            if (!m_report.first->device.isEmpty())
                facts.push_back({ tr("Backup of device"), mono(cut(m_report.first->device)) });
            facts.push_back({ tr("Key check value"), mono(keyCheckValue()) });
        } else {
            facts.push_back({ tr("Backup"), { tr("None could be chosen") } });
        }
        facts.push_back({ tr("Time"),
            { tr("%1 to %2").arg(dateTime(m_report.startedAt), dateTime(m_report.sealedAt)) } });
        facts.push_back({ tr("Place"), { cut(m_report.prepared.place) } });
        facts.push_back({ tr("Took part"), { participants() } });
        facts.push_back({ tr("Restored onto"),
            { m_report.device ? drillDeviceName(*m_report.device, m_report.opened.rehearsal)
                              : tr("No device was used") } });
        if (const QString after = drillDeviceSentence(m_report.drill->device); !after.isEmpty())
            facts.push_back({ tr("After the drill"), { after } });
        facts.push_back({ tr("Transcript (SHA-256)"), mono(hexGroups(m_report.fingerprint)) });
        m_pages.facts(facts);
    }

    [[nodiscard]] QString keyCheckValue() const
    {
        const QString value = hexGroups(m_report.first->kcv);
        if (m_result.kcvAgrees)
            return tr("%1 (the drill’s device shows the same)").arg(value);
        if (m_result.kcvDiffers)
            return tr("%1 (the drill’s device showed another one)").arg(value);
        return tr("%1 (not compared)").arg(value);
    }

    [[nodiscard]] QString participants() const
    {
        QStringList people;
        for (const ParticipantNamed& person : m_report.participants) {
            const QString role = roleName(person.role, person.number);
            people << (person.name.isEmpty() ? role : tr("%1: %2").arg(role, cut(person.name)));
        }
        const auto shown = std::min(m_room.people, static_cast<std::size_t>(people.size()));
        const auto left = static_cast<int>(people.size() - static_cast<qsizetype>(shown));
        QString line = people.mid(0, static_cast<qsizetype>(shown)).join(QStringLiteral("; "));
        if (left > 0)
            line += tr("; and %n more", nullptr, left);
        if (m_report.prepared.withoutWitness)
            line += tr("; no witness");
        return line;
    }

    void shareFiles()
    {
        std::vector<TextPages::Row> rows;
        for (const DrillShareFile& file : m_result.shareFiles) {
            if (rows.size() == m_room.files)
                break;
            const QString sheets = m_room.people == kAll ? drillSheets(file) : cut(drillSheets(file));
            rows.push_back({ mono(cut(file.file.file)), mono(hexGroups(file.file.sha256)),
                { file.opened ? tr("Opened") : tr("Not opened") }, { sheets } });
        }
        const std::size_t left = m_result.shareFiles.size() - rows.size();
        m_pages.heading(tr("Share files and sheets"));
        m_pages.table({ { tr("File"), 24 }, { tr("SHA-256 of the file"), 36 }, { tr("Result"), 12 },
                          { tr("Sheets brought by (share ID)"), 28 } },
            rows);
        more(left);
    }

    void keys()
    {
        std::vector<TextPages::Row> rows;
        for (const RefusedKey& key : m_result.refused)
            rows.push_back({ { cut(key.label.isEmpty() ? key.file : key.label) }, mono(cut(key.id)), {}, {},
                { cut(errorSentence(Error{ .kind = key.error })) } });
        // What failed is not to be what is left out.
        for (const bool proved : { false, true }) {
            for (const RestoredKeyRecord& each : m_report.restore.keys) {
                if ((each.restored && each.restored->proved) == proved)
                    rows.push_back(keyRow(each));
            }
        }
        m_pages.heading(tr("Keys"));
        const int proved = m_report.restore.proved();
        const auto all = static_cast<int>(rows.size()) + std::max(m_result.notChosen, 0);
        m_pages.paragraph(tr("%1 of %2 keys of the backup were restored and proved.").arg(proved).arg(all));
        const std::size_t left = rows.size() - std::min(rows.size(), m_room.keys);
        rows.resize(rows.size() - left);
        if (!rows.empty())
            m_pages.table({ { tr("Label"), 20 }, { tr("ID"), 9 }, { tr("Algorithm"), 14 },
                              { tr("SHA-256 of the public key"), 37 }, { tr("Result"), 20 } },
                rows);
        more(left);
    }

    [[nodiscard]] TextPages::Row keyRow(const RestoredKeyRecord& each) const
    {
        const KeyToRestore& key = each.key;
        const QString result = !each.restored ? tr("Not restored")
            : each.restored->proved           ? tr("Restored, signed and verified")
                                              : tr("Restored, not proved");
        return { { cut(key.label.isEmpty() ? key.file : key.label) }, mono(cut(key.id)),
            { algorithmName(key.type) },
            mono(key.fingerprint.isEmpty() ? QString() : hexGroups(key.fingerprint)), { result } };
    }

    void notShown()
    {
        QStringList gaps = drillGaps(m_report, m_result);
        if (const auto count = static_cast<int>(m_report.toExplain.size()); count > 0)
            gaps << tr("%n event(s) are explained in the report.", nullptr, count);
        m_pages.heading(tr("Not shown by this drill"));
        const auto shown = std::min(static_cast<std::size_t>(gaps.size()), m_room.gaps);
        for (qsizetype i = 0; i < static_cast<qsizetype>(shown); ++i)
            m_pages.paragraph(tr("– %1").arg(gaps[i]));
        more(static_cast<std::size_t>(gaps.size()) - shown);
    }

    void signOff()
    {
        std::vector<QString> people;
        for (const ParticipantNamed& person : m_report.participants) {
            const bool everyone = m_room.people == kAll;
            if (people.size() == m_room.people || (!everyone && person.role == Role::Custodian))
                continue;
            const QString role = roleName(person.role, person.number);
            people.push_back(person.name.isEmpty() ? role : tr("%1: %2").arg(role, cut(person.name)));
        }
        m_pages.heading(tr("Sign-off"));
        m_pages.signatures({ { tr("Who"), 44 }, { tr("Signature"), 36 }, { tr("Date"), 20 } }, people);
    }

    TextPages m_pages;
    const Report& m_report;
    DrillResult m_result;
    const Room& m_room;
};

std::vector<WriteBody> bodiesOf(const Report& report)
{
    std::vector<WriteBody> bodies;
    for (const Room& room : rooms())
        bodies.emplace_back(
            [&report, &room](QTextDocument& document) { Certificate(document, report, room).write(); });
    return bodies;
}

} // namespace

void paintDrillCertificate(QPainter& painter, QPagedPaintDevice& device, const Report& report)
{
    paintOnePage(painter, device, Certificate::wordsOf(report), bodiesOf(report));
}

QByteArray drillCertificatePdf(const Report& report)
{
    return onePagePdf(Certificate::wordsOf(report), bodiesOf(report));
}

} // namespace conclave::ui
