// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"

namespace conclave::ui {

enum class PageId {
    Resume,
    Transport, ///< what travelled with a device is opened
    Paused,
    Trouble,
    Working,
    Prepare,
    OldSet,
    FirstDevice,
    Detect,
    Scheme,
    HandOut, ///< before and between the turns
    Curtain,
    Reveal,
    Password,
    Proof,
    Pins,
    Erase,
    Import, ///< between the turns of an import
    Entry,
    KeyCheckValue,
    DkekMismatch,
    KeyPlan,
    Generate,
    BackUp,
    ChooseBackup,
    Restore,
    Devices, ///< several are made at once
    CloneProof,
    CleanDevice,
    Review,
    SecondOpinion,
    Report,
    Closed,
};

/// Which screen a ceremony shows, and for whom: a page is entered anew when its key changes.
struct PageKey {
    PageId id = PageId::Prepare;
    int shareFile = 0;
    int turn = 0;
    bool operator==(const PageKey&) const = default;
};

/// The view follows from the ceremony alone, not from a page history.
[[nodiscard]] PageKey pageFor(const ceremony::Ceremony& ceremony);

} // namespace conclave::ui
