// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/button.h"

namespace conclave::ui {

class FormField;
class SecretField;

/// "Show": reveals a secret field as long as the mouse button or the Space key holds it down.
class ShowButton : public Button {
    Q_OBJECT

public:
    explicit ShowButton(SecretField& field, QWidget* parent = nullptr);

protected:
    bool event(QEvent* event) override;
};

/// A secret field with its label and its "Show" button.
[[nodiscard]] FormField* secretFormField(const QString& label, SecretField* field, QWidget* parent);

} // namespace conclave::ui
