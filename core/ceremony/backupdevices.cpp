// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/backupdevices.h"

#include "core/base/hex.h"
#include "core/card/inputrules.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/devicerecord.h"
#include "core/ceremony/keyproof.h"
#include "core/ceremony/openedbackup.h"
#include "core/device/deviceworker.h"
#include "core/dkek/sharefile.h"

#include <algorithm>

namespace conclave::ceremony {

BackupDevices::BackupDevices(const Environment& environment, Recorder& record)
    : m_environment(environment)
    , m_record(record)
{
    for (const CeremonyState& device : state().devices) {
        const QString serial = device.device->serial;
        Part& part = m_parts[serial];
        part.ceremony.reset(
            new Ceremony(m_environment, std::make_unique<DeviceRecord>(m_record, serial), nullptr));
        connect(part.ceremony.get(), &Ceremony::changed, this, [this, serial] {
            goOnSoon(serial);
            Q_EMIT changed();
        });
    }
}

BackupDevices::~BackupDevices()
{
    for (auto& [serial, part] : m_parts)
        disconnect(part.ceremony.get(), nullptr, this, nullptr);
    letGoOfDevices();
}

const Ceremony* BackupDevices::on(const QString& serial) const
{
    const auto found = m_parts.find(serial);
    return found == m_parts.end() ? nullptr : found->second.ceremony.get();
}

WorkTimes BackupDevices::times(const QString& serial) const
{
    const auto found = m_parts.find(serial);
    return found == m_parts.end() ? WorkTimes{} : found->second.times;
}

bool BackupDevices::working() const
{
    return m_first || std::ranges::any_of(m_parts, [](const auto& each) {
        const Part& part = each.second;
        return part.goesOn || part.ceremony->work().kind != WorkKind::None || part.ceremony->writing();
    });
}

bool BackupDevices::allPresent() const
{
    return std::ranges::all_of(m_parts, [](const auto& each) {
        const Ceremony& ceremony = *each.second.ceremony;
        return ceremony.state().complete() || ceremony.devicePresent();
    });
}

bool BackupDevices::userPinsHeld() const
{
    return !state().restore.plan
        || std::ranges::none_of(m_parts, [](const auto& each) { return waitsForPin(each.second); });
}

bool BackupDevices::waitsForPin(const Part& part)
{
    const Stage stage = part.ceremony->state().stage;
    return part.userPin.empty() && stage >= Stage::Importing && stage <= Stage::ProvingClone
        && stage != Stage::DkekMismatch;
}

bool BackupDevices::onLastTry(const Part& part)
{
    return part.ceremony->userPinTriesLeft() == 1;
}

std::optional<int> BackupDevices::userPinTriesLeft() const
{
    const bool last = std::ranges::all_of(
        m_parts, [](const auto& each) { return !waitsForPin(each.second) || onLastTry(each.second); });
    return last && !userPinsHeld() ? std::optional(1) : std::nullopt;
}

void BackupDevices::letGoOfDevices()
{
    for (auto& [serial, part] : m_parts)
        part.ceremony->letGoOfDevice();
    if (m_first && m_first->atWork())
        device::DeviceWorker::letGo(std::move(m_first));
}

void BackupDevices::keepThoseInNeed()
{
    std::erase_if(m_parts, [this](const auto& each) {
        Ceremony& ceremony = *each.second.ceremony;
        const bool over = state().stage >= Stage::Reviewing
            || (state().stage == Stage::ProvingClone && !ceremony.state().complete());
        if (over)
            ceremony.letGoOfDevice();
        return over;
    });
}

std::optional<QString> BackupDevices::takeShareFile(int number, SecretBytes clear, std::size_t all)
{
    m_shareFiles[number] = std::move(clear);
    if (m_shareFiles.size() != all)
        return std::nullopt;
    std::vector<SecretBytes> files;
    for (const auto& [each, bytes] : m_shareFiles)
        files.push_back(bytes.clone());
    return toHex(dkek::checkValue(dkek::combineShareFiles(files)));
}

void BackupDevices::useBackup(std::shared_ptr<const OpenedBackup> backup)
{
    m_backup = std::move(backup);
    if (std::exchange(m_waitsForBackup, false))
        workOnAll();
    if (m_proving)
        signOnFirst();
}

void BackupDevices::stopWaiting()
{
    m_waitsForBackup = false;
    m_proving = false;
    m_firstPin.clear();
}

void BackupDevices::enterUserPin(const SecretBytes& pin, bool lastTryConfirmed)
{
    m_trying.clear();
    for (auto& [serial, part] : m_parts) {
        if (!part.userPin.empty())
            continue;
        part.userPin = pin.clone();
        part.pinTaken = false;
        part.lastTryConfirmed = lastTryConfirmed && onLastTry(part);
    }
}

Status BackupDevices::setPins(const PinSettings& settings)
{
    const auto waits = [](const Part& part) {
        const CeremonyState& device = part.ceremony->state();
        return device.stage == Stage::SettingPins && !device.refused();
    };
    std::vector<std::pair<Part*, PinSettings>> orders;
    for (auto& [serial, part] : m_parts) {
        if (state().stage != Stage::SettingPins || !waits(part))
            continue;
        const CeremonyState& device = part.ceremony->state();
        const auto current = settings.currentSoPins.find(serial);
        PinSettings one{ .newSoPin = settings.newSoPin.clone(),
            .userPin = settings.userPin.clone(),
            .soPinMade = settings.soPinMade,
            .userPinTries = settings.userPinTries,
            .unblocking = settings.unblocking,
            .label = settings.label };
        if (current != settings.currentSoPins.end())
            one.currentSoPin = current->second.clone();
        // None is recorded unless all can be.
        if (const Status rule
            = device.device->initialised || device.erasedAt ? card::checkSoPin(one.currentSoPin) : Status{};
            !rule)
            return rule;
        orders.emplace_back(&part, std::move(one));
    }
    if (orders.empty())
        return fail(ErrorKind::NotAllowedNow);
    for (auto& [part, one] : orders) {
        if (const Status set = part->ceremony->setPins(std::move(one)); !set)
            return set;
        part->userPin = settings.userPin.clone();
        part->pinTaken = true;
    }
    return {};
}

void BackupDevices::workOnAll()
{
    for (auto& [serial, part] : m_parts) {
        if (!part.ceremony->state().complete())
            begin(part);
        goOnSoon(serial);
    }
    Q_EMIT changed();
}

void BackupDevices::workOn(const QString& serial)
{
    begin(m_parts.at(serial));
    goOnSoon(serial);
    Q_EMIT changed();
}

void BackupDevices::begin(Part& part)
{
    if (part.goesOn)
        return;
    part.goesOn = true;
    part.times = { Ceremony::monotonicMs(), -1 };
    if (part.ceremony->state().pending)
        part.ceremony->settleAgain();
    else if (part.ceremony->trouble() && part.ceremony->state().stage == Stage::Initialising)
        static_cast<void>(part.ceremony->tryAgain()); // its SO-PIN is still to be changed
    else if (part.ceremony->trouble())
        part.ceremony->dismissTrouble();
}

void BackupDevices::stop(Part& part)
{
    if (std::exchange(part.goesOn, false))
        part.times.endedMs = Ceremony::monotonicMs();
}

void BackupDevices::stopSoon()
{
    stopWaiting();
    for (auto& [serial, part] : m_parts) {
        part.ceremony->stopSoon();
        stop(part);
    }
}

void BackupDevices::goOnSoon(const QString& serial)
{
    const auto found = m_parts.find(serial);
    if (found == m_parts.end() || std::exchange(found->second.called, true))
        return;
    QMetaObject::invokeMethod(
        this, [this, serial] { goOn(serial); }, Qt::QueuedConnection);
}

void BackupDevices::goOn(const QString& serial)
{
    const auto found = m_parts.find(serial);
    if (found == m_parts.end())
        return;
    Part& part = found->second;
    part.called = false;
    const Ceremony& ceremony = *part.ceremony;
    if (m_trying == serial)
        pinWasTried(serial, part);
    forgetShareFilesInTime();
    if (!part.goesOn || ceremony.work().kind != WorkKind::None || ceremony.writing())
        return;
    if (ceremony.trouble()) {
        if (refusesPin(ceremony.trouble()->error)) {
            part.userPin.clear();
            part.pinTaken = false;
        }
        stop(part);
        callOthers(serial); // whom this one was to try the PIN for
        Q_EMIT changed();
        return;
    }
    if (ceremony.state().pending)
        return;
    if (!doNext(serial, part)) {
        stop(part);
        Q_EMIT changed();
    }
}

/// NotAllowedNow: nothing is to be done, or it cannot be done without people.
Status BackupDevices::doNext(const QString& serial, Part& part)
{
    Ceremony& ceremony = *part.ceremony;
    const CeremonyState& device = ceremony.state();
    const bool proves = state().stage == Stage::ProvingClone && device.stage == Stage::ProvingClone;
    if (proves && m_onFirst && !part.userPin.empty())
        return enterPin(serial, part) ? ceremony.proveAgainst(m_keys, m_challenge, *m_onFirst) : Status{};
    if (state().stage != Stage::MakingDevices)
        return fail(ErrorKind::NotAllowedNow);
    switch (device.stage) {
    case Stage::ConfirmingErase:
        return device.eraseConfirmed ? ceremony.confirmErase(serial) : fail(ErrorKind::NotAllowedNow);
    case Stage::Initialising:
        return {}; // its SO-PIN is changed next
    case Stage::Importing: {
        const auto next = std::ranges::find(device.sets, false, &ShareSet::imported);
        const auto number = static_cast<int>(next - device.sets.begin()) + 1;
        const auto clear = m_shareFiles.find(number);
        if (next == device.sets.end() || clear == m_shareFiles.end())
            return fail(ErrorKind::NotAllowedNow);
        return ceremony.importClear(number, clear->second.clone());
    }
    case Stage::RestoringKeys:
        if (!device.restore.next())
            return ceremony.finishRestore();
        if (part.userPin.empty() || !m_backup)
            return fail(ErrorKind::NotAllowedNow);
        if (!enterPin(serial, part))
            return {};
        ceremony.useBackup(m_backup);
        return ceremony.restore();
    default:
        ceremony.releaseDevice();
        return fail(ErrorKind::NotAllowedNow);
    }
}

/// False: another device is to take it first. A PIN that was mistyped costs one try on one device.
bool BackupDevices::enterPin(const QString& serial, Part& part)
{
    if (!part.pinTaken) {
        if ((!m_trying.isEmpty() && m_trying != serial) || (m_trying.isEmpty() && othersShouldTryFirst(part)))
            return false;
        m_trying = serial;
        m_restoredBefore = part.ceremony->state().restore.restored();
    }
    return part.ceremony->enterUserPin(part.userPin.clone(), part.lastTryConfirmed).has_value();
}

bool BackupDevices::othersShouldTryFirst(const Part& part) const
{
    return onLastTry(part) && std::ranges::any_of(m_parts, [](const auto& each) {
        const Part& other = each.second;
        return other.goesOn && !other.pinTaken && !other.userPin.empty() && !onLastTry(other);
    });
}

void BackupDevices::callOthers(const QString& serial)
{
    for (const auto& [other, part] : m_parts) {
        if (other != serial)
            goOnSoon(other);
    }
}

void BackupDevices::forgetShareFilesInTime()
{
    const bool needed = std::ranges::any_of(state().devices, [](const CeremonyState& device) {
        return !device.refused() && (device.stage <= Stage::Importing || device.stage == Stage::DkekMismatch);
    });
    if (!needed)
        forgetShareFiles();
}

void BackupDevices::pinWasTried(const QString& serial, Part& part)
{
    const CeremonyState& device = part.ceremony->state();
    const bool taken = device.stage == Stage::Reviewing || device.restore.restored() > m_restoredBefore;
    if (!taken && !part.ceremony->trouble())
        return;
    m_trying.clear();
    // A PIN that is blocked, or on its last try, tells nothing about the one that was typed.
    const bool wrong
        = part.ceremony->trouble() && part.ceremony->trouble()->error.kind == ErrorKind::WrongPin;
    for (auto& [other, each] : m_parts) {
        if (taken)
            each.pinTaken = true;
        if (wrong && !each.pinTaken)
            each.userPin.clear();
    }
    callOthers(serial);
}

Status BackupDevices::prove(SecretBytes firstPin)
{
    if (working())
        return fail(ErrorKind::NotAllowedNow);
    m_firstPin = std::move(firstPin);
    m_proving = true;
    if (m_backup)
        signOnFirst();
    return {};
}

void BackupDevices::signOnFirst()
{
    const auto waits
        = [](const auto& each) { return each.second.ceremony->state().stage == Stage::ProvingClone; };
    const auto one = std::ranges::find_if(m_parts, waits);
    auto keys = one == m_parts.end() ? fail(ErrorKind::NotAllowedNow)
                                     : keysToProve(one->second.ceremony->state().restore, *m_backup);
    auto challenge = freshChallenge();
    if (!keys || !challenge) {
        signedOnFirst(fail(keys ? challenge.error() : keys.error()));
        return;
    }
    m_keys = std::move(*keys);
    m_challenge = std::move(*challenge);
    m_onFirst.reset();
    m_first = std::make_unique<device::DeviceWorker>(m_environment.readers, state().first->device);
    auto future = m_first->post(
        [pin = m_firstPin.clone(), keys = m_keys, challenge = m_challenge](
            card::SmartCardHsm& hsm) { return ceremony::signOnFirst(hsm, pin, keys, challenge); });
    onDone(future, this, [this](auto done) {
        m_first.reset();
        signedOnFirst(done.takeResult());
    });
    Q_EMIT changed();
}

void BackupDevices::signedOnFirst(const Result<std::vector<Result<Bytes>>>& signatures)
{
    m_firstPin.clear();
    if (!std::exchange(m_proving, false)) { // stopped meanwhile
        Q_EMIT changed();
        return;
    }
    if (signatures)
        m_onFirst = *signatures;
    for (auto& [serial, part] : m_parts) {
        if (part.ceremony->state().stage != Stage::ProvingClone)
            continue;
        if (!signatures) {
            part.ceremony->cloneProofFailed(signatures.error(), 1);
            continue;
        }
        begin(part);
        goOnSoon(serial);
    }
    Q_EMIT changed();
}

void BackupDevices::forgetSecrets()
{
    const bool over = state().paused || state().stage > Stage::ProvingClone;
    if (over || state().stage == Stage::ProvingClone)
        m_shareFiles.clear();
    if (!over)
        return;
    stopWaiting();
    m_onFirst.reset();
    m_trying.clear();
    for (auto& [serial, part] : m_parts) {
        part.userPin.clear();
        stop(part);
    }
}

} // namespace conclave::ceremony
