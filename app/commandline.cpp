// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace conclave::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

struct Options {
    QCommandLineOption rehearse{ QStringLiteral("rehearse"),
        Words::tr("Rehearse with a simulated device. No real device is looked at.") };
    QCommandLineOption unattended{ QStringLiteral("unattended"),
        Words::tr("With --rehearse: scripted people play the whole ceremony. Needs --output.") };
    QCommandLineOption output{ QStringLiteral("output"),
        Words::tr("The ceremony's folder of an unattended rehearsal; it is made."), Words::tr("folder") };
    QCommandLineOption resume{ QStringLiteral("resume"),
        Words::tr("Continue the ceremony whose records are in this folder."), Words::tr("folder") };
    QCommandLineOption list{ QStringLiteral("list"),
        Words::tr("Print the readers and devices that are connected.") };
    QCommandLineOption theme{ QStringLiteral("theme"),
        Words::tr("Colours: light or dark; else as the system."), Words::tr("name") };
    QCommandLineOption help{ { QStringLiteral("h"), QStringLiteral("help") }, Words::tr("Print this help.") };
    QCommandLineOption version{ { QStringLiteral("v"), QStringLiteral("version") },
        Words::tr("Print the version.") };

    void addTo(QCommandLineParser& parser) const
    {
        parser.setApplicationDescription(
            Words::tr("Leads through key ceremonies on Nitrokey HSM 2 and SmartCard-HSM devices."));
        parser.addOptions({ rehearse, unattended, output, resume, list, theme, help, version });
    }
};

} // namespace

QString helpText()
{
    QCommandLineParser parser;
    Options().addTo(parser);
    return parser.helpText();
}

std::optional<CommandLine> parseCommandLine(const QStringList& arguments, QString& problem)
{
    const Options options;
    QCommandLineParser parser;
    options.addTo(parser);

    if (!parser.parse(arguments)) {
        problem = parser.errorText();
        return std::nullopt;
    }
    CommandLine line;
    line.rehearse = parser.isSet(options.rehearse);
    line.unattended = parser.isSet(options.unattended);
    line.folder = parser.isSet(options.resume) ? parser.value(options.resume) : parser.value(options.output);
    if (parser.isSet(options.theme)) {
        line.dark = parser.value(options.theme) == QStringLiteral("dark");
        if (!*line.dark && parser.value(options.theme) != QStringLiteral("light"))
            problem = Words::tr("--theme is light or dark.");
    }
    if (parser.isSet(options.help)) {
        line.action = CommandLine::Action::Help;
    } else if (parser.isSet(options.version)) {
        line.action = CommandLine::Action::Version;
    } else if (parser.isSet(options.list)) {
        line.action = CommandLine::Action::List;
    } else if (parser.isSet(options.resume)) {
        line.action = CommandLine::Action::Resume;
    }
    if (!parser.positionalArguments().isEmpty())
        problem = Words::tr("“%1” is not an option.").arg(parser.positionalArguments().front());
    else if (line.unattended && (!line.rehearse || line.action != CommandLine::Action::Wizard))
        problem = Words::tr("--unattended goes with --rehearse only.");
    else if (line.unattended != parser.isSet(options.output))
        problem = Words::tr("--unattended and --output go together.");
    else if (line.action == CommandLine::Action::Resume && line.folder.isEmpty())
        problem = Words::tr("--resume needs a folder.");
    if (!problem.isEmpty())
        return std::nullopt;
    return line;
}

} // namespace conclave::app
