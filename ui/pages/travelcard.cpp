// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/travelcard.h"

#include "core/ceremony/event.h"
#include "ui/pages/table.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/facts.h"

#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

TravelCard::TravelCard(const PausedForTravel& pause, QWidget* parent)
    : Card(tr("What travels"), parent)
{
    auto* facts = new Facts(this);
    facts->add(tr("Device"), ltr(pause.device), Type::Value);
    facts->add(tr("Ceremony"), tr("%1, part %2").arg(ltr(pause.ceremony)).arg(pause.part));
    facts->add(tr("The device waits for"),
        tr("%1 of %2 share files").arg(pause.outstanding).arg(pause.shareFiles.size()));
    facts->add(tr("Key check value in the end"),
        pause.kcv.isEmpty() ? tr("Not known before all share files are in") : ltr(hexGroups(pause.kcv)),
        pause.kcv.isEmpty() ? Type::Body : Type::Value);
    body()->addWidget(facts);
    auto* table = new Table(
        { tr("Missing"), tr("Name"), tr("Site"), tr("Rule"), tr("File"), tr("Share check") }, this);
    table->setColumnStretch(4, 2);
    for (std::size_t i = 0; i < pause.shareFiles.size(); ++i) {
        const TravellingShareFile& file = pause.shareFiles[i];
        const ShareFileRule rule{ file.name, file.site, file.threshold, file.total, file.bits };
        if (!file.imported)
            table->addRow({ QString::number(i + 1), file.name, file.site, ruleName(rule), ltr(file.file),
                              ltr(hexGroups(file.shareCheck)) },
                { 4, 5 });
    }
    body()->addWidget(table);
}

} // namespace conclave::ui
