// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/transcript.h"
#include "tests/core/ceremony/fold.h"

#include <QCryptographicHash>

namespace conclave::ceremony {

/// Writes these events as the record of a ceremony.
inline bool writeRecord(const QString& folder, const std::vector<Event>& events)
{
    auto transcript = Transcript::create(folder);
    QByteArray previous = noPrevious().toLatin1();
    int seq = 0;
    for (const Event& event : events) {
        const QByteArray line = encodeLine(seq, timeOf(seq), event, QString::fromLatin1(previous));
        if (!transcript || !(*transcript)->append(line))
            return false;
        previous = QCryptographicHash::hash(line, QCryptographicHash::Sha256).toHex();
        ++seq;
    }
    return true;
}

/// Writes the record of a ceremony with one set of 2 of 3, SET1R1, that went up to this stage.
inline bool writeRecord(const QString& folder, Stage stage)
{
    FoldedCeremony ceremony;
    return ceremony.takeAll(upToScheme({ kTwoOfThree })) && goOnTo(ceremony, stage)
        && writeRecord(folder, ceremony.events());
}

} // namespace conclave::ceremony
