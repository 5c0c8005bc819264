// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"
#include "ui/widgets/codefield.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/note.h"
#include "ui/widgets/readaloud.h"
#include "ui/widgets/sharecard.h"
#include "ui/widgets/tick.h"

#include <QAccessible>
#include <QApplication>
#include <QTest>
#include <QVBoxLayout>

#include <memory>
#include <utility>
#include <vector>

using namespace conclave;
using namespace conclave::ui;

namespace {

/// What gets the focus, as a screen reader says it: name, description.
QStringList g_names;
QStringList g_places;

void hear(QWidget* focus)
{
    if (const QAccessibleInterface* object = QAccessible::queryAccessibleInterface(focus)) {
        g_names << object->text(QAccessible::Name);
        g_places << object->text(QAccessible::Description);
    }
}

const QStringList kWords = QStringLiteral(
    "zero one two three four five six seven eight nine alfa bravo charlie delta echo foxtrot golf hotel "
    "india juliett "
    "kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu")
                               .split(QLatin1Char(' '));

/// What was said, written down: "f3 4a 3". A word that is none becomes "-".
QString writtenDown(const QStringList& said)
{
    static const QString characters = QStringLiteral("0123456789abcdefghijklmnopqrstuvwxyz");
    QStringList written;
    for (const QString& words : said) {
        QString text;
        for (const QString& word : words.split(QLatin1Char(' '))) {
            const qsizetype at = kWords.indexOf(word);
            text += at < 0 ? QLatin1Char('-') : characters[at];
        }
        written << text;
    }
    return written.join(QLatin1Char(' '));
}

struct Listener {
    Listener()
    {
        QObject::connect(
            qApp, &QApplication::focusChanged, &window, [](QWidget*, QWidget* now) { hear(now); });
    }

    template <typename Widget>
    Widget& add(Widget* widget)
    {
        column->addWidget(widget);
        return *widget;
    }
    [[nodiscard]] bool open()
    {
        window.show();
        window.activateWindow();
        return QTest::qWaitForWindowActive(&window);
    }
    /// Types a key where the focus is.
    void press(Qt::Key key) { QTest::keyClick(window.windowHandle(), key); }
    void forget()
    {
        g_names.clear();
        g_places.clear();
    }

    QWidget window;
    QVBoxLayout* column = new QVBoxLayout(&window);
};

Tick& switchOf(const ReadAloud& aloud)
{
    return *aloud.findChild<Tick*>();
}

const Bytes kPrime{ 0xf3, 0x4a, 0x18, 0x9d, 0xe5, 0x19, 0x7c, 0xfb };
const Bytes kValue{ 0x41, 0xc0, 0x9e, 0x07, 0xb8, 0x2d, 0x56, 0xe3 }; // check pairs 55 72 1d: formats.md

} // namespace

