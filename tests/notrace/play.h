// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "core/ceremony/state.h"
#include "core/device/simulatedreaders.h"
#include "core/dkek/passwordsharing.h"
#include "tests/notrace/shortcodes.h"
#include "tests/notrace/tracesearch.h"
#include "ui/shell/pagekey.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

namespace conclave::simulator {
class SimulatedHsm;
}
namespace conclave::ui {
class CeremonyView;
class Page;
class ScriptedPeople;
class WizardWindow;
} // namespace conclave::ui

namespace conclave::notrace {

/// A ceremony in the program's own window, on a simulated device. Every secret of it is told to the searches
/// as soon as it exists.
class Play {
public:
    enum class Scheme {
        Custodians,
        Password,
        Reshare, ///< the set of an earlier ceremony gets new custodians; no device takes part
    };

    Play(const QString& folder, Scheme scheme, TraceSearch& search, ShortCodes& codes);
    ~Play();

    /// Called at moments at which nobody does anything.
    struct Watch {
        std::function<void(const QString& page)> filled; ///< all that a page asks for is typed and painted
        std::function<void(ceremony::Step step)> closed; ///< a step of the rail is over, its page is gone
    };

    [[nodiscard]] ui::WizardWindow& window() const { return *m_window; }
    /// Plays until the ceremony is closed.
    bool toTheEnd(const Watch& watch);
    /// The people leave with their sheets, and the device is taken out; the window stays. False when the
    /// program does not let go of the device.
    [[nodiscard]] bool everybodyLeaves();

private:
    void act(const ui::CeremonyView& view, const Watch& watch);
    bool fill(const ui::CeremonyView& view);
    void makeOldSet();
    bool chooseOldSet();
    bool typeOldSheet(const ui::Page& page);
    void learnShare();
    void learnRest();

    const QString m_folder;
    const Scheme m_scheme;
    TraceSearch& m_search;
    ShortCodes& m_codes;
    std::shared_ptr<simulator::SimulatedHsm> m_device;
    device::SimulatedReaders m_readers;
    std::unique_ptr<ui::WizardWindow> m_window;
    std::unique_ptr<ui::ScriptedPeople> m_people;
    SecretBytes m_password;
    std::vector<dkek::CustodianShare> m_shares; ///< until the last one was shown
    std::vector<dkek::CustodianShare> m_oldSheets; ///< that are handed in
    Bytes m_oldPrime;
    QString m_oldFile;
    int m_filledGlances = 0;
};

} // namespace conclave::notrace
