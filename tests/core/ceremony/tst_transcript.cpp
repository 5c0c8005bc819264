// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/transcript.h"

#include <QCryptographicHash>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#ifdef __linux__
#include <csignal>
#include <sys/resource.h>
#endif

#include <cstdio>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

const QDateTime kTime(QDate(2026, 11, 23), QTime(10, 24, 5, 120), Qt::OffsetFromUTC, 3600);
const char kZeros[] = "0000000000000000000000000000000000000000000000000000000000000000";
const char kHoldArgument[] = "--hold";

QByteArray hashOf(const QByteArray& line)
{
    return QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
}

QByteArray openedLine()
{
    return QByteArray(R"({"seq":0,"time":"2026-11-23T10:24:05.120+01:00","event":"opened","previous":")")
        + kZeros
        + R"(","ceremony":"EX-2026-0417","program":"Conclave 1.0.0","rehearsal":true,"continues":""})";
}

QByteArray namedLine(int seq, const QByteArray& previous)
{
    return R"({"seq":)" + QByteArray::number(seq)
        + R"(,"time":"2026-11-23T10:25:00.000+01:00","event":"participantNamed","previous":")" + previous
        + R"(","role":"custodian","number":)" + QByteArray::number(seq)
        + R"(,"name":"M\u00fcller \u2014 \ud83d\udd11","identityCheckedBy":""})";
}

/// Lines as another program might write them.
QByteArrayList foreignLines(int count)
{
    QByteArrayList lines{ openedLine() };
    while (lines.size() < count)
        lines.append(namedLine(static_cast<int>(lines.size()), hashOf(lines.last())));
    return lines;
}

