// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/secretbytes.h"
#include "core/witness/testimony.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <optional>

class QProcess;

namespace conclave::witness {

/// What is asked.
struct WitnessQuestion {
    QString program{}; ///< conclave-witness
    QString module{}; ///< what it loads
    QString serial{}; ///< of the device, which must not be held exclusively meanwhile
    Bytes challenge{};
    SecretBytes pin{}; ///< empty: keys are listed only
    int limitMs = 0; ///< then it is stopped: ModuleTooSlow
};

/// conclave-witness: a PKCS#11 module in a process of its own, so that foreign code sees the user PIN only,
/// and takes what it makes of it into its grave. Nothing waits for it. Lives on a thread with an event loop.
class WitnessProcess final : public QObject {
    Q_OBJECT

public:
    explicit WitnessProcess(QObject* parent = nullptr);
    /// Stops it, and does not wait.
    ~WitnessProcess() override;

    /// Once. The PIN goes into a pipe straight from where it lies; serial and challenge, which are public,
    /// are arguments.
    void start(const WitnessQuestion& question);
    /// finished() follows.
    void stop();

    /// After finished(). ModuleUnusable, TokenNotFound, ModuleFailed, ModuleTooSlow.
    [[nodiscard]] const Result<Testimony>& answer() const { return m_answer; }

Q_SIGNALS:
    void finished();

private:
    void collect();
    void conclude();

    QProcess* m_process;
    QTimer m_limit;
    QByteArray m_output;
    std::optional<ErrorKind> m_stoppedFor;
    Result<Testimony> m_answer = fail(ErrorKind::ModuleFailed);
};

} // namespace conclave::witness
