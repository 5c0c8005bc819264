// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/drilltext.h"

#include "ui/text/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DrillText)
};

int countOf(const DrillResult& result, DrillSheet::Finding finding)
{
    int count = 0;
    for (const DrillShareFile& file : result.shareFiles)
        count += static_cast<int>(std::ranges::count(file.sheets, finding, &DrillSheet::finding));
    return count;
}

void addSheets(QStringList& gaps, const DrillResult& result)
{
    const auto closed
        = static_cast<int>(std::ranges::count(result.shareFiles, false, &DrillShareFile::opened));
    if (closed > 0)
        gaps << Words::tr("%n share file(s) were not opened.", nullptr, closed);
    if (const int wrong = countOf(result, DrillSheet::Finding::Wrong); wrong > 0)
        gaps << Words::tr("%n sheet(s) were found wrong, or were typed wrongly.", nullptr, wrong);
    int notBrought = 0;
    for (const DrillShareFile& file : result.shareFiles)
        notBrought += file.notBrought;
    if (notBrought > 0)
        gaps << Words::tr("%n sheet(s) were not brought: nothing was shown about them.", nullptr, notBrought);
}

void addKeys(QStringList& gaps, const Report& report, const DrillResult& result)
{
    if (!report.restore.plan)
        gaps << Words::tr("No key was restored.");
    if (const auto refused = static_cast<int>(result.refused.size()); refused > 0)
        gaps << Words::tr("%n key(s) of the backup cannot be restored.", nullptr, refused);
    if (result.notChosen > 0)
        gaps << Words::tr("%n key(s) of the backup were left out.", nullptr, result.notChosen);
    if (result.notRestored > 0)
        gaps << Words::tr("%n key(s) were to be restored and were not.", nullptr, result.notRestored);
    if (result.notProvable > 0)
        gaps << Words::tr("%n restored key(s) could not be proved by a signature: the backup has no public "
                          "key of them, or they may not sign.",
            nullptr, result.notProvable);
}

} // namespace

QString drillSentence(DrillVerdict verdict, bool rehearsal)
{
    if (rehearsal)
        return Words::tr(
            "This was a rehearsal with simulated devices. It shows nothing about a real backup.");
    switch (verdict) {
    case DrillVerdict::Proved:
        return Words::tr(
            "The backup works: its sheets and share files gave the backup secret, and every key "
            "in it was restored and signed something new, checked with its original public key.");
    case DrillVerdict::ProvedInPart:
        return Words::tr("The backup works in part: some keys were restored and proved. What was not proved "
                         "is listed.");
    case DrillVerdict::NotProved:
        return Words::tr("This drill did not prove the backup: no key was restored and proved.");
    }
    return {};
}

QString drillDeviceName(const DeviceChosen& device, bool rehearsal)
{
    if (device.authenticity == Authenticity::Simulated && !rehearsal)
        return Words::tr("The simulator inside the program, in the computer’s memory");
    return Words::tr("%1, %2").arg(device.product, ltr(device.serial));
}

QString drillDeviceSentence(DrillDevice device)
{
    switch (device) {
    case DrillDevice::InUse:
    case DrillDevice::Untouched:
        break;
    case DrillDevice::Cleaned:
        return Words::tr("Initialised again after the drill: nothing of the backup is on it.");
    case DrillDevice::Kept:
        return Words::tr("Not cleaned: it still holds the backup secret and the restored keys.");
    case DrillDevice::Wiped:
        return Words::tr("Wiped from memory after the drill.");
    }
    return {};
}

QString drillSheets(const DrillShareFile& file)
{
    QStringList people;
    for (const DrillSheet& sheet : file.sheets) {
        const QString who = sheet.name.isEmpty() ? roleName(Role::Custodian, sheet.custodian) : sheet.name;
        switch (sheet.finding) {
        case DrillSheet::Finding::Opened:
            people << Words::tr("%1 (%2)", "name and share ID").arg(who).arg(sheet.id);
            break;
        case DrillSheet::Finding::Wrong:
            people << Words::tr("%1 (%2, wrong)", "name and share ID").arg(who).arg(sheet.id);
            break;
        case DrillSheet::Finding::NotOpened:
            people << Words::tr("%1 (%2, did not open it)", "name and share ID").arg(who).arg(sheet.id);
            break;
        }
    }
    return people.isEmpty() ? Words::tr("Nobody") : people.join(QStringLiteral(", "));
}

QStringList drillGaps(const Report& report, const DrillResult& result)
{
    QStringList gaps;
    if (result.ended)
        gaps << (result.whyEnded.isEmpty()
                ? Words::tr("The drill was ended before everything was tried.")
                : Words::tr("The drill was ended before everything was tried: %1").arg(result.whyEnded));
    addSheets(gaps, result);
    for (const DrillShareFile& each : result.shareFiles) {
        if (each.file.missing)
            gaps << Words::tr("The share file %1 was not among the records. What took its place came from "
                              "elsewhere.")
                        .arg(ltr(each.file.file));
    }
    if (result.kcvDiffers)
        gaps << Words::tr(
            "The share files gave another secret than the backup’s: the key check values differ.");
    else if (!result.kcvAgrees)
        gaps << Words::tr("The key check value was not compared.");
    addKeys(gaps, report, result);
    if (report.device && report.device->authenticity == Authenticity::Simulated && !report.opened.rehearsal)
        gaps << Words::tr("The keys were tried in a simulator: that a device takes them was not shown.");
    gaps << Words::tr("The device from which the keys come was not needed: nothing was shown about it.");
    return gaps;
}

} // namespace conclave::ui
