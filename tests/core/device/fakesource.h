// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/device/readersource.h"

#include <QSemaphore>

#include <atomic>
#include <functional>
#include <utility>

namespace conclave::test {

/// A card that answers by a function.
class FunctionChannel final : public card::CardChannel {
public:
    explicit FunctionChannel(std::function<Result<SecretBytes>(ByteView)> card)
        : m_card(std::move(card))
    {
    }
    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override { return m_card(command); }

private:
    std::function<Result<SecretBytes>(ByteView)> m_card;
};

/// Readers as a test wants them.
class FakeSource final : public device::ReaderSource {
public:
    using Readers = Result<std::vector<device::ReaderInfo>>;
    using Opened = Result<std::unique_ptr<card::CardChannel>>;

    void setReaders(Readers readers)
    {
        {
            const QMutexLocker lock(&m_mutex);
            m_readers = std::move(readers);
        }
        Q_EMIT changed();
    }
    /// Before anything is opened.
    void setOpener(std::function<Opened(const QString&)> opener) { m_opener = std::move(opener); }
    [[nodiscard]] int openings() const { return m_openings; }

    [[nodiscard]] Readers readers() const override
    {
        const QMutexLocker lock(&m_mutex);
        return m_readers;
    }
    [[nodiscard]] Opened open(const QString& reader) override
    {
        ++m_openings;
        return m_opener ? m_opener(reader) : Opened(fail(ErrorKind::NoCard, reader));
    }
    [[nodiscard]] bool simulated() const override { return false; }
    void refresh() override { Q_EMIT changed(); }

private:
    mutable QMutex m_mutex;
    Readers m_readers;
    std::function<Opened(const QString&)> m_opener;
    std::atomic<int> m_openings = 0;
};

/// A channel to `card`, each command of which tells that it came and waits to be let through; no longer than
/// a forgotten test may hang.
class GatedChannel final : public card::CardChannel {
public:
    struct Gate {
        QSemaphore came{};
        QSemaphore pass{};
        std::atomic<int> commands = 0;
    };
    GatedChannel(std::unique_ptr<card::CardChannel> card, Gate& gate)
        : m_card(std::move(card))
        , m_gate(gate)
    {
    }
    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        ++m_gate.commands;
        m_gate.came.release();
        if (!m_gate.pass.tryAcquire(1, 20000))
            return fail(ErrorKind::TransportFailed, QStringLiteral("the gate was never opened"));
        return m_card->transmit(command);
    }

private:
    std::unique_ptr<card::CardChannel> m_card;
    Gate& m_gate;
};

} // namespace conclave::test
