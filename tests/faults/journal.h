// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QFile>
#include <QMutex>

namespace conclave::faults {

/// What happened, told by the card and the people and not by the ceremony: one line each, in order, through
/// all processes of a run. Any thread.
class Journal {
public:
    explicit Journal(const QString& file);
    void add(const QByteArray& line);

private:
    QMutex m_mutex{}; // the worker's thread and the people's
    QFile m_file;
};

} // namespace conclave::faults
