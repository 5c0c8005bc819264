// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/core/device/rack.h"
#include "tests/ui/person.h"
#include "ui/shell/pinsview.h"
#include "ui/widgets/choicecard.h"
#include "ui/widgets/secretfield.h"

#include <QLabel>
#include <QLineEdit>

namespace conclave::ui {

/// Somebody with a device whose PINs are to be changed.
struct PinErrand : Person {
    using Phase = PinsView::Phase;
    using Stage = DeviceErrand::Stage;

    [[nodiscard]] PinsView& view() const { return *qobject_cast<PinsView*>(window->errand()); }

    [[nodiscard]] bool arrives(Stage stage) const
    {
        return QTest::qWaitFor([&] { return view().stage() == stage; }, kPatienceMs);
    }

    [[nodiscard]] bool arrives(Phase phase) const
    {
        return QTest::qWaitFor(
            [&] { return view().stage() == Stage::Own && view().phase() == phase; }, kPatienceMs);
    }

    /// From the start page to what can be done with the PINs of the one device that is there.
    [[nodiscard]] bool reach(const QString& serial) const
    {
        return open("pins") && QTest::qWaitFor([&] { return ready(); }, kPatienceMs)
            && press(QStringLiteral("Use ") + serial) && arrives(Phase::Tasks);
    }

    /// From there to what the task asks first.
    [[nodiscard]] bool choose(const QString& task) const
    {
        settle();
        for (ChoiceCard* choice : shown<ChoiceCard>(*window)) {
            if (choice->accessibleName() == task)
                return hands::press(*choice) && press(QStringLiteral("Go on"));
        }
        return false;
    }

    /// Wherever it is offered.
    void chooseHalves() const
    {
        settle();
        tickAll();
    }

    /// Ticks what the curtain asks, lifts it, and fills the fields in, from top to bottom.
    [[nodiscard]] bool type(std::initializer_list<const char*> values) const
    {
        settle();
        tickAll();
        if (view().phase() != Phase::Curtain || !press(QStringLiteral("I am")) || !arrives(Phase::Entry))
            return false;
        settle();
        const auto fields = shown<SecretField>(*window);
        if (fields.size() != values.size())
            return false;
        auto field = fields.begin();
        for (const char* value : values)
            hands::type(**field++, test::ascii(value));
        return true;
    }

    [[nodiscard]] bool shows(const QString& text) const
    {
        settle();
        const auto labels = shown<QLabel>(*window);
        return std::ranges::any_of(labels, [&](const QLabel* label) {
            QString words = label->text();
            return words.remove(QChar(0x2066)).remove(QChar(0x2069)).contains(text);
        });
    }

    void fillIn(const QString& text) const
    {
        settle();
        hands::selectAll(*shown<QLineEdit>(*window).front());
        hands::type(*shown<QLineEdit>(*window).front(), text);
    }
};

} // namespace conclave::ui
