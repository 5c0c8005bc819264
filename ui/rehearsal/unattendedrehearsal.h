// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/devicedirectory.h"
#include "core/device/simulatedreaders.h"
#include "ui/shell/pagekey.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <memory>
#include <optional>

namespace conclave::ui {

class CeremonyView;
class ScriptedPeople;
class WizardWindow;

/// Plays a whole ceremony through the program's window with scripted people, keeps a picture of each screen
/// and a sheet for each custodian, and checks everything afterwards. Takes simulated readers and no others,
/// so that no real device can come to harm.
class UnattendedRehearsal : public QObject {
    Q_OBJECT

public:
    /// `window` must be shown, on its start page, with these readers; `folder` is the ceremony's own.
    UnattendedRehearsal(WizardWindow& window, device::SimulatedReaders& readers, QString folder);
    ~UnattendedRehearsal() override;

    void start();

Q_SIGNALS:
    /// A step of the rail is over.
    void stepDone(const QString& name, qint64 milliseconds);
    /// Everything verified, if `problem` is empty.
    void finished(const QString& problem);

private:
    void look();
    void tellStep();
    void takePicture(const QString& name);
    void saveSheet();
    void verify();
    [[nodiscard]] QString problemOfDevice(const device::DetectedDevice& device) const;
    void finish(const QString& problem);

    WizardWindow& m_window;
    device::SimulatedReaders& m_readers;
    QString m_folder;
    std::unique_ptr<ScriptedPeople> m_people;
    std::unique_ptr<device::DeviceDirectory> m_check; ///< looks at the device when all is done
    QTimer m_eyes;
    QElapsedTimer m_sinceStep;
    QElapsedTimer m_sinceChange;
    QString m_step;
    std::optional<PageKey> m_pictured; ///< the page whose picture was taken when it came up
    bool m_filled = false; ///< all is filled in; the page may still be laying itself out
    int m_pictures = 0;
};

} // namespace conclave::ui
