// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/glyphs.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/secretview.h"
#include "ui/widgets/sharecard.h"
#include "ui/widgets/showbutton.h"

#include <QAccessible>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QPainter>
#include <QShortcut>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

#include <string>

using namespace conclave;
using namespace conclave::ui;

namespace {

SecretBytes bytes(std::initializer_list<std::uint8_t> list)
{
    return SecretBytes(ByteView(list.begin(), list.size()));
}

SecretBytes ascii(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), qstrlen(text)));
}

// keyClicks() knows Latin-1 only.
void typeCharacter(QWidget& widget, const QString& text)
{
    QKeyEvent press(QEvent::KeyPress, 0, Qt::NoModifier, text);
    QCoreApplication::sendEvent(&widget, &press);
}

QString accessible(QWidget& widget, QAccessible::Text kind)
{
    return QAccessible::queryAccessibleInterface(&widget)->text(kind);
}

// Everything that assistive technology can read of a widget.
QString allAccessible(QWidget& widget)
{
    QString all;
    for (int kind = QAccessible::Name; kind <= QAccessible::Accelerator; ++kind)
        all += accessible(widget, static_cast<QAccessible::Text>(kind)) + u'\n';
    return all;
}

// Where the widget paints something else.
int differingPixels(const QImage& a, const QImage& b)
{
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            count += a.pixel(x, y) != b.pixel(x, y);
    }
    return count;
}

QImage grabbed(QWidget& widget)
{
    return widget.grab().toImage().convertToFormat(QImage::Format_RGB32);
}

// A window that is shown and active, for widgets that need the focus.
struct Window : QWidget {
    Window()
        : column(new QVBoxLayout(this))
    {
    }

    template <typename Widget>
    Widget& add(Widget* widget)
    {
        column->addWidget(widget);
        return *widget;
    }

    [[nodiscard]] bool open()
    {
        show();
        activateWindow();
        return QTest::qWaitForWindowActive(this);
    }

    QVBoxLayout* column;
};

} // namespace

class TestSecretWidgets : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void digitsAreTakenInTheOrderTyped();
    void takeLeavesTheFieldEmpty();
    void onlyAcceptedCharactersEnter_data();
    void onlyAcceptedCharactersEnter();
    void anyTakesUnicodeAsUtf8AndCountsCharacters();
    void aFullFieldRefusesMore();
    void theCaretMovesByCharacters();
    void selectAllAndBackspaceClears();
    void clipboardAndUndoAreOff();
    void inputMethodDropAndContextMenuAreOff();
    void typingTriggersNoShortcutOfTheWindow();
    void enterIsLeftToThePage();
    void capsLockIsNotedByTheCaseOfLetters();
    void aRevealedDigitPaintsDifferentlyFromADot();
    void hidingTheFieldHidesTheValue();
    void theShowButtonRevealsWhileHeld();
    void theFieldSpeaksItsStateOnly();

    void hexPairsMoveOnAndIgnoreSeparators();
    void upperCaseHexBecomesLower();
    void backspaceInAnEmptyBoxGoesToThePreviousOne();
    void typingInAFullPairStartsItAnew();
    void aDigitTooManyDoesNotSpoilTheLastPair();
    void arrowsHomeAndEndMoveBetweenBoxes();
    void impossibleKeysAreRefusedWithAReason_data();
    void impossibleKeysAreRefusedWithAReason();
    void tabEntersAtTheFirstIncompleteBox();
    void theSizesHaveTheirRows_data();
    void theSizesHaveTheirRows();
    void knownValueModeMarksThePairThatDiffers();
    void rowsAreCompletedOneByOne();
    void onlyOneRowIsShownAndTyped();
    void clearingARowKeepsTheOthers();
    void rowsEndInTheirCheckPairs();
    void aQuestionMarkMarksAPair();
    void aRowIsReplacedAsAWhole();
    void concealedDigitsPaintAlike();
    void crossAndTickPaintDifferently();
    void theEntrySpeaksPositionAndStateOnly();
    void entriesFitTheNarrowContentWidth();

    void theCodeFieldTakesItsAlphabetInUpperCase();
    void theCodeFieldRefusesLookalikes();
    void theCodeFieldIgnoresWhatFollowsTheLastCharacter();

    void glyphsPaintAsDrawTextDoes();
    void theShareCardPaintsEveryDigit();
    void aClearedCardPaintsNoValue();
    void cardAndViewAreHiddenFromScreenReaders();
};

void TestSecretWidgets::initTestCase()
{
    Theme::install(*qApp, false);
}

void TestSecretWidgets::digitsAreTakenInTheOrderTyped()
{
    SecretField field(SecretField::Accept::Digits, 16);
    QSignalSpy changed(&field, &SecretField::changed);
    QTest::keyClicks(&field, QStringLiteral("648219"));
    QCOMPARE(changed.count(), 6);
    QCOMPARE(field.length(), 6U);
    QVERIFY(SecretBytes(field.view()) == ascii("648219"));
}

