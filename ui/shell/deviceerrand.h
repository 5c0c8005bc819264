// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "ui/shell/errand.h"
#include "ui/theme/icon.h"

#include <functional>
#include <memory>

namespace conclave::ui {

class Button;
class DeviceList;
class ErrorPanel;
struct ErrorText;
class ProgressPanel;

/// An errand with one device: it is chosen, then worked with on a thread of its own. What goes wrong is shown
/// in the error panel. Between two works other programs can use the device.
class DeviceErrand : public Errand {
    Q_OBJECT

public:
    enum class Stage {
        Choose,
        Working,
        Trouble,
        Own, ///< the errand's own screens
    };

    DeviceErrand(device::ReaderSource& source, device::DeviceDirectory& directory, QWidget* parent);

    [[nodiscard]] Stage stage() const { return m_stage; }
    [[nodiscard]] bool busy() const override { return m_stage == Stage::Working; }
    void refuseToClose() override;
    void lookAgain() override;
    void goBack() override;

protected:
    struct Chosen {
        QString reader{};
        QString serial{}; ///< empty: the device could not be read so far
        bool simulated = false;
    };
    struct Words {
        QString title{};
        QString lead{};
        QString who{}; ///< empty: the officer
        QString othersStrong{}; ///< of the role banner
        QString others{};
        Icon othersIcon = Icon::Eye;
    };

    /// What belongs into the footer to go on from the choice.
    [[nodiscard]] virtual QString chooseButton(const QString& serial) const = 0;
    [[nodiscard]] virtual Words words() const = 0; ///< of the stage
    virtual void start() = 0; ///< a device was chosen
    virtual void fillOwnFooter() = 0;
    [[nodiscard]] virtual QWidget* ownFocus() { return nullptr; }
    /// The errand's own screens.
    [[nodiscard]] QWidget* own() const { return m_own; }
    [[nodiscard]] const Chosen& chosen() const { return m_chosen; }
    [[nodiscard]] QWidget* initialFocus() override;

    /// Call show(Stage::Choose) when constructed.
    void show(Stage stage, bool covered = false);
    /// `safe`: in place of what is said of ceremonies. `again`: what "Try again" does.
    void showTrouble(const Error& error, const QString& safe, std::function<void()> again);
    void showTrouble(const ErrorText& text, std::function<void()> again);
    /// Where trying again does not help. `back`: what "Back" does.
    void showEnd(const ErrorText& text, std::function<void()> back);

    /// Runs `op` on the device, then calls `done` with its result.
    template <typename Op, typename Done>
    void work(const QString& what, Op op, Done done)
    {
        beginWork(what);
        onDone(m_worker->post(std::move(op)), this, [this, done = std::move(done)](auto future) {
            if (future.isCanceled())
                return;
            m_worker->release();
            done(future.takeResult());
        });
    }

private:
    void take();
    void beginWork(const QString& what);
    void fillFooter();
    void offerChosen();
    void showWords();

    device::ReaderSource& m_source;
    device::DeviceDirectory& m_directory;
    Stage m_stage = Stage::Choose;
    Chosen m_chosen;
    std::unique_ptr<device::DeviceWorker> m_worker;
    std::function<void()> m_again; ///< null: trying again does not help
    std::function<void()> m_back; ///< from there
    DeviceList* m_list;
    ProgressPanel* m_progress;
    ErrorPanel* m_trouble;
    QWidget* m_own;
    Button* m_take = nullptr;
};

} // namespace conclave::ui
