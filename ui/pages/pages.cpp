// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pages.h"

#include "ui/pages/backuppage.h"
#include "ui/pages/choosebackuppage.h"
#include "ui/pages/cleandevicepage.h"
#include "ui/pages/cloneproofpage.h"
#include "ui/pages/closedpage.h"
#include "ui/pages/curtainpage.h"
#include "ui/pages/detectpage.h"
#include "ui/pages/devicespage.h"
#include "ui/pages/dkekmismatchpage.h"
#include "ui/pages/entrypage.h"
#include "ui/pages/erasepage.h"
#include "ui/pages/firstdevicepage.h"
#include "ui/pages/generatepage.h"
#include "ui/pages/handoutpage.h"
#include "ui/pages/importpage.h"
#include "ui/pages/keycheckvaluepage.h"
#include "ui/pages/keyplanpage.h"
#include "ui/pages/oldsetpage.h"
#include "ui/pages/passwordpage.h"
#include "ui/pages/pausedpage.h"
#include "ui/pages/pinspage.h"
#include "ui/pages/preparepage.h"
#include "ui/pages/proofpage.h"
#include "ui/pages/reportpage.h"
#include "ui/pages/restorepage.h"
#include "ui/pages/resumepage.h"
#include "ui/pages/revealpage.h"
#include "ui/pages/reviewpage.h"
#include "ui/pages/schemepage.h"
#include "ui/pages/secondopinionpage.h"
#include "ui/pages/transportpage.h"
#include "ui/pages/troublepage.h"
#include "ui/pages/workingpage.h"

namespace conclave::ui {

Page* makePage(PageId id, const PageContext& context)
{
    ceremony::Ceremony& ceremony = context.ceremony;
    switch (id) {
    case PageId::Resume:
        return new ResumePage(ceremony);
    case PageId::Transport:
        return new TransportPage(ceremony);
    case PageId::Paused:
        return new PausedPage(ceremony);
    case PageId::Trouble:
        return new TroublePage(ceremony);
    case PageId::Working:
        return new WorkingPage(ceremony);
    case PageId::Prepare:
        return new PreparePage(ceremony, context.recordsFolder, context.ceremonyFolder);
    case PageId::OldSet:
        return new OldSetPage(ceremony, context.recordsFolder);
    case PageId::FirstDevice:
        return new FirstDevicePage(ceremony);
    case PageId::Detect:
        return new DetectPage(ceremony, context.directory);
    case PageId::Scheme:
        return new SchemePage(ceremony);
    case PageId::HandOut:
        return new HandOutPage(ceremony);
    case PageId::Curtain:
        return new CurtainPage(ceremony);
    case PageId::Reveal:
        return new RevealPage(ceremony);
    case PageId::Password:
        return new PasswordPage(ceremony);
    case PageId::Proof:
        return new ProofPage(ceremony);
    case PageId::Pins:
        return new PinsPage(ceremony);
    case PageId::Erase:
        return new ErasePage(ceremony);
    case PageId::Import:
        return new ImportPage(ceremony);
    case PageId::Entry:
        return new EntryPage(ceremony);
    case PageId::KeyCheckValue:
        return new KeyCheckValuePage(ceremony);
    case PageId::DkekMismatch:
        return new DkekMismatchPage(ceremony);
    case PageId::KeyPlan:
        return new KeyPlanPage(ceremony);
    case PageId::Generate:
        return new GeneratePage(ceremony);
    case PageId::BackUp:
        return new BackUpPage(ceremony);
    case PageId::ChooseBackup:
        return new ChooseBackupPage(ceremony);
    case PageId::Restore:
        return new RestorePage(ceremony);
    case PageId::Devices:
        return new DevicesPage(ceremony);
    case PageId::CloneProof:
        return new CloneProofPage(ceremony);
    case PageId::CleanDevice:
        return new CleanDevicePage(ceremony);
    case PageId::Review:
        return new ReviewPage(ceremony);
    case PageId::SecondOpinion:
        return new SecondOpinionPage(ceremony);
    case PageId::Report:
        return new ReportPage(ceremony);
    case PageId::Closed:
        return new ClosedPage(ceremony);
    }
    return nullptr;
}

} // namespace conclave::ui
