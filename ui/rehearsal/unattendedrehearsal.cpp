// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/rehearsal/unattendedrehearsal.h"

#include "core/base/hex.h"
#include "core/ceremony/recordscheck.h"
#include "core/device/ondone.h"
#include "ui/print/sheetprinter.h"
#include "ui/rehearsal/pagename.h"
#include "ui/rehearsal/scriptedpeople.h"
#include "ui/shell/ceremonyview.h"
#include "ui/shell/wizardwindow.h"
#include "ui/text/errortext.h"
#include "ui/text/words.h"

#include <QDir>

#include <algorithm>
#include <utility>

namespace conclave::ui {

using namespace ceremony;

namespace {

constexpr std::chrono::milliseconds kGlance{ 10 };
/// A page on which nothing can be done for so long has gone wrong; key generation is the longest work.
constexpr qint64 kPatienceMs = 10LL * 60 * 1000;

} // namespace

UnattendedRehearsal::UnattendedRehearsal(
    WizardWindow& window, device::SimulatedReaders& readers, QString folder)
    : m_window(window)
    , m_readers(readers)
    , m_folder(std::move(folder))
{
    m_eyes.setInterval(kGlance);
    connect(&m_eyes, &QTimer::timeout, this, &UnattendedRehearsal::look);
}

UnattendedRehearsal::~UnattendedRehearsal() = default;

void UnattendedRehearsal::start()
{
    QDir(m_folder).mkpath(QStringLiteral("screens"));
    QDir(m_folder).mkpath(QStringLiteral("sheets"));
    m_sinceStep.start();
    m_sinceChange.start();
    m_eyes.start();
}

void UnattendedRehearsal::look()
{
    if (!m_people) {
        takePicture(QStringLiteral("start"));
        m_window.establish();
        m_people = std::make_unique<ScriptedPeople>(*m_window.ceremony());
        return;
    }
    CeremonyView& view = *m_window.ceremonyView();
    const Ceremony& ceremony = *m_window.ceremony();
    tellStep();
    if (view.pageId() == PageId::Trouble) {
        takePicture(pageName(PageId::Trouble));
        finish(
            ceremony.trouble() ? errorSentence(ceremony.trouble()->error) : tr("A page of trouble came up."));
        return;
    }
    if (view.pageId() == PageId::Closed) {
        takePicture(pageName(PageId::Closed));
        verify();
        return;
    }
    if (m_sinceChange.hasExpired(kPatienceMs)) {
        finish(tr("Nothing went on at page “%1”.").arg(pageName(view.pageId())));
        return;
    }
    const PageKey key = pageFor(ceremony);
    const bool works = view.pageId() == PageId::Working || view.pageId() == PageId::Generate;
    if (works && m_pictured != key && ceremony.work().kind != WorkKind::None) {
        if (!std::exchange(m_filled, true))
            return;
        m_pictured = key;
        takePicture(pageName(view.pageId()));
    }
    if (ceremony.writing() || !m_people->fill(view) || !m_people->canGoOn(view)) {
        m_filled = false;
        return;
    }
    if (!std::exchange(m_filled, true))
        return; // the page gets a moment to lay itself out
    m_filled = false;
    takePicture(pageName(view.pageId()));
    if (view.pageId() == PageId::Reveal)
        saveSheet();
    if (m_people->goOn(view))
        m_sinceChange.restart();
}

void UnattendedRehearsal::tellStep()
{
    const QString step = stepName(m_window.ceremony()->state().step());
    if (step == m_step)
        return;
    if (!m_step.isEmpty())
        Q_EMIT stepDone(m_step, m_sinceStep.restart());
    m_step = step;
}

void UnattendedRehearsal::takePicture(const QString& name)
{
    const QString file
        = QStringLiteral("screens/%1-%2.png").arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    if (!m_window.grab().save(QDir(m_folder).filePath(file)))
        finish(tr("%1 could not be written.").arg(file));
}

void UnattendedRehearsal::saveSheet()
{
    const Ceremony& ceremony = *m_window.ceremony();
    std::optional<SheetFacts> sheet = sheetOfTurn(ceremony);
    const dkek::CustodianShare* share = ceremony.shareOnShow();
    const SecretBytes* checkCode = ceremony.checkCodeOnShow();
    if (!sheet || !share || !checkCode)
        return;
    const auto saved = sheetprinter::saveFilledOfRehearsal(
        std::move(*sheet), { share->value.clone(), checkCode->clone() }, m_folder);
    onDone(saved, this, [this](const QFuture<Status>& done) {
        if (const Status status = done.result(); !status)
            finish(errorSentence(status.error()));
    });
}

void UnattendedRehearsal::verify()
{
    m_eyes.stop();
    const Result<CeremonyState> state = checkRecords(m_folder);
    if (!state) {
        finish(errorSentence(state.error()));
        return;
    }
    m_check = std::make_unique<device::DeviceDirectory>(m_readers);
    connect(m_check.get(), &device::DeviceDirectory::changed, this, [this] {
        const auto& devices = m_check->devices();
        const auto looked = std::ranges::find_if(devices,
            [](const device::DetectedDevice& each) { return !each.probing && (each.status || each.error); });
        if (looked == devices.end())
            return;
        disconnect(m_check.get(), nullptr, this, nullptr);
        const QString problem = problemOfDevice(*looked);
        tellStep();
        Q_EMIT stepDone(m_step, m_sinceStep.restart());
        finish(problem);
    });
}

QString UnattendedRehearsal::problemOfDevice(const device::DetectedDevice& device) const
{
    const CeremonyState& state = m_window.ceremony()->state();
    if (!device.status)
        return errorSentence(*device.error);
    if (device.status->serial != state.device->serial)
        return tr("The device has another serial number.");
    const auto& dkek = device.status->dkek;
    if (!dkek || dkek->outstanding != 0 || !dkek->kcv
        || toHex(*dkek->kcv).compare(state.kcv, Qt::CaseInsensitive) != 0 || !state.kcvCompared)
        return tr("The device has another key check value than the record.");
    for (const KeyRecord& key : state.keys) {
        const auto same = [&key](const card::KeyEntry& entry) {
            const auto fingerprint
                = entry.publicKey ? entry.publicKey->fingerprint() : Result<Sha256Digest>();
            return key.generated && fingerprint && toHex(*fingerprint) == key.generated->fingerprint
                && entry.label == key.planned.label;
        };
        if (key.state != KeyState::Tested || std::ranges::none_of(device.keys, same))
            return tr("Key “%1” of the record is not on the device.").arg(key.planned.label);
    }
    return {};
}

void UnattendedRehearsal::finish(const QString& problem)
{
    m_eyes.stop();
    Q_EMIT finished(problem);
}

} // namespace conclave::ui
