// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremony.h"
#include "core/ceremony/report.h"
#include "core/device/simulatedreaders.h"
#include "tests/core/ceremony/writtenrecord.h"
#include "tests/core/simulator/preparedcard.h"
#include "tests/core/witness/fakewitness.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <cstring>

using namespace conclave;
using namespace conclave::ceremony;
using conclave::test::FakeWitness;
using conclave::test::PreparedCard;

namespace {

constexpr int kPatienceMs = 20'000;
const QString kDevice = QString::fromLatin1(FakeWitness::kSerial);
const QString kReader = QStringLiteral("Reader");

SecretBytes secret(const char* text)
{
    return SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)));
}

/// A device that nobody takes for a simulated one. It can be pulled just when it is let go.
class RealReaders final : public device::ReaderSource {
public:
    RealReaders() { connect(&m_rack, &ReaderSource::changed, this, &ReaderSource::changed); }

    void insert(const std::shared_ptr<simulator::SimulatedHsm>& card) { m_rack.insert(kReader, card); }
    void pull() { m_rack.pull(kReader); }
    void pullWhenLetGo() { m_pullWhenLetGo = true; }

    [[nodiscard]] Result<std::vector<device::ReaderInfo>> readers() const override
    {
        return m_rack.readers().map([](std::vector<device::ReaderInfo> all) {
            for (device::ReaderInfo& reader : all)
                reader.simulated = false;
            return all;
        });
    }
    [[nodiscard]] Result<std::unique_ptr<card::CardChannel>> open(const QString& reader) override
    {
        return m_rack.open(reader).map([this](std::unique_ptr<card::CardChannel> channel) {
            return std::unique_ptr<card::CardChannel>(std::make_unique<Channel>(*this, std::move(channel)));
        });
    }
    [[nodiscard]] bool simulated() const override { return false; }
    void refresh() override { m_rack.refresh(); }

private:
    class Channel final : public card::CardChannel {
    public:
        Channel(RealReaders& readers, std::unique_ptr<card::CardChannel> channel)
            : m_readers(readers)
            , m_channel(std::move(channel))
        {
        }
        ~Channel() override
        {
            m_channel.reset();
            if (m_readers.m_pullWhenLetGo.exchange(false))
                m_readers.pull();
        }
        [[nodiscard]] Result<SecretBytes> transmit(ByteView command) override
        {
            return m_channel->transmit(command);
        }

    private:
        RealReaders& m_readers;
        std::unique_ptr<card::CardChannel> m_channel;
    };

    device::SimulatedReaders m_rack;
    std::atomic<bool> m_pullWhenLetGo = false;
};

/// A ceremony on a real device that is to be sealed, with a PKCS#11 module beside it.
class Room {
    QTemporaryDir m_home; // outlives the ceremony

public:
    explicit Room(bool withModule = true)
    {
        readers.insert(device.card);
        Environment environment{ readers };
        environment.witness
            = { QStringLiteral(CONCLAVE_WITNESS), { withModule ? fake.folder() : m_home.path() } };
        ceremony = std::make_unique<Ceremony>(std::move(environment));
    }

    bool review()
    {
        DeviceChosen chosen;
        chosen.serial = kSerial;
        FoldedCeremony before;
        const bool written = before.takeAll({ Opened{ QStringLiteral("EX-1"), {}, false, {} },
                                 ParticipantNamed{ Role::Officer, 1, QStringLiteral("Ada"), {} }, Prepared{},
                                 chosen, SchemeChosen{ { kPassword } } })
            && goOnTo(before, Stage::Reviewing) && writeRecord(m_folder, onDevice(before.events()));
        ceremony->load(m_folder);
        return written && until([this] { return ceremony->awaitsResume() && !ceremony->record().empty(); })
            && ceremony->confirmResume(ceremony->checkpointCode())
            && until([this] { return !ceremony->awaitsResume() && atRest(); });
    }
    bool ask(const char* pin = FakeWitness::kPin)
    {
        return ceremony->enterUserPin(secret(pin)) && ceremony->askForOpinion()
            && QTest::qWaitFor([this] { return atRest(); }, kPatienceMs);
    }
    /// What became of it is on the screen and has been read.
    bool putBack()
    {
        readers.insert(device.card);
        ceremony->dismissTrouble();
        return until([this] { return ceremony->devicePresent() && atRest(); });
    }
    [[nodiscard]] bool atRest() const
    {
        return ceremony->work().kind == WorkKind::None && !ceremony->writing();
    }
    bool until(const std::function<bool()>& condition) const
    {
        return QTest::qWaitFor([&] { return condition() || ceremony->trouble(); }, kPatienceMs)
            && !ceremony->trouble();
    }
    [[nodiscard]] std::optional<ErrorKind> trouble() const
    {
        return ceremony->trouble() && ceremony->trouble()->during == WorkKind::AskingForOpinion
            ? std::optional(ceremony->trouble()->error.kind)
            : std::nullopt;
    }
    [[nodiscard]] const OpinionRecord& opinion() const { return ceremony->state().opinion; }

    FakeWitness fake;
    PreparedCard device{ 0x5c, kDevice };
    RealReaders readers;
    std::unique_ptr<Ceremony> ceremony;

private:
    /// The folded ceremony's device has another serial than the one here.
    static std::vector<Event> onDevice(std::vector<Event> events)
    {
        for (Event& event : events)
            std::visit(
                [](auto& e) {
                    if constexpr (requires { e.serial; })
                        e.serial = kDevice;
                },
                event);
        return events;
    }

    const QString m_folder = m_home.filePath(QStringLiteral("EX-1"));
};

} // namespace

