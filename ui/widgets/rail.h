// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDateTime>
#include <QLabel>
#include <QTimer>
#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace conclave::ui {

class Button;
class Label;

/// The steps of the ceremony at the window's side, with the point of no return, the device's state, the time
/// since the beginning, and Pause.
class Rail : public QWidget {
    Q_OBJECT

public:
    enum class State { Done, Current, Later };

    struct Item {
        int number = 1;
        QString name{};
        State state = State::Later;
        QString subline{}; ///< of the current step
        friend bool operator==(const Item&, const Item&) = default;
    };

    explicit Rail(QWidget* parent = nullptr);

    /// A line with the words `line` stands after the item with this index; -1: none.
    void setItems(std::vector<Item> items, int lineAfter, const QString& line);
    void setCeremony(const QString& name, const QString& id);
    void setSafetyNote(const QString& text);
    void setStartedAt(const QDateTime& start);
    /// Numbers alone, 60 pixels wide instead of 236; names become tool tips.
    void setCompact(bool compact);
    [[nodiscard]] Button* pauseButton() const { return m_pause; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void showTime();

    std::vector<Item> m_items;
    int m_lineAfter = -1;
    QString m_line;
    QDateTime m_start;
    bool m_compact = false;
    Label* m_name;
    Label* m_id;
    QVBoxLayout* m_list;
    QWidget* m_safety;
    QLabel* m_safetySign;
    Label* m_safetyText;
    QLabel* m_clockSign;
    Label* m_clock;
    Button* m_pause;
    QTimer m_timer;
};

} // namespace conclave::ui
