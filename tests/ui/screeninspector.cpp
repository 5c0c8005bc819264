// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/ui/screeninspector.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QLabel>
#include <QScrollArea>
#include <QTest>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace conclave::ui {

namespace {

bool takesFocus(const QWidget* widget)
{
    return widget->isVisible() && widget->isEnabled()
        && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && !widget->focusProxy();
}

std::vector<QWidget*> controls(const QWidget& screen)
{
    std::vector<QWidget*> found;
    for (QWidget* widget : screen.findChildren<QWidget*>()) {
        if (takesFocus(widget))
            found.push_back(widget);
    }
    return found;
}

QString name(const QWidget* widget)
{
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(const_cast<QWidget*>(widget));
    return spoken ? spoken->text(QAccessible::Name) : QString();
}

QString described(const QWidget* widget)
{
    return QStringLiteral("%1 “%2” in %3")
        .arg(QString::fromLatin1(widget->metaObject()->className()), name(widget),
            QString::fromLatin1(widget->parentWidget()->metaObject()->className()));
}

/// Of an exclusive group Tab reaches the one that is checked; arrows reach the others.
bool reachedByArrows(const QWidget* widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(widget);
    return button && button->isCheckable() && !button->isChecked()
        && (button->autoExclusive() || (button->group() && button->group()->exclusive()));
}

QRect placeOf(const QWidget* widget, const QWidget& screen)
{
    return { widget->mapTo(&screen, QPoint()), widget->size() };
}

/// What comes after `a` must not stand above it, unless in a column further on.
bool readsBackwards(const QWidget* a, const QWidget* b, const QWidget& screen)
{
    const QRect first = placeOf(a, screen);
    const QRect second = placeOf(b, screen);
    if (second.bottom() > first.top())
        return false;
    return screen.layoutDirection() == Qt::RightToLeft ? second.right() > first.left()
                                                       : second.left() < first.right();
}

} // namespace

QStringList namelessControls(const QWidget& screen)
{
    QStringList faults;
    for (const QWidget* control : controls(screen)) {
        if (name(control).isEmpty())
            faults << QStringLiteral("no name: ") + described(control);
    }
    return faults;
}

QStringList tabOrderFaults(QWidget& screen)
{
    QStringList faults;
    QWidget* before = QApplication::focusWidget();
    if (!before)
        return { QStringLiteral("nothing has the focus") };
    std::vector<QWidget*> reached;
    const std::vector<QWidget*> all = controls(screen);
    if (std::ranges::find(all, before) == all.end()) // Tab does not come back to it
        QTest::keyClick(before, Qt::Key_Tab);
    QWidget* start = QApplication::focusWidget();
    for (std::size_t presses = 0; presses <= all.size() + 2; ++presses) {
        reached.push_back(QApplication::focusWidget());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        if (QApplication::focusWidget() == start)
            break;
    }
    const std::set<QWidget*> known(reached.begin(), reached.end());
    for (QWidget* control : all) {
        if (!known.contains(control) && !reachedByArrows(control))
            faults << QStringLiteral("not reached by Tab: ") + described(control);
    }
    // The order starts anew once, where it comes round.
    int backwards = 0;
    QString where;
    for (std::size_t i = 0; i < reached.size(); ++i) {
        const QWidget* next = reached[(i + 1) % reached.size()];
        if (reached.size() > 1 && readsBackwards(reached[i], next, screen)) {
            ++backwards;
            where += QStringLiteral(" %1 → %2;").arg(described(reached[i]), described(next));
        }
    }
    if (backwards > 1)
        faults << QStringLiteral("not in reading order:") + where;
    before->setFocus(Qt::OtherFocusReason);
    return faults;
}

QStringList mnemonicClashes(const QWidget& screen)
{
    std::map<QString, QStringList> users; // by Alt+letter
    const auto add = [&users](const QString& text) {
        const QKeySequence keys = QKeySequence::mnemonic(text);
        if (!keys.isEmpty())
            users[keys.toString()] << text;
    };
    for (const QAbstractButton* button : screen.findChildren<QAbstractButton*>()) {
        if (button->isVisible())
            add(button->text());
    }
    for (const QLabel* label : screen.findChildren<QLabel*>()) {
        if (label->isVisible() && label->buddy())
            add(label->text());
    }
    QStringList faults;
    for (const auto& [keys, texts] : users) {
        if (texts.size() > 1)
            faults << QStringLiteral("%1 means: %2").arg(keys, texts.join(QStringLiteral(" | ")));
    }
    return faults;
}

QStringList cutTexts(const QWidget& screen)
{
    QStringList faults;
    for (const QLabel* label : screen.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty())
            continue;
        const int needed
            = label->wordWrap() ? label->heightForWidth(label->width()) : label->sizeHint().height();
        const bool tooLow = label->height() + 1 < needed;
        const bool tooNarrow = !label->wordWrap() && label->width() + 1 < label->sizeHint().width();
        if (tooLow || tooNarrow)
            faults << QStringLiteral("cut: “%1”, %2x%3 where %4x%5 is needed")
                          .arg(label->text())
                          .arg(label->width())
                          .arg(label->height())
                          .arg(label->sizeHint().width())
                          .arg(needed);
    }
    for (const QAbstractButton* button : screen.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || button->text().isEmpty())
            continue;
        const QSize needed = button->minimumSizeHint();
        if (button->width() + 1 < needed.width() || button->height() + 1 < needed.height())
            faults << QStringLiteral("cut: button “%1”, %2x%3 where %4x%5 is needed")
                          .arg(button->text())
                          .arg(button->width())
                          .arg(button->height())
                          .arg(needed.width())
                          .arg(needed.height());
        const QRect inParent = button->geometry();
        if (!button->parentWidget()->rect().contains(inParent))
            faults << QStringLiteral("cut: button “%1” goes over the edge").arg(button->text());
    }
    for (const QScrollArea* area : screen.findChildren<QScrollArea*>()) {
        if (area->isVisible() && area->widget()
            && area->widget()->minimumSizeHint().width() > area->viewport()->width())
            faults << QStringLiteral("content is %1 wide, the window has %2")
                          .arg(area->widget()->minimumSizeHint().width())
                          .arg(area->viewport()->width());
    }
    return faults;
}

} // namespace conclave::ui
