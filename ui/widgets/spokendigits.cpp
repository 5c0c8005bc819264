// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/widgets/spokendigits.h"

#include <QCoreApplication>

#include <array>

namespace conclave::ui {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(SpokenDigits)

public:
    static constexpr std::size_t kDigits = 10, kLetters = 26, kHex = 16;

    Words()
        : characters{ tr("zero"), tr("one"), tr("two"), tr("three"), tr("four"), tr("five"), tr("six"),
            tr("seven"), tr("eight"), tr("nine"), tr("alfa"), tr("bravo"), tr("charlie"), tr("delta"),
            tr("echo"), tr("foxtrot"), tr("golf"), tr("hotel"), tr("india"), tr("juliett"), tr("kilo"),
            tr("lima"), tr("mike"), tr("november"), tr("oscar"), tr("papa"), tr("quebec"), tr("romeo"),
            tr("sierra"), tr("tango"), tr("uniform"), tr("victor"), tr("whiskey"), tr("x-ray"), tr("yankee"),
            tr("zulu") }
        , unreadable(tr("unreadable", "a digit that stands on the sheet, but cannot be read"))
    {
        for (std::size_t byte = 0; byte < pairs.size(); ++byte)
            pairs[byte] = tr("%1 %2", "the two digits of a pair")
                              .arg(characters[byte / kHex], characters[byte % kHex]);
    }

    std::array<QString, kDigits + kLetters> characters;
    std::array<QString, kHex * kHex> pairs;
    QString unreadable;
};

const Words& words()
{
    static const Words all;
    return all;
}

} // namespace

const QString& spokenCharacter(std::uint8_t ascii)
{
    const Words& all = words();
    if (ascii >= '0' && ascii <= '9')
        return all.characters[ascii - std::size_t{ '0' }];
    if (ascii >= 'a' && ascii <= 'z')
        return all.characters[Words::kDigits + ascii - 'a'];
    if (ascii >= 'A' && ascii <= 'Z')
        return all.characters[Words::kDigits + ascii - 'A'];
    return all.unreadable;
}

const QString& spokenPair(std::uint8_t byte)
{
    return words().pairs[byte];
}

} // namespace conclave::ui
