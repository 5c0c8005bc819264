// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QPointer>
#include <QWidget>

namespace conclave::ui {

class Button;
class OnScreenKeys;

/// Below a screen on which a secret is typed: keys on the screen, and the test of the keyboard. Hidden where
/// nothing secret is typed.
class EntryAids : public QWidget {
    Q_OBJECT

public:
    /// Watches the fields in `content`.
    EntryAids(const QWidget& content, bool rehearsal, QWidget* parent = nullptr);

private:
    void follow();
    void queueBehindContent();
    void showKeys(bool shown);
    void testKeyboard();

    const QWidget& m_content;
    const bool m_rehearsal;
    Button* m_test;
    Button* m_show;
    OnScreenKeys* m_keys;
    QPointer<QWidget> m_field; ///< the secret field that had the focus last
};

} // namespace conclave::ui
