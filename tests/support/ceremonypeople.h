// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/device/readersource.h"
#include "tests/support/sheets.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace conclave::device {
class DeviceDirectory;
}

namespace conclave::support {

/// What the people of a ceremony agreed on beforehand.
struct CeremonyScript {
    QString ceremonyId{};
    std::vector<ceremony::ShareFileRule> shareFiles{};
    /// Ids of those who come back for the import, one list a share file; one of a password is not asked for.
    std::vector<std::vector<int>> returning{};
    std::vector<ceremony::PlannedKey> keys{};
    QString label{};
    const char* password = ""; ///< of share files with a password
    const char* userPin = "";
    const char* newSoPin = ""; ///< 16 hex digits
    const char* currentSoPin = ""; ///< of a device that has one
    ceremony::Stage until = ceremony::Stage::Closed; ///< they go when it is reached
};

/// People who do everything right: whatever state the ceremony is in, they do what is next as soon as it is
/// at rest. Works from the event loop; done() is told once.
class CeremonyPeople : public QObject {
    Q_OBJECT
public:
    /// On the first device that is there. The sheets must outlive them.
    CeremonyPeople(ceremony::Environment environment, QString folder, CeremonyScript script, Sheets& sheets);
    ~CeremonyPeople() override;

    /// A ceremony of its own, in a folder without one.
    void begin();
    /// The ceremony of the folder, by people who have no checkpoint code.
    void resume();
    /// When they have finished: on, to another stage.
    void goOnUntil(ceremony::Stage stage);

    [[nodiscard]] const ceremony::Ceremony& ceremony() const { return *m_ceremony; }
    [[nodiscard]] const ceremony::CeremonyState& state() const { return m_ceremony->state(); }
    [[nodiscard]] bool finished() const { return m_finished; }
    /// They reached the end of the script.
    [[nodiscard]] bool succeeded() const { return m_finished && m_ended; }
    /// Stage, trouble and the last refusal, for a message.
    [[nodiscard]] QString situation() const;

Q_SIGNALS:
    void done();

protected:
    /// Before they do anything; the ceremony is at rest.
    virtual void look() { }
    /// True: they did something about it. False: they give up.
    virtual bool meet(const ceremony::Trouble&) { return false; }
    /// True: they did something about a device that cannot be looked at.
    virtual bool meetAtDetection(const Error&) { return false; }
    /// A custodian saw this share.
    virtual void seen(const QString& /*set*/, int /*id*/) { }
    /// The officer typed a PIN that the device is going to be asked about.
    virtual void typed(const char* /*pin*/) { }

    [[nodiscard]] ceremony::Ceremony& theCeremony() { return *m_ceremony; }
    [[nodiscard]] device::DeviceDirectory* directory() { return m_directory.get(); }

private:
    void wake();
    void act();
    void finish(bool ended);
    [[nodiscard]] Status next();
    [[nodiscard]] Status prepare();
    [[nodiscard]] Status choose();
    [[nodiscard]] Status handOut();
    [[nodiscard]] Status setPins();
    [[nodiscard]] Status import();
    [[nodiscard]] Status generate();
    [[nodiscard]] Status backUp();
    [[nodiscard]] Status review();
    [[nodiscard]] Status leave();

    device::ReaderSource& m_readers;
    const QString m_folder;
    CeremonyScript m_script;
    Sheets& m_sheets;
    std::unique_ptr<ceremony::Ceremony> m_ceremony;
    std::unique_ptr<device::DeviceDirectory> m_directory;
    Status m_refusal{};
    bool m_awake = false;
    bool m_finished = false;
    bool m_ended = false;
};

} // namespace conclave::support
