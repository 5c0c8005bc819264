// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QString>

#include <optional>
#include <vector>

namespace conclave::ui {

/// A printer as the printing system offers it.
struct PrintQueue {
    QString name;
    QString description; ///< for people; may be empty
    ceremony::PrinterConnection connection = ceremony::PrinterConnection::Other;
    bool accepting = false; ///< it takes jobs, and pages as PDF
};

/// Where the printing system keeps what it prints.
struct Spool {
    ceremony::SpoolPlace place = ceremony::SpoolPlace::Unknown;
    QString folder; ///< empty: not known
};

struct PrintingSystem {
    std::vector<PrintQueue> queues;
    Spool spool;
};

/// This program was built with a printing system to which it can hand a page without a file: CUPS.
[[nodiscard]] bool canStreamPages();
/// Asks the printing system; nothing when it does not answer. Blocks, for seconds at worst.
[[nodiscard]] std::optional<PrintingSystem> lookAtPrintingSystem();

/// From a queue's device URI ("usb://Maker/Model?serial=1"), and whether it is a class, or of another
/// computer.
[[nodiscard]] ceremony::PrinterConnection connectionOf(const QString& deviceUri, bool isClass, bool remote);
/// As cups-files.conf below `serverRoot` (cups-files.conf(5), RequestRoot and TempDir) and the file systems
/// there tell. Of both folders the worse one counts: filters keep copies in TempDir.
[[nodiscard]] Spool spoolOf(const QString& serverRoot);

} // namespace conclave::ui
