// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/sheetanswer.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/progresspanel.h"
#include "ui/widgets/tag.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QVBoxLayout>

#include <chrono>

namespace conclave::ui {

using namespace dkek;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SheetAnswerWords)
};

constexpr int kTagColumn = 110;

struct Line {
    TagKind kind;
    QString tag;
    QString words;
};

QString nameOf(const Companion& set, int id)
{
    return set.set.isEmpty() ? Words::tr("share ID %1 of the set with this prime").arg(id)
                             : Words::tr("share ID %1 of set %2").arg(id).arg(ltr(set.set));
}

Line rowsLine(bool fit)
{
    if (fit)
        return { TagKind::Ok, Words::tr("Fit"), Words::tr("Every row fits its check pairs.") };
    return { TagKind::Neutral, Words::tr("None"), Words::tr("This sheet has no check pairs.") };
}

Line codeLine(const std::optional<bool>& fits)
{
    if (!fits)
        return { TagKind::Neutral, Words::tr("None"), Words::tr("This sheet has no check code.") };
    if (*fits)
        return { TagKind::Ok, Words::tr("Fits"),
            Words::tr("The check code fits prime, share ID and share value.") };
    return { TagKind::Danger, Words::tr("Differs"),
        Words::tr("The check code does not fit prime, share ID and share value.") };
}

Line verifierLine(const Companion& set, VerifierAnswer answer)
{
    switch (answer) {
    case VerifierAnswer::Matches:
        return { TagKind::Ok, Words::tr("Matches"), Words::tr("The companion file knows this share.") };
    case VerifierAnswer::Differs:
        return { TagKind::Danger, Words::tr("Differs"),
            Words::tr("The companion file knows another value for this share ID.") };
    case VerifierAnswer::NoVerifier:
        break;
    }
    return { TagKind::Neutral, Words::tr("None"),
        set.set.isEmpty() ? Words::tr("Without the companion file there is no verifier to ask.")
                          : Words::tr("This set has no verifier.") };
}

QStringList nextSteps(const Companion& set, const SheetJudgement& judgement)
{
    QStringList steps;
    switch (judgement.verdict()) {
    case SheetVerdict::Right:
        return { Words::tr("Put the sheet back where it is kept. What you typed is wiped.") };
    case SheetVerdict::Undecided:
        steps << Words::tr("Compare the prime on the screen with the sheet: it is another one in each set.")
              << Words::tr("Only a restore with enough sheets can tell more. Until then keep this one.");
        if (set.set.isEmpty())
            steps << Words::tr("Or look for the companion file, and check the sheet once more.");
        return steps;
    case SheetVerdict::Wrong:
        break;
    }
    steps << Words::tr("Go back to what you typed and compare it with the sheet, pair by pair.");
    if (set.set.isEmpty())
        steps << Words::tr("Compare the prime with the sheet: it is another one in each set.");
    else
        steps << Words::tr("Compare ceremony and set with the sheet: this is ceremony %1, set %2.")
                     .arg(ltr(set.ceremony), ltr(set.set));
    if (judgement.checkCodeFits == true)
        steps << Words::tr("The sheet agrees with itself, so the companion file may have been altered. Check "
                           "again with another copy of it.");
    if (!set.scheme)
        steps << Words::tr(
            "If it still differs, tell the security officer, and do not count on this sheet for a restore.");
    else if (set.scheme->threshold == set.scheme->total)
        steps << Words::tr("If it still differs, tell the security officer. A restore needs all %1 sheets, "
                           "this one among them.")
                     .arg(set.scheme->total);
    else
        steps << Words::tr("If it still differs, tell the security officer. A restore needs any %1 of the %2 "
                           "sheets; do not count on this one.")
                     .arg(set.scheme->threshold)
                     .arg(set.scheme->total);
    return steps;
}

Note::Kind noteKind(SheetVerdict verdict)
{
    return verdict == SheetVerdict::Right    ? Note::Kind::Ok
        : verdict == SheetVerdict::Undecided ? Note::Kind::Warn
                                             : Note::Kind::Danger;
}

} // namespace

QString verdictSentence(const Companion& set, int id, const SheetJudgement& judgement)
{
    switch (judgement.verdict()) {
    case SheetVerdict::Right:
        return Words::tr("This sheet is right. It holds %1.").arg(nameOf(set, id));
    case SheetVerdict::Wrong:
        if (judgement.verifier == VerifierAnswer::Matches)
            return Words::tr("The value is right: it is that of %1. The check code is not.")
                .arg(nameOf(set, id));
        if (judgement.verifier == VerifierAnswer::Differs && judgement.rowsFit)
            return Words::tr("This is not the sheet with %1.").arg(nameOf(set, id));
        return Words::tr("This is not the sheet with %1, or it was typed wrongly.").arg(nameOf(set, id));
    case SheetVerdict::Undecided:
        break;
    }
    return Words::tr("Nothing was found wrong, but nothing on this sheet tells that it holds %1.")
        .arg(nameOf(set, id));
}

SheetAnswer::SheetAnswer(QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
}

void SheetAnswer::start()
{
    delete m_content;
    m_content = new QWidget(this);
    auto* layout = new QVBoxLayout(m_content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    m_layout->addWidget(m_content);
}

void SheetAnswer::showProgress()
{
    using namespace std::chrono;
    start();
    auto* progress = new ProgressPanel(m_content);
    progress->start(tr("Comparing the sheet with the companion file"),
        duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count(), 0, 0);
    m_content->layout()->addWidget(progress);
    m_content->show();
}

void SheetAnswer::show(const Companion& set, int id, const SheetJudgement& judgement)
{
    start();
    auto* layout = m_content->layout();
    layout->addWidget(
        new Note(noteKind(judgement.verdict()), verdictSentence(set, id, judgement), m_content));

    auto* checks = new Card(tr("What was checked"), m_content);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(space::k16);
    grid->setVerticalSpacing(space::k12);
    grid->setColumnMinimumWidth(0, kTagColumn);
    grid->setColumnStretch(2, 1);
    const auto add = [&](int row, const QString& name, const Line& line) {
        grid->addWidget(new Tag(line.kind, line.tag, checks), row, 0, Qt::AlignLeft | Qt::AlignVCenter);
        grid->addWidget(new Label(name, Type::Strong, Token::Text, checks), row, 1);
        grid->addWidget(new Label(line.words, Type::Body, Token::Text, checks), row, 2);
    };
    add(0, tr("Rows"), rowsLine(judgement.rowsFit));
    add(1, tr("Check code"), codeLine(judgement.checkCodeFits));
    add(2, tr("Verifier"), verifierLine(set, judgement.verifier));
    checks->body()->addLayout(grid);
    layout->addWidget(checks);

    auto* next = new Card(tr("What to do next"), m_content);
    if (judgement.verdict() != SheetVerdict::Right)
        next->body()->addWidget(
            new Label(tr("Nothing was combined and nothing was changed: the device, the share file and all "
                         "other sheets are as good as before."),
                Type::Body, Token::Muted, next));
    const QStringList steps = nextSteps(set, judgement);
    for (qsizetype i = 0; i < steps.size(); ++i)
        next->body()->addWidget(
            new Label(steps.size() == 1 ? steps[i] : tr("%1. %2").arg(i + 1).arg(steps[i]), Type::Body,
                Token::Text, next));
    layout->addWidget(next);
    m_content->show();
}

void SheetAnswer::clear()
{
    delete m_content;
    m_content = nullptr;
}

} // namespace conclave::ui