void TestSecretWidgets::takeLeavesTheFieldEmpty()
{
    SecretField field(SecretField::Accept::Digits, 16);
    QTest::keyClicks(&field, QStringLiteral("648219"));
    QVERIFY(field.take() == ascii("648219"));
    QVERIFY(field.isEmpty());
    QCOMPARE(field.length(), 0U);
    QVERIFY(field.take().empty());
    QTest::keyClicks(&field, QStringLiteral("1"));
    QVERIFY(field.take() == ascii("1"));
}

void TestSecretWidgets::onlyAcceptedCharactersEnter_data()
{
    QTest::addColumn<int>("accept");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QByteArray>("taken");
    QTest::addColumn<int>("refusals");
    const QString all = QStringLiteral("0a9 G-fF~");
    QTest::newRow("digits") << static_cast<int>(SecretField::Accept::Digits) << all << QByteArray("09") << 7;
    QTest::newRow("hex") << static_cast<int>(SecretField::Accept::Hex) << all << QByteArray("0a9ff") << 4;
    QTest::newRow("ascii") << static_cast<int>(SecretField::Accept::Ascii) << all << QByteArray("0a9 G-fF~")
                           << 0;
    QTest::newRow("any") << static_cast<int>(SecretField::Accept::Any) << all << QByteArray("0a9 G-fF~") << 0;
}

void TestSecretWidgets::onlyAcceptedCharactersEnter()
{
    QFETCH(int, accept);
    QFETCH(QString, typed);
    QFETCH(QByteArray, taken);
    SecretField field(static_cast<SecretField::Accept>(accept), 32);
    QSignalSpy refused(&field, &SecretField::refused);
    QTest::keyClicks(&field, typed);
    QVERIFY(field.take() == ascii(taken.constData()));
    QTEST(static_cast<int>(refused.count()), "refusals");
}

void TestSecretWidgets::anyTakesUnicodeAsUtf8AndCountsCharacters()
{
    SecretField field(SecretField::Accept::Any, 8);
    SecretField plain(SecretField::Accept::Ascii, 8);
    const QString emoji = QString::fromUcs4(U"\U0001F511");
    for (const QString& character :
        { QStringLiteral("x"), QStringLiteral("ä"), QStringLiteral("€"), emoji, QStringLiteral("\x07") }) {
        typeCharacter(field, character);
        typeCharacter(plain, character);
    }
    QCOMPARE(field.length(), 4U);
    QVERIFY(SecretBytes(field.view()) == ascii("x\xc3\xa4\xe2\x82\xac\xf0\x9f\x94\x91"));
    QVERIFY(SecretBytes(plain.view()) == ascii("x"));
    QTest::keyClick(&field, Qt::Key_Left);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QVERIFY(field.take() == ascii("x\xc3\xa4\xf0\x9f\x94\x91"));
}

void TestSecretWidgets::aFullFieldRefusesMore()
{
    SecretField field(SecretField::Accept::Any, 2);
    QSignalSpy refused(&field, &SecretField::refused);
    typeCharacter(field, QStringLiteral("€"));
    typeCharacter(field, QStringLiteral("€"));
    QCOMPARE(refused.count(), 0);
    typeCharacter(field, QStringLiteral("1"));
    QCOMPARE(refused.count(), 1);
    QCOMPARE(field.length(), 2U);
}

void TestSecretWidgets::theCaretMovesByCharacters()
{
    SecretField field(SecretField::Accept::Any, 16);
    QTest::keyClicks(&field, QStringLiteral("bd"));
    QTest::keyClick(&field, Qt::Key_Left);
    QTest::keyClicks(&field, QStringLiteral("c"));
    QTest::keyClick(&field, Qt::Key_Home);
    QTest::keyClick(&field, Qt::Key_Left);
    QTest::keyClicks(&field, QStringLiteral("a"));
    QTest::keyClick(&field, Qt::Key_End);
    QTest::keyClick(&field, Qt::Key_Right);
    QTest::keyClicks(&field, QStringLiteral("e"));
    QVERIFY(SecretBytes(field.view()) == ascii("abcde"));
    QTest::keyClick(&field, Qt::Key_Home);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QTest::keyClick(&field, Qt::Key_Delete);
    QTest::keyClick(&field, Qt::Key_Right);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QVERIFY(SecretBytes(field.view()) == ascii("cde"));
    QTest::keyClick(&field, Qt::Key_End);
    QTest::keyClick(&field, Qt::Key_Delete);
    QVERIFY(field.take() == ascii("cde"));
}

void TestSecretWidgets::selectAllAndBackspaceClears()
{
    SecretField field(SecretField::Accept::Any, 16);
    QTest::keyClicks(&field, QStringLiteral("abc"));
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&field, Qt::Key_Backspace);
    QVERIFY(field.isEmpty());
    QTest::keyClicks(&field, QStringLiteral("abc"));
    QTest::keyClick(&field, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(&field, QStringLiteral("x"));
    QVERIFY(field.take() == ascii("x"));
}

