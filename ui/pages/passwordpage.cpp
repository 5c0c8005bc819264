// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/passwordpage.h"

#include "ui/pages/passwordrule.h"
#include "ui/pages/turnwords.h"
#include "ui/shell/onlookerline.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/note.h"
#include "ui/widgets/secretfield.h"
#include "ui/widgets/showbutton.h"

#include <QVBoxLayout>

namespace conclave::ui {

PasswordPage::PasswordPage(ceremony::Ceremony& ceremony)
    : Page(ceremony)
    , m_password(new SecretField(SecretField::Accept::Any, kLongestPassword, this))
    , m_again(new SecretField(SecretField::Accept::Any, kLongestPassword, this))
    , m_rule(new Label({}, Type::Hint, Token::Muted, this))
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(space::k16);
    layout->addWidget(secretFormField(tr("&Password"), m_password, this));
    layout->addWidget(new FormField(tr("&Type it again"), m_again, this));
    layout->addWidget(m_rule);
    layout->addWidget(new Note(Note::Kind::Warn,
        tr("Without this password the backup can never be restored. There is no way to reset it."), this));
    layout->addStretch(1);
    layout->addWidget(new OnlookerLine(OnlookerLine::Place::Turn, this));
    connect(m_password, &SecretField::changed, this, &PasswordPage::judge);
    connect(m_again, &SecretField::changed, this, &PasswordPage::judge);
    judge();
}

void PasswordPage::judge()
{
    const bool strong = isStrongPassword(m_password->view());
    const bool same = SecretBytes(m_password->view()) == SecretBytes(m_again->view());
    if (!strong)
        m_rule->setText(tr("12 characters or 5 words at least."));
    else if (!same)
        m_rule->setText(m_again->isEmpty() ? tr("Long enough. Type it again.") : tr("The two differ."));
    else
        m_rule->setText(tr("Both are the same."));
    if (m_use)
        m_use->setEnabled(strong && same);
}

QString PasswordPage::title() const
{
    return tr("Choose the password");
}

QString PasswordPage::lead() const
{
    return tr("It protects the share file. Choose one that you will still know in ten years.");
}

RoleBanner::Content PasswordPage::banner() const
{
    return turnBanner(ceremony(), tr("Only the password is typed now."));
}

QString PasswordPage::railSubline() const
{
    return turnSubline(ceremony());
}

void PasswordPage::fillFooter(FooterBar& footer)
{
    Button* coverNow = footer.addStart(new Button(tr("&Cover now"), Button::Look::Secondary));
    coverNow->setIcon(icon(Icon::EyeOff));
    coverNow->setShortcutHint(tr("Esc"));
    connect(coverNow, &QAbstractButton::clicked, this, &PasswordPage::cover);
    m_use = footer.addEnd(new Button(tr("&Use this password"), Button::Look::Primary));
    footer.setPrimary(m_use);
    connect(m_use, &QAbstractButton::clicked, this, [this] {
        m_again->clear();
        static_cast<void>(ceremony().choosePassword(m_password->take()));
    });
    judge();
}

void PasswordPage::leave()
{
    m_password->clear();
    m_again->clear();
}

QWidget* PasswordPage::initialFocus()
{
    return m_password;
}

void PasswordPage::cover()
{
    static_cast<void>(ceremony().dropCurtain());
}

} // namespace conclave::ui
