// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/spokenstate.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace conclave::ui {

namespace {

class SpokenWidget : public QAccessibleWidget {
public:
    SpokenWidget(QWidget* widget, QAccessible::Role role)
        : QAccessibleWidget(widget, role)
    {
    }

    [[nodiscard]] QString text(QAccessible::Text kind) const override
    {
        // Null while the widget is being destroyed.
        const auto* spoken = dynamic_cast<const SpokenState*>(object());
        if (!spoken)
            return {};
        switch (kind) {
        case QAccessible::Name:
            return spoken->spokenName();
        case QAccessible::Value:
            return spoken->spokenState();
        case QAccessible::Description:
            return widget()->accessibleDescription();
        default:
            return {};
        }
    }

    [[nodiscard]] QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        // Keeps screen readers from echoing the keys.
        state.passwordEdit = role() == QAccessible::EditableText;
        return state;
    }
};

QAccessibleInterface* spokenWidget(const QString&, QObject* object)
{
    const auto* spoken = dynamic_cast<const SpokenState*>(object);
    return spoken ? new SpokenWidget(qobject_cast<QWidget*>(object), spoken->spokenRole()) : nullptr;
}

void announce(QWidget* widget, QAccessible::Event what)
{
    QAccessibleEvent event(widget, what);
    QAccessible::updateAccessibility(&event);
}

} // namespace

SpokenState::SpokenState()
{
    // Installing it again has no effect.
    QAccessible::installFactory(spokenWidget);
}

void SpokenState::nameChanged(QWidget* widget)
{
    announce(widget, QAccessible::NameChanged);
}

void SpokenState::stateChanged(QWidget* widget)
{
    announce(widget, QAccessible::DescriptionChanged);
}

} // namespace conclave::ui
