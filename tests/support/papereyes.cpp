// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/papereyes.h"

#include "core/base/hex.h"
#include "ui/print/sharesheet.h"

#include <QDir>
#include <QFont>
#include <QFontMetricsF>
#include <QImageReader>
#include <QPainter>
#include <QProcess>

#include <limits>

namespace conclave::test {

using namespace ui;

namespace {

constexpr int kBlackBelow = 128;
constexpr int kShift = 1; // dots by which a rendering may be off

const QString kValue = QStringLiteral("41c09e07b82d56e300ff1234567890abcdef0246");

Bytes bytesOf(const QString& hex)
{
    return fromHex(hex).value_or(Bytes());
}

/// A character as text, alone, its base line at the lower left of the box.
QImage pictureOf(QChar character, const QFont& font, QSize box, int descent)
{
    QImage picture(box, QImage::Format_Grayscale8);
    picture.fill(Qt::white);
    QPainter painter(&picture);
    painter.setFont(font);
    painter.drawText(QPoint(0, box.height() - descent), QString(character));
    return picture;
}

int difference(const QImage& page, QPoint at, const QImage& picture)
{
    int count = 0;
    for (int y = 0; y < picture.height(); ++y) {
        const uchar* seen = page.constScanLine(at.y() + y) + at.x();
        const uchar* wanted = picture.constScanLine(y);
        for (int x = 0; x < picture.width(); ++x)
            count += (seen[x] < kBlackBelow) != (wanted[x] < kBlackBelow) ? 1 : 0;
    }
    return count;
}

QString read(const QImage& page, const std::vector<QPoint>& cells, const QString& characters, qreal pixelSize)
{
    QFont font(QStringLiteral("Go Mono"));
    font.setBold(true);
    font.setPixelSize(qRound(pixelSize));
    const int descent = qRound(pixelSize * 0.1);
    const QSize box(qRound(QFontMetricsF(font).horizontalAdvance(QLatin1Char('0'))), qRound(pixelSize * 0.9));
    std::vector<QImage> pictures;
    for (const QChar character : characters)
        pictures.push_back(pictureOf(character, font, box, descent));
    QString text;
    for (const QPoint cell : cells) {
        int least = std::numeric_limits<int>::max();
        QChar best;
        for (qsizetype i = 0; i < characters.size(); ++i) {
            for (int dx = -kShift; dx <= kShift; ++dx) {
                for (int dy = -kShift; dy <= kShift; ++dy) {
                    const QPoint at = cell - QPoint(dx, box.height() - descent + dy);
                    const int off = difference(page, at, pictures[static_cast<std::size_t>(i)]);
                    if (off < least) {
                        least = off;
                        best = characters.at(i);
                    }
                }
            }
        }
        // An empty box differs from every character by all of its black.
        text += least < box.width() * box.height() / 25 ? best : QLatin1Char('?');
    }
    return text;
}

} // namespace

SheetFacts someSheet(int bytes)
{
    SheetFacts sheet;
    sheet.program = QStringLiteral("Conclave");
    sheet.purpose = QStringLiteral("Example Root CA");
    sheet.ceremony = QStringLiteral("EX-2026-0417");
    sheet.date = QDate(2026, 11, 23);
    sheet.place = QStringLiteral("Room 2");
    sheet.device = QStringLiteral("DENK0299901");
    sheet.custodian = 3;
    sheet.name = QStringLiteral("Sample Custodian C");
    sheet.id = 3;
    sheet.threshold = 3;
    sheet.total = 5;
    sheet.set = QStringLiteral("7K3QZ9");
    sheet.prime = Bytes(static_cast<std::size_t>(bytes), 0xf3);
    sheet.shareFileName = QStringLiteral("EX-2026-0417-share-1.pbe");
    sheet.shareFileSha256 = QString(64, QLatin1Char('a'));
    sheet.shareCheck = QStringLiteral("9a3f22db62f04df4");
    sheet.shareFileBytes = Bytes(64, 0x5a);
    return sheet;
}

SheetSecret someSecret(int bytes)
{
    const QByteArray code = QByteArrayLiteral("68M8");
    return { SecretBytes(bytesOf(kValue.left(2 * bytes))),
        SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(code.constData()),
            static_cast<std::size_t>(code.size()))) };
}

QString someRows(int bytes)
{
    static const QString all = QStringLiteral("41c09e07b82d56e355721d"
                                              "00ff1234567890abdb5442"
                                              "cdef024613186d");
    return bytes == 8 ? all.left(22) : bytes == 16 ? all.left(44) : all;
}

QImage rendered(const QString& pdf, int dotsPerInch)
{
    const QString base = pdf.left(pdf.lastIndexOf(QLatin1Char('.')));
    QProcess poppler;
    poppler.start(QStringLiteral("pdftoppm"),
        { QStringLiteral("-r"), QString::number(dotsPerInch), QStringLiteral("-gray"),
            QStringLiteral("-singlefile"), pdf, base });
    if (!poppler.waitForFinished() || poppler.exitCode() != 0)
        return {};
    QImageReader::setAllocationLimit(0); // the file counts as if it had four bytes a dot
    return QImage(base + QStringLiteral(".pgm")).convertToFormat(QImage::Format_Grayscale8);
}

void keepPicture(const QImage& page, const QString& name)
{
    const QString folder = qEnvironmentVariable("CONCLAVE_TEST_PICTURES");
    if (!folder.isEmpty())
        page.scaledToWidth(1240, Qt::SmoothTransformation)
            .save(QDir(folder).filePath(name + QStringLiteral(".png")));
}

Reading readSheet(const QImage& page, const SheetFacts& sheet, const QString& digits)
{
    SheetCells cells;
    static_cast<void>(pictureOfSheet(sheet, FilledSheet::kDotsPerInch, cells));
    return { read(page, cells.value, digits, cells.pixelSize),
        read(page, cells.code, QStringLiteral("0123456789ABCDEFGHJKMNPQRSTVWXYZ"), cells.pixelSize) };
}

} // namespace conclave::test
