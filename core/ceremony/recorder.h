// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/clock.h"
#include "core/ceremony/record.h"
#include "core/ceremony/transcript.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace conclave::ceremony {

/// Takes events in, writes them one after the other on the file thread, and folds each when it is on the
/// disk.
class Recorder final : public Record {
    Q_OBJECT

public:
    explicit Recorder(Clock clock, QObject* parent = nullptr);
    ~Recorder() override;

    [[nodiscard]] const CeremonyState& state() const override { return m_state; }
    [[nodiscard]] const std::vector<RecordedEvent>& record() const override { return m_record; }
    [[nodiscard]] QString folder() const override { return m_folder; }
    [[nodiscard]] bool writing() const override { return m_writing; }

    /// The events that follow create the transcript in this folder; nothing is on the disk before the first.
    void begin(const QString& folder);
    /// Reads a transcript; loaded() or failed() follows.
    void load(const QString& folder);
    [[nodiscard]] bool tornLineDropped() const { return m_tornLine; }

    [[nodiscard]] Status add(std::vector<Event> events) override;
    /// How many events there are, with those that wait to get on the disk.
    [[nodiscard]] int accepted() const { return m_tip.events; }
    /// Tries the write that failed again.
    void tryAgain();
    [[nodiscard]] QThreadPool& fileThread() override { return m_fileThread; }

Q_SIGNALS:
    /// After folded(): the event was about one of several devices, or about all.
    void foldedOnDevice(const QString& serial, const std::vector<conclave::ceremony::Effect>& effects);
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
