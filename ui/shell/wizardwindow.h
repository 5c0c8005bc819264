// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/device/devicedirectory.h"
#include "ui/shell/pagekey.h"

#include <QWidget>

#include <memory>

class QStackedLayout;

namespace conclave::ui {

class CeremonyView;
class CheckSheetView;
class Errand;
class StartView;

/// The program's window: the start page, one ceremony, or one errand outside any.
class WizardWindow : public QWidget {
    Q_OBJECT

public:
    struct Options {
        QString recordsFolder; ///< where folders of ceremonies are suggested and looked for
        QString ceremonyFolder; ///< when it is fixed: the ceremony's own folder; else empty
    };

    WizardWindow(ceremony::Environment environment, Options options);
    ~WizardWindow() override;

    /// Begins a ceremony.
    void start(ceremony::Flow flow);
    void establish() { start(ceremony::Flow::Establish); }
    void continueCeremony(const QString& folder);
    /// From the transport file of a ceremony that was paused for travel.
    void continueElsewhere(const QString& transport);
    void checkSheet();
    void inspect();
    void changePins();

    /// Null on the start page.
    [[nodiscard]] ceremony::Ceremony* ceremony() const { return m_ceremony.get(); }
    [[nodiscard]] CeremonyView* ceremonyView() const { return m_view; }
    /// Null unless something is done outside any ceremony.
    [[nodiscard]] Errand* errand() const { return m_errand; }
    /// Null unless a custodian checks a sheet.
    [[nodiscard]] CheckSheetView* checkSheetView() const;
    [[nodiscard]] const device::DeviceDirectory& directory() const { return *m_directory; }
    /// Blocks until what was recorded is on the disk; for the end of the program.
    void finishWriting();

Q_SIGNALS:
    /// A ceremony of this flow is about to begin; its devices may be put into readers now.
    void beginning(conclave::ceremony::Flow flow);
    /// A ceremony, or its transport file, of this folder is about to be read; its device may be put into a
    /// reader now.
    void continuing(const QString& folder);
    /// The running ceremony has a folder from now on.
    void ceremonyFolderChanged(const QString& folder);
    void rehearsalRequested();
    void pageChanged(conclave::ui::PageId id);
    /// The program is to end now, although a device is at work.
    void endRequested();

protected:
    void closeEvent(QCloseEvent* event) override;
    bool event(QEvent* event) override;

private:
    void addShortcuts();
    void endExclusion();
    void showStart();
    void make(ceremony::Flow flow);
    void showCeremony();
    void begin(Errand* errand, const QString& title);
    void followCeremony();
    void askEnd();

    ceremony::Environment m_environment;
    Options m_options;
    std::unique_ptr<device::DeviceDirectory> m_directory;
    std::unique_ptr<ceremony::Ceremony> m_ceremony;
    QString m_folder;
    QStackedLayout* m_stack;
    StartView* m_start;
    CeremonyView* m_view = nullptr;
    Errand* m_errand = nullptr;
};

} // namespace conclave::ui
