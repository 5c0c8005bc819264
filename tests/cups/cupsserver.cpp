// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/cups/cupsserver.h"

#include <QDirIterator>
#include <QFile>
#include <QLocalSocket>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace conclave::test {

namespace {

constexpr int kStartMs = 20'000;

// What CUPS calls with job, user, title, copies, options, and perhaps a file (backend(7)).
constexpr char kBackend[] = R"(#!/bin/sh
[ $# -eq 0 ] && exit 0
[ -e "@folder@/broken" ] && exit 1
while [ -e "@folder@/held" ]; do read -r line < "@folder@/gate"; done
if [ $# -ge 6 ]; then cat "$6"; else cat; fi > "@folder@/printed/$1.part"
mv "@folder@/printed/$1.part" "@folder@/printed/$1.pdf"
)";

constexpr char kServer[] = R"(LogLevel debug
Listen @folder@/socket
WebInterface No
Browsing No
PreserveJobHistory Yes
PreserveJobFiles Yes
ErrorPolicy abort-job
)";

constexpr char kFiles[] = R"(ServerRoot @folder@/etc
ServerBin @folder@/bin
DataDir /usr/share/cups
RequestRoot @folder@/spool
TempDir @folder@/spool/tmp
CacheDir @folder@/cache
StateDir @folder@/state
DocumentRoot @folder@/state
ErrorLog @folder@/error_log
AccessLog @folder@/access_log
PageLog @folder@/page_log
SystemGroup root
Sandboxing relaxed
FatalErrors none
)";

QByteArray printer(int number, const char* name, const char* uri)
{
    return QByteArrayLiteral("<Printer ") + name + ">\nPrinterId " + QByteArray::number(number)
        + "\nInfo The " + name + "\nDeviceURI " + uri
        + "\nState Idle\nStateTime 1\nConfigTime 1\nType 4\nAccepting Yes\nShared No\nJobSheets none none\n"
          "QuotaPeriod 0\nPageLimit 0\nKLimit 0\nOpPolicy default\nErrorPolicy abort-job\n</Printer>\n";
}

} // namespace

CupsServer::CupsServer()
{
    configure();
    qputenv("CUPS_SERVER", QFile::encodeName(path(QStringLiteral("socket"))));
    qputenv("CUPS_SERVERROOT", QFile::encodeName(path(QStringLiteral("etc"))));
    // A copy: what the system lets its own print server do (AppArmor) goes by the program's path.
    const QString program = path(QStringLiteral("cupsd"));
    if (!QFile::copy(QStringLiteral(CONCLAVE_CUPSD), program))
        return;
    m_server.setProcessChannelMode(QProcess::MergedChannels);
    m_server.start(program,
        { QStringLiteral("-f"), QStringLiteral("-c"), path(QStringLiteral("etc/cupsd.conf")),
            QStringLiteral("-s"), path(QStringLiteral("etc/cups-files.conf")) });
    m_running = QTest::qWaitFor(
        [this] {
            QLocalSocket socket;
            socket.connectToServer(path(QStringLiteral("socket")));
            return socket.waitForConnected(100);
        },
        kStartMs);
}

CupsServer::~CupsServer()
{
    release();
    stop();
}

void CupsServer::stop()
{
    m_running = false;
    m_server.terminate();
    if (!m_server.waitForFinished(kStartMs))
        m_server.kill();
    m_server.waitForFinished();
}

void CupsServer::crash()
{
    m_running = false;
    m_server.kill();
    m_server.waitForFinished();
}

void CupsServer::configure()
{
    for (const char* folder :
        { "etc", "bin/backend", "bin/daemon", "bin/filter", "spool/tmp", "cache", "state", "printed" })
        QDir(m_folder.path()).mkpath(QString::fromLatin1(folder));
    writeFile(QStringLiteral("etc/cupsd.conf"), kServer);
    writeFile(QStringLiteral("etc/cups-files.conf"), kFiles);
    writeFile(QStringLiteral("etc/printers.conf"),
        printer(1, "Cable", "usb://Test/Laser?serial=1") + printer(2, "Network", "socket://192.0.2.1")
            + printer(3, "File", "cups-pdf:/"));
    for (const char* backend : { "usb", "socket", "cups-pdf" })
        writeFile(QStringLiteral("bin/backend/") + QString::fromLatin1(backend), kBackend, true);
    // Through which it starts the backends.
    QFile::link(
        QStringLiteral("/usr/lib/cups/daemon/cups-exec"), path(QStringLiteral("bin/daemon/cups-exec")));
    ::mkfifo(QFile::encodeName(path(QStringLiteral("gate"))).constData(), 0600);
}

void CupsServer::writeFile(const QString& name, const QByteArray& content, bool executable)
{
    QFile file(path(name));
    if (!file.open(QIODevice::WriteOnly))
        return;
    QByteArray text = content;
    file.write(text.replace("@folder@", QFile::encodeName(m_folder.path())));
    // Root's print server runs as root only what nobody else may.
    file.setPermissions(executable ? QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner
                                   : QFile::ReadOwner | QFile::WriteOwner);
}

QStringList CupsServer::printed() const
{
    const QDir folder(path(QStringLiteral("printed")));
    QStringList files;
    for (const QString& name :
        folder.entryList({ QStringLiteral("*.pdf") }, QDir::Files, QDir::Time | QDir::Reversed))
        files << folder.filePath(name);
    return files;
}

QStringList CupsServer::documentsInSpool() const
{
    QStringList found;
    for (QDirIterator files(spool(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
         files.hasNext();) {
        QFile file(files.next());
        // Documents are d00001-001; a control file (c00001) has no room for a page.
        if (!file.open(QIODevice::ReadOnly) || file.size() > 65536 || file.read(5) == "%PDF-")
            found << file.fileName();
    }
    return found;
}

QString CupsServer::log() const
{
    QFile file(path(QStringLiteral("error_log")));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void CupsServer::hold()
{
    writeFile(QStringLiteral("held"), {});
}

void CupsServer::release()
{
    QFile::remove(path(QStringLiteral("held")));
    // Whoever waits at the gate reads a line; nobody: nothing to wake.
    const int gate
        = ::open(QFile::encodeName(path(QStringLiteral("gate"))).constData(), O_WRONLY | O_NONBLOCK);
    if (gate < 0)
        return;
    [[maybe_unused]] const ssize_t written = ::write(gate, "\n", 1);
    ::close(gate);
}

void CupsServer::breakDown()
{
    writeFile(QStringLiteral("broken"), {});
}

void CupsServer::repair()
{
    QFile::remove(path(QStringLiteral("broken")));
}

} // namespace conclave::test
