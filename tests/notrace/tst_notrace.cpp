// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/codealphabet.h"
#include "core/base/processprotection.h"
#include "core/ceremony/background.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/passwordsharing.h"
#include "tests/notrace/freedmemory.h"
#include "tests/notrace/play.h"
#include "tests/notrace/randomtext.h"
#include "tests/notrace/spokenwords.h"
#include "ui/print/filledsheet.h"
#include "ui/rehearsal/pagename.h"
#include "ui/shell/wizardwindow.h"
#include "ui/theme/theme.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/secretview.h"
#include "ui/widgets/sharecard.h"
#include "ui/widgets/spokendigits.h"
#include "ui/widgets/spokenstate.h"
#include "ui/widgets/tick.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDirIterator>
#include <QProcess>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QVBoxLayout>
#include <QWindow>

#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace conclave;
using namespace conclave::notrace;

namespace {

/// Where the program believes to be at home; it can write nowhere else without being told to.
QString g_home;

void moveInto(const QTemporaryDir& home)
{
    g_home = home.path();
    qputenv("HOME", g_home.toLocal8Bit());
    for (const char* name :
        { "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "TMPDIR" }) {
        const QString folder = g_home + QLatin1Char('/') + QString::fromLatin1(name).toLower();
        QDir().mkpath(folder);
        qputenv(name, folder.toLocal8Bit());
    }
}

/// What is written to standard output and error goes into a file until this ends.
class Log {
public:
    explicit Log(const QString& path)
        : m_output(dup(STDOUT_FILENO))
        , m_error(dup(STDERR_FILENO))
    {
        std::fflush(nullptr);
        const int file
            = ::open(path.toLocal8Bit().constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
        dup2(file, STDOUT_FILENO);
        dup2(file, STDERR_FILENO);
        ::close(file);
    }
    Log(const Log&) = delete;
    Log& operator=(const Log&) = delete;
    ~Log()
    {
        std::fflush(nullptr);
        dup2(m_output, STDOUT_FILENO);
        dup2(m_error, STDERR_FILENO);
        ::close(m_output);
        ::close(m_error);
    }

private:
    int m_output;
    int m_error;
};

constexpr const char* kSteps[] = { "Prepare", "Old set", "Detect", "Scheme", "Hand out", "Initialise",
    "Import", "Generate", "Back up", "Restore", "Report" };

/// The same of a re-share: sheets, those of the old set until they were handed in, the PINs that nobody asks
/// for, and the DKEK from the opening of the old set until the new sheets are out: with the set that was made
/// of it, and for another one, should that become void.
int ownersInReshare(const QString& secret, ceremony::Step closed)
{
    using ceremony::Step;
    if (secret.startsWith(QStringLiteral("share ")))
        return 2;
    if (secret == QStringLiteral("old share 3") || secret == QStringLiteral("old share 4"))
        return closed == Step::Prepare ? 1 : 0;
    if (secret == QStringLiteral("DKEK"))
        return closed == Step::OldSet ? 1 : closed == Step::Scheme ? 2 : 0;
    return secret == QStringLiteral("user PIN") || secret.startsWith(QStringLiteral("SO-PIN")) ? 1 : 0;
}

/// Who may own a secret when a step is over: its custodian or officer, on paper, and the device.
int owners(Play::Scheme scheme, const QString& secret, ceremony::Step closed)
{
    if (scheme == Play::Scheme::Reshare)
        return ownersInReshare(secret, closed);
    const bool onPaper = secret.startsWith(QStringLiteral("share ")) || secret == QStringLiteral("user PIN")
        || secret == QStringLiteral("SO-PIN") || secret == QStringLiteral("SO-PIN's bytes")
        || secret == QStringLiteral("password");
    const bool onDevice = closed >= ceremony::Step::Initialise
        && (secret == QStringLiteral("user PIN") || secret == QStringLiteral("SO-PIN's bytes"));
    const bool dkekOnDevice = closed >= ceremony::Step::Import && secret == QStringLiteral("DKEK");
    // On the sheet of a share the check pairs stand between its two rows.
    const int places = secret.startsWith(QStringLiteral("share ")) ? 2 : onPaper ? 1 : 0;
    const bool forTheBackup = closed == ceremony::Step::Generate && secret == QStringLiteral("user PIN");
    return places + (onDevice || dkekOnDevice ? 1 : 0) + (forTheBackup ? 1 : 0);
}

/// Fields for secrets in which an input method could learn.
QStringList openToInputMethods(const QWidget& window)
{
    QStringList names;
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (dynamic_cast<const ui::SpokenState*>(widget) && widget->testAttribute(Qt::WA_InputMethodEnabled))
            names << widget->accessibleName();
    }
    return names;
}

bool extractText(const QString& pdf)
{
    QProcess reader;
    reader.start(
        QStringLiteral("pdftotext"), { QStringLiteral("-layout"), pdf, pdf + QStringLiteral(".txt") });
    return reader.waitForFinished() && reader.exitStatus() == QProcess::NormalExit && reader.exitCode() == 0;
}

QStringList filesBelow(const QString& folder)
{
    QStringList files;
    for (QDirIterator all(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories); all.hasNext();)
        files << all.next();
    return files;
}

/// As it would stand in a text that was made of it.
SecretBytes spoken(const SecretBytes& value)
{
    std::size_t size = 0;
    for (const std::uint8_t byte : value.view())
        size += static_cast<std::size_t>(ui::spokenPair(byte).size()) + 1;
    SecretBytes text(size);
    std::size_t at = 0;
    for (const std::uint8_t byte : value.view()) {
        for (const QChar letter : ui::spokenPair(byte))
            text[at++] = static_cast<std::uint8_t>(letter.toLatin1());
        text[at++] = ' ';
    }
    return text;
}

/// Pieces of several pairs: each pair by itself is one of the prepared words.
std::vector<Form> formsOfSpoken(const SecretBytes& value)
{
    constexpr std::size_t kLetters = 48;
    std::vector<Form> forms = formsOfText(spoken(value));
    std::erase_if(forms, [](const Form& form) { return !form.name.startsWith(QStringLiteral("text")); });
    for (Form& form : forms)
        form.window = kLetters * form.unit;
    return forms;
}

/// A failed comparison of lists tells their sizes only.
QString inOneLine(const Found& found)
{
    return found.lines().join(QStringLiteral("; "));
}

/// Everything that a ceremony let out, as far as this test looks.
struct Outcome {
    bool closed = false;
    QStringList measured; ///< for people
    QStringList traces;
    QSet<QString> codes; ///< one may be a coincidence, see shortcodes.h
};

} // namespace

class TestNoTrace : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCeremonyLeavesNoTrace_data()
    {
        QTest::addColumn<Play::Scheme>("scheme");
        QTest::newRow("custodians") << Play::Scheme::Custodians;
        QTest::newRow("password") << Play::Scheme::Password;
        QTest::newRow("re-share") << Play::Scheme::Reshare;
    }

