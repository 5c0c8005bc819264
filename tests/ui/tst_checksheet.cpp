// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/dkek/checkpairs.h"
#include "core/dkek/companion.h"
#include "tests/core/ceremony/writtenrecord.h"
#include "tests/ui/person.h"
#include "tests/ui/screeninspector.h"
#include "ui/pages/setchoice.h"
#include "ui/pages/sheetanswer.h"
#include "ui/pages/sheetentry.h"
#include "ui/shell/checksheetview.h"
#include "ui/shell/curtainrules.h"
#include "ui/theme/theme.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/ribbon.h"
#include "ui/widgets/tag.h"

#include <QLabel>
#include <QLineEdit>
#include <QPointer>
#include <QSpinBox>
#include <QThreadPool>
#include <QTimer>

using namespace conclave;
using namespace conclave::ui;

using Phase = CheckSheetView::Phase;

namespace {

Bytes hex(const char* text)
{
    return fromHex(QString::fromLatin1(text)).value();
}

/// The set of the examples in formats.md: 64 bits, no verifier.
dkek::Companion smallSet()
{
    dkek::Companion set;
    set.ceremony = QStringLiteral("EX-2026-0417");
    set.set = QStringLiteral("7K3QZ9");
    set.file = QStringLiteral("EX-2026-0417-share-1.pbe");
    set.sha256 = Bytes(32, 0xAB);
    set.scheme = dkek::SharingScheme{ 3, 5, 64 };
    set.prime = hex("f34a189de5197cfb");
    return set;
}

constexpr char kLargeValue[] = "333456789abcdef0fedcba9876543211";

/// 128 bits; the first verifier is hashlib.scrypt's of Python 3.11 for kLargeValue.
dkek::Companion largeSet()
{
    dkek::Companion set = smallSet();
    set.scheme = dkek::SharingScheme{ 2, 2, 128 };
    set.prime = hex("f0e1d2c3b4a5968778695a4b3c2d1ecb");
    set.verifiers = dkek::ShareVerifiers{ { 32768, 8, 1 }, hex("000102030405060708090a0b0c0d0e0f"),
        { hex("093b259360d1b9da"), Bytes(8, 2) } };
    return set;
}

/// A custodian with a sheet.
struct Custodian : Person {
    [[nodiscard]] CheckSheetView& view() const { return *window->checkSheetView(); }

