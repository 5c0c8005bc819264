// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/advance.h"

#include <QObject>
#include <QThreadPool>

#include <vector>

namespace conclave::ceremony {

/// What a ceremony writes to and follows from: all of its events, or those on one of several devices.
class Record : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// What is on the disk.
    [[nodiscard]] virtual const CeremonyState& state() const = 0;
    [[nodiscard]] virtual const std::vector<RecordedEvent>& record() const = 0;
    [[nodiscard]] virtual QString folder() const = 0;
    [[nodiscard]] virtual bool writing() const = 0;
    /// NotAllowedNow unless the events, in this order, fit what is on the disk and what waits to get there.
    [[nodiscard]] virtual Status add(std::vector<Event> events) = 0;
    /// Runs blocking work on the file thread, in order with the writes.
    [[nodiscard]] virtual QThreadPool& fileThread() = 0;

Q_SIGNALS:
    /// An event is on the disk and folded; its effects are to be carried out.
    void folded(const std::vector<conclave::ceremony::Effect>& effects);
};

} // namespace conclave::ceremony
