// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/statefile.h"

#include <QFile>
#include <QSaveFile>

namespace conclave::simcard {

namespace {

constexpr qint64 kLargestFile = qint64{ 1 } << 20;

} // namespace

Result<std::shared_ptr<simulator::SimulatedHsm>> loadCard(const QString& path, const QString& serial)
{
    QFile file(path);
    if (!file.exists())
        return std::make_shared<simulator::SimulatedHsm>(simulator::Identity{ .serial = serial });
    if (!file.open(QIODevice::ReadOnly) || file.size() > kLargestFile)
        return fail(ErrorKind::FileUnreadable, path);
    SecretBytes state(static_cast<std::size_t>(file.size()));
    if (file.read(reinterpret_cast<char*>(state.data()), file.size()) != file.size())
        return fail(ErrorKind::FileUnreadable, path);
    auto card = simulator::SimulatedHsm::load(state);
    if (card && (*card)->identity().serial != serial)
        return fail(ErrorKind::WrongDevice, (*card)->identity().serial);
    return card;
}

Status saveCard(const QString& path, const simulator::SimulatedHsm& card)
{
    const SecretBytes state = card.save();
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)
        || !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        || file.write(reinterpret_cast<const char*>(state.data()), static_cast<qint64>(state.size()))
            != static_cast<qint64>(state.size())
        || !file.commit())
        return fail(ErrorKind::FileUnwritable, path);
    return {};
}

} // namespace conclave::simcard
