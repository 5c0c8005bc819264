// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sharefiletyping.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tag.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace conclave::ui {

using dkek::FileRowVerdict;

namespace {

constexpr int kCheckCharacters = 2;
constexpr int kStateWidth = 120;
constexpr int kFieldRoom = 40; ///< what a field needs beside its text
constexpr int kPairCharacters = 3 * static_cast<int>(dkek::kFileRowBytes) - 1;

QString digitsOf(QString text)
{
    return text.removeIf([](QChar c) { return c.isSpace() || c == QLatin1Char(':'); });
}

QLineEdit* codeField(int characters, QWidget* parent)
{
    auto* field = new QLineEdit(parent);
    const QFont font = Theme::instance().font(Type::Value);
    field->setFont(font);
    field->setMinimumWidth(QFontMetrics(font).horizontalAdvance(QLatin1Char('0')) * characters + kFieldRoom);
    return field;
}

} // namespace

ShareFileTyping::ShareFileTyping(QString sha256, QWidget* parent)
    : QWidget(parent)
    , m_sha256(std::move(sha256))
    , m_note(new Note(Note::Kind::Danger, {}, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k12);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k12);
    grid->setVerticalSpacing(space::k8);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(3, kStateWidth);
    grid->addWidget(new Label(tr("16 pairs"), Type::TableHead, Token::Muted, this), 0, 1);
    grid->addWidget(new Label(tr("Check"), Type::TableHead, Token::Muted, this), 0, 2);
    for (int row = 1; row <= dkek::kFileRows; ++row)
        addRow(*grid, row);
    layout->addLayout(grid);
    m_note->hide();
    layout->addWidget(m_note);
    setFocusProxy(m_rows.front().pairs);
    judge();
}

void ShareFileTyping::addRow(QGridLayout& grid, int row)
{
    Row& fields = m_rows[static_cast<std::size_t>(row - 1)];
    const QString name = tr("Row %1").arg(row);
    auto* label = new Label(name, Type::FieldName, Token::Text, this);
    label->setWordWrap(false);
    fields.pairs = codeField(kPairCharacters, this);
    fields.pairs->setAccessibleName(tr("%1, 16 pairs").arg(name));
    fields.check = codeField(kCheckCharacters, this);
    fields.check->setMaxLength(kCheckCharacters);
    fields.check->setAccessibleName(tr("%1, two check characters").arg(name));
    fields.check->setFixedWidth(fields.check->minimumWidth());
    fields.state = new Tag(TagKind::Neutral, {}, this);
    grid.addWidget(label, row, 0);
    grid.addWidget(fields.pairs, row, 1);
    grid.addWidget(fields.check, row, 2);
    grid.addWidget(fields.state, row, 3, Qt::AlignLeft | Qt::AlignVCenter);
    connect(fields.pairs, &QLineEdit::textChanged, this, &ShareFileTyping::judge);
    connect(fields.check, &QLineEdit::textChanged, this, &ShareFileTyping::judge);
}

std::optional<Bytes> ShareFileTyping::judgeRow(int row)
{
    const Row& fields = m_rows[static_cast<std::size_t>(row - 1)];
    const auto say = [&fields](TagKind kind, const QString& words) {
        fields.state->setKind(kind);
        fields.state->setText(words);
    };
    const QString digits = digitsOf(fields.pairs->text());
    const std::optional<Bytes> typed = fromHex(digits);
    if (digits.size() > 2 * static_cast<qsizetype>(dkek::kFileRowBytes)) {
        say(TagKind::Danger, tr("Too long"));
        return {};
    }
    if (!typed && digits.size() % 2 == 0 && !digits.isEmpty()) {
        say(TagKind::Danger, tr("0–9, a–f only"));
        return {};
    }
    if (!typed || typed->size() < dkek::kFileRowBytes || fields.check->text().size() < kCheckCharacters) {
        say(TagKind::Neutral, tr("Open"));
        return {};
    }
    switch (dkek::judgeFileRow(row, *typed, fields.check->text())) {
    case FileRowVerdict::Fits:
        say(TagKind::Ok, tr("Fits"));
        return typed;
    case FileRowVerdict::OtherRow:
        say(TagKind::Danger, tr("Another row"));
        break;
    case FileRowVerdict::CheckDiffers:
    case FileRowVerdict::WrongLength:
        say(TagKind::Danger, tr("Differs"));
        break;
    }
    return {};
}

void ShareFileTyping::judge()
{
    Bytes whole;
    bool allFit = true;
    for (int row = 1; row <= dkek::kFileRows; ++row) {
        const std::optional<Bytes> bytes = judgeRow(row);
        allFit = allFit && bytes;
        if (bytes)
            whole.insert(whole.end(), bytes->begin(), bytes->end());
    }
    m_file.reset();
    if (allFit && toHex(sha256(whole)) == m_sha256)
        m_file = std::move(whole);
    m_note->setVisible(allFit && !m_file);
    if (allFit && !m_file)
        m_note->setText(tr("Every row fits its check, but together they are not the file that was recorded. "
                           "Compare rows 2 to 4 with their numbers, and ceremony and set with the sheet."));
    Q_EMIT changed();
}

} // namespace conclave::ui
