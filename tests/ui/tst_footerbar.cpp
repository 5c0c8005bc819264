// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"

#include <QKeyEvent>
#include <QSignalSpy>
#include <QTest>

using namespace conclave::ui;

namespace {

struct Footer : FooterBar {
    explicit Footer(Button::Look look = Button::Look::Primary)
        : main(addEnd(new Button(QStringLiteral("Main"), look)))
    {
        addEnd(new Button(QStringLiteral("Back")));
        setPrimary(main);
    }

    bool enter(bool held = false)
    {
        return answer(
            QKeyEvent(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier, QStringLiteral("\r"), held));
    }

    Button* main;
    QSignalSpy mainPressed{ main, &QAbstractButton::clicked };
};

} // namespace

class TestFooterBar : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void enterPressesThePrimaryButton()
    {
        Footer footer;
        QVERIFY(footer.enter());
        QCOMPARE(footer.mainPressed.count(), 1);
        footer.main->setEnabled(false);
        QVERIFY(!footer.enter());
        QCOMPARE(footer.mainPressed.count(), 1);
    }

    void enterNeverErases()
    {
        Footer footer(Button::Look::Danger);
        QVERIFY(!footer.enter());
        QCOMPARE(footer.mainPressed.count(), 0);
    }

    void aHeldKeyDoesNotAnswerTheNextPage()
    {
        Footer footer;
        QVERIFY(!footer.enter(true));
        QCOMPARE(footer.mainPressed.count(), 0);
    }
};

QTEST_MAIN(TestFooterBar)
#include "tst_footerbar.moc"
