// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace conclave::test {

/// A CUPS of its own: Debian's cupsd with configuration, spool and socket in a folder of the test, for this
/// process alone. Its printers are queues without a driver, whose backends write what they get into a folder.
/// As root and as any other user.
class CupsServer {
public:
    /// Starts it and has this process use it. isRunning() tells whether it worked.
    CupsServer();
    ~CupsServer();

    [[nodiscard]] bool isRunning() const { return m_running; }
    /// What it printed so far, by job number.
    [[nodiscard]] QStringList printed() const;
    /// Files in its spool that hold a document, or part of one.
    [[nodiscard]] QStringList documentsInSpool() const;
    [[nodiscard]] QString spool() const { return path(QStringLiteral("spool")); }
    [[nodiscard]] QString log() const;
    /// The printer takes nothing until release(), or says that it failed.
    void hold();
    void release();
    void breakDown();
    void repair();
    /// At once, without a word to its clients.
    void crash();

private:
    void stop();
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    void writeFile(const QString& name, const QByteArray& content, bool executable = false);
    void configure();

    QTemporaryDir m_folder;
    QProcess m_server;
    bool m_running = false;
};

} // namespace conclave::test
