// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/simcard/vpcdframes.h"
#include "core/simulator/simulatedhsm.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace conclave::simcard {

/// A card in vsmartcard's virtual reader, which listens on a port of this machine: being connected is being
/// inserted. Tries again while the reader is not there.
class ReaderConnection : public QObject {
    Q_OBJECT

public:
    /// Shared with who saves its state.
    ReaderConnection(std::shared_ptr<simulator::SimulatedHsm> card, Bytes atr, quint16 port);
    void start();

Q_SIGNALS:
    void waiting(); ///< the reader is not there, for the first time since the start or a connection
    void connected();
    /// A command may have changed the card; its answer has not been sent yet.
    void cardChanged();

private:
    void connectToReader();
    void onConnected();
    void onFailed();
    void acknowledgeAtOnce();
    void onBytes();
    void handle(ByteView payload);
    void send(ByteView payload);

    std::shared_ptr<simulator::SimulatedHsm> m_card;
    Bytes m_atr;
    quint16 m_port;
    QTcpSocket m_socket{};
    QTimer m_retry{};
    FrameReader m_frames{};
    bool m_saidWaiting = false;
};

} // namespace conclave::simcard