void TestSecretWidgets::clipboardAndUndoAreOff()
{
    const QString before = QStringLiteral("1234");
    QGuiApplication::clipboard()->setText(before);
    SecretField field(SecretField::Accept::Any, 16);
    HexEntry entry(8, QStringLiteral("Share value"));
    CodeField code;
    for (QWidget* widget : std::initializer_list<QWidget*>{ &field, &entry, &code }) {
        QTest::keySequence(widget, QKeySequence(QKeySequence::Paste));
        QTest::keyClick(widget, Qt::Key_Insert, Qt::ShiftModifier);
        QTest::mouseClick(widget, Qt::MiddleButton);
        QTest::keyClicks(widget, QStringLiteral("ab"));
        QTest::keySequence(widget, QKeySequence(QKeySequence::SelectAll));
        QTest::keySequence(widget, QKeySequence(QKeySequence::Copy));
        QTest::keySequence(widget, QKeySequence(QKeySequence::Cut));
        QTest::keySequence(widget, QKeySequence(QKeySequence::Undo));
        QCOMPARE(QGuiApplication::clipboard()->text(), before);
    }
    QVERIFY(field.take() == ascii("ab"));
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 2 of 8"));
    QCOMPARE(code.spokenName(), QStringLiteral("Check code, character 3 of 4"));
}

void TestSecretWidgets::inputMethodDropAndContextMenuAreOff()
{
    Window window;
    SecretField& field = window.add(new SecretField(SecretField::Accept::Any, 16));
    HexEntry& entry = window.add(new HexEntry(8, QStringLiteral("Share value")));
    CodeField& code = window.add(new CodeField);
    window.setContextMenuPolicy(Qt::CustomContextMenu);
    QSignalSpy menu(&window, &QWidget::customContextMenuRequested);
    for (QWidget* widget : std::initializer_list<QWidget*>{ &field, &entry, &code }) {
        QVERIFY(!widget->testAttribute(Qt::WA_InputMethodEnabled));
        QVERIFY(!widget->acceptDrops());
        QInputMethodEvent composed;
        composed.setCommitString(QStringLiteral("ab"));
        QCoreApplication::sendEvent(widget, &composed);
        QContextMenuEvent asked(QContextMenuEvent::Mouse, QPoint(5, 5), widget->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(widget, &asked);
    }
    QCOMPARE(menu.count(), 0);
    QVERIFY(field.isEmpty());
    QVERIFY(code.isEmpty());
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 1 of 8"));
}

void TestSecretWidgets::typingTriggersNoShortcutOfTheWindow()
{
    Window window;
    SecretField& field = window.add(new SecretField(SecretField::Accept::Any, 16));
    HexEntry& entry = window.add(new HexEntry(1, QStringLiteral("Share value")));
    CodeField& code = window.add(new CodeField(2));
    const QShortcut letter(QKeySequence(Qt::Key_A), &window);
    const QShortcut copy(QKeySequence(QKeySequence::Copy), &window);
    const QShortcut escape(QKeySequence(Qt::Key_Escape), &window);
    QSignalSpy letterPressed(&letter, &QShortcut::activated);
    QSignalSpy copyPressed(&copy, &QShortcut::activated);
    QSignalSpy escapePressed(&escape, &QShortcut::activated);
    QVERIFY(window.open());
    for (QWidget* widget : std::initializer_list<QWidget*>{ &field, &entry, &code }) {
        widget->setFocus();
        QTest::keyClicks(widget, QStringLiteral("aa"));
        QTest::keySequence(widget, QKeySequence(QKeySequence::Copy));
        QTest::keyClick(widget, Qt::Key_Escape);
    }
    QCOMPARE(letterPressed.count(), 0);
    QCOMPARE(copyPressed.count(), 0);
    QCOMPARE(escapePressed.count(), 3);
    QVERIFY(field.take() == ascii("aa"));
    QVERIFY(entry.value() == bytes({ 0xaa }));
    QVERIFY(code.value() == ascii("AA"));
}

void TestSecretWidgets::enterIsLeftToThePage()
{
    for (const SecretField::Accept accept : { SecretField::Accept::Digits, SecretField::Accept::Any }) {
        SecretField field(accept, 16);
        for (const Qt::Key key : { Qt::Key_Return, Qt::Key_Enter }) {
            QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier, QStringLiteral("\r"));
            QCoreApplication::sendEvent(&field, &press);
            QVERIFY(!press.isAccepted());
            QVERIFY(field.isEmpty());
        }
    }
}

void TestSecretWidgets::capsLockIsNotedByTheCaseOfLetters()
{
    Window window;
    SecretField& field = window.add(new SecretField(SecretField::Accept::Any, 16));
    QVERIFY(window.open());
    field.setFocus();
    const int height = field.sizeHint().height();
    QTest::keyClick(&field, 'a');
    QVERIFY(!field.isCapsLockNoted());
    typeCharacter(field, QStringLiteral("A"));
    QVERIFY(field.isCapsLockNoted());
    QVERIFY(field.sizeHint().height() > height);
    QCOMPARE(accessible(field, QAccessible::Description), QStringLiteral("Caps Lock is on."));
    QTest::keyClick(&field, Qt::Key_CapsLock);
    QVERIFY(!field.isCapsLockNoted());
    QTest::keyClick(&field, Qt::Key_CapsLock);
    QVERIFY(field.isCapsLockNoted());
    QTest::keyClick(&field, '1');
    QVERIFY(field.isCapsLockNoted());
    QTest::keyClick(&field, 'A', Qt::ShiftModifier);
    QVERIFY(!field.isCapsLockNoted());
    QCOMPARE(field.sizeHint().height(), height);
}

