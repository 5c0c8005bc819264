// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/ceremony/oldset.h"
#include "core/ceremony/recordscheck.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/sharefile.h"
#include "core/simulator/simulatedhsm.h"
#include "tests/support/othertoolsset.h"
#include "tests/ui/longlanguage.h"
#include "tests/ui/person.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/page.h"
#include "ui/text/errortext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/hexentry.h"

#include <QLineEdit>
#include <QSpinBox>

#include <functional>
#include <map>
#include <set>

using namespace conclave;
using namespace conclave::ui;

namespace {

constexpr int kCeremonyMs = 60'000;
constexpr std::uint32_t kRounds = 1000;

/// A set of an earlier ceremony, 2 of 4, saved in this folder.
ceremony::FreshSet earlierSet(const QString& folder, int shareFile = 1, int shareFiles = 1)
{
    ceremony::SetOrder order;
    order.rule = { {}, {}, 2, 4, 64 };
    order.number = shareFile;
    order.of = shareFiles;
    order.ceremonyId = QStringLiteral("EX-2020-0001");
    order.deviceSerial = QStringLiteral("DESIM0000001");
    order.rounds = { kRounds };
    auto set = ceremony::makeSet(order);
    if (!set || !ceremony::saveSet(folder, *set))
        qFatal("no set");
    return std::move(*set);
}

QString writtenFile(const QString& path, const Bytes& content)
{
    QFile file(path);
    const auto size = static_cast<qint64>(content.size());
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char*>(content.data()), size) != size)
        qFatal("no file");
    return path;
}

/// People at the window of a rehearsal.
struct Room : Person {
    Room()
        : Person([](ceremony::Environment& environment) {
            environment.rounds = dkek::KdfRounds{ kRounds };
            environment.verifierCost = { 16, 1, 1 };
        })
    {
        readers.insert(QStringLiteral("Simulated reader"), device);
    }

    [[nodiscard]] ceremony::Ceremony& ceremony() const { return *window->ceremony(); }
    /// Without the marks that keep values in order.
    [[nodiscard]] QString plainNote() const { return note().remove(QChar(0x2066)).remove(QChar(0x2069)); }
    [[nodiscard]] CeremonyView& view() const { return *window->ceremonyView(); }
    [[nodiscard]] bool isAt(PageId page) const
    {
        return window->ceremonyView() && view().pageId() == page && !ceremony().writing();
    }
    [[nodiscard]] bool reach(PageId page) const
    {
        const bool reached = QTest::qWaitFor([&] { return isAt(page); }, kCeremonyMs);
        if (!reached && window->ceremonyView())
            qWarning("The ceremony is at page %s.", qPrintable(pageName(view().pageId())));
        settle();
        return reached;
    }

    /// Through the file dialog.
    [[nodiscard]] bool chooseFile(const QString& path) const
    {
        return press(QStringLiteral("Choose the share file")) && pick(path);
    }

    /// From the start page to the choice of the old set, and this file.
    [[nodiscard]] bool bring(const QString& path)
    {
        auto* tile = window->findChild<Tile*>(QStringLiteral("reshare"));
        if (!QTest::qWaitForWindowActive(window.get()) || !hands::press(*tile)
            || !playTo(PageId::OldSet, [] { return false; }))
            return false;
        return chooseFile(path) && QTest::qWaitFor([this] { return view().footer().primary()->isEnabled(); });
    }

    [[nodiscard]] bool liftCurtain() const
    {
        if (!reach(PageId::Curtain))
            return false;
        for (Tick* tick : shown<Tick>(*view().page()))
            hands::press(*tick);
        return press(QStringLiteral("I am a custodian")) && reach(PageId::Entry);
    }

    /// The people of the rehearsal play up to this page; `act` takes a page over when it says so.
    bool playTo(PageId last, const std::function<bool()>& act)
    {
        ScriptedPeople people(ceremony());
        return QTest::qWaitFor(
            [&] {
                if (view().pageId() == last)
                    return true;
                if (ceremony().writing() || act() || !people.fill(view()) || !ScriptedPeople::canGoOn(view()))
                    return false;
                ScriptedPeople::goOn(view());
                return false;
            },
            kCeremonyMs);
    }

