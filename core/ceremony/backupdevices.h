// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/ceremony/recorder.h"

#include <QObject>

#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace conclave::device {
class DeviceWorker;
}

namespace conclave::ceremony {

/// The parts of a ceremony that its several devices are in: each is one of its own, with a worker of its own,
/// and goes on by itself, beside the others, as long as nothing goes wrong on it. Holds what all of them
/// need.
class BackupDevices final : public QObject {
    Q_OBJECT

public:
    /// The record must outlive them.
    BackupDevices(const Environment& environment, Recorder& record);
    ~BackupDevices() override;

    [[nodiscard]] const Ceremony* on(const QString& serial) const;
    [[nodiscard]] WorkTimes times(const QString& serial) const;
    [[nodiscard]] bool working() const;
    /// Those that still need something are plugged in, as far as was told.
    [[nodiscard]] bool allPresent() const;
    /// No device waits for its user PIN to be typed.
    [[nodiscard]] bool userPinsHeld() const;
    /// Before they are destroyed while a device is at work: that would wait for its end.
    void letGoOfDevices();
    /// Lets go of the parts that are over.
    void keepThoseInNeed();

    /// Keeps the clear bytes of a share file. With all of them: the key check value of the DKEK, in hex.
    std::optional<QString> takeShareFile(int number, SecretBytes clear, std::size_t all);
    void forgetShareFiles() { m_shareFiles.clear(); }
    void useBackup(std::shared_ptr<const OpenedBackup> backup);
    /// Nothing begins by itself any more when the backup is there, or when the first device has signed.
    void stopWaiting();
    /// For each that waits for one. It is sent to a second device only when the first has taken it.
    void enterUserPin(const SecretBytes& pin, bool lastTryConfirmed);
    /// 1 when each that waits for its user PIN said that one try is left.
    [[nodiscard]] std::optional<int> userPinTriesLeft() const;
    Status setPins(const PinSettings& settings);

    void workOnAll();
    void workOn(const QString& serial);
    /// workOnAll(), as soon as the backup is there.
    void workWhenOpened() { m_waitsForBackup = true; }
    void stopSoon();
    /// On the first device, once, and on each that waits for its proof.
    Status prove(SecretBytes firstPin);
    void forgetSecrets();

Q_SIGNALS:
    void changed();

private:
    struct Part {
        std::unique_ptr<Ceremony> ceremony;
        SecretBytes userPin{};
        bool pinTaken = false; ///< a device took this PIN, or was given it
        bool lastTryConfirmed = false;
        bool goesOn = false;
        bool called = false; ///< goOn() comes
        WorkTimes times{};
    };

    [[nodiscard]] const CeremonyState& state() const { return m_record.state(); }
    void begin(Part& part);
    void stop(Part& part);
    /// Not while a change is still being told: what follows from it may not be on its way to the record yet.
    void goOnSoon(const QString& serial);
    void goOn(const QString& serial);
    [[nodiscard]] Status doNext(const QString& serial, Part& part);
    [[nodiscard]] static bool waitsForPin(const Part& part);
    [[nodiscard]] static bool onLastTry(const Part& part);
    /// Of those that are at work, with a PIN that no device has taken so far.
    [[nodiscard]] bool othersShouldTryFirst(const Part& part) const;
    [[nodiscard]] bool enterPin(const QString& serial, Part& part);
    void pinWasTried(const QString& serial, Part& part);
    void callOthers(const QString& serial);
    /// They open the DKEK: gone as soon as no device is to get them any more.
    void forgetShareFilesInTime();
    void signOnFirst();
    void signedOnFirst(const Result<std::vector<Result<Bytes>>>& signatures);

    const Environment m_environment;
    Recorder& m_record;
    std::map<int, SecretBytes> m_shareFiles; ///< clear bytes, by number
    std::shared_ptr<const OpenedBackup> m_backup;
    bool m_waitsForBackup = false;
    bool m_proving = false; ///< prove() was asked for, and not stopped since
    std::map<QString, Part> m_parts; ///< by serial
    QString m_trying; ///< the device on which a PIN that was typed is tried first
    int m_restoredBefore = 0; ///< on that device
    SecretBytes m_firstPin;
    std::unique_ptr<device::DeviceWorker> m_first; ///< while it signs
    std::vector<OriginalKey> m_keys;
    Bytes m_challenge;
    std::optional<std::vector<Result<Bytes>>> m_onFirst;
};

} // namespace conclave::ceremony