    /// As file content, through the file dialog.
    [[nodiscard]] bool choose(const QByteArray& companion) const
    {
        const QString path = folder.filePath(QStringLiteral("EX-2026-0417-share-1.json"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(companion) != companion.size())
            return false;
        file.close();
        return press(QStringLiteral("Choose the companion")) && pick(path);
    }

    [[nodiscard]] bool lift() const
    {
        tickAll();
        return press(QStringLiteral("I am alone")) && view().phase() == Phase::Entry;
    }

    /// From the start page to the entry for this set.
    [[nodiscard]] bool reach(const dkek::Companion& set) const
    {
        if (!open("checkSheet") || !choose(set.toJson()))
            return false;
        const auto* choice = view().findChild<SetChoice*>();
        return QTest::qWaitFor([&] { return choice->chosen().has_value(); }, kPatienceMs)
            && press(QStringLiteral("Go on")) && lift();
    }

    void type(int id, const char* pairs, const char* code) const
    {
        auto* number = shown<QSpinBox>(*window).front();
        hands::selectAll(*number);
        hands::type(*number, QString::number(id));
        hands::type(*shown<HexEntry>(*window).front(), QString::fromLatin1(pairs));
        if (qstrlen(code) > 0)
            hands::type(*shown<CodeField>(*window).front(), QString::fromLatin1(code));
    }

    [[nodiscard]] bool check() const
    {
        return press(QStringLiteral("Check this sheet"))
            && QTest::qWaitFor([&] { return view().phase() == Phase::Answer; }, kPatienceMs);
    }

    /// The repair that is offered; empty when there is none.
    [[nodiscard]] QString offer() const
    {
        settle();
        for (const QLabel* label : shown<QLabel>(*window)) {
            if (label->text().contains(QStringLiteral(" fits its check pairs with ")))
                return label->text();
        }
        return {};
    }

    /// What stands on the plates beside rows, check code and verifier.
    [[nodiscard]] QStringList answers() const
    {
        settle();
        QStringList words;
        for (const Tag* tag : shown<Tag>(*view().findChild<SheetAnswer*>()))
            words << tag->accessibleName();
        return words;
    }
};

} // namespace

class TestCheckSheet : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK"));
    }

    void aRightSheetIsCalledRight()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(3, "41c09e07b82d56e355721d", "68M8");
        custodian.takePicture("entry");
        QVERIFY(custodian.check());
        custodian.takePicture("right");
        QCOMPARE(custodian.answers(),
            (QStringList{ QStringLiteral("Fit"), QStringLiteral("Fits"), QStringLiteral("None") }));
        QVERIFY2(custodian.note().startsWith(QStringLiteral("This sheet is right.")),
            qPrintable(custodian.note()));
        QVERIFY(custodian.note().contains(QStringLiteral("7K3QZ9")));
        QVERIFY(custodian.press(QStringLiteral("Done")));
        QTRY_VERIFY(!custodian.window->checkSheetView());
    }

    void aCheckIsNotedInTheRecordThatLiesBesideTheCompanion()
    {
        for (const bool wanted : { true, false }) {
            const Custodian custodian;
            QVERIFY(ceremony::writeRecord(custodian.folder.path(), ceremony::Stage::Closed));
            dkek::Companion set = smallSet();
            set.set = QStringLiteral("SET1R1");
            QVERIFY(custodian.open("checkSheet"));
            QVERIFY(custodian.choose(set.toJson()));
            auto* note = custodian.view().findChild<Tick*>(QStringLiteral("noteInRecord"));
            QTRY_VERIFY_WITH_TIMEOUT(note->isVisible(), kPatienceMs);
            QVERIFY(!note->isChecked());
            QCOMPARE(custodian.faults(), QString());
            custodian.takePicture("record offered");
            if (wanted)
                QVERIFY(hands::press(*note));
            QVERIFY(custodian.press(QStringLiteral("Go on")));
            QVERIFY(custodian.lift());
            custodian.type(3, "41c09e07b82d56e355721d", "68M8");
            QVERIFY(custodian.check());
            if (wanted) {
                QTRY_VERIFY_WITH_TIMEOUT(shown<Note>(*custodian.window).size() == 2, kPatienceMs);
                QCOMPARE(cutTexts(*custodian.window) + namelessControls(*custodian.window)
                        + mnemonicClashes(*custodian.window),
                    QStringList());
                custodian.takePicture("noted");
            }
            QVERIFY(QThreadPool::globalInstance()->waitForDone(kPatienceMs));
            QFile record(custodian.folder.filePath(QStringLiteral("transcript.jsonl")));
            QVERIFY(record.open(QIODevice::ReadOnly));
            const QByteArray content = record.readAll();
            QCOMPARE(content.contains("\"event\":\"sheetChecked\""), wanted);
            for (const char* secret : { "41c09e07b82d56e3", "41:c0", "68M8" })
                QVERIFY(!content.contains(secret));
        }
    }

    void withoutAClosedRecordNothingIsOffered()
    {
        const Custodian custodian;
        QVERIFY(ceremony::writeRecord(custodian.folder.path(), ceremony::Stage::Reviewing));
        dkek::Companion set = smallSet();
        set.set = QStringLiteral("SET1R1");
        QVERIFY(custodian.open("checkSheet"));
        QVERIFY(custodian.choose(set.toJson()));
        QTRY_VERIFY(custodian.ready());
        QVERIFY(QThreadPool::globalInstance()->waitForDone(kPatienceMs));
        settle();
        QVERIFY(!custodian.view().findChild<Tick*>(QStringLiteral("noteInRecord"))->isVisible());
    }

    void oneWrongPairIsNamedAndNotRepairedUnasked()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(3, "41c09e07b82d57e355721d", "68M8");
        QVERIFY(!custodian.ready());
        custodian.takePicture("repair");
        QCOMPARE(custodian.offer(), QStringLiteral("Row 1 fits its check pairs with another pair 7."));
        QVERIFY(custodian.press(QStringLiteral("Yes, exactly")));
        QVERIFY(custodian.ready());
        QVERIFY(custodian.check());
        QVERIFY(custodian.note().startsWith(QStringLiteral("This sheet is right.")));
    }

    void aRefusedRepairMakesRoomForThatOfTheOtherRow()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(largeSet()));
        SecretBytes rows = dkek::sheetRows(1, hex(kLargeValue));
        rows[2] ^= 0x01;
        rows[dkek::kPairsInRow + dkek::kCheckPairs + 4] ^= 0x01;
        custodian.type(1, "", "");
        hands::typeHex(*shown<HexEntry>(*custodian.window).front(), rows);
        QCOMPARE(custodian.offer(), QStringLiteral("Row 2 fits its check pairs with another pair 5."));
        QVERIFY(custodian.press(QStringLiteral("No, let me type it")));
        QCOMPARE(custodian.offer(), QStringLiteral("Row 1 fits its check pairs with another pair 3."));
        QVERIFY(custodian.press(QStringLiteral("No, let me type it")));
        QCOMPARE(custodian.offer(), QString());
        QVERIFY(!custodian.ready());
    }

    void aWrongCheckCodeIsToldAndCanBeCorrected()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(3, "41c09e07b82d56e355721d", "68M9");
        QVERIFY(custodian.check());
        custodian.takePicture("wrong");
        QCOMPARE(custodian.answers(),
            (QStringList{ QStringLiteral("Fit"), QStringLiteral("Differs"), QStringLiteral("None") }));
        QVERIFY(custodian.note().startsWith(QStringLiteral("This is not the sheet")));
        QVERIFY(custodian.press(QStringLiteral("Back to what I typed")));
        auto* code = shown<CodeField>(*custodian.window).front();
        QTest::keyClick(code, Qt::Key_Home);
        hands::type(*code, u"68M8");
        QVERIFY(custodian.check());
        QVERIFY(custodian.note().startsWith(QStringLiteral("This sheet is right.")));
    }

    void theSheetOfAnotherIdIsNamed()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(4, "41c09e07b82d56e355721d", "68M8");
        QVERIFY(!custodian.ready());
        QCOMPARE(custodian.note(),
            QStringLiteral(
                "This is row 1 of the sheet with share ID 3. Look at the share ID on your sheet."));
    }

    void theVerifierTellsAWrongValueOfAnOldSheet()
    {
        for (const bool right : { true, false }) {
            const Custodian custodian;
            QVERIFY(custodian.reach(largeSet()));
            QVERIFY(custodian.press(QStringLiteral("My sheet has no check pairs")));
            QVERIFY(custodian.press(QStringLiteral("My sheet has no check code")));
            custodian.type(right ? 1 : 2, kLargeValue, "");
            QVERIFY(custodian.check());
            custodian.takePicture(right ? "verifier matches" : "verifier differs");
            QCOMPARE(custodian.answers(),
                (QStringList{ QStringLiteral("None"), QStringLiteral("None"),
                    right ? QStringLiteral("Matches") : QStringLiteral("Differs") }));
            QVERIFY(custodian.note().startsWith(
                right ? QStringLiteral("This sheet is right.") : QStringLiteral("This is not the sheet")));
        }
    }

    void aValueNotBelowThePrimeIsRefusedWithoutAnAnswer()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        QVERIFY(custodian.press(QStringLiteral("My sheet has no check pairs")));
        custodian.type(3, "f34a189de5197cfb", "68M8");
        QVERIFY(custodian.press(QStringLiteral("Check this sheet")));
        QTRY_VERIFY(custodian.note().startsWith(QStringLiteral("The value is larger than the prime")));
        QCOMPARE(custodian.view().phase(), Phase::Entry);
    }

    void withoutTheCompanionThePrimeIsTyped()
    {
        const Custodian custodian;
        QVERIFY(custodian.open("checkSheet"));
        QVERIFY(custodian.press(QStringLiteral("I do not have that file")));
        auto* prime = custodian.view().findChild<QLineEdit*>(QStringLiteral("prime"));
        for (const char* wrong : { "f3:4a:18:9d:e5:19:7c", "f3:4a:18:9d:e5:19:7c:f9", "f34a189de5197cfx" }) {
            prime->clear();
            hands::type(*prime, QString::fromLatin1(wrong));
            QVERIFY2(!custodian.ready(), wrong);
        }
        custodian.takePicture("prime refused");
        prime->clear();
        hands::type(*prime, u"F3:4A:18:9D E5:19:7C:FB");
        QVERIFY(custodian.ready());
        QVERIFY(custodian.press(QStringLiteral("Go on")));
        QVERIFY(custodian.lift());
        custodian.type(3, "41c09e07b82d56e355721d", "68M8");
        QVERIFY(custodian.check());
        QVERIFY(custodian.note().startsWith(QStringLiteral("This sheet is right.")));
    }

    void otherFilesThanCompanionsAreRefused()
    {
        dkek::Companion password = smallSet();
        password.scheme.reset();
        password.prime.clear();
        for (const QByteArray& content : { QByteArray("{}"), QByteArray(), password.toJson() }) {
            const Custodian custodian;
            QVERIFY(custodian.open("checkSheet"));
            QVERIFY(custodian.choose(content));
            QTRY_VERIFY(!custodian.note().isEmpty());
            QVERIFY(!custodian.ready());
        }
    }

    void theCurtainWipesWhatWasTyped_data()
    {
        QTest::addColumn<int>("way");
        QTest::newRow("Esc") << 0;
        QTest::newRow("another window") << 1;
        QTest::newRow("nobody types") << 2;
        QTest::newRow("Alt+Left") << 3;
        QTest::newRow("button") << 4;
    }

    void theCurtainWipesWhatWasTyped()
    {
        QFETCH(const int, way);
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(3, "41c09e07b82d56e355721d", "68M8");
        const QPointer<SheetEntry> typed = custodian.view().findChild<SheetEntry*>();
        QWidget other;
        switch (way) {
        case 0:
            QTest::keyClick(custodian.window.get(), Qt::Key_Escape);
            break;
        case 1:
            other.show();
            other.activateWindow();
            break;
        case 2:
            custodian.view().findChild<CurtainRules*>()->findChild<QTimer*>()->start(
                std::chrono::milliseconds(0));
            break;
        case 3:
            QTest::keyClick(custodian.window.get(), Qt::Key_Left, Qt::AltModifier);
            break;
        case 4:
            QVERIFY(custodian.press(QStringLiteral("Cover now")));
            break;
        }
        QTRY_COMPARE(custodian.view().phase(), Phase::Curtain);
        QTRY_VERIFY(!typed);
        for (const Tick* tick : shown<Tick>(*custodian.window))
            QVERIFY(!tick->isChecked());
        custodian.window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(custodian.window.get()));
        QVERIFY(custodian.lift());
        QVERIFY(!shown<HexEntry>(*custodian.window).front()->rowComplete(0));
        QVERIFY(shown<CodeField>(*custodian.window).front()->isEmpty());
        QCOMPARE(shown<QSpinBox>(*custodian.window).front()->value(), 0);
    }

    void aCoveredAnswerIsGone()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(smallSet()));
        custodian.type(3, "41c09e07b82d56e355721d", "68M9");
        QVERIFY(custodian.check());
        QTest::keyClick(custodian.window.get(), Qt::Key_Escape);
        QCOMPARE(custodian.view().phase(), Phase::Curtain);
        QVERIFY(custodian.lift());
        QVERIFY(custodian.note().isEmpty());
        QVERIFY(!shown<HexEntry>(*custodian.window).front()->rowComplete(0));
    }

    void anAnswerThatComesAfterTheCurtainIsNotShown()
    {
        const Custodian custodian;
        QVERIFY(custodian.reach(largeSet()));
        QVERIFY(custodian.press(QStringLiteral("My sheet has no check pairs")));
        QVERIFY(custodian.press(QStringLiteral("My sheet has no check code")));
        custodian.type(1, kLargeValue, "");
        QVERIFY(custodian.press(QStringLiteral("Check this sheet")));
        QCOMPARE(custodian.view().phase(), Phase::Judging);
        custodian.takePicture("judging");
        QTest::keyClick(custodian.window.get(), Qt::Key_Escape);
        QCOMPARE(custodian.view().phase(), Phase::Curtain);
        QVERIFY(QThreadPool::globalInstance()->waitForDone(kPatienceMs));
        settle();
        QCOMPARE(custodian.view().phase(), Phase::Curtain);
    }

    void eachScreenIsUsableByKeyboardAndScreenReader_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("projector") << QSize(1024, 768);
        QTest::newRow("half of a large panel") << QSize(960, 540);
    }

    void eachScreenIsUsableByKeyboardAndScreenReader()
    {
        QFETCH(const QSize, size);
        const Custodian custodian;
        custodian.window->resize(size);
        QVERIFY(!shown<Ribbon>(*custodian.window).empty());
        QVERIFY(QTest::qWaitForWindowActive(custodian.window.get()));
        QCOMPARE(custodian.faults(), QString());
        custodian.takePicture("start");
        QVERIFY(custodian.open("checkSheet"));
        QCOMPARE(custodian.faults(), QString());
        QVERIFY(custodian.choose(largeSet().toJson()));
        QTRY_VERIFY(custodian.ready());
        QCOMPARE(custodian.faults(), QString());
        custodian.takePicture("set");
        QVERIFY(custodian.press(QStringLiteral("Go on")));
        QCOMPARE(custodian.faults(), QString());
        custodian.takePicture("curtain");
        QVERIFY(custodian.lift());
        QCOMPARE(custodian.faults(), QString());
        custodian.takePicture("empty entry");
        QVERIFY(custodian.press(QStringLiteral("My sheet has no check pairs")));
        QVERIFY(custodian.press(QStringLiteral("My sheet has no check code")));
        custodian.type(2, kLargeValue, "");
        QVERIFY(custodian.check());
        QCOMPARE(custodian.faults(), QString());
        QCOMPARE(custodian.window->size(), size);
    }
};

QTEST_MAIN(TestCheckSheet)
#include "tst_checksheet.moc"
