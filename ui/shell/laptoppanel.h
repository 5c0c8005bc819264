// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/theme/icon.h"

#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QVBoxLayout;

namespace conclave::device {
class DeviceDirectory;
}

namespace conclave::ui {

class Label;

/// What the people should know about the laptop before they begin: network, displays, clock, devices.
class LaptopPanel : public QWidget {
    Q_OBJECT

public:
    explicit LaptopPanel(const device::DeviceDirectory& directory, QWidget* parent = nullptr);

private:
    struct Row {
        QLabel* icon;
        Label* head;
        Label* text;
    };

    Row addRow(QVBoxLayout& layout);
    void set(const Row& row, Icon icon, Token colour, const QString& head, const QString& text) const;
    void update();
    void showDevices();

    const device::DeviceDirectory& m_directory;
    Row m_network;
    Row m_displays;
    Row m_clock;
    Row m_devices;
    QTimer m_timer;
};

} // namespace conclave::ui
