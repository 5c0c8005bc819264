// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/onlookerline.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/text/words.h"

namespace conclave::ui {

namespace {
constexpr std::chrono::seconds kEvery{ 3 };
}

OnlookerLine::OnlookerLine(QWidget* parent)
    : Label({}, Type::Body, Token::CurtainText, parent)
{
    show({});
    m_again.setInterval(kEvery);
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &OnlookerLine::look);
    look();
}

void OnlookerLine::look()
{
    onDone(ceremony::inBackground(*QThreadPool::globalInstance(),
               [] { return findOnlookers(QStringLiteral("/proc"), qEnvironmentVariable("DISPLAY")); }),
        this, [this](const QFuture<std::vector<Onlooker>>& found) {
            show(found.result());
            m_again.start();
        });
}

void OnlookerLine::show(const std::vector<Onlooker>& onlookers)
{
    if (onlookers.empty()) {
        setType(Type::Body);
        setText(
            tr("None of the recorders and remote desktops that this program knows is running here. It cannot "
               "know all, and it sees no camera."));
        return;
    }
    QStringList names;
    for (const Onlooker& each : onlookers)
        names << onlookerName(each);
    setType(Type::Strong);
    setText(tr("Somebody may see this screen through %1. Close it first.",
        "one or several programs, separated by commas")
                .arg(names.join(tr(", ", "between names in a list"))));
}

} // namespace conclave::ui
