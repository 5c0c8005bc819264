// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"
#include "core/device/readersource.h"

#include <QString>

#include <functional>
#include <vector>

namespace conclave::interop {

/// A ceremony whose people do everything right: one share file of 3 of 5, the PINs of stocktools.h, one
/// RSA 2048 and one P-256 key.
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

    [[nodiscard]] const ceremony::CeremonyState& state() const { return m_ceremony.state(); }
    /// What the custodians noted.
    [[nodiscard]] const std::vector<dkek::CustodianShare>& shares() const { return m_shares; }

    static constexpr char kRsaId[] = "0a01";
    static constexpr char kEcId[] = "0a02";

private:
    bool done(const char* step);
    bool prepare();
    bool choose();
    bool handOut();
    bool initialise();
    bool import();
    bool generate();
    [[nodiscard]] QString whereItStands() const;

    /// Waits until it is true; false when trouble comes first, or two minutes have gone.
    bool await(const std::function<bool()>& condition);
    /// Tries until it is the time for it.
    bool act(const std::function<Status()>& intent);

    device::ReaderSource& m_readers;
    QString m_folder;
    ceremony::Ceremony m_ceremony;
    std::function<void(const char* name)> m_told{};
    std::vector<dkek::CustodianShare> m_shares{};
};

} // namespace conclave::interop
