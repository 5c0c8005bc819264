// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/pcscreaders.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"
#include "tests/ui/pinerrand.h"
#include "ui/theme/theme.h"

#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::interop;
using conclave::ui::PinErrand;

namespace {

const QString kSerial = QStringLiteral("UTTEST0001");
constexpr char kNewSoPin[] = "a7c39e155d08f2b6"; // the halves below
constexpr char kNewPin[] = "13579024";

/// At a real window, with a device behind the real PC/SC.
struct Officers : PinErrand {
    Officers() { sitDown(pcsc); }
    ~Officers() { window.reset(); }

    device::PcscReaders pcsc;
};

/// OpenSC with the whole SO-PIN: sets a user PIN.
stock::Outcome setPinBySoPin(const char* soPin)
{
    return stock::run(QStringLiteral("pkcs11-tool"),
        { QStringLiteral("--login"), QStringLiteral("--login-type"), QStringLiteral("so"),
            QStringLiteral("--so-pin"), QLatin1String(soPin), QStringLiteral("--init-pin"),
            QStringLiteral("--new-pin"), QLatin1String(kNewPin) });
}

} // namespace

/// An SO-PIN that two officers enter in halves is one SO-PIN to everybody else.
class TestHalvesInterop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        ui::Theme::install(*qApp, false);
        const auto found = virtualReaders();
        QVERIFY2(!found.empty(), "to be started by with-readers");
        m_card = std::make_unique<SimcardProcess>(
            found.front(), m_scratch.filePath(QStringLiteral("card")), kSerial);
        QVERIFY(m_card->insert());
        stock::initialise(0);
    }

    void cleanupTestCase() { m_card.reset(); }

    void theHalvesOfTwoOfficersMakeTheSoPinOfOpenSc()
    {
        {
            const Officers officers;
            QVERIFY(officers.reach(kSerial));
            QVERIFY(officers.choose(QStringLiteral("Change the SO-PIN")));
            officers.chooseHalves(); // of the current one and the new one
            officers.fillIn(kSerial);
            QVERIFY(officers.press(QStringLiteral("Go on")));
            QVERIFY(officers.type({ "35373632", "a7c39e15", "a7c39e15" }));
            QVERIFY(officers.press(QStringLiteral("Hand it in")));
            QVERIFY(officers.shows(QStringLiteral("Second officer")));
            QVERIFY(officers.type({ "31383830", "5d08f2b6", "5d08f2b6" }));
            QVERIFY(officers.press(QStringLiteral("Change it")));
            QVERIFY(officers.arrives(PinErrand::Phase::Result));
        }
        QCOMPARE(stock::cardStatus().soPinTries, 15);
        const auto set = setPinBySoPin(kNewSoPin);
        QVERIFY2(set.exitCode == 0, set.output);
        const auto login = stock::run(QStringLiteral("pkcs11-tool"),
            { QStringLiteral("--login"), QStringLiteral("--pin"), QLatin1String(kNewPin),
                QStringLiteral("--list-objects") });
        QVERIFY2(login.exitCode == 0, login.output);
        QVERIFY(setPinBySoPin(stock::kSoPin).exitCode != 0); // the one before is gone
        QCOMPARE(stock::cardStatus().soPinTries, 14);
    }

    /// The other way round: the whole one is OpenSC's, and two enter its halves.
    void theHalvesOfOpenScsSoPinOpenForTwoOfficers()
    {
        const Officers officers;
        QVERIFY(officers.reach(kSerial));
        QVERIFY(officers.choose(QStringLiteral("Set a new user PIN")));
        officers.chooseHalves();
        QVERIFY(officers.press(QStringLiteral("Go on")));
        QVERIFY(officers.type({ "a7c39e15" }));
        QVERIFY(officers.press(QStringLiteral("Hand it in")));
        QVERIFY(officers.type({ "5d08f2b6" }));
        QVERIFY(officers.press(QStringLiteral("Hand it in")));
        QVERIFY(officers.type({ stock::kPin, stock::kPin }));
        QVERIFY(officers.press(QStringLiteral("Set it")));
        QVERIFY(officers.arrives(PinErrand::Phase::Result));
    }

private:
    QTemporaryDir m_scratch;
    std::unique_ptr<SimcardProcess> m_card;
};

QTEST_MAIN(TestHalvesInterop)
#include "tst_halvesinterop.moc"
