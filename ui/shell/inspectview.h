// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/inspection.h"
#include "ui/shell/deviceerrand.h"

class QVBoxLayout;

namespace conclave::ui {

class Note;

/// "Inspect a device": shows all that a device tells, and saves it. Changes nothing on it.
class InspectView : public DeviceErrand {
    Q_OBJECT

public:
    InspectView(device::ReaderSource& source, device::DeviceDirectory& directory, QString recordsFolder,
        QWidget* parent = nullptr);

    void lookAgain() override;
    void showHelp() override;

protected:
    [[nodiscard]] QString chooseButton(const QString& serial) const override;
    [[nodiscard]] Words words() const override;
    void start() override;
    void fillOwnFooter() override;

private:
    void showInspection();
    void save();

    const QString m_recordsFolder;
    card::Inspection m_found;
    card::InspectionOccasion m_occasion;
    QVBoxLayout* m_sections;
    Note* m_note;
};

} // namespace conclave::ui
