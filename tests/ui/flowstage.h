// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/simulatedreaders.h"
#include "tests/ui/window.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/wizardwindow.h"
#include "ui/widgets/button.h"
#include "ui/widgets/footerbar.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace conclave::ui {

/// Readers, the window of a rehearsal, and people who play one ceremony after the other in it. Each page that
/// comes up is looked at as people with other needs do.
class FlowStage {
public:
    static constexpr int kPatienceMs = 60'000;

    explicit FlowStage(QSize size = { 1024, 768 })
        : m_size(size)
    {
    }

    /// A window with another ceremony's folder.
    void open(const QString& name) { openWith(readers, name); }

    /// The same with other readers, perhaps of real devices.
    void openWith(device::ReaderSource& source, const QString& name)
    {
        window.reset();
        ceremonyFolder = folder.filePath(name);
        ceremony::Environment environment{ source };
        environment.rounds = dkek::KdfRounds{ 1000 };
        environment.verifierCost = { 16, 1, 1 };
        window = std::make_unique<WizardWindow>(
            environment, WizardWindow::Options{ folder.path(), ceremonyFolder });
        window->resize(m_size);
        window->show();
        window->activateWindow();
    }

    /// Until it is closed, paused or in trouble, or the people do not know what to do. `onPage` may do what
    /// the people do not: true when the page is filled in.
    bool play(
        ceremony::Flow flow, ScriptedPeople::Pins pins, const std::function<bool(CeremonyView&)>& onPage = {})
    {
        window->start(flow);
        return playOn(std::move(pins), onPage);
    }

    bool playOn(ScriptedPeople::Pins pins, const std::function<bool(CeremonyView&)>& onPage = {})
    {
        ScriptedPeople people(*window->ceremony(), std::move(pins));
        const auto over = [&] {
            const PageId page = window->ceremonyView()->pageId();
            return page == PageId::Closed || page == PageId::Trouble || page == PageId::Paused
                || page == until;
        };
        QTimer eyes;
        int glances = 0;
        PageKey seen{ PageId::Closed };
        QString offered; // the same page is another screen when it offers something else
        QObject::connect(&eyes, &QTimer::timeout, &eyes, [&] {
            CeremonyView& view = *window->ceremonyView();
            if (over() || window->ceremony()->writing())
                return;
            const bool filled = (people.fill(view) || (onPage && onPage(view))) && !(waits && waits(view));
            if (!filled || !ScriptedPeople::canGoOn(view) || ++glances < kGlancesToSettle) {
                if (!filled || !ScriptedPeople::canGoOn(view))
                    glances = 0;
                return;
            }
            const PageKey key = pageFor(*window->ceremony());
            const QString offer = view.footer().primary() ? view.footer().primary()->text() : QString();
            if (key != seen || offer != offered) {
                if (!findings().isEmpty() && glances < kGlancesOfPatience)
                    return;
                look(view);
            }
            glances = 0;
            seen = key;
            offered = offer;
            ScriptedPeople::goOn(view);
        });
        eyes.start(kGlance);
        const bool ended = QTest::qWaitFor(over, kPatienceMs);
        if (!ended)
            qWarning("Nothing goes on at page %s.", qPrintable(pageName(window->ceremonyView()->pageId())));
        return ended && window->ceremonyView()->pageId() == PageId::Closed;
    }

    /// look() for tests that do not wait by themselves: a screen that is being laid out is given its time.
    void lookAtRest(CeremonyView& view)
    {
        settle();
        static_cast<void>(QTest::qWaitFor([this] { return findings().isEmpty(); }, kRestMs));
        look(view);
    }

    /// Inspects the screen, and takes its picture into the folder that CONCLAVE_TEST_PICTURES names.
    void look(CeremonyView& view)
    {
        const QString page = pageName(view.pageId());
        pages.insert(view.pageId());
        for (const QString& fault : findings())
            faults << page + QStringLiteral(": ") + fault;
        picture(page);
    }

    void picture(const QString& page) const
    {
        static int number = 0;
        takePicture(*window,
            QStringLiteral("%1-%2-%3-%4")
                .arg(++number, 3, 10, QLatin1Char('0'))
                .arg(QString::fromLatin1(QTest::currentTestFunction()),
                    QString::fromLatin1(QTest::currentDataTag()), page));
    }

    QTemporaryDir folder;
    QString ceremonyFolder;
    device::SimulatedReaders readers;
    std::unique_ptr<WizardWindow> window;
    QStringList faults;
    std::set<PageId> pages; ///< that were looked at
    std::function<bool(CeremonyView&)> waits{}; ///< the people do not leave this page yet
    std::optional<PageId> until{}; ///< the people also stop when this page comes up

private:
    [[nodiscard]] QStringList findings() const
    {
        // What is scrolled away has no place to read it at.
        const QStringList order = m_size.height() < kLow ? QStringList() : tabOrderFaults(*window);
        return namelessControls(*window) + mnemonicClashes(*window) + order + cutTexts(*window);
    }

    static constexpr std::chrono::milliseconds kGlance{ 5 };
    static constexpr int kGlancesToSettle = 4;
    static constexpr int kGlancesOfPatience = 200;
    static constexpr int kRestMs = 2000;
    static constexpr int kLow = 600;
    QSize m_size;
};

} // namespace conclave::ui
