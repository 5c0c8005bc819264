// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/pinconfirm.h"

#include "ui/pages/sopintries.h"
#include "ui/theme/theme.h"
#include "ui/widgets/dangerconfirm.h"
#include "ui/widgets/formfield.h"
#include "ui/widgets/note.h"
#include "ui/widgets/tick.h"

#include <QLineEdit>
#include <QVBoxLayout>

namespace conclave::ui {

using card::PinTask;

PinConfirm::PinConfirm(
    PinTask task, const card::DeviceStatus& status, std::optional<int> tries, QWidget* parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::k12);
    if (task == PinTask::ReplaceTransportPin && !tries) {
        m_layout->addWidget(new Note(Note::Kind::Info,
            tr("The device does not tell how many tries the transport PIN has left. Usually there are 3. "
               "After a wrong one it does."),
            this));
        m_needed = true;
    }
    if (card::needsSoPin(task)) {
        m_soPinTries = new SoPinTries(tries, this);
        m_layout->addWidget(m_soPinTries);
        connect(m_soPinTries, &SoPinTries::edited, this, &PinConfirm::edited);
        offerHalves(task);
    } else if (tries == 1) {
        askLastTry();
    }
    if (task == PinTask::ChangeSoPin)
        confirmSoPin(status);
}

void PinConfirm::askLastTry()
{
    m_needed = true;
    m_lastTry = new QLineEdit(this);
    m_layout->addWidget(new Note(Note::Kind::Danger,
        tr("If the next PIN is wrong, the user PIN is blocked. Only the SO-PIN can help then, where the "
           "device "
           "allows it."),
        this));
    m_layout->addWidget(new FormField(tr("One try is left. &Type LAST TRY to use it"), m_lastTry, this));
    connect(m_lastTry, &QLineEdit::textChanged, this, &PinConfirm::edited);
}

void PinConfirm::offerHalves(PinTask task)
{
    m_needed = true;
    m_soPinHalves = new Tick(
        tr("Two officers enter the &current SO-PIN, each one half, and neither sees the other’s"), this);
    m_layout->addWidget(m_soPinHalves);
    if (task != PinTask::ChangeSoPin)
        return;
    m_newSoPinHalves = new Tick(
        tr("Two officers enter the &new SO-PIN, each one half, and neither sees the other’s"), this);
    m_layout->addWidget(m_newSoPinHalves);
}

InHalves PinConfirm::halves() const
{
    return { m_soPinHalves && m_soPinHalves->isChecked(), m_newSoPinHalves && m_newSoPinHalves->isChecked() };
}

void PinConfirm::confirmSoPin(const card::DeviceStatus& status)
{
    m_needed = true;
    m_layout->addWidget(new Note(Note::Kind::Warn,
        tr("Whoever has the SO-PIN can erase this device and initialise it again. If the new one is lost, "
           "nobody ever can."),
        this));
    m_serial = new DangerConfirm(this);
    m_serial->setSerial(status.serial);
    m_layout->addWidget(m_serial);
    connect(m_serial, &DangerConfirm::matchChanged, this, &PinConfirm::edited);
}

bool PinConfirm::confirmed() const
{
    return (!m_soPinTries || m_soPinTries->confirmed())
        && (!m_lastTry || m_lastTry->text().trimmed() == QStringLiteral("LAST TRY"))
        && (!m_serial || m_serial->matches());
}

QWidget* PinConfirm::firstField() const
{
    if (m_soPinTries && m_soPinTries->field())
        return m_soPinTries->field();
    if (m_lastTry)
        return m_lastTry;
    return m_serial ? m_serial->field() : nullptr;
}

} // namespace conclave::ui
