// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/simulatedreaders.h"
#include "tests/ui/window.h"
#include "ui/shell/errand.h"
#include "ui/shell/tile.h"
#include "ui/shell/wizardwindow.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QFileDialog>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <memory>

namespace conclave::ui {

inline constexpr int kPatienceMs = 10'000;

/// Somebody at the window of a rehearsal.
struct Person {
    using Furnish = std::function<void(ceremony::Environment&)>;

    explicit Person(const Furnish& furnish = {}) { sitDown(readers, furnish); }

    /// At another window, perhaps with readers of real devices; they must outlive it.
    void sitDown(device::ReaderSource& source, const Furnish& furnish = {})
    {
        ceremony::Environment environment{ source };
        if (furnish)
            furnish(environment);
        window = std::make_unique<WizardWindow>(environment, WizardWindow::Options{ folder.path(), {} });
        window->resize(1024, 768);
        window->show();
        window->activateWindow();
    }

    [[nodiscard]] bool press(const QString& words) const { return ui::press(*window, words); }

    /// From the start page.
    [[nodiscard]] bool open(const char* tileName) const
    {
        auto* tile = window->findChild<Tile*>(QString::fromLatin1(tileName));
        return QTest::qWaitForWindowActive(window.get()) && hands::press(*tile) && window->errand();
    }

    void tickAll() const
    {
        for (Tick* tick : shown<Tick>(*window))
            hands::press(*tick);
    }

    /// In the file dialog that is open: a file or a folder.
    [[nodiscard]] bool pick(const QString& path) const
    {
        auto* dialog = window->findChild<QFileDialog*>();
        if (!dialog)
            return false;
        dialog->selectFile(path);
        if (!QMetaObject::invokeMethod(dialog, "accept"))
            return false;
        window->activateWindow(); // no window manager here does it
        return QTest::qWaitForWindowActive(window.get());
    }

    [[nodiscard]] QString note() const
    {
        settle();
        const auto notes = shown<Note>(*window);
        return notes.empty() ? QString() : notes.front()->text();
    }

    [[nodiscard]] bool ready() const
    {
        settle();
        const Button* primary = window->errand()->footer().primary();
        return primary && primary->isEnabled();
    }

    [[nodiscard]] QString faults() const { return faultsOf(*window); }

    void takePicture(const char* name) const
    {
        settle();
        ui::takePicture(*window, QString::fromLatin1(name));
    }

    QTemporaryDir folder;
    device::SimulatedReaders readers;
    std::unique_ptr<WizardWindow> window;
};

} // namespace conclave::ui
