// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ceremonypeople.h"

#include "core/device/devicedirectory.h"

#include <QMetaEnum>

#include <algorithm>
#include <cstring>

namespace conclave::support {

using namespace ceremony;

namespace {

SecretBytes secret(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

tl::unexpected<Error> nothingToDo()
{
    return fail(ErrorKind::NotAllowedNow, QStringLiteral("nothing to do"));
}

} // namespace

CeremonyPeople::CeremonyPeople(Environment environment, QString folder, CeremonyScript script, Sheets& sheets)
    : m_readers(environment.readers)
    , m_folder(std::move(folder))
    , m_script(std::move(script))
    , m_sheets(sheets)
    , m_ceremony(std::make_unique<Ceremony>(std::move(environment)))
{
    connect(m_ceremony.get(), &Ceremony::changed, this, &CeremonyPeople::wake);
}

CeremonyPeople::~CeremonyPeople() = default;

void CeremonyPeople::begin()
{
    wake();
}

void CeremonyPeople::resume()
{
    m_ceremony->load(m_folder);
}

QString CeremonyPeople::situation() const
{
    QString text = QStringLiteral("stage %1").arg(static_cast<int>(state().stage));
    if (const auto& trouble = m_ceremony->trouble())
        text += QStringLiteral(", trouble %1 %2 in work %3")
                    .arg(QLatin1String(QMetaEnum::fromType<ErrorKind>().valueToKey(
                             static_cast<int>(trouble->error.kind))),
                        trouble->error.detail)
                    .arg(static_cast<int>(trouble->during));
    if (!m_refusal)
        text += QStringLiteral(", refused: ") + m_refusal.error().detail;
    return text;
}

void CeremonyPeople::wake()
{
    if (std::exchange(m_awake, true))
        return;
    QMetaObject::invokeMethod(this, &CeremonyPeople::act, Qt::QueuedConnection);
}

void CeremonyPeople::finish(bool ended)
{
    m_ended = ended;
    m_finished = true;
    Q_EMIT done();
}

void CeremonyPeople::goOnUntil(Stage stage)
{
    m_script.until = stage;
    m_finished = false;
    wake();
}

void CeremonyPeople::act()
{
    m_awake = false;
    if (m_finished || m_ceremony->writing() || m_ceremony->work().kind != WorkKind::None)
        return;
    if (state().stage != Stage::ChoosingDevice)
        m_directory.reset();
    look();
    if (m_ceremony->trouble()) {
        const Trouble trouble = *m_ceremony->trouble();
        if (!meet(trouble))
            finish(false);
    } else if (state().stage >= m_script.until) {
        finish(true);
    } else {
        m_refusal = m_ceremony->awaitsResume() ? m_ceremony->confirmResume(std::nullopt) : next();
    }
}

Status CeremonyPeople::next()
{
    switch (state().stage) {
    case Stage::Preparing:
        return prepare();
    case Stage::ChoosingOldSet:
        return nothingToDo(); // they establish
    case Stage::ChoosingDevice:
        return choose();
    case Stage::ChoosingScheme:
        return m_ceremony->chooseScheme({ m_script.shareFiles });
    case Stage::HandingOut:
        return handOut();
    case Stage::SettingPins:
        return setPins();
    case Stage::ConfirmingErase:
        return m_ceremony->confirmErase(state().device->serial);
    case Stage::Initialising:
        return nothingToDo();
    case Stage::Importing:
        return import();
    case Stage::NotingKeyCheckValue:
        return m_ceremony->noteKeyCheckValue();
    case Stage::DkekMismatch:
        return m_ceremony->initialiseAgain();
    case Stage::PlanningKeys:
        return m_ceremony->planKeys(m_script.keys);
    case Stage::GeneratingKeys:
        return generate();
    case Stage::BackingUp:
        return backUp();
    case Stage::ChoosingFirst:
    case Stage::ChoosingBackup:
    case Stage::RestoringKeys:
    case Stage::MakingDevices:
    case Stage::ProvingClone:
    case Stage::CleaningDevice:
        return nothingToDo();
    case Stage::Reviewing:
        return review();
    case Stage::Sealed:
        return leave();
    case Stage::Closed:
        break;
    }
    return nothingToDo();
}

Status CeremonyPeople::prepare()
{
    Preparation preparation{ .folder = m_folder,
        .ceremonyId = m_script.ceremonyId,
        .purpose = QStringLiteral("A test"),
        .place = QStringLiteral("Here"),
        .clockConfirmed = true,
        .participants = { { Role::Officer, 1, QStringLiteral("Officer"), {} },
            { Role::Witness, 1, QStringLiteral("Witness"), {} } } };
    int custodians = 0;
    for (const ShareFileRule& rule : m_script.shareFiles)
        custodians += rule.people();
    for (int number = 1; number <= custodians; ++number)
        preparation.participants.push_back({ .role = Role::Custodian,
            .number = number,
            .name = QStringLiteral("Custodian %1").arg(number),
            .identityCheckedBy = QStringLiteral("Witness") });
    return m_ceremony->prepare(std::move(preparation));
}

Status CeremonyPeople::choose()
{
    if (!m_directory) {
        m_directory = std::make_unique<device::DeviceDirectory>(m_readers);
        connect(m_directory.get(), &device::DeviceDirectory::changed, this, &CeremonyPeople::wake);
    }
    if (m_directory->devices().empty() || m_directory->devices().front().probing)
        return nothingToDo();
    const device::DetectedDevice& device = m_directory->devices().front();
    if (!device.status) {
        if (!device.error || meetAtDetection(*device.error))
            return nothingToDo();
        finish(false);
        return fail(*device.error);
    }
    return m_ceremony->chooseDevice(device, true, device.status->serial); // its maker may be unknown
}

Status CeremonyPeople::handOut()
{
    if (m_ceremony->turnPhase() == TurnPhase::None)
        return m_ceremony->startHandOut();
    const ShareSet& set = *state().set(m_ceremony->turnSet());
    switch (m_ceremony->turnPhase()) {
    case TurnPhase::Curtain:
        return m_ceremony->liftCurtain();
    case TurnPhase::Reveal:
        m_sheets.note(set.made->set, *m_ceremony->shareOnShow());
        seen(set.made->set, m_ceremony->turnId());
        return m_ceremony->beginProof();
    case TurnPhase::Password:
        return m_ceremony->choosePassword(secret(m_script.password));
    case TurnPhase::Proof:
        if (set.rule.isPassword())
            return m_ceremony->provePassword(secret(m_script.password)).map([](bool) {});
        return m_ceremony->proveShare(*m_sheets.find(set.made->set, m_ceremony->turnId())).map([](bool) {});
    case TurnPhase::None:
    case TurnPhase::Entry:
        break;
    }
    return nothingToDo();
}

Status CeremonyPeople::setPins()
{
    PinSettings settings;
    settings.newSoPin = secret(m_script.newSoPin);
    settings.userPin = secret(m_script.userPin);
    settings.label = m_script.label;
    if (state().device->initialised || state().erasedAt) {
        const bool chosen = state().erasedAt && state().soPin == SoPinInForce::Chosen;
        const char* current = chosen ? m_script.newSoPin : m_script.currentSoPin;
        settings.currentSoPin = secret(current);
        typed(current);
    }
    typed(m_script.userPin);
    return m_ceremony->setPins(std::move(settings));
}

Status CeremonyPeople::import()
{
    const auto& sets = state().sets;
    const auto missing = std::ranges::find_if(sets, [](const ShareSet& set) { return !set.imported; });
    if (missing == sets.end())
        return nothingToDo();
    const int number = static_cast<int>(missing - sets.begin()) + 1;
    if (m_ceremony->turnPhase() == TurnPhase::None || m_ceremony->turnSet() != number)
        return m_ceremony->chooseShareFile(number);
    if (m_ceremony->turnPhase() == TurnPhase::Curtain)
        return m_ceremony->liftCurtain();
    if (missing->rule.isPassword())
        return m_ceremony->enterPassword(secret(m_script.password));
    const std::vector<int>& ids = m_script.returning[static_cast<std::size_t>(number - 1)];
    const auto id = std::ranges::find_if_not(ids, [&](int each) { return missing->received.contains(each); });
    const SecretBytes* value = id == ids.end() ? nullptr : m_sheets.find(missing->made->set, *id);
    if (!value)
        return fail(ErrorKind::TooFewShares);
    return m_ceremony->enterShare({ .id = *id, .value = value->clone() }, {});
}

Status CeremonyPeople::generate()
{
    if (!state().nextKey())
        return m_ceremony->finishGeneration();
    if (!m_ceremony->userPinHeld()) {
        typed(m_script.userPin);
        if (const Status entered = m_ceremony->enterUserPin(secret(m_script.userPin)); !entered)
            return entered;
    }
    return m_ceremony->generate();
}

Status CeremonyPeople::backUp()
{
    if (!m_ceremony->backupTargets().isEmpty()) {
        if (!m_ceremony->keysWrapped() && !m_ceremony->userPinHeld()) {
            typed(m_script.userPin);
            return m_ceremony->enterUserPin(secret(m_script.userPin));
        }
        return m_ceremony->saveBackup();
    }
    return state().backup.enough() ? m_ceremony->finishBackup() : m_ceremony->confirmOneCopy();
}

Status CeremonyPeople::review()
{
    for (const ToExplain& entry : state().toExplain) {
        if (entry.explanation.isEmpty())
            return m_ceremony->explain(entry.seq, QStringLiteral("It was to be tried"));
    }
    return m_ceremony->seal();
}

Status CeremonyPeople::leave()
{
    if (state().reports.empty())
        return m_ceremony->saveReport(QStringLiteral("report.json"), QByteArray("{}"));
    if (!state().fingerprintRead)
        return m_ceremony->confirmFingerprintRead(QStringLiteral("Officer"), QStringLiteral("Witness"));
    return m_ceremony->close();
}

} // namespace conclave::support