    void aCeremonyLeavesNoTrace()
    {
        QFETCH(const Play::Scheme, scheme);
        TraceSearch search;
        ShortCodes codes;
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const Outcome outcome = play(scheme, g_home + QStringLiteral("/ceremony-") + name, search, codes);
        for (const QString& line : outcome.measured)
            qInfo("%s", qPrintable(line));
        for (const QString& line : outcome.traces)
            qWarning("%s", qPrintable(line));
        QVERIFY(outcome.closed);
        QVERIFY(outcome.traces.isEmpty());
        QVERIFY2(outcome.codes.size() <= 1,
            qPrintable(QStringList(outcome.codes.values()).join(QStringLiteral("; "))));
        lookAtFiles(search, codes);
    }

    // The keys of the ceremony's people go straight to the widgets; these come through the window system's
    // queue.
    void whatIsTypedAndShownIsInNoString()
    {
        const SecretBytes value = *dkek::opensslRandom()(16);
        const SecretBytes password = randomText(16);
        TraceSearch search;
        search.add(QStringLiteral("value"), formsOfBytes(value));
        search.add(QStringLiteral("password"), formsOfText(password));
        search.add(QStringLiteral("value as spoken"), formsOfSpoken(value));
        {
            QWidget window;
            QString heard;
            connect(qApp, &QApplication::focusChanged, &window, [&heard](QWidget*, QWidget* now) {
                if (const QAccessibleInterface* object = QAccessible::queryAccessibleInterface(now))
                    heard = object->text(QAccessible::Name);
            });
            auto* column = new QVBoxLayout(&window);
            auto* field = new ui::SecretField(ui::SecretField::Accept::Any, 16);
            auto* entry = new ui::HexEntry(16, QStringLiteral("Share value"));
            auto* card = new ui::ShareCard;
            auto* view = new ui::SecretView;
            auto* aloud = new ui::ReadAloud;
            for (QWidget* widget : std::initializer_list<QWidget*>{ field, entry, card, view, aloud })
                column->addWidget(widget);
            window.show();
            window.activateWindow();
            QVERIFY(QTest::qWaitForWindowActive(&window));
            field->setFocus();
            field->setRevealed(true);
            for (const std::uint8_t character : password.view()) {
                QTest::keyClick(window.windowHandle(), static_cast<char>(character));
                window.grab();
            }
            entry->setFocus();
            entry->setReadAloud(true);
            for (const std::uint8_t byte : value.view()) {
                for (const int digit : { byte >> 4, byte & 0x0F })
                    QTest::keyClick(window.windowHandle(), "0123456789abcdef"[digit]);
                window.grab();
            }
            QVERIFY(entry->value() == value);
            QVERIFY(SecretBytes(field->view()) == password);
            entry->setExpected(&value);
            card->show(value, 3, value, {});
            view->show(password.clone());
            window.grab();
            aloud->findChild<ui::Tick*>()->click();
            aloud->offer(card->lines());
            aloud->findChild<ui::Tick*>()->setFocus();
            QTest::keyClick(window.windowHandle(), Qt::Key_Tab);
            for (std::size_t i = 0; i < 3 * value.size(); ++i)
                QTest::keyClick(window.windowHandle(), Qt::Key_Right);
            QCOMPARE(heard, QStringLiteral("That was all"));
            card->showRow(1, 2, value.view().last(8));
            window.grab();
            QCOMPARE(inOneLine(search.inMemory()), QString());
            entry->setExpected(nullptr);
        }
        const Found found = search.inMemory();
        QVERIFY(keptMemory().all);
        letGoOfFreedMemory(keptMemory().blocks);
        QCOMPARE(inOneLine(found), QString());
        QCOMPARE(found.owned(QStringLiteral("value")), 1);
        QCOMPARE(found.owned(QStringLiteral("password")), 1);
    }

