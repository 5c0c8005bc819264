// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/drillresult.h"

#include <algorithm>
#include <map>
#include <variant>

namespace conclave::ceremony {

namespace {

using Finding = DrillSheet::Finding;

/// What became of the sheets of one share file.
struct Brought {
    std::map<int, Finding> sheets; ///< by id
    std::map<int, Finding> waiting; ///< handed in, not tried yet
    bool opened = false;

    void take(const ShareReceived& e) { waiting[e.id] = Finding::NotOpened; }
    void take(const ShareFoundWrong& e)
    {
        waiting.erase(e.id);
        sheets[e.id] = Finding::Wrong;
    }
    void take(const SharesRejected&)
    {
        // One that opened the file once is right, whatever it was handed in with later.
        sheets.merge(waiting);
        waiting.clear();
    }
    void take(const ShareFileImported&)
    {
        opened = true;
        for (const auto& [id, finding] : waiting)
            sheets[id] = Finding::Opened;
        waiting.clear();
    }
};

std::map<int, Brought> broughtTo(const Report& report)
{
    std::map<int, Brought> files;
    for (const RecordedEvent& recorded : report.events) {
        std::visit(
            [&files](const auto& event) {
                if constexpr (requires(Brought brought) { brought.take(event); })
                    files[event.number].take(event);
            },
            recorded.event);
    }
    for (auto& [number, brought] : files)
        brought.sheets.merge(brought.waiting);
    return files;
}

QString nameOf(const Report& report, int custodian)
{
    const auto found = std::ranges::find_if(report.participants, [&](const ParticipantNamed& person) {
        return person.role == Role::Custodian && person.number == custodian;
    });
    return found == report.participants.end() ? QString() : found->name;
}

std::vector<DrillShareFile> shareFilesOf(const Report& report)
{
    std::map<int, Brought> brought = broughtTo(report);
    std::vector<DrillShareFile> files;
    int before = 0;
    for (const FirstShareFile& first : report.first->shareFiles) {
        const int number = static_cast<int>(files.size()) + 1;
        const int people = std::max(first.total, 1); // a password is one person's
        DrillShareFile file{ first, brought[number].opened, {}, people };
        for (const auto& [id, finding] : brought[number].sheets) {
            file.sheets.push_back({ before + id, nameOf(report, before + id), id, finding });
            --file.notBrought;
        }
        before += people;
        files.push_back(std::move(file));
    }
    return files;
}

QString explanationOfEnd(const Report& report)
{
    const auto found = std::ranges::find_if(report.toExplain,
        [](const ToExplain& entry) { return std::holds_alternative<DrillEnded>(entry.event); });
    return found == report.toExplain.end() ? QString() : found->explanation;
}

bool everythingProved(const DrillResult& result, const Report& report)
{
    return !result.ended && result.kcvAgrees && !result.shareFiles.empty()
        && std::ranges::all_of(result.shareFiles, &DrillShareFile::opened) && result.refused.empty()
        && result.notChosen == 0 && report.restore.proved() > 0
        && report.restore.proved() == static_cast<int>(report.restore.keys.size());
}

} // namespace

DrillResult drillResult(const Report& report)
{
    DrillResult result;
    if (!report.drill)
        return result;
    if (report.first)
        result.shareFiles = shareFilesOf(report);
    result.kcvAgrees = report.first && report.kcvCompared && report.kcv == report.first->kcv;
    result.kcvDiffers
        = !result.kcvAgrees && std::ranges::any_of(report.toExplain, [](const ToExplain& entry) {
              return std::holds_alternative<KeyCheckValueDiffered>(entry.event);
          });
    result.ended = report.drill->ended;
    result.whyEnded = explanationOfEnd(report);
    result.refused = report.drill->refused;
    const RestoreRecord& restore = report.restore;
    if (restore.plan)
        result.notChosen = restore.plan->notChosen - static_cast<int>(result.refused.size());
    result.notRestored = static_cast<int>(restore.keys.size()) - restore.restored();
    result.notProvable = restore.restored() - restore.proved();
    if (everythingProved(result, report))
        result.verdict = DrillVerdict::Proved;
    else if (restore.proved() > 0)
        result.verdict = DrillVerdict::ProvedInPart;
    return result;
}

} // namespace conclave::ceremony
