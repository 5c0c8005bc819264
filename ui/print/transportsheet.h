// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <QByteArray>

class QWidget;

namespace conclave::ui {

/// What goes with a device that travels, on paper: nothing of it is secret.
struct TransportSheet {
    ceremony::PausedForTravel pause;
    QString sha256; ///< of the transport file's line
    QDateTime paused;
};

/// As A4 PDF. From any thread.
[[nodiscard]] QByteArray transportPdf(const TransportSheet& sheet);
/// Asks for a printer.
void printTransportSheet(const TransportSheet& sheet, QWidget* parent);

} // namespace conclave::ui