void TestSecretWidgets::aRevealedDigitPaintsDifferentlyFromADot()
{
    SecretField field(SecretField::Accept::Any, 8);
    field.resize(300, field.sizeHint().height());
    const QImage empty = grabbed(field);
    QTest::keyClicks(&field, QStringLiteral("8"));
    const QImage dot = grabbed(field);
    field.setRevealed(true);
    const QImage eight = grabbed(field);
    field.clear();
    QTest::keyClicks(&field, QStringLiteral("3"));
    const QImage three = grabbed(field);
    field.setRevealed(false);
    const QImage otherDot = grabbed(field);
    QVERIFY(differingPixels(empty, dot) > 10);
    QVERIFY(differingPixels(dot, eight) > 10);
    QVERIFY(differingPixels(three, eight) > 5);
    QCOMPARE(otherDot, dot);
}

void TestSecretWidgets::hidingTheFieldHidesTheValue()
{
    Window window;
    SecretField& field = window.add(new SecretField(SecretField::Accept::Any, 8));
    QVERIFY(window.open());
    field.setRevealed(true);
    field.hide();
    QVERIFY(!field.isRevealed());
    field.show();
    field.setRevealed(true);
    QEvent deactivate(QEvent::WindowDeactivate);
    QCoreApplication::sendEvent(&window, &deactivate);
    QVERIFY(!field.isRevealed());
}

void TestSecretWidgets::theShowButtonRevealsWhileHeld()
{
    Window window;
    SecretField& field = window.add(new SecretField(SecretField::Accept::Any, 8));
    ShowButton& show = window.add(new ShowButton(field));
    QVERIFY(window.open());
    show.setFocus();
    QTest::keyPress(&show, Qt::Key_Space);
    QVERIFY(field.isRevealed());
    QTest::keyRelease(&show, Qt::Key_Space);
    QVERIFY(!field.isRevealed());
    QTest::mousePress(&show, Qt::LeftButton);
    QVERIFY(field.isRevealed());
    QTest::mouseRelease(&show, Qt::LeftButton);
    QVERIFY(!field.isRevealed());
    QTest::mousePress(&show, Qt::LeftButton);
    show.setEnabled(false);
    QVERIFY(!field.isRevealed());
}

void TestSecretWidgets::theFieldSpeaksItsStateOnly()
{
    SecretField field(SecretField::Accept::Digits, 16);
    field.setAccessibleName(QStringLiteral("User PIN"));
    QCOMPARE(accessible(field, QAccessible::Name), QStringLiteral("User PIN"));
    QCOMPARE(accessible(field, QAccessible::Value), QStringLiteral("empty"));
    QTest::keyClicks(&field, QStringLiteral("64821"));
    field.setRevealed(true);
    QCOMPARE(accessible(field, QAccessible::Value), QStringLiteral("5 characters"));
    QVERIFY(!allAccessible(field).contains(QStringLiteral("6")));
    QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(&field);
    QVERIFY(!interface->textInterface());
    QVERIFY(!interface->valueInterface());
    QVERIFY(!interface->editableTextInterface());
    QVERIFY(interface->state().passwordEdit);
}

void TestSecretWidgets::hexPairsMoveOnAndIgnoreSeparators()
{
    HexEntry entry(8, QStringLiteral("Share value"));
    QSignalSpy refused(&entry, &HexEntry::refused);
    QVERIFY(entry.value().empty());
    QTest::keyClicks(&entry, QStringLiteral("41:c0 9e-07b82d:56:e"));
    QVERIFY(!entry.complete());
    QVERIFY(entry.value().empty());
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 8 of 8"));
    QTest::keyClicks(&entry, QStringLiteral("3"));
    QVERIFY(entry.complete());
    QVERIFY(entry.fits());
    QVERIFY(entry.value() == bytes({ 0x41, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3 }));
    QCOMPARE(refused.count(), 0);
    entry.clear();
    QVERIFY(entry.value().empty());
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 1 of 8"));
}

void TestSecretWidgets::upperCaseHexBecomesLower()
{
    HexEntry upper(1, QStringLiteral("Share value"));
    HexEntry lower(1, QStringLiteral("Share value"));
    QTest::keyClicks(&upper, QStringLiteral("BE"));
    QTest::keyClicks(&lower, QStringLiteral("be"));
    QVERIFY(upper.value() == bytes({ 0xbe }));
    for (HexEntry* entry : { &upper, &lower })
        entry->resize(entry->sizeHint());
    QCOMPARE(grabbed(upper), grabbed(lower));
}

