// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/report.h"

#include <QByteArray>

class QPagedPaintDevice;
class QPainter;

namespace conclave::ui {

/// Lays the report out on pages (ui.md, 9) and paints them. The painter is active on the device. From any
/// thread.
void paintReport(QPainter& painter, QPagedPaintDevice& device, const ceremony::Report& report);

/// The report as A4 PDF. From any thread.
[[nodiscard]] QByteArray reportPdf(const ceremony::Report& report);

} // namespace conclave::ui
