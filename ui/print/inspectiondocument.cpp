// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/inspectiondocument.h"

#include "core/device/productname.h"
#include "ui/print/framedpages.h"
#include "ui/print/textpages.h"
#include "ui/text/inspectiontext.h"

#include <QCoreApplication>

namespace conclave::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(InspectionDocument)
};

TextPages::Cell cell(const InspectionSection::Value& value)
{
    return { value.text, value.isCode ? TextPages::Face::Mono : TextPages::Face::Text };
}

void write(TextPages& pages, const InspectionSection& section)
{
    pages.heading(section.heading);
    for (const QString& warning : section.warnings)
        pages.paragraph(warning, TextPages::Face::Strong);
    if (!section.facts.empty()) {
        std::vector<std::pair<QString, TextPages::Cell>> facts;
        for (const auto& [name, value] : section.facts)
            facts.emplace_back(name, cell(value));
        pages.facts(facts);
    }
    if (!section.rows.empty()) {
        std::vector<TextPages::Column> columns;
        for (const auto& [head, percent] : section.columns)
            columns.push_back({ head, percent });
        std::vector<TextPages::Row> rows;
        for (const auto& values : section.rows) {
            TextPages::Row& row = rows.emplace_back();
            for (const InspectionSection::Value& value : values)
                row.push_back(cell(value));
        }
        pages.table(columns, rows);
    }
    if (!section.remark.isEmpty())
        pages.paragraph(section.remark);
}

} // namespace

QByteArray inspectionPdf(const card::Inspection& inspection, const card::InspectionOccasion& occasion)
{
    const QString& serial = inspection.status.serial;
    const PageWords words{ Words::tr("DEVICE INSPECTION"), device::productName(serial), serial,
        occasion.time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t")), occasion.program,
        occasion.simulated };
    return pagesPdf(words, [&](QTextDocument& document) {
        TextPages pages(document);
        pages.paragraph(Words::tr("What the device told without a PIN. Nothing on it was changed."));
        for (const InspectionSection& section : describeInspection(inspection, occasion))
            write(pages, section);
    });
}

} // namespace conclave::ui
