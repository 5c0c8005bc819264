// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/commandline.h"
#include "app/console.h"
#include "app/endatwork.h"
#include "app/readerlist.h"
#include "app/rehearsaldevice.h"
#include "core/base/processprotection.h"
#include "core/ceremony/ceremonyfolder.h"
#include "core/ceremony/knownceremonies.h"
#include "core/device/pcscreaders.h"
#include "ui/rehearsal/unattendedrehearsal.h"
#include "ui/shell/wizardwindow.h"
#include "ui/text/errortext.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTranslator>

using namespace conclave;
using namespace conclave::app;

namespace {

constexpr int kWrongUse = 2;
constexpr QSize kPictureSize{ 1100, 760 };

void describe(QCoreApplication& application)
{
    QCoreApplication::setApplicationName(QStringLiteral("conclave"));
    QCoreApplication::setOrganizationName(QStringLiteral("conclave"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CONCLAVE_VERSION));
    // English has plurals, too.
    auto* translator = new QTranslator(&application);
    if (translator->load(QStringLiteral(":/i18n/conclave_en.qm")))
        QCoreApplication::installTranslator(translator);
}

QString recordsFolder(bool rehearsal)
{
    const QDir documents(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    return documents.filePath(
        rehearsal ? QStringLiteral("Conclave rehearsals") : QStringLiteral("Conclave ceremonies"));
}

bool displayIsMissing()
{
#ifdef Q_OS_LINUX
    return qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return false;
#endif
}

void tellProtection(const ProcessProtection& protection)
{
    if (!protection.secureHeapLocked)
        complain(QCoreApplication::translate("main",
            "The system refused to lock memory, so secrets could be swapped to the disk. Switch swapping "
            "off, or "
            "raise the limit (ulimit -l)."));
    if (!protection.undumpable || !protection.coreDumpsOff)
        complain(QCoreApplication::translate(
            "main", "The system does not keep other programs from reading this one's memory."));
}

int runUnattended(const QString& folder, std::optional<bool> dark)
{
    if (QFileInfo::exists(ceremony::transcriptPath(folder))) {
        complain(QCoreApplication::translate("main", "%1 holds a ceremony already. Choose another folder.")
                     .arg(QDir::toNativeSeparators(folder)));
        return EXIT_FAILURE;
    }
    ui::Theme::install(*qApp, dark.value_or(false));
    RehearsalDevice device(simulator::DeviceDelays::none());
    ui::WizardWindow window({ device.readers() }, { QFileInfo(folder).absolutePath(), folder });
    window.resize(kPictureSize);
    window.show();
    ui::UnattendedRehearsal rehearsal(window, device.readers(), folder);
    QObject::connect(
        &rehearsal, &ui::UnattendedRehearsal::stepDone, [](const QString& name, qint64 milliseconds) {
            print(QStringLiteral("%1  %2 s")
                      .arg(name, -20)
                      .arg(static_cast<double>(milliseconds) / 1000, 6, 'f', 1));
        });
    QObject::connect(&rehearsal, &ui::UnattendedRehearsal::finished, [&folder](const QString& problem) {
        if (problem.isEmpty())
            print(QCoreApplication::translate("main", "Everything verified. The records are in %1")
                      .arg(QDir::toNativeSeparators(folder)));
        else
            complain(problem);
        QCoreApplication::exit(problem.isEmpty() ? EXIT_SUCCESS : EXIT_FAILURE);
    });
    rehearsal.start();
    return QApplication::exec();
}

int runWindow(ui::WizardWindow& window, const QString& resumed)
{
    QObject::connect(&window, &ui::WizardWindow::rehearsalRequested, [] {
        QProcess::startDetached(QCoreApplication::applicationFilePath(), { QStringLiteral("--rehearse") });
    });
    QObject::connect(&window, &ui::WizardWindow::endRequested, [] { QCoreApplication::exit(EXIT_SUCCESS); });
    window.show();
    if (!resumed.isEmpty())
        window.continueCeremony(resumed);
    const int code = QApplication::exec();
    window.finishWriting();
    endAtWork(code);
    return code;
}

int runRehearsal(const QString& resumed)
{
    RehearsalDevice device(simulator::DeviceDelays::realDevice());
    ui::WizardWindow window({ device.readers() }, { recordsFolder(true), {} });
    QObject::connect(&window, &ui::WizardWindow::beginning, &device,
        [&device](ceremony::Flow flow) { device.prepareFor(flow, recordsFolder(true)); });
    QObject::connect(&window, &ui::WizardWindow::continuing, &device, &RehearsalDevice::continueIn);
    QObject::connect(&window, &ui::WizardWindow::ceremonyFolderChanged, &device, &RehearsalDevice::keepIn);
    return runWindow(window, resumed);
}

int runCeremony(const QString& resumed)
{
    device::PcscReaders readers;
    ceremony::Environment environment{ readers };
    environment.witness.program
        = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("conclave-witness"));
    ui::WizardWindow window(environment, { recordsFolder(false), {} });
    return runWindow(window, resumed);
}

} // namespace

int main(int argc, char* argv[])
{
    const ProcessProtection protection = protectProcess();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments << QString::fromLocal8Bit(argv[i]);

    // What to print needs no display, and neither does a rehearsal that nobody watches.
    QString problem;
    const std::optional<CommandLine> line = parseCommandLine(arguments, problem);
    if (!line
        || (line->action != CommandLine::Action::Wizard && line->action != CommandLine::Action::Resume)) {
        QCoreApplication application(argc, argv);
        describe(application);
        if (!line) {
            complain(problem);
            return kWrongUse;
        }
        if (line->action == CommandLine::Action::List)
            return listReaders();
        print(line->action == CommandLine::Action::Help ? helpText().trimmed()
                                                        : QStringLiteral("Conclave " CONCLAVE_VERSION));
        return EXIT_SUCCESS;
    }
    if (line->unattended && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    else if (displayIsMissing()) {
        complain(
            QStringLiteral("There is no display (DISPLAY and WAYLAND_DISPLAY are not set), and the wizard "
                           "needs one. Start it from a desktop session."));
        return EXIT_FAILURE;
    }

    QApplication application(argc, argv);
    describe(application);
    tellProtection(protection);
    if (line->unattended)
        return runUnattended(QFileInfo(line->folder).absoluteFilePath(), line->dark);
    ui::Theme::install(application, line->dark);
    if (line->action == CommandLine::Action::Wizard)
        return line->rehearse ? runRehearsal({}) : runCeremony({});

    const QString folder = QFileInfo(line->folder).absoluteFilePath();
    const Result<ceremony::CeremonyState> state = ceremony::readCeremony(folder);
    if (!state) {
        complain(ui::errorSentence(state.error()));
        return EXIT_FAILURE;
    }
    return state->rehearsal() ? runRehearsal(folder) : runCeremony(folder);
}
