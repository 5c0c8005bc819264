// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/readersource.h"
#include "tests/support/ceremonypeople.h"

#include <QString>

#include <functional>
#include <vector>

namespace conclave::interop {

/// A ceremony without incidents: one share file of 3 of 5, the PINs of stocktools.h, one RSA 2048 and one
/// P-256 key.
class CeremonyRun {
public:
    /// On the device that is there, into a folder that is not.
    CeremonyRun(device::ReaderSource& readers, const QString& folder);

    /// Called at the end of each step that works with the device.
    void onStep(std::function<void(const char* name)> told) { m_told = std::move(told); }

    /// From the preparation to the end of the keys' generation. Empty when all went well,
    /// else what did not.
    [[nodiscard]] QString run();
    /// Then: the wrapped keys go into the ceremony's folder, and one copy will do.
    [[nodiscard]] QString backUp();

    [[nodiscard]] const ceremony::CeremonyState& state() const { return m_people.state(); }
    /// What the custodians noted.
    [[nodiscard]] const std::vector<support::Sheet>& sheets() const { return m_sheets.all(); }

    static constexpr char kRsaId[] = "0a01";
    static constexpr char kEcId[] = "0a02";

private:
    [[nodiscard]] QString outcome();
    void tellSteps();

    support::Sheets m_sheets{};
    support::CeremonyPeople m_people;
    std::function<void(const char* name)> m_told{};
    std::size_t m_stepsTold = 0;
};

} // namespace conclave::interop
