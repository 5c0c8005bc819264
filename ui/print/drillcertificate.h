// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/report.h"

#include <QByteArray>

class QPagedPaintDevice;
class QPainter;

namespace conclave::ui {

/// What a restore drill has shown, on one page whatever there is to say: where it does not fit, it says how
/// many, and refers to the report. The report is a drill's. From any thread.
void paintDrillCertificate(QPainter& painter, QPagedPaintDevice& device, const ceremony::Report& report);

/// The certificate as A4 PDF. From any thread.
[[nodiscard]] QByteArray drillCertificatePdf(const ceremony::Report& report);

} // namespace conclave::ui
