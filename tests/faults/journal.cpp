// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/journal.h"

namespace conclave::faults {

Journal::Journal(const QString& file)
    : m_file(file)
{
    if (!m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        qFatal("no journal");
}

void Journal::add(const QByteArray& line)
{
    const QMutexLocker lock(&m_mutex);
    m_file.write(line + '\n');
}

} // namespace conclave::faults
