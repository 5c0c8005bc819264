// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"

#include <QString>
#include <QWidget>

#include <vector>

namespace conclave::ui {

class Label;
class Note;
class Tick;
class Voice;

/// A line of a secret that can be read aloud: its name, and pairs or single characters.
struct ReadAloudLine {
    QString name; ///< "Share value, row 1"
    SecretBytes value; ///< bytes, or ASCII characters
    bool characters = false;
    int checks = 0; ///< so many pairs at the end are check pairs
};

/// "Read aloud": off until its custodian switches it on, with a warning. Then a screen reader is told what is
/// offered here, one pair or character for each key.
class ReadAloud : public QWidget {
    Q_OBJECT

public:
    explicit ReadAloud(QWidget* parent = nullptr);

    /// The switch, for a place of its own. What it brings up stays here.
    [[nodiscard]] QWidget* switchApart();
    [[nodiscard]] bool isOn() const;
    /// Takes the place of what was offered before, which is wiped; while this is on. Where nothing is offered
    /// there is the switch only, for what is typed.
    void offer(std::vector<ReadAloudLine> lines);
    /// Wipes what was offered, and switches off.
    void clear();

Q_SIGNALS:
    void switched(bool on); ///< off: what was offered is wiped
    /// A key asked for something to be read.
    void asked();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Strip;

    void judge();
    void goTo(std::size_t line, std::size_t at);
    void next();
    void previous();
    void say();

    Tick* m_switch;
    Note* m_warning;
    Strip* m_strip; ///< has the focus while it is read
    Voice* m_voice;
    std::vector<ReadAloudLine> m_lines;
    std::size_t m_line = 0;
    std::size_t m_at = 0;
    bool m_begun = false;
    bool m_apart = false;
};

} // namespace conclave::ui
