// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/ceremonyrun.h"

#include "core/device/devicedirectory.h"
#include "tests/interop/stocktools.h"

#include <QMetaEnum>
#include <QTest>

#include <cstring>

namespace conclave::interop {

using namespace ceremony;

namespace {

constexpr int kPatienceMs = 120'000;
constexpr int kThreshold = 3;
constexpr int kTotal = 5;
/// Who comes back for the import.
constexpr int kReturning[] = { 5, 2, 4 };

SecretBytes secret(const char* text)
{
    return SecretBytes({ reinterpret_cast<const std::uint8_t*>(text), std::strlen(text) });
}

} // namespace

CeremonyRun::CeremonyRun(device::ReaderSource& readers, const QString& folder)
    : m_readers(readers)
    , m_folder(folder)
    , m_ceremony(Environment{ .readers = readers })
{
}

QString CeremonyRun::run()
{
    if (prepare() && choose() && done("choose the device") && handOut() && done("hand out, 3 of 5")
        && initialise() && done("initialise") && import() && done("import") && generate()
        && done("generate RSA 2048 and P-256"))
        return {};
    return whereItStands();
}

QString CeremonyRun::backUp()
{
    const auto saved
        = [this] { return !state().backup.media.empty() && m_ceremony.work().kind == WorkKind::None; };
    if (act([this] { return m_ceremony.saveBackup(); }) && await(saved)
        && act([this] { return m_ceremony.confirmOneCopy(); })
        && act([this] { return m_ceremony.finishBackup(); })
        && await([this] { return state().stage == Stage::Reviewing; }))
        return {};
    return whereItStands();
}

QString CeremonyRun::whereItStands() const
{
    const auto name = [](const auto& value) {
        using Enum = std::decay_t<decltype(value)>;
        return QString::fromLatin1(QMetaEnum::fromType<Enum>().valueToKey(static_cast<int>(value)));
    };
    const QString stage = QStringLiteral("stage %1: ").arg(static_cast<int>(state().stage));
    const auto& trouble = m_ceremony.trouble();
    return stage
        + (trouble ? name(trouble->error.kind) + u' ' + trouble->error.detail
                   : QStringLiteral("stands still"));
}

bool CeremonyRun::done(const char* step)
{
    if (m_told)
        m_told(step);
    return true;
}

bool CeremonyRun::await(const std::function<bool()>& condition)
{
    return QTest::qWaitFor([&] { return condition() || m_ceremony.trouble(); }, kPatienceMs)
        && !m_ceremony.trouble();
}

bool CeremonyRun::act(const std::function<Status()>& intent)
{
    return await([&] { return intent().has_value(); });
}

bool CeremonyRun::prepare()
{
    Preparation preparation{ .folder = m_folder,
        .ceremonyId = QStringLiteral("INTEROP-1"),
        .purpose = QStringLiteral("Interoperability"),
        .place = QStringLiteral("Here"),
        .clockConfirmed = true,
        .participants = { { Role::Officer, 1, QStringLiteral("Officer"), {} },
            { Role::Witness, 1, QStringLiteral("Witness"), {} } } };
    for (int number = 1; number <= kTotal; ++number)
        preparation.participants.push_back({ .role = Role::Custodian,
            .number = number,
            .name = QStringLiteral("Custodian %1").arg(number),
            .identityCheckedBy = QStringLiteral("Witness") });
    return m_ceremony.prepare(std::move(preparation)).has_value()
        && await([this] { return state().stage == Stage::ChoosingDevice; });
}

bool CeremonyRun::choose()
{
    device::DeviceDirectory directory(m_readers);
    const auto found = [&] { return !directory.devices().empty() && directory.devices().front().status; };
    return await(found) && act([&] { return m_ceremony.chooseDevice(directory.devices().front(), true); })
        && await([this] { return state().stage == Stage::ChoosingScheme; }) && act([this] {
               return m_ceremony.chooseScheme({ .shareFiles = { { .name = QStringLiteral("Backup"),
                                                    .site = {},
                                                    .threshold = kThreshold,
                                                    .total = kTotal,
                                                    .bits = 128 } } });
           });
}

bool CeremonyRun::handOut()
{
    for (int id = 1; id <= kTotal; ++id) {
        const auto proved
            = [this, id] { return state().sets.at(0).holders.at(static_cast<std::size_t>(id - 1)).proved; };
        if (!act([this] { return m_ceremony.startHandOut(); })
            || !act([this] { return m_ceremony.liftCurtain(); }))
            return false;
        const dkek::CustodianShare& shown = *m_ceremony.shareOnShow();
        m_shares.push_back({ .id = shown.id, .value = shown.value.clone() });
        if (!m_ceremony.beginProof() || !m_ceremony.proveShare(m_shares.back().value).value_or(false)
            || !await(proved))
            return false;
    }
    return await([this] { return state().stage == Stage::SettingPins; });
}

bool CeremonyRun::initialise()
{
    const auto settings = [this] {
        PinSettings made;
        made.newSoPin = secret(stock::kSoPin);
        made.userPin = secret(stock::kPin);
        made.label = QStringLiteral("interop");
        if (state().device->initialised)
            made.currentSoPin = secret(stock::kSoPin);
        return made;
    };
    return act([&] { return m_ceremony.setPins(settings()); })
        && await([this] { return state().stage == Stage::ConfirmingErase; })
        && act([this] { return m_ceremony.confirmErase(state().device->serial); })
        && await([this] { return state().stage == Stage::Importing; });
}

bool CeremonyRun::import()
{
    if (!act([this] { return m_ceremony.chooseShareFile(1); }))
        return false;
    for (const int id : kReturning) {
        const dkek::CustodianShare& noted = m_shares.at(static_cast<std::size_t>(id - 1));
        const auto enter
            = [&] { return m_ceremony.enterShare({ .id = noted.id, .value = noted.value.clone() }, {}); };
        if (!act([this] { return m_ceremony.liftCurtain(); }) || !act(enter))
            return false;
    }
    return await([this] { return state().stage == Stage::NotingKeyCheckValue; })
        && act([this] { return m_ceremony.noteKeyCheckValue(); })
        && await([this] { return state().stage == Stage::PlanningKeys; });
}

bool CeremonyRun::generate()
{
    const std::vector<PlannedKey> plan{ { .label = QStringLiteral("a RSA key"),
                                            .id = QLatin1String(kRsaId),
                                            .algorithm = card::KeyAlgorithm::Rsa2048 },
        { .label = QStringLiteral("an EC key"),
            .id = QLatin1String(kEcId),
            .algorithm = card::KeyAlgorithm::EcP256 } };
    return act([&] { return m_ceremony.planKeys(plan); })
        && await([this] { return state().stage == Stage::GeneratingKeys; })
        && act([this] { return m_ceremony.enterUserPin(secret(stock::kPin)); })
        && act([this] { return m_ceremony.generate(); })
        && await([this] { return !state().nextKey() && m_ceremony.work().kind == WorkKind::None; })
        && act([this] { return m_ceremony.finishGeneration(); })
        && await([this] { return state().stage == Stage::BackingUp; });
}

} // namespace conclave::interop
