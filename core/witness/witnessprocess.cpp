// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/witnessprocess.h"

#include "core/base/hex.h"

#include <QProcess>
#include <QProcessEnvironment>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace conclave::witness {

namespace {

/// Nothing of the user's that could make the module write, load or show something else; where the smart card
/// service is, and how a sanitizer is to behave, it has to know.
QProcessEnvironment cleanEnvironment()
{
    QProcessEnvironment clean;
    clean.insert(QStringLiteral("LC_ALL"), QStringLiteral("C.UTF-8"));
    for (const QString& name : { QStringLiteral("PCSCLITE_CSOCK_NAME"), QStringLiteral("ASAN_OPTIONS"),
             QStringLiteral("UBSAN_OPTIONS") }) {
        if (qEnvironmentVariableIsSet(name.toLatin1().constData()))
            clean.insert(name, qEnvironmentVariable(name.toLatin1().constData()));
    }
    return clean;
}

#ifdef Q_OS_UNIX

/// A pipe that the process reads as its input.
class InputPipe {
public:
    InputPipe()
    {
        if (::pipe(m_ends) == 0) {
            ::fcntl(m_ends[0], F_SETFD, FD_CLOEXEC);
            ::fcntl(m_ends[1], F_SETFD, FD_CLOEXEC);
        }
    }
    InputPipe(const InputPipe&) = delete;
    InputPipe& operator=(const InputPipe&) = delete;
    ~InputPipe()
    {
        for (const int end : m_ends) {
            if (end >= 0)
                ::close(end);
        }
    }

    /// Never blocks: what is written is much shorter than any pipe, and we hold both ends.
    [[nodiscard]] bool write(ByteView bytes) const
    {
        return m_ends[1] >= 0
            && ::write(m_ends[1], bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    }
    /// QProcess would keep a copy of what it passes on.
    void attachTo(QProcess& process) const
    {
        process.setStandardInputFile(QProcess::nullDevice());
        process.setChildProcessModifier([input = m_ends[0]] {
            ::dup2(input, STDIN_FILENO);
#ifdef CLOSE_RANGE_CLOEXEC
            ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
#endif
        });
    }

private:
    int m_ends[2] = { -1, -1 };
};

#else

class InputPipe {
public:
    [[nodiscard]] bool write(ByteView) const { return false; }
    void attachTo(QProcess&) const { }
};

#endif

} // namespace

WitnessProcess::WitnessProcess(QObject* parent)
    : QObject(parent)
    , m_process(new QProcess(this))
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        m_stoppedFor = ErrorKind::ModuleTooSlow;
        stop();
    });
    connect(m_process, &QProcess::readyReadStandardOutput, this, &WitnessProcess::collect);
    connect(m_process, &QProcess::finished, this, &WitnessProcess::conclude);
    connect(m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            conclude();
    });
}

WitnessProcess::~WitnessProcess()
{
    if (m_process->state() == QProcess::NotRunning)
        return;
    // QProcess waits when it goes before its process does.
    disconnect(m_process, nullptr, this, nullptr);
    m_process->setParent(nullptr);
    connect(m_process, &QProcess::finished, m_process, &QObject::deleteLater);
    m_process->kill();
}

void WitnessProcess::start(const WitnessQuestion& question)
{
    const InputPipe input;
    if (!input.write(question.pin)) {
        m_stoppedFor = ErrorKind::ModuleFailed;
        QMetaObject::invokeMethod(this, &WitnessProcess::conclude, Qt::QueuedConnection);
        return;
    }
    input.attachTo(*m_process);
    m_process->setProcessEnvironment(cleanEnvironment());
    m_process->setWorkingDirectory(QStringLiteral("/"));
    m_process->setStandardErrorFile(QProcess::nullDevice());
    m_limit.start(question.limitMs);
    m_process->start(question.program, { question.module, question.serial, toHex(question.challenge) },
        QIODevice::ReadOnly);
}

void WitnessProcess::stop()
{
    m_process->kill();
}

void WitnessProcess::collect()
{
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > kLongestTestimony)
        stop();
}

void WitnessProcess::conclude()
{
    m_limit.stop();
    collect();
    const bool ended = m_process->exitStatus() == QProcess::NormalExit;
    if (m_stoppedFor)
        m_answer = fail(*m_stoppedFor);
    else if (!ended || m_process->error() == QProcess::FailedToStart)
        m_answer = fail(ErrorKind::ModuleFailed, QStringLiteral("no answer"));
    else
        m_answer = testimonyFromJson(m_output);
    m_output.clear();
    Q_EMIT finished();
}

} // namespace conclave::witness
