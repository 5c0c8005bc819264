// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/print/filledsheet.h"

#include "core/base/codealphabet.h"
#include "core/dkek/checkpairs.h"
#include "ui/print/paper.h"
#include "ui/print/sharesheet.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <string>

namespace conclave::ui {

namespace {

constexpr qreal kPointsOfDot = 72.0 / FilledSheet::kDotsPerInch;
constexpr uchar kBlackBelow = 128;
constexpr std::size_t kPiece = std::size_t{ 1 } << 16;
constexpr std::string_view kHexDigits = "0123456789abcdef";

/// Pictures of all characters that a cell can have, each painted once and in their order.
class Stamps {
public:
    Stamps(std::string_view characters, qreal pixelSize)
        : m_characters(characters)
        , m_side(qRound(pixelSize * 1.5))
        , m_origin(qRound(pixelSize * 0.25), qRound(pixelSize))
    {
        QFont font = Paper::mono(1, true);
        font.setPixelSize(qRound(pixelSize));
        for (const char character : characters) {
            QImage& picture = m_pictures.emplace_back(m_side, m_side, QImage::Format_Grayscale8);
            picture.fill(Qt::white);
            QPainter painter(&picture);
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setFont(font);
            painter.drawText(m_origin, QString(QLatin1Char(character)));
        }
    }

    /// The picture of the character with this index.
    [[nodiscard]] const QImage& picture(std::size_t index) const { return m_pictures.at(index); }
    [[nodiscard]] const QImage& pictureOf(std::uint8_t ascii) const
    {
        return picture(m_characters.find(static_cast<char>(ascii)));
    }
    [[nodiscard]] QPoint origin() const { return m_origin; }

private:
    std::string_view m_characters;
    int m_side;
    QPoint m_origin; ///< of a character in its picture
    std::vector<QImage> m_pictures;
};

/// Blackens the dots of a grey picture.
class Dots {
public:
    Dots(WipedMemory& memory, QSize size, std::size_t bytesInRow)
        : m_memory(memory)
        , m_size(size)
        , m_bytesInRow(bytesInRow)
    {
    }

    void add(const QImage& picture, QPoint at)
    {
        const QRect part = QRect(at, picture.size()).intersected(QRect(QPoint(), m_size));
        for (int y = part.top(); y <= part.bottom(); ++y) {
            const uchar* grey = picture.constScanLine(y - at.y());
            std::uint8_t* row = m_memory.data() + static_cast<std::size_t>(y) * m_bytesInRow;
            for (int x = part.left(); x <= part.right(); ++x) {
                const auto black = static_cast<unsigned>(grey[x - at.x()] < kBlackBelow);
                row[x >> 3] = static_cast<std::uint8_t>(row[x >> 3] | black << (7 - (x & 7)));
            }
        }
    }

private:
    WipedMemory& m_memory;
    QSize m_size;
    std::size_t m_bytesInRow;
};

ByteView view(const std::string& text)
{
    return { reinterpret_cast<const std::uint8_t*>(text.data()), text.size() };
}

} // namespace

FilledSheet::FilledSheet(const SheetFacts& sheet, const SheetSecret& secret)
{
    SheetCells cells;
    const QImage blank = pictureOfSheet(sheet, kDotsPerInch, cells);
    m_size = blank.size();
    m_dots = WipedMemory(bytesInRow() * static_cast<std::size_t>(m_size.height()));
    Dots dots(m_dots, m_size, bytesInRow());
    dots.add(blank, {});
    const Stamps digits(kHexDigits, cells.pixelSize);
    const SecretBytes rows = dkek::sheetRows(sheet.id, secret.value);
    for (std::size_t i = 0; i < rows.size() && 2 * i + 1 < cells.value.size(); ++i) {
        dots.add(digits.picture(rows[i] >> 4), cells.value[2 * i] - digits.origin());
        dots.add(digits.picture(rows[i] & 0x0f), cells.value[2 * i + 1] - digits.origin());
    }
    const Stamps codes(kCodeAlphabet, cells.pixelSize);
    for (std::size_t i = 0; i < std::min(secret.checkCode.size(), cells.code.size()); ++i)
        dots.add(codes.pictureOf(secret.checkCode[i]), cells.code[i] - codes.origin());
}

std::size_t FilledSheet::bytesInRow() const
{
    return (static_cast<std::size_t>(m_size.width()) + 7) / 8;
}

bool FilledSheet::writePdf(const std::function<bool(ByteView)>& sink) const
{
    const std::string width = std::to_string(m_size.width() * kPointsOfDot);
    const std::string height = std::to_string(m_size.height() * kPointsOfDot);
    const std::string content = "q " + width + " 0 0 " + height + " 0 0 cm /Page Do Q\n";
    const std::array objects{
        std::string("<</Type/Catalog/Pages 2 0 R>>"),
        std::string("<</Type/Pages/Kids[3 0 R]/Count 1>>"),
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 " + width + ' ' + height
            + "]/Resources<</XObject<</Page 5 0 R>>>>/Contents 4 0 R>>",
        "<</Length " + std::to_string(content.size()) + ">>\nstream\n" + content + "endstream",
    };
    std::string head = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
    std::vector<std::size_t> offsets;
    for (const std::string& object : objects) {
        offsets.push_back(head.size());
        head += std::to_string(offsets.size()) + " 0 obj\n" + object + "\nendobj\n";
    }
    offsets.push_back(head.size());
    head += std::to_string(offsets.size()) + " 0 obj\n<</Type/XObject/Subtype/Image/Width "
        + std::to_string(m_size.width()) + "/Height " + std::to_string(m_size.height())
        + "/BitsPerComponent 1/ColorSpace/DeviceGray/Decode[1 0]/Length " + std::to_string(m_dots.size())
        + ">>\nstream\n";
    if (!sink(view(head)))
        return false;
    ByteView rest = m_dots.view();
    while (!rest.empty()) {
        const std::size_t piece = rest.size() < 2 * kPiece ? rest.size() : kPiece;
        if (!sink(rest.first(piece)))
            return false;
        rest = rest.subspan(piece);
    }
    std::string tail = "\nendstream\nendobj\n";
    const std::size_t table = head.size() + m_dots.size() + tail.size();
    tail += "xref\n0 " + std::to_string(offsets.size() + 1) + "\n0000000000 65535 f \n";
    for (const std::size_t offset : offsets) {
        const std::string digits = std::to_string(offset);
        tail += std::string(10 - digits.size(), '0') + digits + " 00000 n \n";
    }
    tail += "trailer\n<</Size " + std::to_string(offsets.size() + 1) + "/Root 1 0 R>>\nstartxref\n"
        + std::to_string(table) + "\n%%EOF\n";
    return sink(view(tail));
}

} // namespace conclave::ui