QByteArray fileOf(const QByteArrayList& lines)
{
    return lines.join('\n') + '\n';
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writeTo(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

/// A deviation whose line has exactly this length.
QByteArray lineOfLength(qsizetype length)
{
    const auto line = [](qsizetype text) {
        return encodeLine(1, kTime, DeviationNoted{ QString(text, QLatin1Char('x')), {} },
            QString::fromLatin1(hashOf(openedLine())));
    };
    return line(length - line(0).size());
}

} // namespace

class TestTranscript : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lineHoldsWhatTheFormatNames()
    {
        const QByteArray line = encodeLine(7, kTime, TurnBegan{ 1, 3 }, QString(64, QLatin1Char('a')));
        QVERIFY(!line.contains('\n'));
        const QJsonObject expected{ { QStringLiteral("seq"), 7 },
            { QStringLiteral("time"), QStringLiteral("2026-11-23T10:24:05.120+01:00") },
            { QStringLiteral("event"), QStringLiteral("turnBegan") },
            { QStringLiteral("previous"), QString(64, QLatin1Char('a')) }, { QStringLiteral("number"), 1 },
            { QStringLiteral("id"), 3 } };
        QJsonParseError error;
        QCOMPARE(QJsonDocument::fromJson(line, &error).object(), expected);
        QCOMPARE(error.error, QJsonParseError::NoError);
    }

    void lineBreaksInTextsDoNotBreakLines()
    {
        const QByteArray line = encodeLine(
            1, kTime, DeviationNoted{ QStringLiteral("one\ntwo\r\n\u2028three"), {} }, noPrevious());
        QVERIFY(!line.contains('\n'));
        QVERIFY(!line.contains('\r'));
        const auto read = decodeLine(line, 1, noPrevious());
        QVERIFY(read);
        QCOMPARE(std::get<DeviationNoted>(read->event).text, QStringLiteral("one\ntwo\r\n\u2028three"));
    }

    void linesOfAnotherWriterAreRead()
    {
        const QByteArrayList lines = foreignLines(4);
        const auto loaded = parseTranscript(fileOf(lines));
        QVERIFY(loaded);
        QVERIFY(!loaded->tornLine);
        QCOMPARE(loaded->soundBytes, fileOf(lines).size());
        QCOMPARE(loaded->events.size(), std::size_t{ 4 });
        QCOMPARE(loaded->events[0].time, kTime);
        QCOMPARE(loaded->events[0].time.offsetFromUtc(), 3600);
        for (std::size_t i = 0; i < 4; ++i) {
            QCOMPARE(loaded->events[i].seq, static_cast<int>(i));
            QCOMPARE(loaded->events[i].lineSha256.toLatin1(), hashOf(lines[static_cast<qsizetype>(i)]));
        }
        const auto& named = std::get<ParticipantNamed>(loaded->events[3].event);
        QCOMPARE(named.role, Role::Custodian);
        QCOMPARE(named.number, 3);
        QCOMPARE(named.name, QString::fromUtf16(u"M\u00fcller \u2014 \U0001F511"));
    }

    void anyChangedBitInAnyLineButTheLastIsFound()
    {
        const QByteArrayList lines = foreignLines(3);
        const QByteArray file = fileOf(lines);
        const qsizetype lastBegins = lines[0].size() + 1 + lines[1].size() + 1;
        for (qsizetype i = 0; i < lastBegins; ++i) {
            for (int bit = 0; bit < 8; ++bit) {
                QByteArray changed = file;
                changed[i] = static_cast<char>(changed[i] ^ (1 << bit));
                const auto loaded = parseTranscript(changed);
                QVERIFY2(!loaded, changed.constData());
                QVERIFY(loaded.error().kind == ErrorKind::TranscriptBroken
                    || loaded.error().kind == ErrorKind::NotATranscript);
                QVERIFY(loaded.error().number.has_value());
            }
        }
    }

    void linesLeftOutSwappedOrRepeatedAreFound_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<int>("number");
        const QByteArrayList all = foreignLines(5);
        QTest::newRow("first left out") << all.mid(1) << 0;
        QTest::newRow("left out") << QByteArrayList{ all[0], all[1], all[3], all[4] } << 2;
        QTest::newRow("swapped") << QByteArrayList{ all[0], all[2], all[1], all[3] } << 1;
        QTest::newRow("repeated") << QByteArrayList{ all[0], all[1], all[1], all[2] } << 2;
        QTest::newRow("empty line") << QByteArrayList{ all[0], QByteArray(), all[1] } << 1;
        QTest::newRow("empty file but for a line break") << QByteArrayList{ QByteArray() } << 0;
        QTest::newRow("second opening") << QByteArrayList{ all[0], all[1], all[0] } << 2;
        QByteArray secondOpening = openedLine();
        secondOpening.replace(R"("seq":0)", R"("seq":1)").replace(kZeros, hashOf(all[0]));
        QTest::newRow("second opening, linked") << QByteArrayList{ all[0], secondOpening } << 1;
        QTest::newRow("no opening") << QByteArrayList{ namedLine(0, kZeros) } << 0;
        QTest::newRow("first line with a link")
            << QByteArrayList{ openedLine().replace(kZeros, QByteArray(64, 'a')) } << 0;
        QTest::newRow("upper-case link")
            << QByteArrayList{ all[0], namedLine(1, hashOf(all[0]).toUpper()) } << 1;
    }
    void linesLeftOutSwappedOrRepeatedAreFound()
    {
        QFETCH(QByteArrayList, lines);
        QFETCH(int, number);
        const auto loaded = parseTranscript(fileOf(lines));
        QVERIFY(!loaded);
        QCOMPARE(loaded.error().number, std::optional<int>(number));
    }

    void tornLastLineIsLeftOutAndSaid()
    {
        const QByteArrayList lines = foreignLines(3);
        const QByteArray file = fileOf(lines);
        for (qsizetype size = 0; size <= file.size(); ++size) {
            const auto loaded = parseTranscript(file.first(size));
            const auto whole = file.first(size).count('\n');
            QCOMPARE(loaded.has_value(), whole > 0);
            if (!loaded) {
                QCOMPARE(loaded.error().kind, ErrorKind::NotATranscript);
                continue;
            }
            QCOMPARE(loaded->events.size(), static_cast<std::size_t>(whole));
            QCOMPARE(loaded->tornLine, !file.first(size).endsWith('\n'));
            QCOMPARE(loaded->soundBytes, file.lastIndexOf('\n', size - 1) + 1);
        }
    }

    void longestLineIs64KiB()
    {
        const QByteArray longest = lineOfLength(65536);
        QCOMPARE(longest.size(), 65536);
        QVERIFY(parseTranscript(fileOf({ openedLine(), longest })));
        const QByteArray longer = lineOfLength(65537);
        QCOMPARE(longer.size(), 65537);
        const auto refused = parseTranscript(fileOf({ openedLine(), longer }));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::NotATranscript);
        QCOMPARE(refused.error().number, std::optional<int>(1));
    }

    void hostileLinesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        const auto changed = [](const char* from, const char* to) {
            QByteArray line = openedLine();
            const qsizetype at = line.indexOf(from);
            return line.replace(at, static_cast<qsizetype>(qstrlen(from)), to);
        };
        QTest::newRow("no JSON") << QByteArray("opened");
        QTest::newRow("empty object") << QByteArray("{}");
        QTest::newRow("array") << QByteArray("[" + openedLine() + "]");
        QTest::newRow("two objects") << QByteArray(openedLine() + openedLine());
        QTest::newRow("comment") << QByteArray(openedLine() + "//");
        QTest::newRow("carriage return inside") << changed("opened", "ope\rned");
        QTest::newRow("nested without end") << QByteArray(60000, '[');
        QTest::newRow("nested objects") << QByteArray("{\"a\":").repeated(10000);
        QTest::newRow("not UTF-8") << changed("EX-2026", "EX-\xff\xfe");
        QTest::newRow("overlong UTF-8") << changed("EX-2026", "EX-\xc0\xaf");
        QTest::newRow("zero byte") << changed("EX-2026", "EX").replace("EX-", QByteArray("E\0-", 3));
        QTest::newRow("cut short") << openedLine().chopped(1);
        QTest::newRow("seq as text") << changed(R"("seq":0)", R"("seq":"0")");
        QTest::newRow("seq as fraction") << changed(R"("seq":0)", R"("seq":0.5)");
        QTest::newRow("seq negative") << changed(R"("seq":0)", R"("seq":-1)");
        QTest::newRow("seq huge") << changed(R"("seq":0)", R"("seq":18446744073709551616)");
        QTest::newRow("no seq") << changed(R"("seq":0,)", "");
        QTest::newRow("time without offset") << changed("+01:00", "");
        QTest::newRow("time without meaning") << changed("2026-11-23", "2026-13-45");
        QTest::newRow("time as number") << changed(R"("2026-11-23T10:24:05.120+01:00")", "1795425845");
        QTest::newRow("no time") << changed(R"("time":"2026-11-23T10:24:05.120+01:00",)", "");
        QTest::newRow("unknown event") << changed(R"("opened")", R"("openedAgain")");
        QTest::newRow("event in capitals") << changed(R"("opened")", R"("Opened")");
        QTest::newRow("event as number") << changed(R"("opened")", "1");
        QTest::newRow("previous as number") << changed(kZeros, "0").replace(R"("0")", "0");
        QTest::newRow("member missing") << changed(R"(,"rehearsal":true)", "");
        QTest::newRow("member null") << changed(R"("rehearsal":true)", R"("rehearsal":null)");
        QTest::newRow("member of another type") << changed(R"("rehearsal":true)", R"("rehearsal":1)");
        QTest::newRow("unknown member") << changed(R"(,"rehearsal")", R"(,"pin":"x","rehearsal")");
    }
    void hostileLinesAreRefused()
    {
        QFETCH(QByteArray, line);
        const auto loaded = parseTranscript(line + '\n');
        QVERIFY(!loaded);
        QVERIFY(loaded.error().kind == ErrorKind::NotATranscript
            || loaded.error().kind == ErrorKind::TranscriptBroken);
        QCOMPARE(loaded.error().number, std::optional<int>(0));
    }

    void checkpointCodeIsTheFirst40BitsOfTheLastLine()
    {
        for (const QByteArray& line : foreignLines(20)) {
            const QByteArray hash = QCryptographicHash::hash(line, QCryptographicHash::Sha256);
            quint64 bits = 0;
            for (int i = 0; i < 5; ++i)
                bits = bits << 8 | static_cast<unsigned char>(hash[i]);
            QString expected;
            for (int shift = 35; shift >= 0; shift -= 5)
                expected += QLatin1Char("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(bits >> shift) & 31]);
            expected.insert(4, QLatin1Char(' '));
            QCOMPARE(checkpointCodeOf(QString::fromLatin1(hash.toHex())), expected);
        }
        QCOMPARE(checkpointCodeOf(QString()), QString());
    }

    void whatIsAppendedStandsInTheFileAndLoads()
    {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("EX-2026-0417"));
        const QByteArrayList lines = foreignLines(3);
        {
            const auto created = Transcript::create(folder);
            QVERIFY(created);
            for (const QByteArray& line : lines)
                QVERIFY((*created)->append(line));
            QCOMPARE(contentOf(folder + QStringLiteral("/transcript.jsonl")), fileOf(lines));
        }
        const auto opened = Transcript::open(folder);
        QVERIFY(opened);
        QCOMPARE(opened->second.events.size(), std::size_t{ 3 });
        const QByteArray next = namedLine(3, hashOf(lines.last()));
        QVERIFY(opened->first->append(next));
        QCOMPARE(contentOf(folder + QStringLiteral("/transcript.jsonl")), fileOf(lines) + next + '\n');
    }

    void tornLineGivesWayToTheNextLine_data()
    {
        QTest::addColumn<qsizetype>("size");
        QTest::newRow("shorter than the next line") << qsizetype{ 40 };
        QTest::newRow("longer than the next line") << qsizetype{ 1000 };
    }
    void tornLineGivesWayToTheNextLine()
    {
        QFETCH(qsizetype, size);
        const QByteArray torn = lineOfLength(2000).first(size);
        const QTemporaryDir dir;
        const QByteArrayList lines = foreignLines(2);
        const QString path = dir.filePath(QStringLiteral("transcript.jsonl"));
        writeTo(path, fileOf(lines) + torn);
        // However often the process ends before it has recorded that a line was torn.
        for (int i = 0; i < 2; ++i) {
            const auto opened = Transcript::open(dir.path());
            QVERIFY(opened);
            QVERIFY(opened->second.tornLine);
            QCOMPARE(contentOf(path), fileOf(lines) + torn);
        }
        const QByteArray next = namedLine(2, hashOf(lines.last()));
        {
            const auto opened = Transcript::open(dir.path());
            QVERIFY(opened);
            QVERIFY(opened->first->append(next));
            QCOMPARE(contentOf(path), fileOf(lines) + next + '\n');
        }
        const auto again = Transcript::open(dir.path());
        QVERIFY(again);
        QVERIFY(!again->second.tornLine);
        QCOMPARE(again->second.events.size(), std::size_t{ 3 });
    }

    void brokenTranscriptIsNotTouched()
    {
        const QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("transcript.jsonl"));
        const QByteArray content = openedLine() + "\n{}\n{\"seq\":2";
        writeTo(path, content);
        QCOMPARE(Transcript::open(dir.path()).error().kind, ErrorKind::TranscriptBroken);
        QCOMPARE(contentOf(path), content);
    }

    void anotherTranscriptIsNeverOverwritten()
    {
        const QTemporaryDir dir;
        writeTo(dir.filePath(QStringLiteral("transcript.jsonl")), fileOf(foreignLines(1)));
        QCOMPARE(Transcript::create(dir.path()).error().kind, ErrorKind::FileExists);
        QCOMPARE(contentOf(dir.filePath(QStringLiteral("transcript.jsonl"))), fileOf(foreignLines(1)));
    }

    void transcriptThatNeverBeganIsBegunAnew()
    {
        for (const QByteArray& content : { QByteArray(), openedLine().first(30) }) {
            const QTemporaryDir dir;
            const QString path = dir.filePath(QStringLiteral("transcript.jsonl"));
            writeTo(path, content);
            QCOMPARE(Transcript::open(dir.path()).error().kind, ErrorKind::NotATranscript);
            const auto created = Transcript::create(dir.path());
            QVERIFY(created);
            QVERIFY((*created)->append(openedLine()));
            QCOMPARE(contentOf(path), openedLine() + '\n');
        }
    }

    void missingAndUnwritableFoldersAreToldApart()
    {
        const QTemporaryDir dir;
        QCOMPARE(
            Transcript::open(dir.filePath(QStringLiteral("none"))).error().kind, ErrorKind::FileUnreadable);
        writeTo(dir.filePath(QStringLiteral("file")), "x");
        QCOMPARE(Transcript::create(dir.filePath(QStringLiteral("file/x"))).error().kind,
            ErrorKind::FileUnwritable);
    }

    void oneOwnerAtATime()
    {
        const QTemporaryDir dir;
        const QString folder = dir.filePath(QStringLiteral("one"));
        auto created = Transcript::create(folder);
        QVERIFY(created);
        QVERIFY((*created)->append(openedLine()));
        QCOMPARE(Transcript::open(folder).error().kind, ErrorKind::CeremonyInUse);
        created->reset();
        QVERIFY(Transcript::open(folder));
    }

    void folderHeldByAnotherProcessIsInUseUntilThatIsGone()
    {
        const QTemporaryDir dir;
        writeTo(dir.filePath(QStringLiteral("transcript.jsonl")), fileOf(foreignLines(1)));
        QProcess other;
        other.start(
            QCoreApplication::applicationFilePath(), { QString::fromLatin1(kHoldArgument), dir.path() });
        QVERIFY(other.waitForReadyRead());
        QCOMPARE(other.readAllStandardOutput().trimmed(), QByteArray("held"));
        QCOMPARE(Transcript::open(dir.path()).error().kind, ErrorKind::CeremonyInUse);
        other.kill(); // its lock file stays behind
        QVERIFY(other.waitForFinished());
        QVERIFY(QFile::exists(dir.filePath(QStringLiteral(".lock"))));
        QVERIFY(Transcript::open(dir.path()));
    }

