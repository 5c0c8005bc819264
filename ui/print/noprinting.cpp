// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/printqueues.h"
#include "ui/print/sheetjob.h"

// Where there is no CUPS no page can be handed over without a copy that this program cannot wipe.

namespace conclave::ui {

bool canStreamPages()
{
    return false;
}

std::optional<PrintingSystem> lookAtPrintingSystem()
{
    return std::nullopt;
}

JobResult printSheet(const QString&, const QString&, ceremony::PaperSize, FilledSheet, const std::stop_token&)
{
    return { .end = JobEnd::NotAccepted, .purged = true };
}

} // namespace conclave::ui
