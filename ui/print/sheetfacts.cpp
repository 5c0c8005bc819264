// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/sheetfacts.h"

#include "core/base/hex.h"
#include "core/ceremony/ceremony.h"
#include "core/dkek/sharefile.h"

#include <QDir>
#include <QFile>

namespace conclave::ui {

using namespace ceremony;

namespace {

SheetFacts sheetOf(const Ceremony& ceremony, int number, int id)
{
    const CeremonyState& state = ceremony.state();
    const ShareSet& set = *state.set(number);
    SheetFacts sheet;
    sheet.program = state.opened->program;
    sheet.purpose = state.prepared->purpose;
    sheet.ceremony = state.opened->ceremony;
    sheet.date = state.startedAt.date();
    sheet.place = state.prepared->place;
    sheet.device = state.device ? state.device->serial : state.brought->device;
    sheet.rehearsal = state.rehearsal();
    sheet.custodian = state.custodianNumber(number, id);
    sheet.name = state.custodianName(number, id);
    sheet.id = id;
    sheet.threshold = set.rule.threshold;
    sheet.total = set.rule.total;
    sheet.shareFile = state.fileNumber(number);
    sheet.shareFiles = state.fileCount();
    sheet.set = set.made->set;
    sheet.prime = fromHex(set.made->prime).value_or(Bytes());
    sheet.shareFileName = set.made->file;
    sheet.shareFileSha256 = set.made->sha256;
    sheet.shareCheck = set.made->shareCheck;
    sheet.paper = set.sheets.paper;
    sheet.largePrint = set.sheets.largePrint;
    sheet.shareFilePath = QDir(ceremony.folder()).filePath(set.made->file);
    return sheet;
}

bool hasSheets(const ShareSet* set)
{
    return set && set->made && !set->rule.isPassword();
}

} // namespace

std::vector<SheetFacts> blankSheets(const Ceremony& ceremony, int shareFile)
{
    std::vector<SheetFacts> sheets;
    const ShareSet* set = ceremony.state().set(shareFile);
    for (int id = 1; hasSheets(set) && id <= set->rule.total; ++id)
        sheets.push_back(sheetOf(ceremony, shareFile, id));
    return sheets;
}

std::optional<SheetFacts> sheetOfTurn(const Ceremony& ceremony)
{
    if (ceremony.turnId() < 1 || !hasSheets(ceremony.state().set(ceremony.turnSet())))
        return std::nullopt;
    return sheetOf(ceremony, ceremony.turnSet(), ceremony.turnId());
}

void loadShareFile(SheetFacts& sheet)
{
    QFile file(sheet.shareFilePath);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QByteArray content = file.read(dkek::kShareFileBytes);
    if (content.size() == static_cast<qsizetype>(dkek::kShareFileBytes))
        sheet.shareFileBytes.assign(content.begin(), content.end());
}

} // namespace conclave::ui