#ifdef __linux__
    void halfALineThatFoundNoRoomIsTakenBack()
    {
        const QTemporaryDir dir;
        const QByteArrayList lines = foreignLines(2);
        auto created = Transcript::create(dir.path());
        QVERIFY(created);
        QVERIFY((*created)->append(lines[0]));

        std::signal(SIGXFSZ, SIG_IGN);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        rlimit full = before;
        full.rlim_cur = static_cast<rlim_t>(lines[0].size() + 50);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &full), 0);
        const Status refused = (*created)->append(lines[1]);
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);

        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::FileUnwritable);
        const QString path = dir.filePath(QStringLiteral("transcript.jsonl"));
        QCOMPARE(contentOf(path), lines[0] + '\n');
        QVERIFY((*created)->append(lines[1]));
        QCOMPARE(contentOf(path), fileOf(lines));
    }
#endif
};

int main(int argc, char** argv)
{
    if (argc == 3 && qstrcmp(argv[1], kHoldArgument) == 0) {
        const auto held = Transcript::open(QString::fromLocal8Bit(argv[2]));
        std::puts(held ? "held" : "refused");
        std::fflush(stdout);
        static_cast<void>(std::getchar()); // until it is killed
        return 0;
    }
    const QCoreApplication app(argc, argv);
    TestTranscript test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_transcript.moc"
