// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/shell/pagekey.h"

#include <QString>

#include <map>

namespace conclave::ui {

class CeremonyView;
class Page;

/// An officer, a witness and five custodians who play a 3-of-5 ceremony on a simulated device: they look at
/// the page that is shown, fill in what it asks for, and press its button. What a custodian was shown is
/// kept like any secret, in place of the sheet.
class ScriptedPeople {
public:
    struct Pins {
        SecretBytes user; ///< 6 to 16 characters
        SecretBytes so; ///< 16 hex digits
    };

    explicit ScriptedPeople(ceremony::Ceremony& ceremony);
    ScriptedPeople(ceremony::Ceremony& ceremony, Pins pins);

    /// Fills in what the page asks for and is still empty. False when there is nothing to do but wait.
    bool fill(const CeremonyView& view);
    /// The button that goes on can be pressed.
    [[nodiscard]] static bool canGoOn(const CeremonyView& view);
    static bool goOn(const CeremonyView& view);

private:
    struct Sheet {
        SecretBytes rows; ///< the value with its check pairs
        SecretBytes checkCode;
    };

    void fillPreparation(const Page& page);
    bool planKeys(const Page& page);
    bool fillPins(const Page& page);
    bool fillEntry(const Page& page);
    void note();
    [[nodiscard]] int nextToImport() const;

    ceremony::Ceremony& m_ceremony;
    std::map<int, Sheet> m_sheets; ///< by share id
    Pins m_pins;
};

} // namespace conclave::ui
