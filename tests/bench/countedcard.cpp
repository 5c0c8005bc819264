// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/countedcard.h"

#include <utility>

namespace conclave::bench {

namespace {

/// SmartCard-HSM 4K, JCOP 3 (smartcard-hsm.md, 1.1).
const Bytes kAtr{ 0x3B, 0xDE, 0x18, 0xFF, 0x81, 0x91, 0xFE, 0x1F, 0xC3, 0x80, 0x31, 0x81, 0x54, 0x48, 0x53,
    0x4D, 0x31, 0x73, 0x80, 0x21, 0x40, 0x81, 0x07, 0x1C };

} // namespace

CountedCard::CountedCard(interop::VirtualReader reader)
    : m_reader(std::move(reader))
    , m_card(std::make_shared<simulator::SimulatedHsm>(
          simulator::Identity{ .serial = QStringLiteral("UTTEST0001") }))
    , m_context(std::make_unique<QObject>())
{
    m_context->moveToThread(&m_thread);
    m_thread.start();
    QMetaObject::invokeMethod(
        m_context.get(),
        [this] {
            m_connection = std::make_unique<simcard::ReaderConnection>(m_card, kAtr, m_reader.port);
            m_connection->start();
        },
        Qt::BlockingQueuedConnection);
    m_inserted = m_reader.waitForCard(true);
}

CountedCard::~CountedCard()
{
    QMetaObject::invokeMethod(
        m_context.get(), [this] { m_connection.reset(); }, Qt::BlockingQueuedConnection);
    m_thread.quit();
    m_thread.wait();
    static_cast<void>(m_reader.waitForCard(false));
}

} // namespace conclave::bench