void TestSecretWidgets::backspaceInAnEmptyBoxGoesToThePreviousOne()
{
    HexEntry entry(8, QStringLiteral("Share value"));
    QTest::keyClicks(&entry, QStringLiteral("41c"));
    QTest::keyClick(&entry, Qt::Key_Backspace);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 2 of 8"));
    QCOMPARE(entry.spokenState(), QStringLiteral("empty"));
    QTest::keyClick(&entry, Qt::Key_Backspace);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 1 of 8"));
    QCOMPARE(entry.spokenState(), QStringLiteral("complete"));
    QTest::keyClick(&entry, Qt::Key_Backspace);
    QCOMPARE(entry.spokenState(), QStringLiteral("1 of 2 digits"));
    QTest::keyClicks(&entry, QStringLiteral("2c09e07b82d56e3"));
    QVERIFY(entry.value() == bytes({ 0x42, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3 }));
}

void TestSecretWidgets::typingInAFullPairStartsItAnew()
{
    HexEntry entry(2, QStringLiteral("Share value"));
    QTest::keyClicks(&entry, QStringLiteral("41c0"));
    QTest::keyClick(&entry, Qt::Key_Left);
    QTest::keyClicks(&entry, QStringLiteral("7"));
    QVERIFY(!entry.complete());
    QTest::keyClicks(&entry, QStringLiteral("f"));
    QVERIFY(entry.value() == bytes({ 0x7f, 0xc0 }));
}

void TestSecretWidgets::aDigitTooManyDoesNotSpoilTheLastPair()
{
    HexEntry entry(2, QStringLiteral("Share value"));
    QTest::keyClicks(&entry, QStringLiteral("41c0d"));
    QVERIFY(entry.value() == bytes({ 0x41, 0xc0 }));
    QTest::keyClick(&entry, Qt::Key_Backspace);
    QTest::keyClicks(&entry, QStringLiteral("1"));
    QVERIFY(entry.value() == bytes({ 0x41, 0xc1 }));
}

void TestSecretWidgets::arrowsHomeAndEndMoveBetweenBoxes()
{
    HexEntry entry(20, QStringLiteral("Share value"));
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
    QTest::keyClick(&entry, Qt::Key_Left);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
    QTest::keyClick(&entry, Qt::Key_Right);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 2 of 8"));
    QTest::keyClick(&entry, Qt::Key_Down);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 2, pair 2 of 8"));
    QTest::keyClick(&entry, Qt::Key_End);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 3, pair 4 of 4"));
    QTest::keyClick(&entry, Qt::Key_Up);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 2, pair 4 of 8"));
    QTest::keyClick(&entry, Qt::Key_Home);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
    QTest::keyClick(&entry, Qt::Key_Up);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
}

void TestSecretWidgets::impossibleKeysAreRefusedWithAReason_data()
{
    QTest::addColumn<char>("key");
    QTest::addColumn<QString>("reason");
    QTest::newRow("o") << 'o'
                       << QStringLiteral("The letter “o” is not used, so it was not entered. "
                                         "If your sheet shows a round sign there, type the digit 0.");
    QTest::newRow("O") << 'O'
                       << QStringLiteral("The letter “O” is not used, so it was not entered. "
                                         "If your sheet shows a round sign there, type the digit 0.");
    QTest::newRow("l") << 'l'
                       << QStringLiteral("The letter “l” is not used, so it was not entered. "
                                         "If your sheet shows an upright stroke there, type the digit 1.");
    QTest::newRow("I") << 'I'
                       << QStringLiteral("The letter “I” is not used, so it was not entered. "
                                         "If your sheet shows an upright stroke there, type the digit 1.");
    QTest::newRow("g") << 'g' << QStringLiteral("Only 0–9 and a–f.");
    QTest::newRow("comma") << ',' << QStringLiteral("Only 0–9 and a–f.");
}

void TestSecretWidgets::impossibleKeysAreRefusedWithAReason()
{
    QFETCH(char, key);
    HexEntry entry(2, QStringLiteral("Share value"));
    QSignalSpy refused(&entry, &HexEntry::refused);
    QSignalSpy changed(&entry, &HexEntry::changed);
    QTest::keyClick(&entry, key);
    QCOMPARE(refused.count(), 1);
    QTEST(refused.at(0).at(0).toString(), "reason");
    QCOMPARE(changed.count(), 0);
}

void TestSecretWidgets::tabEntersAtTheFirstIncompleteBox()
{
    Window window;
    SecretField& before = window.add(new SecretField(SecretField::Accept::Any, 8));
    HexEntry& entry = window.add(new HexEntry(8, QStringLiteral("Share value")));
    QVERIFY(window.open());
    before.setFocus();
    QTest::keyClicks(&entry, QStringLiteral("41c09"));
    QTest::keyClick(&entry, Qt::Key_End);
    QTest::keyClick(&before, Qt::Key_Tab);
    QVERIFY(entry.hasFocus());
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, pair 3 of 8"));
}

void TestSecretWidgets::theSizesHaveTheirRows_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("lastPairs");
    QTest::newRow("64 bits") << 8 << 1 << 8;
    QTest::newRow("128 bits") << 16 << 2 << 8;
    QTest::newRow("160 bits") << 20 << 3 << 4;
}

