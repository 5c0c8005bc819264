// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/openedbackup.h"
#include "tests/support/firstdevice.h"
#include "tests/ui/flowstage.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/page.h"
#include "ui/widgets/secretfield.h"

namespace conclave::ui {

/// Of the device that PreparedCard makes.
inline ScriptedPeople::Pins pins()
{
    return { secret("648219"), secret("3537363231383830") };
}

/// In the hands of the people of the script.
struct FirstDevice : test::FirstDevice {
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
                    hands::type(*field, password());
            }
            return true;
        case PageId::ChooseBackup:
            return ceremony.openedBackup() || !ceremony.openBackup(ceremony::keysFolder(records.path()));
        default:
            return false;
        }
    }
};

} // namespace conclave::ui