/// The second opinion, from the question to the record, on a device that comes and goes.
class TestOpinionStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theModuleAnswers()
    {
        Room room;
        QVERIFY(room.review());
        QVERIFY(room.ceremony->seekOpinion());
        QVERIFY(room.ask());
        QVERIFY(!room.ceremony->trouble());
        QVERIFY(room.opinion().given && room.opinion().given->loggedIn);
        QVERIFY(!room.opinion().failed);
        QVERIFY(room.ceremony->devicePresent());
    }

    void aMissingModuleIsOnRecordOnce()
    {
        Room room(false);
        QVERIFY(room.review());
        const int events = room.ceremony->state().events;
        for (int visit = 0; visit < 2; ++visit) {
            QVERIFY(room.ceremony->seekOpinion());
            QVERIFY(room.until([&] { return room.opinion().failed && room.atRest(); }));
            QVERIFY(room.ceremony->opinionModule().isEmpty());
            QCOMPARE(room.opinion().failed->error, ErrorKind::ModuleMissing);
            QVERIFY(room.ceremony->opinionSought()); // the screen that says what to install stays
            room.ceremony->lookForOpinionModule(); // in vain
            QVERIFY(!room.ceremony->askForOpinion());
            QVERIFY(room.ceremony->leaveOpinion());
        }
        const CeremonyState& state = room.ceremony->state();
        QCOMPARE(state.events, events + 1);
        QCOMPARE(state.toExplain.back().event, Event(*room.opinion().failed));
        QVERIFY(room.ceremony->explain(state.toExplain.back().seq, QStringLiteral("An old laptop.")));
        QVERIFY(room.ceremony->seal());
        QVERIFY(room.until([&] { return state.stage == Stage::Sealed; }));
        const Result<Report> report = makeReport(state, room.ceremony->record(), {});
        QVERIFY(report);
        const QJsonObject json = QJsonDocument::fromJson(reportJson(*report)).object();
        QCOMPARE(json.value(u"program")[u"secondOpinionFailed"][u"error"].toString(),
            QStringLiteral("moduleMissing"));
    }

    void aModuleThatIsInstalledMeanwhileIsAsked()
    {
        Room room;
        const QString hidden = room.fake.module() + QStringLiteral(".not-yet");
        QVERIFY(QFile::rename(room.fake.module(), hidden));
        QVERIFY(room.review() && room.ceremony->seekOpinion());
        QVERIFY(room.until([&] { return room.opinion().failed && room.atRest(); }));
        QVERIFY(QFile::rename(hidden, room.fake.module()));
        room.ceremony->lookForOpinionModule();
        QVERIFY(room.ask());
        QVERIFY(room.opinion().given && !room.opinion().failed);
    }

    void aDeviceThatIsOutIsAskedWhenItIsBack()
    {
        Room room;
        QVERIFY(room.review() && room.ceremony->seekOpinion());
        room.readers.pull();
        QVERIFY(room.ask());
        QVERIFY(room.trouble());
        QVERIFY(!room.ceremony->devicePresent());
        QVERIFY(!room.opinion().failed && !room.opinion().given); // OpenSC was not asked
        QVERIFY(!room.ceremony->userPinHeld());
        QVERIFY(room.putBack());
        QVERIFY(room.ceremony->opinionSought());
        QVERIFY(room.ask());
        QVERIFY(!room.ceremony->trouble());
        QVERIFY(room.opinion().given);
    }

    void aDeviceThatRefusedThePinIsAskedAgainAlsoInBetweenPutBack()
    {
        Room room;
        QVERIFY(room.review() && room.ceremony->seekOpinion());
        QVERIFY(room.ask("111111"));
        QCOMPARE(room.trouble(), std::optional(ErrorKind::WrongPin));
        QCOMPARE(room.ceremony->userPinTriesLeft(), std::optional(2));
        room.readers.pull();
        QTRY_VERIFY(!room.ceremony->devicePresent());
        QVERIFY(room.putBack());
        QVERIFY(room.ask());
        QVERIFY(!room.ceremony->trouble());
        QVERIFY(room.opinion().given && room.opinion().given->loggedIn);
    }

    // The module finds no device; neither do we, afterwards.
    void aDeviceThatIsPulledFromTheModuleIsAskedAgainWhenItIsBack()
    {
        Room room;
        room.fake.say(QStringLiteral("serial DENK0299999"));
        QVERIFY(room.review() && room.ceremony->seekOpinion());
        room.readers.pullWhenLetGo();
        QVERIFY(room.ask());
        QCOMPARE(room.trouble(), std::optional(ErrorKind::TokenNotFound));
        QCOMPARE(room.opinion().failed->error, ErrorKind::TokenNotFound);
        QVERIFY(!room.ceremony->devicePresent());
        room.fake.say(QStringLiteral("serial ") + kDevice);
        QVERIFY(room.putBack());
        QVERIFY(room.ask());
        QVERIFY(!room.ceremony->trouble());
        QVERIFY(room.opinion().given && !room.opinion().failed);
    }

    void anAnswerIsKeptAlsoWhenTheDeviceIsGoneByThen()
    {
        Room room;
        QVERIFY(room.review() && room.ceremony->seekOpinion());
        room.readers.pullWhenLetGo();
        QVERIFY(room.ask());
        QVERIFY(room.opinion().given);
        QVERIFY(room.trouble()); // that the device is gone
        QVERIFY(!room.ceremony->devicePresent());
        QVERIFY(room.putBack());
        QVERIFY(room.ask());
        QVERIFY(!room.ceremony->trouble());
    }
};

QTEST_GUILESS_MAIN(TestOpinionStep)
#include "tst_opinionstep.moc"
