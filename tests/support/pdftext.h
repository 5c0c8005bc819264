// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QProcess>
#include <QString>

namespace conclave::support {

/// As poppler reads it, in the order of its lines; empty when it cannot.
inline QString textOfPdf(const QByteArray& pdf)
{
    QProcess poppler;
    poppler.start(
        QStringLiteral("pdftotext"), { QStringLiteral("-layout"), QStringLiteral("-"), QStringLiteral("-") });
    poppler.write(pdf);
    poppler.closeWriteChannel();
    return poppler.waitForFinished() ? QString::fromUtf8(poppler.readAllStandardOutput()).simplified()
                                     : QString();
}

} // namespace conclave::support
