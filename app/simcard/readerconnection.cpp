// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/readerconnection.h"

#include <QHostAddress>

#include <chrono>
#include <utility>

#ifdef __linux__
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#endif

namespace conclave::simcard {

namespace {

constexpr std::chrono::milliseconds kRetry{ 100 };
constexpr qint64 kPiece = 4096;

} // namespace

ReaderConnection::ReaderConnection(std::shared_ptr<simulator::SimulatedHsm> card, Bytes atr, quint16 port)
    : m_card(std::move(card))
    , m_atr(std::move(atr))
    , m_port(port)
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(kRetry);
    connect(&m_retry, &QTimer::timeout, this, &ReaderConnection::connectToReader);
    connect(&m_socket, &QTcpSocket::connected, this, &ReaderConnection::onConnected);
    connect(&m_socket, &QTcpSocket::errorOccurred, this, &ReaderConnection::onFailed);
    connect(&m_socket, &QTcpSocket::readyRead, this, &ReaderConnection::onBytes);
}

void ReaderConnection::start()
{
    connectToReader();
}

void ReaderConnection::connectToReader()
{
    m_socket.abort();
    m_frames.clear();
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
}

void ReaderConnection::onConnected()
{
    m_socket.setSocketOption(QAbstractSocket::LowDelayOption, 1); // commands and answers are short
    m_saidWaiting = false;
    m_card->reset();
    Q_EMIT connected();
}

void ReaderConnection::onFailed()
{
    if (!std::exchange(m_saidWaiting, true))
        Q_EMIT waiting();
    m_retry.start();
}

void ReaderConnection::acknowledgeAtOnce()
{
#ifdef __linux__
    // The driver sends a frame's length by itself, and its content only when that was acknowledged: else
    // 40 ms later, for each command. The system forgets the wish again and again.
    const int wish = 1;
    ::setsockopt(
        static_cast<int>(m_socket.socketDescriptor()), IPPROTO_TCP, TCP_QUICKACK, &wish, sizeof wish);
#endif
}

void ReaderConnection::onBytes()
{
    acknowledgeAtOnce();
    SecretBytes piece(kPiece);
    for (;;) {
        const qint64 got = m_socket.read(reinterpret_cast<char*>(piece.data()), kPiece);
        if (got <= 0)
            break;
        m_frames.append(piece.view().first(static_cast<std::size_t>(got)));
    }
    while (const auto payload = m_frames.next())
        handle(*payload);
}

void ReaderConnection::handle(ByteView payload)
{
    if (payload.size() == 1) {
        switch (static_cast<Control>(payload[0])) {
        case Control::PowerOff:
        case Control::PowerOn:
        case Control::Reset:
            m_card->reset();
            break;
        case Control::AnswerToReset:
            send(m_atr);
            break;
        }
        return;
    }
    const auto revision = m_card->revision();
    const auto answer = m_card->exchange(payload);
    if (m_card->revision() != revision)
        Q_EMIT cardChanged();
    constexpr std::uint8_t kWrongLength[] = { 0x67, 0x00 }; // no APDU at all
    send(answer ? answer->view() : ByteView(kWrongLength));
}

void ReaderConnection::send(ByteView payload)
{
    const SecretBytes bytes = frame(payload);
    m_socket.write(reinterpret_cast<const char*>(bytes.data()), static_cast<qint64>(bytes.size()));
}

} // namespace conclave::simcard
