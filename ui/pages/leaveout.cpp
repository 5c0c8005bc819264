// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/leaveout.h"

#include "core/ceremony/ceremony.h"
#include "ui/shell/dialog.h"
#include "ui/widgets/button.h"

#include <QCoreApplication>

#include <algorithm>

namespace conclave::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(LeaveOut)
};

} // namespace

Button* leaveOutButton(QWidget* page, ceremony::Ceremony& ceremony)
{
    auto* button = new Button(Words::tr("Lea&ve out the rest…"), Button::Look::Secondary);
    QObject::connect(button, &QAbstractButton::clicked, page, [page, &ceremony] {
        const auto& devices = ceremony.state().devices;
        const auto complete = std::ranges::count_if(devices, &ceremony::CeremonyState::complete);
        const auto rest = static_cast<int>(devices.size()) - static_cast<int>(complete);
        ask(page, ceremony.rehearsal(), Words::tr("Leave out %n device(s)?", nullptr, rest),
            Words::tr(
                "They are not backup devices. The report names them. They can be made in another ceremony."),
            Words::tr("&Keep going"), Words::tr("&Leave them out"),
            [&ceremony] { static_cast<void>(ceremony.finishDevices()); });
    });
    return button;
}

} // namespace conclave::ui
