// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/devicedirectory.h"
#include "ui/shell/page.h"

#include <map>
#include <vector>

class QVBoxLayout;

namespace conclave::ui {

class Button;
class DangerConfirm;
class DeviceList;
class Tick;
class Card;

/// Step 2: the devices that are plugged in, live, and what is on the chosen one.
class DetectPage : public Page {
    Q_OBJECT
public:
    DetectPage(ceremony::Ceremony& ceremony, device::DeviceDirectory& directory);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    [[nodiscard]] QWidget* initialFocus() override;
    void lookAgain() override;
    void back() override;
    [[nodiscard]] QString help() const override;

private:
    void showChosen();
    /// In place of a spare device.
    void offerSimulator();
    void showDetails(const std::vector<const device::DetectedDevice*>& devices);
    void showCautions(const device::DetectedDevice& device);
    [[nodiscard]] bool usable(const device::DetectedDevice& device) const;
    /// Why it cannot be the device of this flow, and what to do about it; empty when it can.
    [[nodiscard]] QString unfit(const device::DetectedDevice& device) const;
    [[nodiscard]] QString notAsAnnounced(const ceremony::DeviceChosen& device) const;
    void showFacts(const device::DetectedDevice& device);
    void showKeys(const device::DetectedDevice& device);
    /// What has to be ticked and typed about the chosen device is.
    [[nodiscard]] bool confirmed() const;
    void judge();
    void use();

    device::DeviceDirectory& m_directory;
    DeviceList* m_list;
    QVBoxLayout* m_details;
    /// What m_details tells: a reader that comes or goes must not undo what was ticked and typed there.
    std::vector<ceremony::DeviceChosen> m_shown;
    struct Asked {
        Tick* givenUp = nullptr;
        DangerConfirm* unknownMaker = nullptr;
    };
    std::map<QString, Asked> m_asked; ///< by serial
    Button* m_use = nullptr;
};

} // namespace conclave::ui
