// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/keycheckvaluepage.h"

#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/card.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"

#include <QVBoxLayout>

namespace conclave::ui {

KeyCheckValuePage::KeyCheckValuePage(ceremony::Ceremony& ceremony)
    : Page(ceremony)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* card = new Card(tr("Key check value (KCV)"), this);
    if (state().kcv.isEmpty()) {
        card->body()->addWidget(
            new Label(tr("This device shows it after the user PIN was entered, in the next step."),
                Type::Body, Token::Text, card));
    } else {
        auto* value = new Label(ltr(hexGroups(state().kcv)), Type::Fingerprint, Token::Text, card);
        value->setAccessibleName(tr("Key check value %1").arg(hexGroups(state().kcv)));
        card->body()->addWidget(value);
    }
    layout->addWidget(card);
    if (state().kcvCompared)
        layout->addWidget(new Note(Note::Kind::Ok,
            state().flow() == ceremony::Flow::Drill
                ? tr("It equals the backup’s: its sheets and share files work.")
                : state().first
                ? tr("It equals the first device’s: the second can use the same wrapped keys.")
                : tr("It equals the value that was computed when the shares were made."),
            this));
    else if (!state().kcv.isEmpty())
        layout->addWidget(new Note(Note::Kind::Info,
            tr("This program did not hold all share files at once, so it has no value of its own to compare "
               "with."),
            this));
    for (int number = 1; number <= static_cast<int>(state().sets.size()); ++number) {
        if (const QString wrong = wrongSheets(state(), number); !wrong.isEmpty())
            layout->addWidget(new Note(Note::Kind::Warn, wrong, this));
    }
    layout->addStretch(1);
}

QString KeyCheckValuePage::title() const
{
    return tr("The device holds the backup secret");
}

QString KeyCheckValuePage::lead() const
{
    return tr("Write the key check value down. Every backup device must show the same.");
}

RoleBanner::Content KeyCheckValuePage::banner() const
{
    return officerActs(tr("Witnesses: write the key check value down, too."));
}

void KeyCheckValuePage::fillFooter(FooterBar& footer)
{
    Button* next = footer.addEnd(new Button(tr("&Continue"), Button::Look::Primary));
    footer.setPrimary(next);
    connect(
        next, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().noteKeyCheckValue()); });
}

} // namespace conclave::ui
