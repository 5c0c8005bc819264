// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/hex.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QString>

#include <stdexcept>
#include <string_view>
#include <vector>

namespace conclave::test {

/// Hex with or without spaces.
inline Bytes bytes(QString hex)
{
    const auto parsed = fromHex(hex.remove(QLatin1Char(' ')));
    if (!parsed)
        throw std::invalid_argument("not hex");
    return *parsed;
}

inline QJsonObject vectors(const char* file)
{
    QFile json(QStringLiteral(CONCLAVE_TEST_DATA "/") + QString::fromLatin1(file));
    if (!json.open(QIODevice::ReadOnly))
        throw std::runtime_error("no such vectors");
    return QJsonDocument::fromJson(json.readAll()).object();
}

inline Bytes realCvc(const char* name)
{
    return bytes(vectors("cvc_real.json").value(QLatin1String(name)).toString());
}

struct Exchange {
    QString command;
    QString response;
};

/// What OpenSC 0.23 sent and got in one run of a tool.
inline std::vector<Exchange> transcript(const char* run)
{
    static const QJsonArray all
        = vectors("opensc_0_23_apdu_transcripts.json").value(QLatin1String("transcripts")).toArray();
    for (const QJsonValue& one : all) {
        if (one[QLatin1String("command")].toString() != QLatin1String(run))
            continue;
        std::vector<Exchange> exchanges;
        const QJsonArray pairs = one[QLatin1String("exchanges")].toArray();
        for (const QJsonValue& pair : pairs)
            exchanges.push_back({ pair[0].toString(), pair[1].toString() });
        return exchanges;
    }
    throw std::runtime_error("no such run");
}

/// The first command of a run that begins with these hex digits, and its response.
inline Exchange exchange(const char* run, const char* begin)
{
    for (const Exchange& one : transcript(run)) {
        if (one.command.startsWith(QLatin1String(begin)))
            return one;
    }
    throw std::runtime_error("no such command");
}

/// A file as a run wrote it: created empty, then extended piece by piece.
inline QString writtenFile(const char* run, const char* file)
{
    QString content;
    bool writing = false;
    for (const Exchange& one : transcript(run)) {
        if (one.command.startsWith(QLatin1String("00d7") + QLatin1String(file))) {
            writing = true;
        } else if (writing) {
            if (!one.command.startsWith(QLatin1String("00d70000")))
                break;
            const qsizetype length = one.command.indexOf(QLatin1String("5402")) + 10;
            content += one.command.mid(length + (one.command.mid(length, 2) == QLatin1String("81") ? 4 : 2));
        }
    }
    return content;
}

} // namespace conclave::test
