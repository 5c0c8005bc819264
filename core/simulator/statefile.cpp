// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/statefile.h"

#include <QFile>
#include <QSaveFile>

namespace conclave::simulator {

namespace {

constexpr qint64 kLargestFile = qint64{ 1 } << 20;

} // namespace

Result<std::shared_ptr<SimulatedHsm>> loadDevice(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || file.size() > kLargestFile)
        return fail(ErrorKind::FileUnreadable, path);
    SecretBytes state(static_cast<std::size_t>(file.size()));
    if (file.read(reinterpret_cast<char*>(state.data()), file.size()) != file.size())
        return fail(ErrorKind::FileUnreadable, path);
    return SimulatedHsm::load(state);
}

Status saveDevice(const QString& path, const SimulatedHsm& device)
{
    const SecretBytes state = device.save();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(reinterpret_cast<const char*>(state.data()), static_cast<qint64>(state.size()))
            != static_cast<qint64>(state.size())
        || !file.commit())
        return fail(ErrorKind::FileUnwritable, path);
    return {};
}

} // namespace conclave::simulator