void TestSecretWidgets::theSizesHaveTheirRows()
{
    QFETCH(int, size);
    QFETCH(int, lastPairs);
    HexEntry entry(size, QStringLiteral("Share value"));
    QTEST(entry.rows(), "rows");
    QCOMPARE(entry.pairsInRow(entry.rows() - 1), lastPairs);
    for (int i = 0; i < size; ++i)
        QTest::keyClicks(&entry, QStringLiteral("5a"));
    QVERIFY(entry.complete());
    QCOMPARE(entry.value().size(), static_cast<std::size_t>(size));
}

void TestSecretWidgets::knownValueModeMarksThePairThatDiffers()
{
    const SecretBytes expected = bytes({ 0x41, 0xc0, 0x9e });
    HexEntry entry(3, QStringLiteral("Share value"));
    entry.setExpected(&expected);
    QSignalSpy differs(&entry, &HexEntry::pairDiffers);
    QSignalSpy completed(&entry, &HexEntry::rowCompleted);
    QTest::keyClicks(&entry, QStringLiteral("41c"));
    QCOMPARE(differs.count(), 0);
    QTest::keyClicks(&entry, QStringLiteral("1"));
    QCOMPARE(differs.count(), 1);
    QCOMPARE(differs.at(0), (QList<QVariant>{ 0, 1 }));
    QTest::keyClicks(&entry, QStringLiteral("9e"));
    QCOMPARE(completed.count(), 1);
    QCOMPARE(completed.at(0), (QList<QVariant>{ 0, false }));
    QVERIFY(entry.complete());
    QVERIFY(!entry.fits());
    QTest::keyClick(&entry, Qt::Key_Left);
    QCOMPARE(entry.spokenState(), QStringLiteral("differs"));
    QTest::keyClicks(&entry, QStringLiteral("c0"));
    QCOMPARE(differs.count(), 1);
    QCOMPARE(completed.count(), 2);
    QCOMPARE(completed.at(1), (QList<QVariant>{ 0, true }));
    QVERIFY(entry.fits());
}

void TestSecretWidgets::rowsAreCompletedOneByOne()
{
    HexEntry entry(16, QStringLiteral("Share value"));
    QSignalSpy completed(&entry, &HexEntry::rowCompleted);
    QSignalSpy differs(&entry, &HexEntry::pairDiffers);
    QTest::keyClicks(&entry, QStringLiteral("41c09e07b82d56e3"));
    QCOMPARE(completed.count(), 1);
    QCOMPARE(completed.at(0), (QList<QVariant>{ 0, true }));
    QVERIFY(entry.rowComplete(0));
    QVERIFY(!entry.rowComplete(1));
    QTest::keyClicks(&entry, QStringLiteral("41c09e07b82d56e3"));
    QCOMPARE(completed.count(), 2);
    QCOMPARE(completed.at(1), (QList<QVariant>{ 1, true }));
    QCOMPARE(differs.count(), 0);
}

void TestSecretWidgets::onlyOneRowIsShownAndTyped()
{
    HexEntry entry(20, QStringLiteral("Share value"));
    const int all = entry.sizeHint().height();
    entry.showOnlyRow(1);
    QVERIFY(entry.sizeHint().height() < all / 2);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 2, pair 1 of 8"));
    QTest::keyClicks(&entry, QStringLiteral("41c09e07b82d56e3ff"));
    QTest::keyClick(&entry, Qt::Key_Home);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 2, pair 1 of 8"));
    QVERIFY(entry.rowComplete(1));
    QVERIFY(!entry.rowComplete(0));
    entry.showOnlyRow(2);
    QTest::keyClick(&entry, Qt::Key_End);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 3, pair 4 of 4"));
    entry.showOnlyRow(-1);
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
    QCOMPARE(entry.sizeHint().height(), all);
}

void TestSecretWidgets::rowsEndInTheirCheckPairs()
{
    HexEntry entry(10, QStringLiteral("Share value"));
    entry.setCheckPairs(3);
    QSignalSpy completed(&entry, &HexEntry::rowCompleted);
    QTest::keyClicks(&entry, QStringLiteral("41c09e07b82d56e3"));
    QVERIFY(!entry.rowComplete(0));
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, check pair 1 of 3"));
    QTest::keyClicks(&entry, QStringLiteral("55:72:1d"));
    QCOMPARE(completed.count(), 1);
    QVERIFY(entry.row(0)
        == SecretBytes(Bytes{ 0x41, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3, 0x55, 0x72, 0x1d }));
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 2, pair 1 of 2"));
    QVERIFY(entry.value().empty());
    QTest::keyClicks(&entry, QStringLiteral("aabb010203"));
    QVERIFY(entry.complete());
    QVERIFY(
        entry.value() == SecretBytes(Bytes{ 0x41, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3, 0xaa, 0xbb }));
}

