// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QWidget>

class QVBoxLayout;

namespace conclave::ui {

/// What went wrong, in this order: what happened, what is safe, what to do next; codes for a technician on
/// request.
class ErrorPanel : public QWidget {
    Q_OBJECT

public:
    struct Content {
        QString head{};
        QString happened{};
        QString safe{};
        QStringList next{};
        QString details{}; ///< empty: none
        QString waiting{}; ///< what the program waits for; empty: nothing
        friend bool operator==(const Content&, const Content&) = default;
    };

    explicit ErrorPanel(QWidget* parent = nullptr);

    void setContent(const Content& content);

private:
    void build();

    Content m_content;
    QWidget* m_built = nullptr;
    QVBoxLayout* m_layout;
};

} // namespace conclave::ui
