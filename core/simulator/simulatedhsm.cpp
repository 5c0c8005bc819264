// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedhsm.h"

#include "core/simulator/applet.h"
#include "core/simulator/stateformat.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace conclave::simulator {

namespace {

/// The buffer for a whole command of a card as new as the simulated one, JCOP 4 (smartcard-hsm.md, 8).
constexpr std::size_t kLongestCommand = 1454;

tl::unexpected<Error> removed()
{
    return fail(ErrorKind::CardRemoved);
}

} // namespace

struct SimulatedHsm::Private {
    explicit Private(CardState cardState)
        : state(std::move(cardState))
        , applet(state)
    {
    }

    /// False when the card was pulled meanwhile.
    bool wait(std::chrono::milliseconds duration)
    {
        std::unique_lock lock(controlMutex);
        pulledChanged.wait_for(lock, duration, [this] { return pulled; });
        return !pulled;
    }

    void pull()
    {
        const std::lock_guard lock(controlMutex);
        pulled = true;
        pulledChanged.notify_all();
    }

    /// The fault due at this exchange, if any; counts the exchange.
    std::optional<Fault> nextFault()
    {
        const std::lock_guard lock(controlMutex);
        ++sincePlan;
        const auto due = std::ranges::find(plan.faults, sincePlan, &Fault::at);
        return due == plan.faults.end() ? std::nullopt : std::optional(*due);
    }

    std::mutex cardMutex{}; ///< held during an exchange
    CardState state;
    Applet applet;
    std::atomic<int> exchanges = 0;
    std::atomic<std::uint64_t> revision = 0;

    /// Guards what may be said to the card during an exchange; taken after cardMutex, or alone.
    std::mutex controlMutex{};
    std::condition_variable pulledChanged{};
    bool pulled = false;
    FaultPlan plan{};
    int sincePlan = 0;
    DeviceDelays delays{};
};

SimulatedHsm::SimulatedHsm(Identity identity)
    : SimulatedHsm(std::make_unique<Private>(CardState::manufacture(std::move(identity)).value()))
{
}

SimulatedHsm::SimulatedHsm(std::unique_ptr<Private> d)
    : m_d(std::move(d))
{
}

SimulatedHsm::~SimulatedHsm() = default;

void SimulatedHsm::reset()
{
    const std::lock_guard card(m_d->cardMutex);
    const std::lock_guard control(m_d->controlMutex);
    m_d->applet.powerOff();
    m_d->pulled = false;
}

Result<SecretBytes> SimulatedHsm::exchange(ByteView command)
{
    const std::lock_guard card(m_d->cardMutex);
    DeviceDelays delays;
    {
        const std::lock_guard control(m_d->controlMutex);
        if (m_d->pulled)
            return removed();
        delays = m_d->delays;
    }
    ++m_d->exchanges;
    const auto fault = m_d->nextFault();
    const auto happens = [&](Fault::Kind kind) { return fault && fault->kind == kind; };
    if (happens(Fault::Kind::PullBefore)) {
        m_d->pull();
        return removed();
    }
    if (happens(Fault::Kind::Silence))
        return fail(ErrorKind::CardUnresponsive);

    const auto apdu = card::parseCommand(command);
    if (!apdu)
        return fail(ErrorKind::TransportFailed, QStringLiteral("APDU"));
    const auto generated = m_d->applet.toBeGenerated(*apdu);
    if (!m_d->wait(generated ? delays.generation(*generated) : delays.command()))
        return removed();

    card::ResponseApdu response{ .sw = fault ? fault->statusWord : sw::kOk };
    if (!happens(Fault::Kind::StatusWord)) {
        if (command.size() > kLongestCommand)
            response.sw = sw::kWrongLength;
        else
            response = m_d->applet.process(*apdu);
        if (Applet::mayChange(*apdu))
            ++m_d->revision;
    }
    if (happens(Fault::Kind::PullAfter)) {
        m_d->pull();
        return removed();
    }
    const std::uint8_t word[]
        = { static_cast<std::uint8_t>(response.sw >> 8), static_cast<std::uint8_t>(response.sw) };
    if (happens(Fault::Kind::WrongLength)) {
        constexpr std::uint8_t kSuperfluous[] = { 0x00 };
        return SecretBytes::concatenate({ response.data, kSuperfluous, word });
    }
    SecretBytes whole = SecretBytes::concatenate({ response.data, word });
    if (happens(Fault::Kind::Truncated))
        whole.shrink(whole.size() / 2);
    return whole;
}

void SimulatedHsm::interrupt()
{
    m_d->pull();
}

int SimulatedHsm::exchanges() const
{
    return m_d->exchanges;
}

std::uint64_t SimulatedHsm::revision() const
{
    return m_d->revision;
}

Identity SimulatedHsm::identity() const
{
    return m_d->state.identity; // never changes
}

void SimulatedHsm::replaceDeviceCertificates(ByteView certificates)
{
    const std::lock_guard card(m_d->cardMutex);
    m_d->state.files.open(file::kDeviceCertificates) = toBytes(certificates);
    ++m_d->revision;
}

void SimulatedHsm::setFaults(FaultPlan plan)
{
    const std::lock_guard control(m_d->controlMutex);
    m_d->plan = std::move(plan);
    m_d->sincePlan = 0;
}

void SimulatedHsm::setDelays(DeviceDelays delays)
{
    const std::lock_guard control(m_d->controlMutex);
    m_d->delays = delays;
}

SecretBytes SimulatedHsm::save() const
{
    const std::lock_guard card(m_d->cardMutex);
    return encodeState(m_d->state);
}

Result<std::shared_ptr<SimulatedHsm>> SimulatedHsm::load(ByteView bytes)
{
    auto state = decodeState(bytes);
    if (!state)
        return fail(state.error());
    return std::shared_ptr<SimulatedHsm>(new SimulatedHsm(std::make_unique<Private>(std::move(*state))));
}

} // namespace conclave::simulator