class TestReadAloud : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }
    void init()
    {
        g_names.clear();
        g_places.clear();
    }

    void aShareIsHeardPairByPair()
    {
        Listener listener;
        auto& card = listener.add(new ShareCard);
        auto& aloud = listener.add(new ReadAloud);
        card.show(SecretBytes(kPrime), 3, SecretBytes(kValue), SecretBytes(Bytes{ '6', '8', 'M', '8' }));
        connect(&aloud, &ReadAloud::switched, &aloud, [&](bool on) {
            if (on)
                aloud.offer(card.lines());
        });
        QVERIFY(listener.open());
        switchOf(aloud).click();
        listener.forget();
        constexpr int kItems = 8 + 1 + 8 + 3 + 4;
        for (int i = 0; i < kItems + 1; ++i)
            listener.press(i % 2 == 0 ? Qt::Key_Right : Qt::Key_Space);
        QCOMPARE(g_names.takeLast(), QStringLiteral("That was all"));
        QCOMPARE(writtenDown(g_names),
            QStringLiteral("f3 4a 18 9d e5 19 7c fb 3 41 c0 9e 07 b8 2d 56 e3 55 72 1d 6 8 m 8"));
        QCOMPARE(g_places[0], QStringLiteral("Prime, pair 1 of 8"));
        QCOMPARE(g_places[8], QStringLiteral("Share ID"));
        QCOMPARE(g_places[9], QStringLiteral("Share value, pair 1 of 8"));
        QCOMPARE(g_places[17], QStringLiteral("Share value, check pair 1 of 3"));
        QCOMPARE(g_places[20], QStringLiteral("Check code, character 1 of 4"));
    }

    void nothingIsHeardBeforeItIsSwitchedOn()
    {
        Listener listener;
        auto& card = listener.add(new ShareCard);
        auto& aloud = listener.add(new ReadAloud);
        auto& entry = listener.add(new HexEntry(2, QStringLiteral("Share value")));
        auto& code = listener.add(new CodeField);
        card.show(SecretBytes(kPrime), 3, SecretBytes(kValue), {});
        aloud.offer(card.lines());
        QVERIFY(listener.open());
        QVERIFY(!aloud.isOn());
        switchOf(aloud).setFocus();
        for (const Qt::Key key : { Qt::Key_Right, Qt::Key_Home, Qt::Key_Down })
            listener.press(key);
        entry.setFocus();
        QTest::keyClicks(&entry, QStringLiteral("41c0"));
        code.setFocus();
        QTest::keyClicks(&code, QStringLiteral("68M8"));
        for (const QString& said : g_names) {
            for (const QString& word : said.split(QLatin1Char(' ')))
                QVERIFY2(!kWords.contains(word), qPrintable(said));
        }
    }

    void theWarningStandsThereWhileItIsOn()
    {
        Listener listener;
        auto& aloud = listener.add(new ReadAloud);
        QVERIFY(listener.open());
        const auto* warning = aloud.findChild<Note*>();
        QVERIFY(!warning->isVisible());
        switchOf(aloud).click();
        QVERIFY(warning->isVisible());
        QVERIFY(warning->text().contains(QStringLiteral("use headphones"), Qt::CaseInsensitive));
        switchOf(aloud).click();
        QVERIFY(!warning->isVisible());
    }

    void theSamePairIsSaidAgain()
    {
        Listener listener;
        std::vector<ReadAloudLine> lines;
        lines.push_back({ QStringLiteral("Share value"), SecretBytes(Bytes{ 0x11, 0x11 }) });
        auto& aloud = offer(listener, std::move(lines));
        QVERIFY(listener.open());
        switchOf(aloud).click();
        listener.forget();
        listener.press(Qt::Key_Right);
        listener.press(Qt::Key_Up);
        listener.press(Qt::Key_Right);
        QCOMPARE(writtenDown(g_names), QStringLiteral("11 11 11"));
        QCOMPARE(g_places.last(), QStringLiteral("Share value, pair 2 of 2"));
    }

    void keysGoBackToTheNextRowAndToTheStart()
    {
        Listener listener;
        std::vector<ReadAloudLine> lines;
        lines.push_back({ QStringLiteral("row 1"), SecretBytes(Bytes{ 0x10, 0x11 }) });
        lines.push_back({ QStringLiteral("row 2"), SecretBytes(Bytes{ 0x20, 0x21 }) });
        auto& aloud = offer(listener, std::move(lines));
        QVERIFY(listener.open());
        switchOf(aloud).click();
        listener.forget();
        for (const Qt::Key key : { Qt::Key_Right, Qt::Key_Down, Qt::Key_Left, Qt::Key_Left, Qt::Key_Left,
                 Qt::Key_Down, Qt::Key_Right, Qt::Key_Down, Qt::Key_Home })
            listener.press(key);
        QCOMPARE(writtenDown(g_names), QStringLiteral("10 20 11 10 10 20 21 10"));
    }

    void switchedOffItForgets()
    {
        Listener listener;
        std::vector<ReadAloudLine> lines;
        lines.push_back({ QStringLiteral("Share value"), SecretBytes(kValue) });
        auto& aloud = offer(listener, std::move(lines));
        QVERIFY(listener.open());
        switchOf(aloud).click();
        listener.press(Qt::Key_Right);
        aloud.clear();
        QVERIFY(!aloud.isOn());
        listener.forget();
        listener.press(Qt::Key_Right);
        QCOMPARE(g_names, QStringList());
        switchOf(aloud).click(); // by somebody else, to whom nothing is offered
        listener.press(Qt::Key_Right);
        QVERIFY(!writtenDown(g_names).contains(QStringLiteral("41")));
    }

    void whatIsTypedIsHeardDigitByDigit()
    {
        Listener listener;
        auto& entry = listener.add(new HexEntry(2, QStringLiteral("Share value")));
        QVERIFY(listener.open());
        entry.setFocus();
        entry.setReadAloud(true);
        listener.forget();
        for (const Qt::Key key : { Qt::Key_4, Qt::Key_4, Qt::Key_C, Qt::Key_0 })
            listener.press(key);
        QCOMPARE(writtenDown(g_names), QStringLiteral("4 4 c 0"));
        QCOMPARE(g_places[2], QStringLiteral("Share value, pair 2 of 2"));
        QVERIFY(entry.value() == SecretBytes(Bytes{ 0x44, 0xc0 }));
        listener.press(Qt::Key_Left);
        QCOMPARE(writtenDown({ g_names.last() }), QStringLiteral("44"));
        listener.press(Qt::Key_Delete);
        QCOMPARE(g_names.last(), QStringLiteral("empty"));
    }

    void aTypedPairThatDiffersIsSaidToDiffer()
    {
        Listener listener;
        auto& entry = listener.add(new HexEntry(2, QStringLiteral("Share value")));
        const SecretBytes expected(Bytes{ 0x41, 0xc0 });
        entry.setExpected(&expected);
        QVERIFY(listener.open());
        entry.setFocus();
        entry.setReadAloud(true);
        listener.press(Qt::Key_4);
        listener.press(Qt::Key_2);
        QCOMPARE(g_places.last(), QStringLiteral("Share value, pair 1 of 2, differs"));
        entry.setExpected(nullptr);
    }

    void tabLeavesWhatIsReadAndTyped()
    {
        Listener listener;
        auto& entry = listener.add(new HexEntry(2, QStringLiteral("Share value")));
        auto& code = listener.add(new CodeField);
        QVERIFY(listener.open());
        entry.setFocus();
        entry.setReadAloud(true);
        code.setReadAloud(true);
        listener.press(Qt::Key_4);
        listener.press(Qt::Key_Tab);
        QVERIFY(code.hasFocus());
        listener.press(Qt::Key_6);
        QCOMPARE(writtenDown({ g_names.last() }), QStringLiteral("6"));
        QCOMPARE(g_places.last(), QStringLiteral("Check code, character 1 of 4"));
        QVERIFY(!code.isEmpty());
    }

    void aRowShownAloneIsNamedByItsNumber()
    {
        ShareCard card;
        card.showRow(1, 2, Bytes{ 0x41, 0x55, 0x72, 0x1d });
        const std::vector<ReadAloudLine> lines = card.lines();
        QCOMPARE(lines.size(), std::size_t(1));
        QCOMPARE(lines[0].name, QStringLiteral("Share value, row 2"));
        QCOMPARE(lines[0].checks, 3);
    }

private:
    /// As a page does it: `lines` are offered when it is switched on, once.
    static ReadAloud& offer(Listener& listener, std::vector<ReadAloudLine> lines)
    {
        auto& aloud = listener.add(new ReadAloud);
        auto kept = std::make_shared<std::vector<ReadAloudLine>>(std::move(lines));
        connect(&aloud, &ReadAloud::switched, &aloud, [&aloud, kept](bool on) {
            if (on)
                aloud.offer(std::exchange(*kept, {}));
        });
        return aloud;
    }
};

QTEST_MAIN(TestReadAloud)
#include "tst_readaloud.moc"
