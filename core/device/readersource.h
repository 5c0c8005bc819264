// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/card/cardchannel.h"

#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace conclave::device {

struct ReaderInfo {
    QString name;
    bool cardPresent = false;
    bool heldByOther = false; ///< another program has a connection to the card
    bool isVirtual = false; ///< a virtual PC/SC reader
    bool simulated = false; ///< a simulator inside this program
    int insertion = 0; ///< another number: the card may be another one
    bool operator==(const ReaderInfo&) const = default;
};

/// Where devices come from: the readers of PC/SC, or a rack of simulated ones.
/// readers(), open() and the probe functions may be called on any thread; the rest belongs to the object's
/// thread.
class ReaderSource : public QObject {
    Q_OBJECT

    /// Probes and workers are on threads of their own, and meet here only.
    struct Meeting;

public:
    explicit ReaderSource(QObject* parent = nullptr);
    ~ReaderSource() override;

    /// What is known now, empty when there is no reader. Never blocks. ServiceNotRunning,
    /// ServiceNotPermitted.
    [[nodiscard]] virtual Result<std::vector<ReaderInfo>> readers() const = 0;
    /// Opens the card exclusively; may block, so never on the UI thread. DeviceBusy with the reader's name.
    [[nodiscard]] virtual Result<std::unique_ptr<card::CardChannel>> open(const QString& reader) = 0;
    /// No device of this source is a real one.
    [[nodiscard]] virtual bool simulated() const = 0;
    /// Looks again; changed() comes afterwards in any case.
    virtual void refresh() = 0;

    /// A short look at a device, announced so that a worker waits for its end instead of finding the device
    /// busy.
    class Probe {
    public:
        Probe(ReaderSource& source, QString reader);
        Probe(const Probe&) = delete;
        Probe& operator=(const Probe&) = delete;
        ~Probe();

    private:
        std::shared_ptr<Meeting> m_meeting;
        QString m_reader;
    };
    /// A worker's try whether its device is in a reader. One at a time for each reader: waits until the
    /// others are done, some seconds at most, so that a device is not busy for its own worker only because
    /// another one, in search of another device, has it open.
    class Search {
    public:
        Search(ReaderSource& source, QString reader);
        Search(const Search&) = delete;
        Search& operator=(const Search&) = delete;
        ~Search();

    private:
        std::shared_ptr<Meeting> m_meeting;
        QString m_reader;
    };
    /// A worker has its device open. Others that look for theirs need not try that reader, and do not take
    /// the device for one that another program holds.
    class Hold {
    public:
        /// `insertion`: of the card, as ReaderInfo tells it.
        Hold(ReaderSource& source, QString reader, const QString& serial, int insertion);
        Hold(const Hold&) = delete;
        Hold& operator=(const Hold&) = delete;
        ~Hold();

    private:
        std::shared_ptr<Meeting> m_meeting;
        QString m_reader;
        int m_insertion;
    };
    /// The serial of the device that a worker holds; empty: none does, or it held the card that was in this
    /// reader before.
    [[nodiscard]] QString heldIn(const QString& reader, int insertion);
    /// Belongs to the source from now on, and is deleted when that goes, or before.
    void keep(QObject* guest) { guest->setParent(&m_guests); }
    /// Blocks until no probe works on the reader. False: there was none, or it did not end in some seconds.
    bool waitForProbe(const QString& reader);

protected:
    /// First of all in a destructor: a guest may still work with what it is about to delete. May block.
    void sendGuestsAway() { qDeleteAll(m_guests.children()); }

Q_SIGNALS:
    /// A reader or card came or went, or the service did.
    void changed();

private:
    const std::shared_ptr<Meeting> m_meeting; // shared: a worker may outlive the source by a moment
    QObject m_guests;
};

} // namespace conclave::device
