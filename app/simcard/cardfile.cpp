// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/cardfile.h"

#include "core/simulator/statefile.h"

#include <QFile>

namespace conclave::simcard {

Result<std::shared_ptr<simulator::SimulatedHsm>> loadCard(const QString& path, const QString& serial)
{
    if (!QFile::exists(path))
        return std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = serial });
    auto card = simulator::loadDevice(path);
    if (card && (*card)->identity().serial != serial)
        return fail(ErrorKind::WrongDevice, (*card)->identity().serial);
    return card;
}

} // namespace conclave::simcard
