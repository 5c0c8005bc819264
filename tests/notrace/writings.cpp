// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/notrace/writings.h"

#include "tests/notrace/disguise.h"
#include "ui/theme/theme.h"

#include <QRawFont>

#include <algorithm>
#include <array>

namespace conclave::notrace {

namespace {

constexpr std::size_t kBytesWindow = 8;
constexpr std::size_t kHexWindow = 14;
constexpr std::size_t kPairsWindow = 20; // seven pairs and what is between them
constexpr std::size_t kTextWindow = 10;
constexpr std::size_t kPairsInRow = 8;
constexpr std::uint8_t kAsciiEnd = 0x7F;

using GlyphTable = std::array<quint32, kAsciiEnd>;

/// Where each ASCII character stands in the fonts; fonts with the same numbers once.
const std::vector<GlyphTable>& glyphTables()
{
    static const std::vector<GlyphTable> tables = [] {
        using ui::Type;
        std::vector<GlyphTable> all;
        for (const Type type : { Type::Title, Type::Body, Type::Strong, Type::Hint, Type::SecretValue,
                 Type::Fingerprint, Type::Value, Type::ValueBold, Type::SerialLarge }) {
            const QRawFont font = QRawFont::fromFont(ui::Theme::instance().font(type));
            GlyphTable table{};
            for (std::uint8_t ascii = 0x20; ascii < kAsciiEnd; ++ascii)
                table[ascii]
                    = font.glyphIndexesForString(QString(QLatin1Char(static_cast<char>(ascii)))).value(0);
            if (std::find(all.begin(), all.end(), table) == all.end())
                all.push_back(table);
        }
        return all;
    }();
    return tables;
}

/// Characters, each disguised.
using Writing = std::vector<std::uint8_t>;

Writing hex(ByteView bytes, const char* digits, char separator, char atRowEnd)
{
    Writing writing;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i != 0 && separator != '\0')
            writing.push_back(
                disguised(static_cast<std::uint8_t>(i % kPairsInRow == 0 ? atRowEnd : separator)));
        writing.push_back(disguised(static_cast<std::uint8_t>(digits[bytes[i] >> 4])));
        writing.push_back(disguised(static_cast<std::uint8_t>(digits[bytes[i] & 0x0F])));
    }
    return writing;
}

/// Every character as a number of that many bytes, low byte first.
template <typename Number>
Form encoded(const QString& name, const Writing& writing, std::size_t window, std::size_t unit, Number number)
{
    Form form{ name, {}, unit, std::min(window, writing.size()) * unit };
    for (const std::uint8_t character : writing) {
        const quint32 value = number(disguised(character));
        for (std::size_t i = 0; i < unit; ++i)
            form.disguised.push_back(disguised(static_cast<std::uint8_t>(value >> (8 * i))));
    }
    return form;
}

void addWide(std::vector<Form>& forms, const QString& name, const Writing& writing, std::size_t window)
{
    const auto itself = [](std::uint8_t character) { return quint32{ character }; };
    const auto key
        = [](std::uint8_t character) { return quint32{ QChar::toUpper(static_cast<char32_t>(character)) }; };
    forms.push_back(encoded(name + QStringLiteral(", UTF-32"), writing, window, 4, itself));
    forms.push_back(encoded(name + QStringLiteral(", key codes"), writing, window, 4, key));
    for (std::size_t font = 0; font < glyphTables().size(); ++font) {
        const auto glyph = [font](std::uint8_t character) { return glyphTables()[font][character]; };
        forms.push_back(encoded(
            name + QStringLiteral(", glyph indexes of font %1").arg(font + 1), writing, window, 4, glyph));
    }
}

void add(std::vector<Form>& forms, const QString& name, const Writing& writing, std::size_t window)
{
    const auto itself = [](std::uint8_t character) { return quint32{ character }; };
    forms.push_back(encoded(name + QStringLiteral(", UTF-8"), writing, window, 1, itself));
    forms.push_back(encoded(name + QStringLiteral(", UTF-16"), writing, window, 2, itself));
    addWide(forms, name, writing, window);
}

Writing asWriting(ByteView ascii)
{
    Writing writing;
    for (const std::uint8_t character : ascii)
        writing.push_back(disguised(character));
    return writing;
}

} // namespace

std::vector<Form> formsOfBytes(ByteView bytes)
{
    constexpr const char* kLower = "0123456789abcdef";
    constexpr const char* kUpper = "0123456789ABCDEF";
    std::vector<Form> forms;
    forms.push_back({ QStringLiteral("bytes"), asWriting(bytes), 1, kBytesWindow });
    add(forms, QStringLiteral("hex"), hex(bytes, kLower, '\0', '\0'), kHexWindow);
    add(forms, QStringLiteral("HEX"), hex(bytes, kUpper, '\0', '\0'), kHexWindow);
    add(forms, QStringLiteral("hex with colons"), hex(bytes, kLower, ':', ':'), kPairsWindow);
    add(forms, QStringLiteral("HEX with colons"), hex(bytes, kUpper, ':', ':'), kPairsWindow);
    add(forms, QStringLiteral("hex with spaces"), hex(bytes, kLower, ' ', ' '), kPairsWindow);
    add(forms, QStringLiteral("HEX with spaces"), hex(bytes, kUpper, ' ', ' '), kPairsWindow);
    add(forms, QStringLiteral("rows of pairs"), hex(bytes, kLower, ':', '\n'), kPairsWindow);
    return forms;
}

std::vector<Form> formsOfText(ByteView ascii)
{
    std::vector<Form> forms = formsOfBytes(ascii);
    // As bytes it is the same as UTF-8, of which eight characters are too few.
    forms.erase(forms.begin());
    add(forms, QStringLiteral("text"), asWriting(ascii), kTextWindow);
    return forms;
}

std::vector<Form> wideFormsOfText(ByteView ascii)
{
    std::vector<Form> forms;
    addWide(forms, QStringLiteral("text"), asWriting(ascii), kTextWindow);
    return forms;
}

} // namespace conclave::notrace
