// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/secondopinionpage.h"

#include "core/ceremony/secondopinion.h"
#include "core/witness/openscmodule.h"
#include "ui/pages/table.h"
#include "ui/pages/userpincard.h"
#include "ui/text/words.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/facts.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/progresspanel.h"

#include <QDir>
#include <QVBoxLayout>

namespace conclave::ui {

using namespace ceremony;

SecondOpinionPage::SecondOpinionPage(Ceremony& ceremony)
    : Page(ceremony)
    , m_answered(state().opinion.given && !state().opinion.failed)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    auto* facts = new Facts(this);
    facts->add(tr("Device"), ltr(state().device->serial), Type::Value);
    facts->add(tr("Keys in the record"), QString::number(keysOnDevice(state()).size()));
    layout->addWidget(facts);
    m_module = new Label({}, Type::Hint, Token::Muted, this);
    layout->addWidget(m_module);
    m_note = new Note(Note::Kind::Info, {}, this);
    layout->addWidget(m_note);
    m_pin = new UserPinCard(ceremony, this);
    layout->addWidget(m_pin);
    m_progress = new ProgressPanel(this);
    layout->addWidget(m_progress);
    m_keys = new Table({ tr("Label"), tr("ID"), tr("What OpenSC shows") }, this);
    m_keys->setColumnStretch(0, 2);
    m_keys->setColumnStretch(1, 1);
    m_keys->setColumnStretch(2, 4);
    layout->addWidget(m_keys);
    layout->addStretch(1);
    connect(m_pin, &UserPinCard::edited, this, &SecondOpinionPage::judge);
}

QString SecondOpinionPage::title() const
{
    return tr("Ask for a second opinion");
}

QString SecondOpinionPage::lead() const
{
    return tr("OpenSC, another program, lists the keys on the device and signs with each. What it shows is "
              "compared with this record. Nothing on the device changes.");
}

RoleBanner::Content SecondOpinionPage::banner() const
{
    return officerActs(tr("Witnesses: compare the list with the keys that were made."));
}

QString SecondOpinionPage::railSubline() const
{
    return tr("Second opinion");
}

QString SecondOpinionPage::help() const
{
    return tr("This program checks the user PIN first, then lets the device go. OpenSC works in a process of "
              "its own, which gets the user PIN and ends when it has answered. Signatures are verified here, "
              "with the public keys of the record. The second opinion can be left out: the report then says "
              "that none was asked for.");
}

bool SecondOpinionPage::running() const
{
    return ceremony().work().kind == WorkKind::AskingForOpinion;
}

bool SecondOpinionPage::moduleFound() const
{
    return !ceremony().opinionModule().isEmpty();
}

void SecondOpinionPage::fillFooter(FooterBar& footer)
{
    m_back
        = new Button(tr("&Back to the record"), m_answered ? Button::Look::Primary : Button::Look::Secondary);
    connect(
        m_back, &QAbstractButton::clicked, this, [this] { static_cast<void>(ceremony().leaveOpinion()); });
    m_ask = new Button(m_answered ? tr("Ask &again")
            : moduleFound()       ? tr("&Ask OpenSC")
                                  : tr("&Look again"),
        m_answered ? Button::Look::Secondary : Button::Look::Primary);
    connect(m_ask, &QAbstractButton::clicked, this, &SecondOpinionPage::ask);
    footer.addEnd(m_answered ? m_ask : m_back);
    footer.setPrimary(footer.addEnd(m_answered ? m_back : m_ask));
    judge();
}

void SecondOpinionPage::render()
{
    // Not before the device is back: until then there is no button that could take the focus.
    const bool answeredNow
        = m_asking && !running() && !ceremony().writing() && state().opinion.given && !state().opinion.failed;
    if (answeredNow) {
        m_asking = false;
        m_answered = true;
    }
    m_pin->render();
    m_pin->setVisible(moduleFound() && !running() && !m_answered);
    m_module->setText(moduleFound()
            ? tr("Module: %1").arg(ltr(QDir::toNativeSeparators(ceremony().opinionModule())))
            : QString());
    m_module->setVisible(moduleFound());
    const Work& work = ceremony().work();
    m_progress->setVisible(running());
    if (!running()) {
        m_progress->stop();
    } else if (work.startedMs != m_shownStart) {
        m_shownStart = work.startedMs;
        m_progress->start(tr("OpenSC looks at the device"), work.startedMs, 0, 0);
    }
    showAnswer();
    if (answeredNow)
        Q_EMIT phaseChanged();
    else
        judge();
}

void SecondOpinionPage::showAnswer()
{
    const bool show = m_answered && !running();
    m_keys->clearRows();
    m_keys->setVisible(show && !state().opinion.given->keys.empty());
    if (!show)
        return;
    const SecondOpinionGiven& given = *state().opinion.given;
    m_note->setKind(state().opinion.differences() > 0 ? Note::Kind::Warn : Note::Kind::Ok);
    m_note->setText(opinionSentence(given));
    m_note->show();
    for (const OpinionOnKey& key : given.keys) {
        m_keys->addRow({ key.label, ltr(key.id), opinionName(key.opinion) }, { 1 });
        if (isDifference(key.opinion))
            m_keys->setCell(m_keys->rows() - 1, 2, opinionName(key.opinion), Token::Warn);
    }
}

void SecondOpinionPage::judge()
{
    if (!m_answered || running()) {
        const bool longPin = m_pin->length() > std::size_t{ witness::kLongestPin };
        m_note->setKind(moduleFound() ? Note::Kind::Info : Note::Kind::Warn);
        m_note->setText(!moduleFound()
                ? tr("OpenSC’s PKCS#11 module is not on this computer. Install the package opensc-pkcs11 and "
                     "look again, or go back: the ceremony can do without a second opinion, and the record "
                     "says that the module was missing.")
                : tr(
                    "OpenSC takes user PINs of up to 15 characters. With a longer one it lists the keys, and "
                    "signs nothing."));
        m_note->setVisible(!moduleFound() || longPin);
    }
    if (!m_ask)
        return;
    m_back->setEnabled(!running());
    m_ask->setEnabled(!running() && (m_answered || !moduleFound() || m_pin->complete()));
}

void SecondOpinionPage::ask()
{
    if (m_answered) {
        m_answered = false;
        Q_EMIT phaseChanged();
    } else if (!moduleFound()) {
        lookAgain();
    } else if (m_pin->enter()) {
        m_asking = ceremony().askForOpinion().has_value();
    }
}

void SecondOpinionPage::lookAgain()
{
    if (moduleFound())
        return;
    ceremony().lookForOpinionModule();
    if (moduleFound())
        Q_EMIT phaseChanged();
}

void SecondOpinionPage::leave()
{
    m_pin->wipe();
}

QWidget* SecondOpinionPage::initialFocus()
{
    return m_pin->isVisibleTo(this) ? m_pin->firstField() : nullptr;
}

} // namespace conclave::ui