void TestSecretWidgets::aQuestionMarkMarksAPair()
{
    HexEntry plain(2, QStringLiteral("Share value"));
    QSignalSpy refused(&plain, &HexEntry::refused);
    QTest::keyClicks(&plain, QStringLiteral("?"));
    QCOMPARE(refused.count(), 1);

    HexEntry entry(2, QStringLiteral("Share value"));
    entry.setCheckPairs(3);
    QTest::keyClicks(&entry, QStringLiteral("41??0102?3"));
    QVERIFY(entry.rowComplete(0));
    QCOMPARE(entry.marked(0), (std::vector<std::size_t>{ 1, 4 }));
    QVERIFY(entry.value().empty());
    QTest::keyClick(&entry, Qt::Key_Home);
    QTest::keyClick(&entry, Qt::Key_Right);
    QCOMPARE(entry.spokenState(), QStringLiteral("cannot be read"));
    QTest::keyClicks(&entry, QStringLiteral("c0"));
    QCOMPARE(entry.marked(0), std::vector<std::size_t>{ 4 });
    QVERIFY(entry.value() == SecretBytes(Bytes{ 0x41, 0xc0 }));
}

void TestSecretWidgets::aRowIsReplacedAsAWhole()
{
    HexEntry entry(2, QStringLiteral("Share value"));
    entry.setCheckPairs(3);
    QTest::keyClicks(&entry, QStringLiteral("41??010203"));
    entry.setRowWrong(0, true);
    QCOMPARE(entry.spokenState(), QStringLiteral("differs"));
    entry.setRow(0, Bytes{ 0x41, 0xc0, 0x01, 0x02, 0x03 });
    QVERIFY(entry.complete());
    QCOMPARE(entry.spokenState(), QStringLiteral("complete"));
    QVERIFY(entry.value() == SecretBytes(Bytes{ 0x41, 0xc0 }));
}

void TestSecretWidgets::clearingARowKeepsTheOthers()
{
    HexEntry entry(16, QStringLiteral("Share value"));
    QTest::keyClicks(&entry, QStringLiteral("41c09e07b82d56e341c09e07b82d56e3"));
    entry.clearRow(0);
    QVERIFY(!entry.rowComplete(0));
    QVERIFY(entry.rowComplete(1));
    QCOMPARE(entry.spokenName(), QStringLiteral("Share value, row 1, pair 1 of 8"));
    QCOMPARE(entry.spokenState(), QStringLiteral("empty"));
}

void TestSecretWidgets::concealedDigitsPaintAlike()
{
    HexEntry entry(2, QStringLiteral("Share value"));
    entry.resize(entry.sizeHint());
    QTest::keyClicks(&entry, QStringLiteral("41c0"));
    const QImage shown = grabbed(entry);
    entry.setConcealed(true);
    const QImage concealed = grabbed(entry);
    QVERIFY(differingPixels(shown, concealed) > 50);
    entry.clear();
    QTest::keyClicks(&entry, QStringLiteral("7fe8"));
    QCOMPARE(grabbed(entry), concealed);
    entry.setConcealed(false);
    QVERIFY(differingPixels(grabbed(entry), shown) > 50);
}

void TestSecretWidgets::crossAndTickPaintDifferently()
{
    const SecretBytes expected = bytes({ 0x41, 0xc0 });
    const SecretBytes other = bytes({ 0x42, 0xc0 });
    HexEntry entry(2, QStringLiteral("Share value"));
    entry.resize(entry.sizeHint());
    QTest::keyClicks(&entry, QStringLiteral("41c0"));
    const QRect below(0, entry.height() - 16, entry.width() / 2, 16);
    entry.setExpected(&expected);
    const QImage tick = grabbed(entry).copy(below).convertToFormat(QImage::Format_Grayscale8);
    entry.setExpected(&other);
    const QImage cross = grabbed(entry).copy(below).convertToFormat(QImage::Format_Grayscale8);
    QVERIFY(differingPixels(tick, cross) > 5);
}

void TestSecretWidgets::theEntrySpeaksPositionAndStateOnly()
{
    HexEntry entry(2, QStringLiteral("Share value"));
    QTest::keyClicks(&entry, QStringLiteral("fe9d"));
    QTest::keyClick(&entry, Qt::Key_Home);
    QCOMPARE(accessible(entry, QAccessible::Name), QStringLiteral("Share value, pair 1 of 2"));
    QCOMPARE(accessible(entry, QAccessible::Value), QStringLiteral("complete"));
    QVERIFY(!allAccessible(entry).contains(QStringLiteral("fe")));
    QVERIFY(!allAccessible(entry).contains(QStringLiteral("9d")));
    QVERIFY(!QAccessible::queryAccessibleInterface(&entry)->textInterface());
    QVERIFY(QAccessible::queryAccessibleInterface(&entry)->state().passwordEdit);
}

void TestSecretWidgets::entriesFitTheNarrowContentWidth()
{
    // What a card leaves beside its names: 724 and 660 without paddings and 180 for the name.
    HexEntry entry(20, QStringLiteral("Share value"));
    QVERIFY(entry.sizeHint().width() <= 724 - 180);
    QVERIFY(entry.minimumSizeHint().width() <= 660 - 40 - 180);
    ShareCard card;
    card.show(SecretBytes(20), 12, SecretBytes(20), ascii("68M8"));
    QVERIFY(card.minimumSizeHint().width() <= 660);
}

