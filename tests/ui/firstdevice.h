// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/keybackup.h"
#include "core/ceremony/openedbackup.h"
#include "core/ceremony/setmaker.h"
#include "tests/core/simulator/preparedcard.h"
#include "tests/ui/flowstage.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/page.h"
#include "ui/widgets/secretfield.h"

#include <QTemporaryDir>

#include <memory>

namespace conclave::ui {

/// Of the device that PreparedCard makes.
inline ScriptedPeople::Pins pins()
{
    return { secret("648219"), secret("3537363231383830") };
}

/// A device with one key, its share file under a password, and its backup, in one folder.
struct FirstDevice {
    FirstDevice()
    {
        ceremony::SetOrder order{ ceremony::ShareFileRule{}, 1, 1, QStringLiteral("EX-0"),
            QStringLiteral("DENK0299901"), {}, secret(kPassword), dkek::KdfRounds{ 1000 }, {} };
        auto set = ceremony::makeSet(order);
        if (!set || !ceremony::saveSet(records.path(), *set))
            return;
        kcv = set->made.shareCheck;
        shareFile = std::move(set->clearShare);
        card = std::make_unique<test::PreparedCard>(shareFile, QStringLiteral("DENK0299901"));
        key = card->makeKey(7, card::KeyAlgorithm::EcP256, QStringLiteral("root"));
        const auto taken = ceremony::takeKeyBackup(card->hsm, QStringLiteral("EX-0"));
        made = key && taken && ceremony::writeKeyBackup(*taken, records.path());
    }

    /// What the people of the script do not know. False: nothing to do but wait.
    bool answer(CeremonyView& view, ceremony::Ceremony& ceremony) const
    {
        if (ceremony.work().kind != ceremony::WorkKind::None)
            return false;
        switch (view.pageId()) {
        case PageId::FirstDevice:
            return ceremony.firstDevice() || !ceremony.readFirstDevice(records.path());
        case PageId::Entry:
            for (SecretField* field : view.page()->findChildren<SecretField*>()) {
                if (field->isEmpty())
                    hands::type(*field, secret(kPassword));
            }
            return true;
        case PageId::ChooseBackup:
            return ceremony.openedBackup() || !ceremony.openBackup(ceremony::keysFolder(records.path()));
        default:
            return false;
        }
    }

    static constexpr char kPassword[] = "six horses wait at the gate";
    QTemporaryDir records;
    QString kcv;
    SecretBytes shareFile;
    std::unique_ptr<test::PreparedCard> card;
    Result<card::PublicKey> key = fail(ErrorKind::NotFound);
    bool made = false;
};

} // namespace conclave::ui
