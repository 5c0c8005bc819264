// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "tests/support/papereyes.h"
#include "ui/print/filledsheet.h"
#include "ui/print/sharesheet.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ui;

class TestFilledSheet : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void theValueStandsInItsBoxes_data()
    {
        QTest::addColumn<int>("bytes");
        QTest::addColumn<bool>("letter");
        QTest::addColumn<bool>("largePrint");
        for (const int bytes : { 8, 16, 20 }) {
            for (const bool letter : { false, true }) {
                for (const bool large : { false, true })
                    QTest::addRow(
                        "%d bytes, %s, %s", bytes, letter ? "Letter" : "A4", large ? "large print" : "normal")
                        << bytes << letter << large;
            }
        }
    }

    void theValueStandsInItsBoxes()
    {
        QFETCH(const int, bytes);
        QFETCH(const bool, letter);
        QFETCH(const bool, largePrint);
        SheetFacts sheet = test::someSheet(bytes);
        sheet.paper = letter ? ceremony::PaperSize::Letter : ceremony::PaperSize::A4;
        sheet.largePrint = largePrint;
        const FilledSheet filled(sheet, test::someSecret(bytes));
        const QTemporaryDir folder;
        const QString pdf = folder.filePath(QStringLiteral("sheet.pdf"));
        QFile file(pdf);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(filled.writePdf([&file](ByteView piece) {
            return file.write(reinterpret_cast<const char*>(piece.data()), static_cast<qint64>(piece.size()))
                == static_cast<qint64>(piece.size());
        }));
        file.close();
        const QImage page = test::rendered(pdf, FilledSheet::kDotsPerInch);
        QCOMPARE(page.size(), filled.size());
        test::keepPicture(page, QString::fromLatin1(QTest::currentDataTag()));
        const test::Reading reading = test::readSheet(page, sheet);
        QCOMPARE(reading.value, test::someRows(bytes));
        QCOMPARE(reading.code, QStringLiteral("68M8"));
    }

    void theFoldKeepsTheSecretInside()
    {
        for (const auto paper : { ceremony::PaperSize::A4, ceremony::PaperSize::Letter }) {
            SheetFacts sheet = test::someSheet(20);
            sheet.paper = paper;
            for (const bool large : { false, true }) {
                sheet.largePrint = large;
                SheetCells cells;
                const QImage page = pictureOfSheet(sheet, 254, cells);
                QCOMPARE(cells.value.size(), std::size_t{ 2 * (20 + 3 * 3) });
                for (const QPoint cell : cells.value) {
                    QVERIFY(cell.y() - cells.pixelSize > page.height() / 3.0);
                    QVERIFY(cell.y() < page.height() * 2 / 3.0);
                    QVERIFY(cell.x() > 0 && cell.x() + cells.pixelSize < page.width());
                }
            }
        }
    }

    void largePrintNamesTheShareFileInsideTheFold()
    {
        for (const auto paper : { ceremony::PaperSize::A4, ceremony::PaperSize::Letter }) {
            for (const int bytes : { 8, 16, 20 }) {
                SheetFacts sheet = test::someSheet(bytes);
                sheet.paper = paper;
                sheet.largePrint = true;
                sheet.shareFileSha256 = QString(64, u'a');
                sheet.shareCheck = QStringLiteral("9a3f22db62f04df4");
                SheetCells cells;
                const QImage with = pictureOfSheet(sheet, 254, cells);
                sheet.shareFileSha256.clear();
                const QImage without = pictureOfSheet(sheet, 254, cells);
                QRect line;
                for (int y = 0; y < with.height(); ++y) {
                    for (int x = 0; x < with.width(); ++x) {
                        if (with.pixel(x, y) != without.pixel(x, y))
                            line |= QRect(x, y, 1, 1);
                    }
                }
                QVERIFY(!line.isEmpty());
                QVERIFY(line.top() > with.height() / 3 && line.bottom() < with.height() * 2 / 3);
                // Nothing else stands there.
                for (int y = line.top(); y <= line.bottom(); ++y) {
                    for (int x = line.left(); x <= line.right(); ++x)
                        QCOMPARE(without.pixel(x, y), qRgb(255, 255, 255));
                }
            }
        }
    }

    void aPreviewShowsNoDigitInTheBoxes()
    {
        const SheetFacts sheet = test::someSheet(16);
        const QImage page = previewOfSheet(sheet, FilledSheet::kDotsPerInch);
        QCOMPARE(test::readSheet(page, sheet, QStringLiteral("0123456789abcdefx")).value, QString(44, u'x'));
    }

    void thePagesMemoryIsLockedAndNoPartOfTheHeap()
    {
        const FilledSheet filled(test::someSheet(16), test::someSecret(16));
        QVERIFY(filled.dots().locked());
        // The kernel's own words on the mapping that it lies in.
        QFile maps(QStringLiteral("/proc/self/smaps"));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray start
            = QByteArray::number(reinterpret_cast<quintptr>(filled.dots().view().data()), 16) + '-';
        QByteArray flags;
        bool inside = false;
        for (QByteArray line = maps.readLine(); !line.isEmpty(); line = maps.readLine()) {
            inside = inside || line.startsWith(start);
            if (inside && line.startsWith("VmFlags")) {
                flags = line;
                break;
            }
        }
#ifndef __SANITIZE_ADDRESS__ // its mlock() does nothing
        QVERIFY2(flags.contains(" lo "), flags.constData()); // locked
#endif
        QVERIFY2(flags.contains(" dd "), flags.constData()); // not in dumps
    }

    void everyPieceWithSecretDotsComesStraightFromThePage()
    {
        const FilledSheet filled(test::someSheet(16), test::someSecret(16));
        const ByteView dots = filled.dots().view();
        std::size_t ofThePage = 0;
        QVERIFY(filled.writePdf([&](ByteView piece) {
            const bool within
                = piece.data() >= dots.data() && piece.data() + piece.size() <= dots.data() + dots.size();
            // libcups copies small pieces into a buffer of its own, and writes larger ones as they are.
            ofThePage += within && piece.size() >= 65536 ? piece.size() : 0;
            return true;
        }));
        QCOMPARE(ofThePage, dots.size());
        int pieces = 0;
        QVERIFY(!filled.writePdf([&](ByteView) { return ++pieces < 3; }));
        QCOMPARE(pieces, 3);
    }
};

QTEST_MAIN(TestFilledSheet)
#include "tst_filledsheet.moc"
