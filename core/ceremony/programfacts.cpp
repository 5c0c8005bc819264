// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/programfacts.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QSysInfo>

#include <openssl/crypto.h>

namespace conclave::ceremony {

namespace {

QString sha256OfProgram()
{
    QFile file(QCoreApplication::applicationFilePath());
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!file.open(QIODevice::ReadOnly) || !hash.addData(&file))
        return {};
    return QString::fromLatin1(hash.result().toHex());
}

ProgramFacts gather()
{
    ProgramFacts facts;
    facts.program = QStringLiteral("Conclave " CONCLAVE_VERSION);
    facts.programSha256 = sha256OfProgram();
    facts.qt = QString::fromLatin1(qVersion());
    facts.openssl = QString::fromLatin1(OpenSSL_version(OPENSSL_VERSION));
    facts.pcsc = QStringLiteral(CONCLAVE_PCSC_VERSION);
    facts.system = QSysInfo::prettyProductName();
    facts.kernel
        = QStringLiteral("%1 %2, %3")
              .arg(QSysInfo::kernelType(), QSysInfo::kernelVersion(), QSysInfo::currentCpuArchitecture());
    facts.host = QSysInfo::machineHostName();
    return facts;
}

} // namespace

ProgramFacts programFacts()
{
    static const ProgramFacts facts = gather();
    return facts;
}

} // namespace conclave::ceremony