void TestSecretWidgets::theCodeFieldTakesItsAlphabetInUpperCase()
{
    CodeField code;
    QVERIFY(code.value().empty());
    QTest::keyClicks(&code, QStringLiteral("6-8m"));
    QVERIFY(!code.complete());
    QVERIFY(!code.isEmpty());
    QTest::keyClicks(&code, QStringLiteral("8"));
    QVERIFY(code.complete());
    QVERIFY(code.value() == ascii("68M8"));
    QVERIFY(!allAccessible(code).contains(QStringLiteral("68M8")));
    code.clear();
    QVERIFY(code.isEmpty());
    QVERIFY(code.value().empty());
}

void TestSecretWidgets::theCodeFieldRefusesLookalikes()
{
    CodeField code;
    QSignalSpy refused(&code, &CodeField::refused);
    QTest::keyClicks(&code, QStringLiteral("oiluILOU*"));
    QCOMPARE(refused.count(), 9);
    QCOMPARE(refused.at(3).at(0).toString(),
        QStringLiteral("Only 0–9 and the letters A–Z without I, L, O and U."));
    QVERIFY(code.isEmpty());
}

void TestSecretWidgets::theCodeFieldIgnoresWhatFollowsTheLastCharacter()
{
    CodeField code;
    QTest::keyClicks(&code, QStringLiteral("68M89"));
    QVERIFY(code.value() == ascii("68M8"));
    QTest::keyClick(&code, Qt::Key_Backspace);
    QTest::keyClick(&code, Qt::Key_Backspace);
    QTest::keyClicks(&code, QStringLiteral("N7"));
    QVERIFY(code.value() == ascii("68N7"));
}

void TestSecretWidgets::glyphsPaintAsDrawTextDoes()
{
    const GlyphFace& face = GlyphFace::mono(true, 26);
    QFont font = Theme::instance().font(Type::ValueBold);
    font.setPixelSize(26);
    for (const char character : std::string("0123456789abcdefM:")) {
        QImage byGlyph(40, 40, QImage::Format_RGB32);
        byGlyph.fill(Qt::white);
        QImage byText = byGlyph;
        QPainter glyphs(&byGlyph);
        face.draw(glyphs, QPointF(10, 30), static_cast<std::uint8_t>(character));
        QPainter text(&byText);
        text.setFont(font);
        text.drawText(QPointF(10, 30), QString(QLatin1Char(character)));
        QCOMPARE(byGlyph, byText);
    }
    QCOMPARE(
        qRound(face.advance() * 10), qRound(QFontMetricsF(font).horizontalAdvance(QLatin1Char('0')) * 10));
}

void TestSecretWidgets::theShareCardPaintsEveryDigit()
{
    const SecretBytes prime = bytes({ 0xf3, 0x4a, 0x18, 0x9d, 0xe5, 0x19, 0x7c, 0xfb });
    ShareCard card;
    card.resize(724, 400);
    card.show(prime, 3, SecretBytes(8), ascii("68M8"));
    const QImage zero = grabbed(card);
    for (std::size_t pair = 0; pair < 8; ++pair) {
        for (const std::uint8_t change : { std::uint8_t{ 0x01 }, std::uint8_t{ 0x10 } }) {
            SecretBytes value(8);
            value[pair] = change;
            card.show(prime, 3, value, ascii("68M8"));
            QVERIFY(differingPixels(grabbed(card), zero) > 20);
        }
    }
    card.show(prime, 13, SecretBytes(8), ascii("68M8"));
    QVERIFY(differingPixels(grabbed(card), zero) > 20);
    card.show(prime, 3, SecretBytes(8), ascii("68M9"));
    QVERIFY(differingPixels(grabbed(card), zero) > 20);
}

void TestSecretWidgets::aClearedCardPaintsNoValue()
{
    ShareCard card;
    card.resize(724, 400);
    const QImage fresh = grabbed(card);
    card.show(SecretBytes(16), 3, SecretBytes(16), ascii("68M8"));
    QVERIFY(differingPixels(grabbed(card), fresh) > 200);
    card.clear();
    QCOMPARE(grabbed(card), fresh);

    SecretView view;
    view.resize(view.sizeHint());
    const QImage blank = grabbed(view);
    view.show(ascii("3537363231383030"));
    QVERIFY(differingPixels(grabbed(view), blank) > 200);
    view.clear();
    QCOMPARE(grabbed(view), blank);
}

void TestSecretWidgets::cardAndViewAreHiddenFromScreenReaders()
{
    ShareCard card;
    card.show(SecretBytes(8), 3, bytes({ 0x41, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3 }), ascii("68M8"));
    QCOMPARE(allAccessible(card).trimmed(), QStringLiteral("Share value, hidden from screen readers"));
    QCOMPARE(QAccessible::queryAccessibleInterface(&card)->role(), QAccessible::StaticText);
    QCOMPARE(card.focusPolicy(), Qt::NoFocus);
    SecretView view;
    view.setAccessibleName(QStringLiteral("New SO-PIN"));
    view.show(ascii("3537363231383030"));
    QCOMPARE(allAccessible(view).trimmed(), QStringLiteral("New SO-PIN, hidden from screen readers"));
}

QTEST_MAIN(TestSecretWidgets)
#include "tst_secretwidgets.moc"
