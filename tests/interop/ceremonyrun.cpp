// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/interop/ceremonyrun.h"

#include "tests/interop/stocktools.h"

#include <QTest>

namespace conclave::interop {

using namespace ceremony;

namespace {

constexpr int kPatienceMs = 300'000;

support::CeremonyScript script()
{
    return { .ceremonyId = QStringLiteral("INTEROP-1"),
        .shareFiles
        = { { .name = QStringLiteral("Backup"), .site = {}, .threshold = 3, .total = 5, .bits = 128 } },
        .returning = { { 5, 2, 4 } },
        .keys = { { .label = QStringLiteral("a RSA key"),
                      .id = QLatin1String(CeremonyRun::kRsaId),
                      .algorithm = card::KeyAlgorithm::Rsa2048 },
            { .label = QStringLiteral("an EC key"),
                .id = QLatin1String(CeremonyRun::kEcId),
                .algorithm = card::KeyAlgorithm::EcP256 } },
        .label = QStringLiteral("interop"),
        .userPin = stock::kPin,
        .newSoPin = stock::kSoPin,
        .currentSoPin = stock::kSoPin,
        .until = Stage::BackingUp };
}

/// Each step, and the stage that begins when it is done.
struct Step {
    const char* name;
    Stage then;
};
constexpr Step kSteps[] = { { "choose the device", Stage::ChoosingScheme },
    { "hand out, 3 of 5", Stage::SettingPins }, { "initialise", Stage::Importing },
    { "import", Stage::PlanningKeys }, { "generate RSA 2048 and P-256", Stage::BackingUp } };

} // namespace

CeremonyRun::CeremonyRun(device::ReaderSource& readers, const QString& folder)
    : m_people(Environment{ .readers = readers }, folder, script(), m_sheets)
{
    QObject::connect(&m_people.ceremony(), &Ceremony::changed, &m_people, [this] { tellSteps(); });
}

QString CeremonyRun::run()
{
    m_people.begin();
    return outcome();
}

QString CeremonyRun::backUp()
{
    m_people.goOnUntil(Stage::Reviewing);
    return outcome();
}

QString CeremonyRun::outcome()
{
    if (!QTest::qWaitFor([this] { return m_people.finished(); }, kPatienceMs))
        return QStringLiteral("stands still: ") + m_people.situation();
    return m_people.succeeded() ? QString() : m_people.situation();
}

void CeremonyRun::tellSteps()
{
    while (m_stepsTold < std::size(kSteps) && state().stage >= kSteps[m_stepsTold].then) {
        const char* name = kSteps[m_stepsTold++].name;
        if (m_told)
            m_told(name);
    }
}

} // namespace conclave::interop