    /// A sheet as it was shown, or with another last pair.
    bool handIn(int id, bool right) const
    {
        SecretBytes value = sheets.at(id).clone();
        if (!right)
            value[value.size() - 1] ^= 0x01;
        return reach(PageId::Curtain) && ceremony().liftCurtain() && reach(PageId::Entry)
            && ceremony().enterShare({ id, std::move(value) }, {});
    }

    void noteSheet()
    {
        if (const dkek::CustodianShare* share = ceremony().shareOnShow())
            sheets.insert_or_assign(share->id, share->value.clone());
    }

    std::shared_ptr<simulator::SimulatedHsm> device = std::make_shared<simulator::SimulatedHsm>();
    std::map<int, SecretBytes> sheets;
};

/// An establishment of 2 of 4 up to the import; `bits` 64 has no verifiers.
bool establishUpToImport(Room& room, int bits)
{
    room.window->establish();
    return room.playTo(PageId::Import, [&] {
        room.noteSheet();
        return room.view().pageId() == PageId::Scheme
            && room.ceremony().chooseScheme({ { { {}, {}, 2, 4, bits } } });
    });
}

} // namespace

class TestReshare : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
    }

    void withOneSheetMoreTheWrongOneIsFound()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 64));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(3, false));
        QVERIFY(room.reach(PageId::Trouble));
        room.takePicture("do not open");
        QCOMPARE(room.faults(), QString());
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.note().contains(QStringLiteral("at least one of them is wrong")));
        room.takePicture("one more");
        QCOMPARE(room.faults(), QString());
        QVERIFY(room.press(QStringLiteral("Call one more custodian")));
        QVERIFY(room.handIn(4, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
        QVERIFY(room.ceremony().state().kcvCompared);
        bool named = false;
        for (const Note* note : shown<Note>(*room.window))
            named = named || note->text().startsWith(QStringLiteral("The sheet with share ID 3 "));
        QVERIFY(named);
        room.takePicture("found");
        QCOMPARE(room.faults(), QString());
    }

    void aSheetThatTheCompanionDoesNotKnowIsTypedAgain()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 128));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(3, false));
        QVERIFY(room.reach(PageId::Trouble));
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.note().startsWith(QStringLiteral("The sheet with share ID 3 ")));
        QVERIFY(room.press(QStringLiteral("Call the next custodian")));
        QVERIFY(room.handIn(3, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
    }

    void aSheetOfAnotherSetIsRefusedAtOnce_data()
    {
        QTest::addColumn<bool>("withCode");
        QTest::newRow("by its check code") << true;
        QTest::newRow("by the companion") << false;
    }

    void aSheetOfAnotherSetIsRefusedAtOnce()
    {
        QFETCH(const bool, withCode);
        Room room;
        QVERIFY(establishUpToImport(room, 128));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.liftCurtain());
        const auto& made = *room.ceremony().state().sets.front().made;
        const Bytes prime = fromHex(made.prime).value();
        // As on a sheet of another set: check pairs and code fit its own value.
        dkek::CustodianShare other{ 3, room.sheets.at(3).clone() };
        other.value[other.value.size() - 1] ^= 0x01;
        Bytes anotherPrime = prime;
        anotherPrime[0] ^= 0x01;
        auto* number = shown<QSpinBox>(*room.window).front();
        hands::selectAll(*number);
        hands::type(*number, QStringLiteral("3"));
        hands::typeHex(*shown<HexEntry>(*room.window).front(), dkek::sheetRows(3, other.value));
        if (withCode)
            hands::type(*shown<CodeField>(*room.window).front(), dkek::checkCode(anotherPrime, other));
        else
            QVERIFY(room.press(QStringLiteral("My sheet has no check code")));
        QVERIFY(room.press(QStringLiteral("Hand in share 3")));
        const QString sentence = withCode ? QStringLiteral("this sheet is of another set than %1.")
                                          : QStringLiteral("Share 3 is not one of the set %1,");
        QTRY_VERIFY2(room.plainNote().contains(sentence.arg(made.set)), qPrintable(room.plainNote()));
        QTRY_VERIFY(!shown<Note>(*room.window).front()->visibleRegion().isEmpty());
        QVERIFY(room.isAt(PageId::Entry));
        QVERIFY(room.ceremony().state().sets.front().received.empty());
        room.takePicture("another set");
        QCOMPARE(room.faults(), QString());
        // The right sheet is taken, also without a code.
        QVERIFY(room.press(QStringLiteral("Clear")));
        hands::selectAll(*number);
        hands::type(*number, QStringLiteral("3"));
        hands::typeHex(*shown<HexEntry>(*room.window).front(), dkek::sheetRows(3, room.sheets.at(3)));
        if (withCode)
            QVERIFY(room.press(QStringLiteral("My sheet has no check code")));
        QVERIFY(room.press(QStringLiteral("Hand in share 3")));
        QTRY_COMPARE(room.ceremony().state().sets.front().received.size(), std::size_t(1));
    }

    void aSetGetsNewCustodians_data()
    {
        QTest::addColumn<int>("shareFile");
        QTest::addColumn<int>("shareFiles");
        QTest::addColumn<bool>("byCompanion");
        QTest::newRow("the only one") << 1 << 1 << false;
        QTest::newRow("second of two") << 2 << 2 << true;
    }

    void aSetGetsNewCustodians()
    {
        QFETCH(const int, shareFile);
        QFETCH(const int, shareFiles);
        QFETCH(const bool, byCompanion);
        Room room;
        const QTemporaryDir medium;
        const ceremony::FreshSet old = earlierSet(medium.path(), shareFile, shareFiles);
        QString path = medium.filePath(old.made.file);
        if (byCompanion)
            path.replace(QStringLiteral(".pbe"), QStringLiteral(".json"));
        QVERIFY(room.bring(path));
        QCOMPARE(room.faults(), QString());
        room.takePicture("old set");
        QVERIFY(room.press(QStringLiteral("Use this set")));
        QVERIFY(room.reach(PageId::Import));
        QCOMPARE(room.faults(), QString());
        room.takePicture("open the old set");
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        for (const int id : { 4, 2 }) {
            QVERIFY(room.reach(PageId::Curtain));
            room.takePicture("curtain of the old set");
            QVERIFY(room.liftCurtain());
            const dkek::CustodianShare& share = old.shares[static_cast<std::size_t>(id - 1)];
            auto* number = shown<QSpinBox>(*room.window).front();
            hands::selectAll(*number);
            hands::type(*number, QString::number(id));
            hands::typeHex(*shown<HexEntry>(*room.window).front(), dkek::sheetRows(id, share.value));
            hands::type(*shown<CodeField>(*room.window).front(),
                dkek::checkCode(fromHex(old.made.prime).value(), share));
            QCOMPARE(room.faults(), QString());
            room.takePicture("sheet of the old set");
            QVERIFY(room.press(QStringLiteral("Hand in share")));
        }
        QVERIFY(room.reach(PageId::Scheme));
        QCOMPARE(room.faults(), QString());
        room.takePicture("rule of the new set");

        QStringList faults;
        std::set<PageId> seen;
        QVERIFY(room.playTo(PageId::Closed, [&] {
            room.noteSheet();
            const PageId page = room.view().pageId();
            if (page != PageId::Working && seen.insert(page).second) {
                if (const QString found = room.faults(); !found.isEmpty())
                    faults << pageName(page) + QStringLiteral(": ") + found;
                room.takePicture(qPrintable(QStringLiteral("new ") + pageName(page)));
            }
            return false;
        }));
        QCOMPARE(faults.join(QLatin1Char('\n')), QString());
        room.takePicture("closed");

        const ceremony::CeremonyState& state = room.ceremony().state();
        QCOMPARE(state.replaced->set, old.made.set);
        QCOMPARE(state.replaced->sheets.size(), std::size_t{ 4 });
        const ceremony::SetMade& made = *state.sets.front().made;
        QCOMPARE(made.shareCheck, old.made.shareCheck);
        QVERIFY(made.set != old.made.set && made.prime != old.made.prime && made.sha256 != old.made.sha256);
        QVERIFY(made.file.endsWith(QStringLiteral("-share-%1.pbe").arg(shareFile)));
        QVERIFY(ceremony::checkRecords(room.ceremony().folder()));
        QCOMPARE(state.expectedKcv, shareFiles == 1 ? old.made.shareCheck : QString());

        // Other sheets open the new file and give the same secret.
        ceremony::OpeningOrder opening{ room.ceremony().folder(), made, {}, {}, { kRounds }, 3 };
        for (const int id : { 5, 1, 3 })
            opening.shares.push_back({ id, room.sheets.at(id).clone() });
        const auto clear = ceremony::openShareFile(opening);
        QVERIFY(clear);
        QVERIFY(*clear == old.clearShare);
        QVERIFY(QFile::exists(medium.filePath(old.made.file))); // whoever keeps it destroys it
    }

    void aSetOfAnotherToolIsOpenedAndItIsSaidHow_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<int>("offset"); // of the place from the decimal number on the sheet
        QTest::addColumn<ceremony::IdReading>("ids");
        QTest::addColumn<ceremony::PasswordReading>("reading");
        QTest::addColumn<QString>("said");
        QTest::newRow("ids as shown")
            << QStringLiteral("1122334455667788") << 0 << ceremony::IdReading::Decimal
            << ceremony::PasswordReading::Plain << QStringLiteral("read as decimal numbers");
        QTest::newRow("ids as asked for")
            << QStringLiteral("1122334455667788") << 6 << ceremony::IdReading::Hex
            << ceremony::PasswordReading::Plain << QStringLiteral("read as hex numbers");
        QTest::newRow("password from zero on")
            << QStringLiteral("0022334455667788") << 0 << ceremony::IdReading::Decimal
            << ceremony::PasswordReading::ZerosKept << QStringLiteral("begins with a zero byte");
    }

    void aSetOfAnotherToolIsOpenedAndItIsSaidHow()
    {
        QFETCH(const QString, password);
        QFETCH(const int, offset);
        QFETCH(const ceremony::IdReading, ids);
        QFETCH(const ceremony::PasswordReading, reading);
        QFETCH(const QString, said);
        Room room;
        const support::OtherToolsSet old{ password, kRounds };
        QVERIFY(room.bring(writtenFile(room.folder.filePath(QStringLiteral("dkek.pbe")), old.file())));
        QCOMPARE(room.view().page()->findChild<QSpinBox*>(QStringLiteral("threshold"))->value(), 3);
        QCOMPARE(room.faults(), QString());
        room.takePicture("set of another tool");
        QVERIFY(room.press(QStringLiteral("Use this set")));
        QVERIFY(room.reach(PageId::Import));
        room.takePicture("open a set of another tool");
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        for (const int id : { 10, 12, 11 }) {
            QVERIFY(room.liftCurtain());
            if (id == 10) {
                auto* prime = room.view().page()->findChild<QLineEdit*>(QStringLiteral("prime"));
                hands::type(*prime, u"F5:E0:6A:B0:5F:4D:E0:E3");
                QVERIFY(!room.view().footer().primary()->isEnabled());
                hands::selectAll(*prime);
                hands::type(*prime, u"F5:E0:6A:B0:5F:4D:E0:E5");
                QCOMPARE(room.faults(), QString());
                room.takePicture("prime of another tool");
                QVERIFY(room.press(QStringLiteral("Go on")));
                QTRY_VERIFY(!shown<HexEntry>(*room.window).empty());
            }
            hands::type(
                *room.view().page()->findChild<QLineEdit*>(QStringLiteral("shareId")), QString::number(id));
            hands::typeHex(*shown<HexEntry>(*room.window).front(), old.valueAt(id + offset));
            QCOMPARE(room.faults(), QString());
            room.takePicture("sheet of another tool");
            QVERIFY(room.press(QStringLiteral("Hand in")));
        }
        QVERIFY(room.reach(PageId::Scheme));
        QCOMPARE(room.faults(), QString());
        room.takePicture("how it was opened");
        QVERIFY2(room.note().contains(said), qPrintable(room.note()));
        const auto& opened = *room.ceremony().state().broughtOpened;
        QCOMPARE(opened.ids, ids);
        QCOMPARE(room.ceremony().oldPassword(), reading);
        QCOMPARE(opened.shareCheck, toHex(dkek::checkValue(fromHex(old.clear()).value())));
    }

    void eachScreenFits_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::addColumn<bool>("longWords");
        QTest::addColumn<bool>("rightToLeft");
        QTest::newRow("half of a large panel") << QSize(960, 540) << false << false;
        QTest::newRow("long words") << QSize(1024, 768) << true << false;
        QTest::newRow("right to left") << QSize(1024, 768) << true << true;
    }

    void eachScreenFits()
    {
        QFETCH(const QSize, size);
        QFETCH(const bool, longWords);
        QFETCH(const bool, rightToLeft);
        LongLanguage language;
        if (longWords)
            QCoreApplication::installTranslator(&language);
        QGuiApplication::setLayoutDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
        const QString found = faultsOfAReshare(size);
        QGuiApplication::setLayoutDirection(Qt::LeftToRight);
        QCoreApplication::removeTranslator(&language);
        QCOMPARE(found, QString());
    }

    void aWrongSheetOfAnotherToolIsFoundWithOneMore()
    {
        Room room;
        const support::OtherToolsSet old{ QStringLiteral("1122334455667788"), kRounds };
        QVERIFY(room.bring(writtenFile(room.folder.filePath(QStringLiteral("dkek.pbe")), old.file())));
        QVERIFY(room.press(QStringLiteral("Use this set")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        const auto handIn = [&](int id, int at) {
            return room.liftCurtain()
                && (!room.ceremony().state().sets.front().made->prime.isEmpty()
                    || room.ceremony().enterPrime(fromHex(old.prime()).value()))
                && QTest::qWaitFor([&] { return !room.ceremony().writing(); })
                && room.ceremony().enterSheet({ QString::number(id), old.valueAt(at) });
        };
        QVERIFY(handIn(1, 1) && handIn(2, 7) && handIn(3, 3));
        QVERIFY(room.reach(PageId::Trouble));
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.note().contains(QStringLiteral("at least one of them is wrong")));
        QVERIFY(room.press(QStringLiteral("Call one more custodian")));
        QVERIFY(handIn(4, 4));
        QVERIFY(room.reach(PageId::Scheme));
        QVERIFY2(room.note().contains(QStringLiteral("The sheet with share ID 2 is not of this set")),
            qPrintable(room.note()));
    }

    void aSheetHandedInTwiceIsNamedByTheIdOnIt()
    {
        Room room;
        const support::OtherToolsSet old{ QStringLiteral("1122334455667788"), kRounds };
        QVERIFY(room.bring(writtenFile(room.folder.filePath(QStringLiteral("dkek.pbe")), old.file())));
        QVERIFY(room.press(QStringLiteral("Use this set")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.liftCurtain());
        QVERIFY(room.ceremony().enterPrime(fromHex(old.prime()).value()));
        QTRY_VERIFY(!room.ceremony().writing());
        QVERIFY(room.ceremony().enterSheet({ QStringLiteral("0A"), old.valueAt(10) }));
        QVERIFY(room.liftCurtain());
        const Status again = room.ceremony().enterSheet({ QStringLiteral("0A"), old.valueAt(10) });
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::DuplicateShare);
        QCOMPARE(describeError(again.error()).happened.remove(QChar(0x2066)).remove(QChar(0x2069)),
            QStringLiteral("Share 0A is among those received."));
    }

    void afterAPauseTheOldSheetsAreTypedAgain()
    {
        Room room;
        const QTemporaryDir medium;
        const ceremony::FreshSet old = earlierSet(medium.path());
        QVERIFY(room.bring(medium.filePath(old.made.file)));
        QVERIFY(room.press(QStringLiteral("Use this set")));
        const auto handIn = [&](int id) {
            return room.liftCurtain()
                && room.ceremony().enterShare(
                    { id, old.shares[static_cast<std::size_t>(id - 1)].value.clone() }, {});
        };
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(handIn(1) && handIn(2));
        QVERIFY(room.reach(PageId::Scheme));
        QVERIFY(room.ceremony().pause());
        QVERIFY(room.reach(PageId::Paused));
        QVERIFY(room.press(QStringLiteral("Continue the ceremony")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(handIn(4) && handIn(3));
        QVERIFY(room.reach(PageId::Scheme));
    }

    void filesThatAreNoSetAreRefused()
    {
        Room room;
        const QTemporaryDir medium;
        const ceremony::FreshSet old = earlierSet(medium.path());
        QVERIFY(room.bring(medium.filePath(old.made.file)));
        const QString path = medium.filePath(old.made.file);
        const support::OtherToolsSet another{ QStringLiteral("1122334455667788"), kRounds };
        writtenFile(path, another.file()); // its companion knows another one
        for (const QString& file :
            { path, writtenFile(medium.filePath(QStringLiteral("x.pbe")), Bytes(64, 1)),
                writtenFile(medium.filePath(QStringLiteral("y.json")), Bytes(2, '{')) }) {
            QVERIFY(room.chooseFile(file));
            QTRY_VERIFY(!room.view().footer().primary()->isEnabled());
            QVERIFY(!room.note().isEmpty());
        }
        room.takePicture("no set");
        QCOMPARE(room.faults(), QString());
    }

    void startingOverWipesWhatWasTyped()
    {
        Room room;
        QVERIFY(establishUpToImport(room, 64));
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, false));
        QVERIFY(room.handIn(2, true));
        QVERIFY(room.reach(PageId::Trouble));
        QVERIFY(room.press(QStringLiteral("Back to the page")));
        QVERIFY(room.reach(PageId::Import));
        QVERIFY(room.press(QStringLiteral("Start over")));
        settle();
        auto* dialog = QApplication::activeModalWidget();
        QVERIFY(dialog);
        for (Button* button : shown<Button>(*dialog)) {
            if (button->text().remove(QLatin1Char('&')) == QStringLiteral("Start over"))
                hands::press(*button);
        }
        QTRY_VERIFY(room.ceremony().state().sets.front().received.empty());
        QVERIFY(room.press(QStringLiteral("Call the first custodian")));
        QVERIFY(room.handIn(1, true));
        QVERIFY(room.handIn(2, true));
        QVERIFY(room.reach(PageId::KeyCheckValue));
    }

private:
    /// Of the screens that a set of another tool, opened with one sheet more, passes up to the report.
    static QString faultsOfAReshare(QSize size)
    {
        Room room;
        room.window->resize(size);
        QStringList found;
        const auto look = [&](PageId page) {
            if (!room.reach(page))
                found << pageName(page) + QStringLiteral(": not reached");
            for (const QString& cut : cutTexts(*room.window))
                found << pageName(page) + QStringLiteral(": ") + cut;
        };
        const support::OtherToolsSet old{ QStringLiteral("0022334455667788"), kRounds };
        ceremony::SetBrought set;
        room.window->start(ceremony::Flow::Reshare);
        if (!room.playTo(PageId::OldSet, [] { return false; }))
            return QStringLiteral("no preparation");
        look(PageId::OldSet);
        const auto read
            = ceremony::readOldSet(writtenFile(room.folder.filePath(QStringLiteral("dkek.pbe")), old.file()));
        set = read.value();
        set.threshold = 3;
        static_cast<void>(room.ceremony().chooseOldSet(set));
        look(PageId::Import);
        for (const auto& [id, at] :
            { std::pair(10, 10), std::pair(12, 50), std::pair(11, 11), std::pair(13, 13) }) {
            static_cast<void>(room.ceremony().chooseShareFile(1));
            look(PageId::Curtain);
            static_cast<void>(room.ceremony().liftCurtain());
            look(PageId::Entry);
            if (id == 10) {
                static_cast<void>(room.ceremony().enterPrime(fromHex(old.prime()).value()));
                static_cast<void>(QTest::qWaitFor([&] { return !room.ceremony().writing(); }));
                look(PageId::Entry);
            }
            static_cast<void>(room.ceremony().enterSheet({ QString::number(id), old.valueAt(at) }));
            if (id == 11) {
                look(PageId::Trouble);
                room.ceremony().dismissTrouble();
                look(PageId::Import);
            }
        }
        look(PageId::Scheme);
        if (!room.playTo(PageId::Review, [] { return false; }))
            found << QStringLiteral("no review");
        look(PageId::Review);
        if (!room.playTo(PageId::Report, [] { return false; }))
            found << QStringLiteral("no report");
        look(PageId::Report);
        return found.join(QLatin1Char('\n'));
    }
};

QTEST_MAIN(TestReshare)
#include "tst_reshare.moc"
