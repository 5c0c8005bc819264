// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/rehearsal/pagename.h"

namespace conclave::ui {

QString pageName(PageId id)
{
    switch (id) {
    case PageId::Resume:
        return QStringLiteral("resume");
    case PageId::Transport:
        return QStringLiteral("transport");
    case PageId::Paused:
        return QStringLiteral("paused");
    case PageId::Trouble:
        return QStringLiteral("trouble");
    case PageId::Working:
        return QStringLiteral("working");
    case PageId::Prepare:
        return QStringLiteral("prepare");
    case PageId::OldSet:
        return QStringLiteral("old-set");
    case PageId::FirstDevice:
        return QStringLiteral("first-device");
    case PageId::Detect:
        return QStringLiteral("detect");
    case PageId::Scheme:
        return QStringLiteral("scheme");
    case PageId::HandOut:
        return QStringLiteral("hand-out");
    case PageId::Curtain:
        return QStringLiteral("curtain");
    case PageId::Reveal:
        return QStringLiteral("share-reveal");
    case PageId::Password:
        return QStringLiteral("password");
    case PageId::Proof:
        return QStringLiteral("share-proof");
    case PageId::Pins:
        return QStringLiteral("pins");
    case PageId::Erase:
        return QStringLiteral("initialise-confirm");
    case PageId::Import:
        return QStringLiteral("import");
    case PageId::Entry:
        return QStringLiteral("share-entry");
    case PageId::KeyCheckValue:
        return QStringLiteral("key-check-value");
    case PageId::DkekMismatch:
        return QStringLiteral("dkek-mismatch");
    case PageId::KeyPlan:
        return QStringLiteral("key-plan");
    case PageId::Generate:
        return QStringLiteral("generate-keys");
    case PageId::BackUp:
        return QStringLiteral("back-up");
    case PageId::ChooseBackup:
        return QStringLiteral("choose-backup");
    case PageId::Restore:
        return QStringLiteral("restore-keys");
    case PageId::Devices:
        return QStringLiteral("making-devices");
    case PageId::CloneProof:
        return QStringLiteral("clone-proof");
    case PageId::CleanDevice:
        return QStringLiteral("clean-device");
    case PageId::Review:
        return QStringLiteral("review");
    case PageId::SecondOpinion:
        return QStringLiteral("second-opinion");
    case PageId::Report:
        return QStringLiteral("report");
    case PageId::Closed:
        return QStringLiteral("closed");
    }
    return {};
}

} // namespace conclave::ui
