// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/onlookerline.h"

#include "core/ceremony/background.h"
#include "core/device/ondone.h"
#include "ui/text/words.h"

#include <QWindow>

namespace conclave::ui {

namespace {
constexpr std::chrono::seconds kEvery{ 3 };
}

OnlookerLine::OnlookerLine(Place place, QWidget* parent)
    : Label({}, Type::Body, Token::CurtainText, parent)
    , m_place(place)
{
    show();
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
            m_found = found.result();
            show();
            m_again.start();
        });
}

void OnlookerLine::showEvent(QShowEvent* event)
{
    Label::showEvent(event);
    if (const QWindow* handle = window()->windowHandle())
        m_exclusion = excludeFromCapture(handle->winId(), true);
    show();
}

QString OnlookerLine::captureSentence() const
{
    switch (m_exclusion) {
    case CaptureExclusion::Agreed:
        return tr("The system says that it keeps this window out of screenshots and recordings.");
    case CaptureExclusion::Refused:
        return tr("The system did not agree to keep this window out of screenshots and recordings.");
    case CaptureExclusion::NotOffered:
        break;
    }
    return tr("This system cannot keep a window out of screenshots and recordings.");
}

void OnlookerLine::show()
{
    const bool turn = m_place != Place::Curtain;
    if (m_place == Place::FullTurn)
        setVisible(!m_found.empty());
    const QStringList capture = turn ? QStringList() : QStringList(captureSentence()); // told by the curtain
    if (m_found.empty()) {
        setType(turn ? Type::Hint : Type::Body);
        setToken(turn ? Token::Muted : Token::CurtainText);
        setText(inARow(
            QStringList(tr("None of the recorders and remote desktops that this program knows is running "
                           "here. It cannot know all, and it sees no camera."))
            + capture));
        return;
    }
    QStringList names;
    for (const Onlooker& each : m_found)
        names << onlookerName(each);
    const QString all = names.join(tr(", ", "between names in a list"));
    setType(Type::Strong);
    setToken(turn ? Token::Danger : Token::CurtainText);
    setText(inARow(
        QStringList(turn ? tr("Somebody may see this screen through %1. Cover it now, and close that first.",
                        "one or several programs, separated by commas")
                               .arg(all)
                         : tr("Somebody may see this screen through %1. Close it first.",
                             "one or several programs, separated by commas")
                               .arg(all))
        + capture));
}

} // namespace conclave::ui
