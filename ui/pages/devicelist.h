// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/devicedirectory.h"

#include <QWidget>

#include <functional>
#include <vector>

class QVBoxLayout;

namespace conclave::ui {

class Label;

/// The devices that are plugged in, live, to choose one of, or several. New ones come at the end.
class DeviceList : public QWidget {
    Q_OBJECT

public:
    using Usable = std::function<bool(const device::DetectedDevice&)>;

    /// In a sentence; empty: nothing is said of it.
    using Unfit = std::function<QString(const device::DetectedDevice&)>;

    DeviceList(
        device::DeviceDirectory& directory, Usable usable, QWidget* parent = nullptr, Unfit unfit = {});

    /// More than one can be chosen.
    void allowSeveral();
    /// By reader and serial: another device in the same reader is not the chosen one. Null also while several
    /// are.
    [[nodiscard]] const device::DetectedDevice* chosen() const;
    [[nodiscard]] std::vector<const device::DetectedDevice*> chosenOnes() const;
    /// Null while there is no device.
    [[nodiscard]] QWidget* firstChip() const;

Q_SIGNALS:
    /// Another device is chosen, or what is known of the devices changed.
    void changed();

private:
    void show();
    void choose(const QString& reader);
    void chooseTheOnlyOne();
    void showProblem();

    device::DeviceDirectory& m_directory;
    const Usable m_usable;
    const Unfit m_unfit;
    bool m_several = false;
    struct Choice {
        QString reader;
        QString serial; ///< empty: of a device that could not be read
        bool operator==(const Choice&) const = default;
    };
    std::vector<Choice> m_choices;
    Label* m_hint;
    QVBoxLayout* m_list;
};

} // namespace conclave::ui
