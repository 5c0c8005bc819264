// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/ceremony/advance.h"
#include "core/ceremony/transcript.h"

#include <QObject>
#include <QThreadPool>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace conclave::ceremony {

/// Takes events in, writes them one after the other on the file thread, and folds each when it is on the
/// disk.
class Recorder final : public QObject {
    Q_OBJECT

public:
    explicit Recorder(Clock clock, QObject* parent = nullptr);
    ~Recorder() override;

    /// What is on the disk.
    [[nodiscard]] const CeremonyState& state() const { return m_state; }
    [[nodiscard]] const std::vector<RecordedEvent>& record() const { return m_record; }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] bool writing() const { return m_writing; }

    /// The events that follow create the transcript in this folder; nothing is on the disk before the first.
    void begin(const QString& folder);
    /// Reads a transcript; loaded() or failed() follows.
    void load(const QString& folder);
    [[nodiscard]] bool tornLineDropped() const { return m_tornLine; }

    /// NotAllowedNow unless the events, in this order, fit what is on the disk and what waits to get there.
    [[nodiscard]] Status add(std::vector<Event> events);
    /// Tries the write that failed again.
    void tryAgain();
    /// Runs blocking work on the file thread, in order with the writes.
    [[nodiscard]] QThreadPool& fileThread() { return m_fileThread; }

Q_SIGNALS:
    /// An event is on the disk and folded; its effects are to be carried out.
    void folded(const std::vector<conclave::ceremony::Effect>& effects);
    void loaded();
    void failed(const conclave::Error& error);

private:
    void writeNext();

    Clock m_clock;
    QThreadPool m_fileThread; // one thread: writes stay in order
    QString m_folder;
    std::shared_ptr<std::unique_ptr<Transcript>>
        m_transcript; // set by load(), else touched by the file thread only
    CeremonyState m_state;
    CeremonyState m_tip; ///< m_state with everything that waits
    QString m_tipHash;
    std::vector<RecordedEvent> m_record;
    struct Waiting {
        RecordedEvent event;
        QByteArray line;
        Advance next;
    };
    std::deque<Waiting> m_waiting;
    bool m_writing = false;
    bool m_tornLine = false;
};

} // namespace conclave::ceremony
