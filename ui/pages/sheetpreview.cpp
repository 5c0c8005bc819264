// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sheetpreview.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/print/paper.h"
#include "ui/print/sharesheet.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

namespace conclave::ui {

namespace {

constexpr int kDotsPerInch = 84; // the page is a little wider than the dialog's text
constexpr int kHeight = 460;

} // namespace

SheetPreview::SheetPreview(SheetFacts sheet, QWidget* parent)
    : Dialog(tr("A sheet, with crosses for the value"), sheet.rehearsal, parent)
{
    auto* page = new QLabel(this);
    page->setAlignment(Qt::AlignTop | Qt::AlignHCenter);
    page->setAccessibleName(tr("Picture of the sheet of custodian %1").arg(sheet.custodian));
    auto* area = new QScrollArea(this);
    area->setObjectName(QStringLiteral("sheetPicture"));
    area->setAccessibleName(page->accessibleName());
    area->setWidget(page);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::StrongFocus); // the arrow keys scroll
    area->setMinimumHeight(kHeight);
    const QSize size = pageSize(sheet.paper).sizePixels(kDotsPerInch);
    setMinimumWidth(size.width() + space::k32 + 2 * space::k24); // the dialog's own width hides its layout's
    body()->addWidget(area, 1);
    addReject(tr("&Close"))->setFocus();
    const qreal ratio = devicePixelRatioF();
    onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
               [sheet = std::move(sheet), dots = qRound(kDotsPerInch * ratio)]() mutable {
                   loadShareFile(sheet);
                   return previewOfSheet(sheet, dots);
               }),
        this, [page, ratio](const QFuture<QImage>& done) {
            QPixmap picture = QPixmap::fromImage(done.result());
            picture.setDevicePixelRatio(ratio);
            page->setPixmap(picture);
        });
}

} // namespace conclave::ui
