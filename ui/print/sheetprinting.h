// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/sheetjob.h"

#include <QObject>

#include <optional>
#include <stop_token>

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

/// Prints the filled sheet of the custodian whose turn it is: announced in the transcript first, and what
/// became of it recorded afterwards. Goes on behind a curtain, and stops when the ceremony is left.
class SheetPrinting : public QObject {
    Q_OBJECT

public:
    /// The one of this ceremony.
    [[nodiscard]] static SheetPrinting& of(ceremony::Ceremony& ceremony);
    ~SheetPrinting() override;

    void print();
    void stop();
    [[nodiscard]] bool running() const { return m_running; }
    [[nodiscard]] qint64 startedMs() const { return m_startedMs; }
    /// Of the turn's last try; nothing before one, and while one is under way.
    [[nodiscard]] const JobResult* result() const;

Q_SIGNALS:
    void changed();

private:
    explicit SheetPrinting(ceremony::Ceremony& ceremony);
    void startWhenAnnounced();
    void finish(const JobResult& result);

    struct Order {
        SheetFacts sheet;
        SheetSecret secret;
        QString queue;
    };

    ceremony::Ceremony& m_ceremony;
    std::optional<Order> m_order; ///< until it is announced
    int m_number = 0;
    int m_id = 0;
    bool m_running = false;
    qint64 m_startedMs = 0;
    std::optional<JobResult> m_result;
    std::stop_source m_stop;
};

} // namespace conclave::ui
