// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/shell/curtainrules.h"

#ifdef Q_OS_LINUX
#include "ui/shell/sessionwatch.h"
#endif

#include <QEvent>
#include <QGuiApplication>
#include <QScreen>

namespace conclave::ui {

CurtainRules::CurtainRules(QObject* parent)
    : QObject(parent)
{
    m_idle.setInterval(kIdleCurtain);
    m_idle.setSingleShot(true);
    connect(&m_idle, &QTimer::timeout, this, &CurtainRules::nobodyActs);
    qApp->installEventFilter(this);
    connect(qApp, &QGuiApplication::screenAdded, this, [this](QScreen* screen) {
        watch(screen);
        Q_EMIT peopleMayHaveChanged();
    });
    connect(qApp, &QGuiApplication::screenRemoved, this, &CurtainRules::peopleMayHaveChanged);
    connect(qApp, &QGuiApplication::primaryScreenChanged, this, &CurtainRules::peopleMayHaveChanged);
    for (const QScreen* screen : QGuiApplication::screens())
        watch(screen);
    connect(qApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state != Qt::ApplicationActive)
            Q_EMIT peopleMayHaveChanged();
    });
#ifdef Q_OS_LINUX
    connect(new SessionWatch(this), &SessionWatch::leaving, this, &CurtainRules::peopleMayHaveChanged);
#endif
}

/// What two displays show changes with where they lie: a projector that mirrors the screen lies upon it.
void CurtainRules::watch(const QScreen* screen)
{
    connect(screen, &QScreen::geometryChanged, this, &CurtainRules::peopleMayHaveChanged);
}

void CurtainRules::restart()
{
    m_idle.start();
}

bool CurtainRules::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::MouseMove:
    case QEvent::Wheel:
    case QEvent::TouchBegin:
        m_idle.start();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace conclave::ui
