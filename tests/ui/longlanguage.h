// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QTranslator>

namespace conclave::ui {

/// Says everything 40 percent longer, as some languages do, and keeps the placeholders.
class LongLanguage : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(
        const char* context, const char* source, const char* disambiguation, int n) const override
    {
        if (!qstrncmp(context, "Q", 1))
            return {};
        Q_UNUSED(disambiguation)
        Q_UNUSED(n)
        const QString text = QString::fromUtf8(source);
        QString padding;
        while (padding.size() * 10 < text.size() * 4)
            padding += padding.size() % 6 == 5 ? QLatin1Char(' ') : QLatin1Char('x');
        return text + padding;
    }
};

} // namespace conclave::ui
