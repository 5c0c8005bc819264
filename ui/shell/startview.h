// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/knownceremonies.h"

#include <QWidget>

class QGridLayout;
class QScrollArea;
class QVBoxLayout;

namespace conclave::device {
class DeviceDirectory;
}

namespace conclave::ui {

class FooterBar;
class Label;
class SeatRing;
class Tile;

/// The page before a ceremony: what the people want to do.
class StartView : public QWidget {
    Q_OBJECT

public:
    /// Ceremonies that were begun are looked for in `recordsFolder`.
    StartView(const device::DeviceDirectory& directory, QString recordsFolder, bool rehearsal,
        QWidget* parent = nullptr);

    /// Looks for begun ceremonies again, and takes the focus.
    void enter();
    void showHelp();

Q_SIGNALS:
    void flowRequested(conclave::ceremony::Flow flow);
    void continueRequested(const QString& folder);
    /// A ceremony paused for travel is to go on here; the path of its transport file.
    void transportRequested(const QString& path);
    void rehearsalRequested();
    void checkSheetRequested();
    void inspectRequested();
    void pinsRequested();
    void quitRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void look();
    void showPaused();
    void chooseCeremony();
    void openFolder();
    void openTransport();
    struct Air;
    void fit();
    void use(const Air& air);
    [[nodiscard]] int heightNeeded(int width) const;

    QString m_recordsFolder;
    bool m_rehearsal;
    std::vector<ceremony::OpenCeremony> m_open;
    SeatRing* m_ring;
    Label* m_lead;
    QScrollArea* m_scroll;
    FooterBar* m_footer;
    QWidget* m_canvas;
    QVBoxLayout* m_column;
    QGridLayout* m_tiles;
    Tile* m_establish;
    Tile* m_continue;
};

} // namespace conclave::ui
