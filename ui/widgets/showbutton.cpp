// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/showbutton.h"

#include "ui/widgets/formfield.h"
#include "ui/widgets/secretfield.h"

#include <QEvent>

namespace conclave::ui {

ShowButton::ShowButton(SecretField& field, QWidget* parent)
    : Button(tr("Show"), Look::Secondary, parent)
{
    setAccessibleDescription(tr("Shows what was typed as long as it is held down."));
    setAutoDefault(false);
    connect(this, &QAbstractButton::pressed, &field, [&field] { field.setRevealed(true); });
    connect(this, &QAbstractButton::released, &field, [&field] { field.setRevealed(false); });
}

bool ShowButton::event(QEvent* event)
{
    const bool letsGo = event->type() == QEvent::Hide || event->type() == QEvent::EnabledChange
        || event->type() == QEvent::WindowDeactivate;
    if (letsGo && isDown()) {
        setDown(false);
        Q_EMIT released();
    }
    return Button::event(event);
}

FormField* secretFormField(const QString& label, SecretField* field, QWidget* parent)
{
    auto* whole = new FormField(label, field, parent);
    whole->addBeside(new ShowButton(*field, whole));
    return whole;
}

} // namespace conclave::ui