    // In a thread, as in a turn; the pieces that libcups would get are counted and let go.
    void whatIsPrintedIsInNoString()
    {
        const SecretBytes value = *dkek::opensslRandom()(16);
        TraceSearch search;
        search.add(QStringLiteral("value"), formsOfBytes(value));
        search.add(QStringLiteral("rows of the sheet"), formsOfBytes(dkek::sheetRows(3, value)));
        ui::SheetFacts sheet;
        sheet.id = 3;
        sheet.prime = Bytes(value.size(), 0xf3);
        std::size_t sent = 0;
        const auto printed = ceremony::inBackground(*QThreadPool::globalInstance(),
            [&sent, sheet, secret = ui::SheetSecret{ value.clone(), randomText(4, kCodeAlphabet) }] {
                const ui::FilledSheet page(sheet, secret);
                return page.writePdf([&sent](ByteView piece) {
                    sent += piece.size();
                    return true;
                });
            });
        QVERIFY(QTest::qWaitFor([&printed] { return printed.isFinished(); }, 60'000));
        QVERIFY(printed.result() && sent > 4'000'000);
        const Found found = search.inMemory();
        QVERIFY(keptMemory().all);
        letGoOfFreedMemory(keptMemory().blocks);
        QCOMPARE(found.lines(), QStringList());
        QCOMPARE(found.owned(QStringLiteral("value")), 1);
    }

private:
    static Outcome play(Play::Scheme scheme, const QString& folder, TraceSearch& search, ShortCodes& codes)
    {
        Outcome outcome;
        const QString marker = QStringLiteral("not from the ceremony");
        QGuiApplication::clipboard()->setText(marker);
        QGuiApplication::clipboard()->setText(marker, QClipboard::Selection);
        const Log log(folder + QStringLiteral(".log"));
        SpokenWords words(folder + QStringLiteral(".spoken"));
        Play play(folder, scheme, search, codes);
        codes.noteWhatIsThere();

        std::size_t blocks = 0;
        const auto look = [&](const QString& when) {
            const Kept kept = keptMemory();
            Found found = search.inMemory();
            for (const QString& line : found.lines())
                outcome.traces << when + QStringLiteral(": ") + line;
            for (const Sight& sight : codes.inMemory())
                outcome.codes << sight.code;
            // A report is made of millions of blocks, and of no secret.
            if (!kept.all && when != ui::pageName(ui::PageId::Report))
                outcome.traces << when + QStringLiteral(": more was freed than could be kept");
            blocks += kept.blocks;
            letGoOfFreedMemory(kept.blocks);
            if (found.coverage.unreadable != 0)
                outcome.traces << QStringLiteral("%1: %2 bytes cannot be read, of %3")
                                      .arg(when)
                                      .arg(found.coverage.unreadable)
                                      .arg(QString::fromUtf8(found.coverage.unreadableIn));
            return found;
        };
        const auto measure = [&](const QString& when) {
            Found found = look(when);
            outcome.measured << QStringLiteral(
                "after %1  memory hits: %2  (living secrets: %3; searched: %4 MB, %5 freed blocks)")
                                    .arg(when, -12)
                                    .arg(found.traces())
                                    .arg(found.owned())
                                    .arg(found.coverage.looked >> 20)
                                    .arg(blocks);
            blocks = 0;
            return found;
        };
        Play::Watch watch;
        watch.filled = [&](const QString& page) {
            look(page);
            words.readScreen(play.window());
            for (const QString& field : openToInputMethods(play.window()))
                outcome.traces << page + QStringLiteral(": input method in ") + field;
        };
        watch.closed = [&](ceremony::Step step) {
            const QString when = QString::fromLatin1(kSteps[static_cast<int>(step)]);
            const Found found = measure(when);
            for (const QString& secret : search.secrets()) {
                if (found.owned(secret) != owners(scheme, secret, step))
                    outcome.traces
                        << QStringLiteral("%1: %2 has %3 owners").arg(when, secret).arg(found.owned(secret));
            }
        };
        outcome.closed = play.toTheEnd(watch);

        if (!play.everybodyLeaves())
            outcome.traces << QStringLiteral("The program keeps the device that was taken out.");
        const Found left = measure(QStringLiteral("the report"));
        if (left.owned() != 0)
            outcome.traces << QStringLiteral("The program still owns secrets.");
        for (const QClipboard::Mode mode : { QClipboard::Clipboard, QClipboard::Selection }) {
            if (mode != QClipboard::Selection || QGuiApplication::clipboard()->supportsSelection()) {
                if (QGuiApplication::clipboard()->text(mode) != marker)
                    outcome.traces << QStringLiteral("The clipboard was used.");
            }
        }
        return outcome;
    }

    static void lookAtFiles(const TraceSearch& search, const ShortCodes& codes)
    {
        int reports = 0;
        for (const QString& file : filesBelow(g_home)) {
            if (file.endsWith(QStringLiteral(".pdf"))) {
                ++reports;
                QVERIFY(extractText(file));
            }
        }
        QVERIFY(reports > 0);
        QStringList traces;
        QSet<QString> shortOnes;
        const QStringList files = filesBelow(g_home);
        for (const QString& file : files) {
            for (const QString& line : search.inFile(file).lines())
                traces << file + QStringLiteral(": ") + line;
            for (const Sight& sight : codes.inFile(file))
                shortOnes << sight.code;
        }
        qInfo("hits in %d files, settings, log and spoken words among them: %d",
            static_cast<int>(files.size()), static_cast<int>(traces.size()));
        QCOMPARE(traces.join(QStringLiteral("; ")), QString());
        QVERIFY2(
            shortOnes.size() <= 1, qPrintable(QStringList(shortOnes.values()).join(QStringLiteral("; "))));
    }
};

int main(int argc, char** argv)
{
    ProcessMemory::open();
    static_cast<void>(protectProcess());
    keepFreedMemory();
    const QTemporaryDir home;
    moveInto(home);
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    QApplication application(argc, argv);
    ui::Theme::install(application, false);
    TestNoTrace test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_notrace.moc"
