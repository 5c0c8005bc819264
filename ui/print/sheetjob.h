// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/print/filledsheet.h"

#include <stop_token>

namespace conclave::ui {

enum class JobEnd {
    Completed, ///< the printing system says that all of it went to the printer
    NotAccepted, ///< nothing of the page was sent
    Aborted, ///< the printing system gave up
    Stopped, ///< by the people, or the end of the program
    Lost, ///< the printing system no longer answers
};

struct JobResult {
    JobEnd end = JobEnd::NotAccepted;
    /// Nothing of the page is left in the printing system, as it says itself.
    bool purged = false;
    ceremony::SpoolPlace spool = ceremony::SpoolPlace::Unknown;
    QString detail{}; ///< what the printing system said; technical
};

/// Hands the page to a queue, one job for one page, and wipes it as soon as it is sent; waits until the job
/// is over, or stops it when asked to; has it purged in any case. `title` is seen by all who see the queue.
/// Blocks, in the end as long as the printer takes.
[[nodiscard]] JobResult printSheet(const QString& queue, const QString& title, ceremony::PaperSize paper,
    FilledSheet sheet, const std::stop_token& stop);

} // namespace conclave::ui
