// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/stocktools.h"

#include "core/dkek/passwordsharing.h"
#include "tests/interop/files.h"

#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>

namespace conclave::interop::stock {

namespace {

constexpr int kTimeoutMs = 120'000;

QString firstMatch(const QString& text, const QString& pattern)
{
    return QRegularExpression(pattern).match(text).captured(1);
}

int numberIn(const QString& text, const QString& pattern)
{
    const QString found = firstMatch(text, pattern);
    return found.isEmpty() ? -1 : found.toInt();
}

} // namespace

Outcome run(const QString& program, const QStringList& arguments, const QByteArray& input)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
    environment.insert(QStringLiteral("TERM"), QStringLiteral("dumb"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    const bool ended = process.waitForFinished(kTimeoutMs) && process.exitStatus() == QProcess::NormalExit;
    return { .exitCode = ended ? process.exitCode() : -1, .output = process.readAll() };
}

void initialise(int shareFiles)
{
    static_cast<void>(run(QStringLiteral("sc-hsm-tool"),
        { QStringLiteral("--initialize"), QStringLiteral("--so-pin"), QString::fromLatin1(kSoPin),
            QStringLiteral("--pin"), QString::fromLatin1(kPin), QStringLiteral("--dkek-shares"),
            QString::number(shareFiles), QStringLiteral("--label"), QStringLiteral("interop") }));
}

Outcome pkcs11Login(const QStringList& arguments)
{
    return run(QStringLiteral("pkcs11-tool"),
        QStringList{ QStringLiteral("--login"), QStringLiteral("--pin"), QString::fromLatin1(kPin) }
            + arguments);
}

CardStatus cardStatus()
{
    CardStatus status;
    status.text = run(QStringLiteral("sc-hsm-tool"), {}).output;
    const QString text = QString::fromUtf8(status.text);
    status.version = firstMatch(text, QStringLiteral("Version +: (\\S+)")).toLatin1();
    status.soPinTries = numberIn(text, QStringLiteral("SO-PIN tries left +: (\\d+)"));
    status.userPinTries = numberIn(text, QStringLiteral("User PIN tries left +: (\\d+)"));
    status.shareFiles = numberIn(text, QStringLiteral("DKEK shares +: (\\d+)"));
    status.kcv = firstMatch(text, QStringLiteral("DKEK key check value +: ([0-9A-F]{16})")).toLatin1();
    status.outstanding = numberIn(text, QStringLiteral("DKEK import pending, (\\d+)"));
    if (status.outstanding < 0 && !status.kcv.isEmpty())
        status.outstanding = 0;
    return status;
}

namespace {

/// In one set of 128 the password begins with a zero byte, which the tool loses when it joins the shares.
bool opensForTheToolItself(const QList<PrintedShare>& printed, int threshold)
{
    const auto bytes = [](const QByteArray& pairs, qsizetype size) {
        const QByteArray raw = QByteArray::fromHex(pairs);
        return toBytes(bytesOf(QByteArray(size - raw.size(), 0) + raw));
    };
    const Bytes prime = bytes(printed.front().prime, 8);
    std::vector<dkek::CustodianShare> shares;
    std::vector<const dkek::CustodianShare*> pointers;
    for (const PrintedShare& share : printed.first(threshold))
        shares.push_back({ .id = share.id, .value = SecretBytes(bytes(share.value, 8)) });
    for (const dkek::CustodianShare& share : shares)
        pointers.push_back(&share);
    const auto password = dkek::joinPassword(prime, pointers);
    return password && (*password)[0] != 0;
}

QList<PrintedShare> createAnyShareFile(const QString& file, int threshold, int total)
{
    const Outcome made = run(QStringLiteral("sc-hsm-tool"),
        { QStringLiteral("--create-dkek-share"), file, QStringLiteral("--pwd-shares-threshold"),
            QString::number(threshold), QStringLiteral("--pwd-shares-total"), QString::number(total) },
        QByteArray(1 + 2 * total, '\n'));
    if (made.exitCode != 0)
        return {};
    const QString hex = QStringLiteral("([0-9a-f:]+)");
    const QRegularExpression pattern(
        QStringLiteral("Prime +: %1\\s+Share ID +: (\\d+)\\s+Share value +: %1").arg(hex));
    QList<PrintedShare> shares;
    auto matches = pattern.globalMatch(QString::fromLatin1(made.output));
    while (matches.hasNext()) {
        const auto match = matches.next();
        shares.append({ .prime = match.captured(1).toLatin1(),
            .id = match.captured(2).toInt(),
            .value = match.captured(3).toLatin1() });
    }
    return shares;
}

} // namespace

QList<PrintedShare> createShareFile(const QString& file, int threshold, int total)
{
    QList<PrintedShare> printed;
    do {
        printed = createAnyShareFile(file, threshold, total);
    } while (!printed.isEmpty() && !opensForTheToolItself(printed, threshold));
    return printed;
}

Outcome importShareFile(const QString& file, const QList<PrintedShare>& shares)
{
    QByteArray dialogue = shares.first().prime + '\n';
    for (const PrintedShare& share : shares)
        dialogue += '\n' + QByteArray::number(share.id, 16) + '\n' + share.value + '\n';
    return run(QStringLiteral("sc-hsm-tool"),
        { QStringLiteral("--import-dkek-share"), file, QStringLiteral("--pwd-shares-total"),
            QString::number(shares.size()) },
        dialogue);
}

bool readPublicKey(const QString& id, const QString& derFile)
{
    const QString pem = derFile + QStringLiteral(".pem");
    return run(QStringLiteral("pkcs15-tool"),
               { QStringLiteral("--read-public-key"), id, QStringLiteral("--output"), pem })
               .exitCode
        == 0
        && run(QStringLiteral("openssl"),
               { QStringLiteral("pkey"), QStringLiteral("-pubin"), QStringLiteral("-in"), pem,
                   QStringLiteral("-outform"), QStringLiteral("DER"), QStringLiteral("-out"), derFile })
               .exitCode
        == 0;
}

bool decrypts(const QString& id, const QString& derFile, const QString& messageFile)
{
    const QString cipher = messageFile + QStringLiteral(".cipher");
    const QString clear = messageFile + QStringLiteral(".clear");
    const auto encrypted = run(QStringLiteral("openssl"),
        { QStringLiteral("pkeyutl"), QStringLiteral("-encrypt"), QStringLiteral("-pubin"),
            QStringLiteral("-keyform"), QStringLiteral("DER"), QStringLiteral("-inkey"), derFile,
            QStringLiteral("-in"), messageFile, QStringLiteral("-out"), cipher });
    const auto decrypted = pkcs11Login({ QStringLiteral("--decrypt"), QStringLiteral("--id"), id,
        QStringLiteral("--mechanism"), QStringLiteral("RSA-PKCS"), QStringLiteral("--input-file"), cipher,
        QStringLiteral("--output-file"), clear });
    const QByteArray message = contentOf(messageFile);
    return encrypted.exitCode == 0 && decrypted.exitCode == 0 && !message.isEmpty()
        && contentOf(clear) == message;
}

bool verifies(const QString& derFile, const QString& messageFile, const QString& signatureFile)
{
    return run(QStringLiteral("openssl"),
               { QStringLiteral("dgst"), QStringLiteral("-sha256"), QStringLiteral("-keyform"),
                   QStringLiteral("DER"), QStringLiteral("-verify"), derFile, QStringLiteral("-signature"),
                   signatureFile, messageFile })
               .exitCode
        == 0;
}

} // namespace conclave::interop::stock
