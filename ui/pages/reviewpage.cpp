// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/reviewpage.h"

#include "ui/text/devicetext.h"
#include "ui/text/eventtext.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QPlainTextEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace conclave::ui {

using namespace ceremony;

namespace {
constexpr int kTextHeight = 62;
constexpr int kLongestText = 4000; // a line of the record holds more
} // namespace

ReviewPage::ReviewPage(Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* summary = new Card(tr("What was done"), this);
    auto* facts = new Facts(summary);
    if (state().device)
        facts->add(tr("Device"), ltr(state().device->serial), Type::Value);
    for (const CeremonyState& device : state().devices)
        facts->add(ltr(device.device->serial), deviceResult(device));
    if (state().replaced) {
        facts->add(tr("Old share file"), ltr(state().replaced->file), Type::Value);
        facts->add(tr("New share file"), ltr(state().sets.front().made->file), Type::Value);
        facts->add(tr("New set"), ltr(state().sets.front().made->set), Type::Value);
    }
    if (!state().kcv.isEmpty())
        facts->add(tr("Key check value"), ltr(hexGroups(state().kcv)), Type::Value);
    if (state().scheme)
        facts->add(tr("Sharing"), schemeName(*state().scheme));
    const auto tested = std::count_if(state().keys.begin(), state().keys.end(),
        [](const KeyRecord& key) { return key.state == KeyState::Tested; });
    if (state().partEnded)
        facts->add(tr("Goes on elsewhere"),
            tr("The device waits for %n share file(s).", nullptr, state().shareFilesOutstanding));
    else if (state().several)
        facts->add(
            tr("Keys"), tr("%n key(s) chosen", nullptr, static_cast<int>(state().restore.keys.size())));
    else if (state().restore.plan)
        facts->add(tr("Keys"),
            tr("%1 chosen, %2 restored, %3 of them proved")
                .arg(state().restore.keys.size())
                .arg(state().restore.restored())
                .arg(state().restore.proved()));
    else if (state().first)
        facts->add(tr("Keys"), tr("None restored"));
    else if (state().device)
        facts->add(tr("Keys"), tr("%1 planned, %2 made and tested").arg(state().keys.size()).arg(tested));
    if (const auto copies = static_cast<int>(state().backup.media.size()); copies > 0)
        facts->add(tr("Backup"), tr("%n copies of the wrapped keys, not proved", nullptr, copies));
    else if (state().backup.skipped)
        facts->add(tr("Backup"), tr("None was made"));
    summary->body()->addWidget(facts);
    layout->addWidget(summary);
    if (ceremony.opinionOffered())
        layout->addWidget(opinionCard());
    if (state().replaced) {
        const QStringList sentences{ toBeDestroyed(*state().replaced),
            tr("Until that is done, the old sheets open the same backup secret.") };
        layout->addWidget(new Note(Note::Kind::Warn, sentences.join(QLatin1Char('\n')), this));
    }
    if (state().toExplain.empty()) {
        layout->addWidget(new Note(Note::Kind::Ok, tr("No event needs an explanation."), this));
    } else {
        auto* card = new Card(tr("Events to explain"), this);
        for (const ToExplain& entry : state().toExplain) {
            auto* text = new QPlainTextEdit(entry.explanation, card);
            connect(text, &QPlainTextEdit::textChanged, this, [text] {
                if (text->toPlainText().size() > kLongestText)
                    text->setPlainText(text->toPlainText().left(kLongestText));
            });
            text->setTabChangesFocus(true);
            text->setFixedHeight(kTextHeight);
            card->body()->addWidget(
                new FormField(tr("%1. %2").arg(entry.seq).arg(eventText(entry.event)), text, card));
            m_rows.push_back({ entry.seq, text });
        }
        layout->addWidget(card);
    }
    layout->addStretch(1);
}

QWidget* ReviewPage::opinionCard()
{
    auto* card = new Card(tr("Second opinion"), this);
    const OpinionRecord& opinion = state().opinion;
    if (opinion.given)
        card->body()->addWidget(new Label(opinionSentence(*opinion.given), Type::Body, Token::Text, card));
    if (opinion.failed)
        card->body()->addWidget(new Label(opinionSentence(*opinion.failed), Type::Body, Token::Text, card));
    if (!opinion.given && !opinion.failed)
        card->body()->addWidget(
            new Label(tr("OpenSC, another program, can be asked which keys it sees on the device."),
                Type::Body, Token::Text, card));
    auto* ask = new Button(tr("&Ask for a second opinion…"), Button::Look::Secondary, card);
    card->body()->addWidget(ask, 0, Qt::AlignLeft);
    connect(ask, &QAbstractButton::clicked, this, [this] {
        if (keepExplanations())
            static_cast<void>(ceremony().seekOpinion());
    });
    return card;
}

QString ReviewPage::title() const
{
    return tr("Finish the record");
}

QString ReviewPage::lead() const
{
    return tr("Say what lies behind the events that an auditor will ask about. Then the record is sealed, "
              "and the report "
              "is made from it.");
}

RoleBanner::Content ReviewPage::banner() const
{
    return officerActs(tr("Witnesses: agree to the words before they are sealed."));
}

QString ReviewPage::railSubline() const
{
    return tr("%n event(s) to explain", nullptr, static_cast<int>(state().toExplain.size()));
}

void ReviewPage::fillFooter(FooterBar& footer)
{
    Button* sealButton = footer.addEnd(new Button(tr("&Seal and make the report"), Button::Look::Primary));
    footer.setPrimary(sealButton);
    connect(sealButton, &QAbstractButton::clicked, this, &ReviewPage::seal);
}

QWidget* ReviewPage::initialFocus()
{
    return m_rows.empty() ? nullptr : m_rows.front().text;
}

bool ReviewPage::keepExplanations()
{
    for (const Row& row : m_rows) {
        const QString text = row.text->toPlainText().trimmed();
        const auto entry = std::find_if(state().toExplain.begin(), state().toExplain.end(),
            [&row](const ToExplain& each) { return each.seq == row.seq; });
        if (entry != state().toExplain.end() && !text.isEmpty() && text != entry->explanation)
            if (!ceremony().explain(row.seq, text))
                return false;
    }
    return true;
}

void ReviewPage::seal()
{
    // Sealed without them, they could never be said.
    if (keepExplanations())
        static_cast<void>(ceremony().seal());
}

} // namespace conclave::ui
