// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/watchedreaders.h"

#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/card/apdu.h"

#include <QFile>

#include <cstdio>

#include <unistd.h>

namespace conclave::faults {

namespace {

const QString kReader = QStringLiteral("Simulated reader");
constexpr std::uint8_t kManageDkek = 0x52;
constexpr std::size_t kShareFileSize = 32;

QByteArray hexOf(ByteView bytes)
{
    return toHex(bytes).toLatin1();
}

/// "80520000 32 1a2b3c4d5e6f7081": header, bytes of data; of a share file its share check, which is public.
QByteArray describe(const card::CommandApdu& command)
{
    const std::uint8_t header[] = { command.cla, command.ins, command.p1, command.p2 };
    QByteArray text = hexOf(header) + ' ' + QByteArray::number(static_cast<int>(command.data.size()));
    if (command.ins == kManageDkek && command.data.size() == kShareFileSize)
        text += ' ' + hexOf(sha256(command.data)).left(16);
    return text;
}

} // namespace

class WatchedReaders::Channel final : public card::CardChannel {
public:
    Channel(WatchedReaders& readers, std::unique_ptr<card::CardChannel> channel)
        : m_readers(readers)
        , m_channel(std::move(channel))
    {
    }

    [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
    {
        const int before = m_readers.m_card->exchanges();
        auto response = m_channel->transmit(command);
        const int number = m_readers.m_card->exchanges();
        if (number == before)
            return response;
        m_readers.saveCard();
        const auto parsed = card::parseCommand(command);
        m_readers.m_journal.add("apdu " + QByteArray::number(number) + ' '
            + (parsed ? describe(*parsed) : QByteArray("unreadable")) + ' '
            + (response && response->size() >= 2 ? hexOf(response->view().last(2)) : QByteArray("lost")));
        if (number == m_readers.m_dieAfter)
            ::_exit(kKilled);
        return response;
    }

private:
    WatchedReaders& m_readers;
    std::unique_ptr<card::CardChannel> m_channel;
};

WatchedReaders::WatchedReaders(
    std::shared_ptr<simulator::SimulatedHsm> card, const QString& cardFile, Journal& journal)
    : m_card(std::move(card))
    , m_cardFile(cardFile)
    , m_journal(journal)
    , m_savedRevision(m_card->revision() - 1)
{
    saveCard();
    connect(&m_rack, &ReaderSource::changed, this, &ReaderSource::changed);
    putCardBack();
}

WatchedReaders::~WatchedReaders() = default;

bool WatchedReaders::cardIsIn() const
{
    const auto all = m_rack.readers();
    return all && !all->empty() && all->front().cardPresent;
}

void WatchedReaders::putCardBack()
{
    m_rack.insert(kReader, m_card);
}

Result<std::unique_ptr<card::CardChannel>> WatchedReaders::open(const QString& reader)
{
    return m_rack.open(reader).map([this](std::unique_ptr<card::CardChannel> channel) {
        return std::unique_ptr<card::CardChannel>(std::make_unique<Channel>(*this, std::move(channel)));
    });
}

void WatchedReaders::saveCard()
{
    if (m_savedRevision == m_card->revision())
        return;
    m_savedRevision = m_card->revision();
    const SecretBytes state = m_card->save();
    const QString fresh = m_cardFile + QStringLiteral(".new");
    QFile file(fresh);
    const auto size = static_cast<qint64>(state.size());
    if (!file.open(QIODevice::WriteOnly)
        || file.write(reinterpret_cast<const char*>(state.data()), size) != size)
        qFatal("the card could not be saved");
    file.close();
    // As a whole: the process may be killed by what another of its threads does.
    if (std::rename(qPrintable(fresh), qPrintable(m_cardFile)) != 0)
        qFatal("the card could not be saved");
}

} // namespace conclave::faults
