// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/window.h"
#include "ui/shell/entryaids.h"
#include "ui/shell/keyboardtest.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/hexentry.h"
#include "ui/widgets/note.h"
#include "ui/widgets/onscreenkeys.h"
#include "ui/widgets/secretfield.h"

#include <QLineEdit>
#include <QTest>
#include <QVBoxLayout>

using namespace conclave;
using namespace conclave::ui;

namespace {

/// Keys are 44 by 38 pixels with 4 between them.
void clickKey(QWidget& keys, int row, int column)
{
    QTest::mouseClick(&keys, Qt::LeftButton, {}, QPoint(column * 48 + 22, row * 42 + 19));
}

/// A screen on which a password and a value are typed.
struct Screen : QWidget {
    Screen()
        : content(new QWidget(this))
        , password(new SecretField(SecretField::Accept::Any, 16, content))
        , value(new HexEntry(8, QStringLiteral("Value"), content))
        , plain(new QLineEdit(content))
        , aids(new EntryAids(*content, false, this))
    {
        auto* inside = new QVBoxLayout(content);
        inside->addWidget(password);
        inside->addWidget(value);
        inside->addWidget(plain);
        auto* down = new QVBoxLayout(this);
        down->addWidget(content);
        down->addWidget(aids);
        keys = aids->findChild<OnScreenKeys*>();
        for (Button* button : aids->findChildren<Button*>()) {
            if (button->isCheckable())
                toggle = button;
        }
        plain->setFocus();
        show();
        activateWindow();
    }

    QWidget* content;
    SecretField* password;
    HexEntry* value;
    QLineEdit* plain;
    EntryAids* aids;
    OnScreenKeys* keys;
    Button* toggle = nullptr;
};

} // namespace

class TestEntryAids : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void theyStandWhereSecretsAreTypedOnly()
    {
        Screen screen;
        QVERIFY(QTest::qWaitForWindowActive(&screen));
        QVERIFY(!screen.aids->isVisible());
        screen.password->setFocus();
        QTRY_VERIFY(screen.aids->isVisible());
        QVERIFY(!screen.keys->isVisible());
        screen.toggle->setFocus(); // the field is still there
        settle();
        QVERIFY(screen.aids->isVisible());
        screen.content->hide();
        screen.setFocusPolicy(Qt::StrongFocus);
        screen.setFocus();
        QTRY_VERIFY(!screen.aids->isVisible());
    }

    void theyGoWithTheFieldThatIsHidden()
    {
        Screen screen;
        QVERIFY(QTest::qWaitForWindowActive(&screen));
        screen.plain->hide();
        screen.value->hide();
        screen.password->setFocus();
        QTRY_VERIFY(screen.aids->isVisible());
        screen.password->hide(); // which gives the focus away before it is hidden
        QTRY_VERIFY(!screen.aids->isVisible());
    }

    void aPasswordCanBeClicked()
    {
        Screen screen;
        QVERIFY(QTest::qWaitForWindowActive(&screen));
        screen.password->setFocus();
        QTRY_VERIFY(screen.aids->isVisible());
        screen.toggle->click();
        QVERIFY(screen.keys->isVisible());
        QVERIFY(screen.password->hasFocus());
        clickKey(*screen.keys, 1, 1); // w
        clickKey(*screen.keys, 3, 10); // Shift
        clickKey(*screen.keys, 1, 1);
        clickKey(*screen.keys, 1, 1); // Shift was for one
        clickKey(*screen.keys, 0, 2); // 2
        clickKey(*screen.keys, 2, 11); // Erase
        clickKey(*screen.keys, 4, 2); // Space
        clickKey(*screen.keys, 0, 11); // -
        QVERIFY(SecretBytes(screen.password->view()) == secret("wWw -"));
    }

    void aValueCanBeClicked()
    {
        Screen screen;
        QVERIFY(QTest::qWaitForWindowActive(&screen));
        screen.value->setFocus();
        QTRY_VERIFY(screen.aids->isVisible());
        screen.toggle->click();
        for (int key = 0; key < 16; ++key)
            clickKey(*screen.keys, key / 8, key % 8);
        const std::uint8_t expected[] = { 0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF };
        QVERIFY(screen.value->value() == SecretBytes(ByteView(expected)));
    }

    void aKeyOfAnotherLayoutIsNamed()
    {
        auto* test = new KeyboardTest(false, nullptr); // deletes itself
        test->open();
        auto* typed = test->findChild<QLineEdit*>();
        const auto* verdict = test->findChild<Note*>();
        typed->setText(QStringLiteral("ay"));
        QVERIFY(verdict->text().contains(QStringLiteral("The key for z types y.")));
        typed->setText(QStringLiteral("azqwyM-_@#/019"));
        QCOMPARE(verdict->text(), QStringLiteral("The keyboard types what its keys say."));
        typed->setText(QStringLiteral("azq"));
        QVERIFY(!verdict->text().contains(QStringLiteral("types")));
        test->close();
    }
};

QTEST_MAIN(TestEntryAids)
#include "tst_entryaids.moc"
