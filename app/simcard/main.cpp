// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/cardfile.h"
#include "app/simcard/readerconnection.h"
#include "core/base/hex.h"
#include "core/simulator/statefile.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QMetaEnum>

#include <cstdio>
#include <cstdlib>
#include <optional>

using namespace conclave;

namespace {

/// SmartCard-HSM 4K: JCOP 3 (smartcard-hsm.md, 1.1).
const QString kAtr = QStringLiteral("3BDE18FF8191FE1FC38031815448534D317380214081071C");

struct Options {
    quint16 port = 0;
    QString state{};
    QString serial{};
    Bytes atr{};
};

int say(const QString& text)
{
    std::fprintf(stderr, "conclave-simcard: %s\n", qPrintable(text));
    return EXIT_FAILURE;
}

int say(const Error& error)
{
    const auto kind = QMetaEnum::fromType<ErrorKind>().valueToKey(static_cast<int>(error.kind));
    return say(QString::fromLatin1(kind) + QStringLiteral(": ") + error.detail);
}

void tell(const char* event)
{
    std::puts(event);
    std::fflush(stdout); // who waits for it reads from a pipe
}

std::optional<Options> readOptions(const QCoreApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Serves a simulated SmartCard-HSM to vsmartcard's virtual reader until terminated."));
    const QCommandLineOption port(QStringLiteral("port"),
        QStringLiteral("The port of this machine where the virtual reader listens."), QStringLiteral("port"));
    const QCommandLineOption state(QStringLiteral("state"),
        QStringLiteral("The file that keeps the card's memory; made when it is not there."),
        QStringLiteral("file"));
    const QCommandLineOption serial(QStringLiteral("serial"),
        QStringLiteral("The card's serial, 4 to 11 letters and digits."), QStringLiteral("serial"));
    const QCommandLineOption atr(
        QStringLiteral("atr"), QStringLiteral("Its answer to reset, in hex."), QStringLiteral("hex"), kAtr);
    parser.addOptions({ port, state, serial, atr });
    parser.addHelpOption();
    parser.addVersionOption();
    parser.process(application);

    Options options;
    options.port = parser.value(port).toUShort();
    options.state = parser.value(state);
    options.serial = parser.value(serial);
    options.atr = fromHex(parser.value(atr)).value_or(Bytes());
    if (options.port == 0 || options.state.isEmpty() || !simulator::isSerial(options.serial)
        || options.atr.size() < 2 || !parser.positionalArguments().isEmpty())
        return std::nullopt;
    return options;
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("conclave-simcard"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONCLAVE_VERSION));
    const auto options = readOptions(application);
    if (!options)
        return say(QStringLiteral("--port, --state and --serial are needed; see --help"));

    const auto card = simcard::loadCard(options->state, options->serial);
    if (!card)
        return say(card.error());
    if (const Status saved = simulator::saveDevice(options->state, **card); !saved)
        return say(saved.error());

    simcard::ReaderConnection connection(*card, options->atr, options->port);
    QObject::connect(
        &connection, &simcard::ReaderConnection::waiting, &connection, [] { tell("listening"); });
    QObject::connect(
        &connection, &simcard::ReaderConnection::connected, &connection, [] { tell("connected"); });
    QObject::connect(&connection, &simcard::ReaderConnection::cardChanged, &connection, [&] {
        // A card that forgets must not go on: what it answered would be lost with it.
        if (const Status saved = simulator::saveDevice(options->state, **card); !saved)
            std::exit(say(saved.error()));
    });
    connection.start();
    return QCoreApplication::exec();
}
