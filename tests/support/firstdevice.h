// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/keybackup.h"
#include "core/ceremony/setmaker.h"
#include "tests/core/simulator/preparedcard.h"

#include <QTemporaryDir>

namespace conclave::test {

/// A device with keys, its share file under a password, and the backup of the keys, in one folder.
struct FirstDevice {
    static constexpr char kPassword[] = "six horses wait at the gate";
    static constexpr dkek::KdfRounds kRounds{ 1000 };

    explicit FirstDevice(const std::vector<card::KeyAlgorithm>& algorithms = { card::KeyAlgorithm::EcP256 },
        dkek::KdfRounds kdfRounds = kRounds)
        : rounds(kdfRounds)
    {
        ceremony::SetOrder order{ ceremony::ShareFileRule{}, 1, 1, QStringLiteral("EX-0"),
            QStringLiteral("DENK0299901"), {}, password(), rounds, {} };
        auto set = ceremony::makeSet(order);
        if (!set || !ceremony::saveSet(records.path(), *set))
            return;
        kcv = set->made.shareCheck;
        shareFile = std::move(set->clearShare);
        card = std::make_unique<PreparedCard>(shareFile, QStringLiteral("DENK0299901"));
        std::uint8_t reference = 0;
        for (const card::KeyAlgorithm algorithm : algorithms) {
            ++reference;
            auto key = card->makeKey(reference, algorithm, QStringLiteral("key-%1").arg(reference));
            if (!key)
                return;
            keys.push_back(std::move(*key));
        }
        const auto taken = ceremony::takeKeyBackup(card->hsm, QStringLiteral("EX-0"));
        made = taken && ceremony::writeKeyBackup(*taken, records.path());
    }

    [[nodiscard]] static SecretBytes password()
    {
        return SecretBytes(
            ByteView(reinterpret_cast<const std::uint8_t*>(kPassword), std::strlen(kPassword)));
    }
    [[nodiscard]] QString backup() const { return ceremony::keysFolder(records.path()); }

    dkek::KdfRounds rounds;
    QTemporaryDir records{};
    QString kcv{}; ///< hex
    SecretBytes shareFile{};
    std::unique_ptr<PreparedCard> card{};
    std::vector<card::PublicKey> keys{};
    bool made = false;
};

} // namespace conclave::test
