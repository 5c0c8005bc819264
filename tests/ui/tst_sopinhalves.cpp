// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/simulatedchannel.h"
#include "tests/core/device/rack.h"
#include "tests/core/simulator/pinneddevice.h"
#include "tests/ui/flowstage.h"
#include "tests/ui/person.h"
#include "ui/rehearsal/hands.h"
#include "ui/shell/curtainrules.h"
#include "ui/shell/page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/secretfield.h"

#include <QComboBox>
#include <QDirIterator>
#include <QLabel>

using namespace conclave;
using namespace conclave::ui;
using ceremony::Flow;
using ceremony::Role;

namespace {

constexpr char kFirst[] = "a7c39e15";
constexpr char kSecond[] = "5d08f2b6";
constexpr char kUserPin[] = "648219";

/// The officer at the page that sets the PINs, and two who have half of the SO-PIN each.
class Officers {
public:
    Officers()
    {
        simulator::SimulatedChannel channel(device);
        prepared = test::prepare(channel, test::kCounterOnly);
        stage.readers.insert(test::kFirstReader, device);
        stage.open(QStringLiteral("EX-1"));
        stage.until = PageId::Pins;
        stage.play(Flow::Establish, pins());
    }

    static ScriptedPeople::Pins pins()
    {
        return { SecretBytes(test::ascii(kUserPin)), SecretBytes(test::ascii("3537363231383830")) };
    }

    [[nodiscard]] CeremonyView& view() const { return *stage.window->ceremonyView(); }

    [[nodiscard]] bool press(const QString& words) const { return ui::press(*stage.window, words); }

    /// Ticks what the curtain asks and lifts it.
    bool lift() const
    {
        settle();
        for (Tick* tick : shown<Tick>(*stage.window))
            hands::press(*tick);
        return press(QStringLiteral("I am"));
    }

    bool type(std::initializer_list<const char*> values) const
    {
        settle();
        const auto fields = shown<SecretField>(*stage.window);
        if (fields.size() != values.size())
            return false;
        auto field = fields.begin();
        for (const char* value : values)
            hands::type(**field++, test::ascii(value));
        settle();
        return true;
    }

    void choose(const QString& how) const
    {
        auto* box = view().page()->findChild<QComboBox*>(QStringLiteral("soPinHalves"));
        box->setCurrentIndex(box->findText(how));
        settle();
    }

    [[nodiscard]] bool shows(const QString& text) const
    {
        settle();
        const auto labels = shown<QLabel>(*stage.window);
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(text); });
    }

    std::shared_ptr<simulator::SimulatedHsm> device = test::freshDevice(test::kFirstSerial);
    FlowStage stage;
    bool prepared = false;
};

} // namespace

class TestSoPinHalves : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, qEnvironmentVariableIsSet("CONCLAVE_TEST_DARK")); }

    void theSoPinOfACeremonyIsEnteredInHalvesByTwo()
    {
        Officers officers;
        FlowStage& stage = officers.stage;
        QVERIFY(officers.prepared);
        QCOMPARE(officers.view().pageId(), PageId::Pins);
        QVERIFY(officers.lift());
        officers.choose(QStringLiteral("Both in two halves, by two officers"));
        stage.lookAtRest(officers.view());
        QVERIFY(officers.type({ kUserPin, kUserPin })); // the officer has no field for the SO-PIN
        QVERIFY(!officers.press(QStringLiteral("Continue")));
        QVERIFY(officers.press(QStringLiteral("Enter the halves")));

        QVERIFY(officers.shows(QStringLiteral("Security officer")));
        stage.lookAtRest(officers.view());
        QVERIFY(officers.lift());
        QVERIFY(officers.type({ "35373632", kFirst, "a7c39e16" }));
        QVERIFY(!officers.press(QStringLiteral("Hand it in")));
        officers.view().cover();
        QVERIFY(officers.lift());
        QVERIFY(officers.type({ "35373632", kFirst, kFirst })); // the fields were empty again
        stage.lookAtRest(officers.view());
        QVERIFY(officers.press(QStringLiteral("Hand it in")));

        QVERIFY(officers.shows(QStringLiteral("Witness 1")));
        QVERIFY(officers.lift());
        QVERIFY(officers.type({ "31383830", kSecond, kSecond }));
        stage.lookAtRest(officers.view());
        QVERIFY(officers.press(QStringLiteral("Hand it in")));

        // The officer's curtain again; what was typed before is still there, and no half is.
        QVERIFY(officers.lift());
        QVERIFY(officers.shows(QStringLiteral("Both halves are entered.")));
        stage.lookAtRest(officers.view());
        QCOMPARE(shown<SecretField>(*stage.window).size(), std::size_t(2));
        QVERIFY(officers.press(QStringLiteral("Continue")));
        QTRY_VERIFY(stage.window->ceremony()->state().settings);
        const auto settings = stage.window->ceremony()->state().settings;
        const std::vector<ceremony::SoPinHalf> both{ { Role::Officer, 1 }, { Role::Witness, 1 } };
        QVERIFY(settings->soPinHalves == both);
        QVERIFY(settings->currentSoPinHalves == both);
        QVERIFY(settings->soPinReplaced);

        stage.until = PageId::Import; // initialised, with the SO-PIN of two halves
        static_cast<void>(stage.playOn(Officers::pins()));
        QCOMPARE(officers.view().pageId(), PageId::Import);
        QCOMPARE(stage.faults.join(QLatin1Char('\n')), QString());
        simulator::SimulatedChannel channel(officers.device);
        static_cast<void>(test::sent(channel, QStringLiteral("00a404000be82b0601040181c31f020100")));
        QCOMPARE(test::sent(channel, QStringLiteral("0020008808a7c39e155d08f2b6")), QStringLiteral("9000"));
        noHalfIsIn(stage.ceremonyFolder);
    }

    void aHalfOfAnotherPersonIsAskedForAnew()
    {
        Officers officers;
        QCOMPARE(officers.view().pageId(), PageId::Pins);
        QVERIFY(officers.lift());
        officers.choose(QStringLiteral("The new one in two halves, by two officers"));
        QVERIFY(officers.press(QStringLiteral("Enter the halves")));
        for (const char* half : { kFirst, kSecond }) {
            QVERIFY(officers.lift());
            QVERIFY(officers.type({ half, half }));
            QVERIFY(officers.press(QStringLiteral("Hand it in")));
        }
        QVERIFY(officers.lift());
        QVERIFY(officers.type({ "3537363231383830", kUserPin, kUserPin }));
        auto* first = officers.view().page()->findChild<QComboBox*>(QStringLiteral("firstHalf"));
        auto* second = officers.view().page()->findChild<QComboBox*>(QStringLiteral("secondHalf"));
        second->setCurrentIndex(first->currentIndex()); // the same person twice
        QVERIFY(officers.shows(QStringLiteral("Name two different people.")));
        QVERIFY(!officers.press(QStringLiteral("Enter the halves")));
        QVERIFY(!officers.press(QStringLiteral("Continue")));
        second->setCurrentIndex(2);
        QVERIFY(officers.press(QStringLiteral("Go on all the same"))); // that is a custodian
        QVERIFY(!officers.press(QStringLiteral("Continue"))); // what was entered is gone
        QVERIFY(officers.press(QStringLiteral("Enter the halves")));
    }

    void aCustodianGetsHalfOfTheSoPinOnlyAfterAWarning()
    {
        Officers officers;
        QCOMPARE(officers.view().pageId(), PageId::Pins);
        QVERIFY(officers.lift());
        officers.choose(QStringLiteral("The new one in two halves, by two officers"));
        auto* second = officers.view().page()->findChild<QComboBox*>(QStringLiteral("secondHalf"));
        const QString warning
            = QStringLiteral("One of the two who enter the SO-PIN in halves is also custodian 1.");
        QVERIFY(!officers.shows(warning));
        second->setCurrentIndex(second->findText(QStringLiteral("Custodian 1"), Qt::MatchStartsWith));
        QVERIFY(officers.shows(warning));
        officers.stage.lookAtRest(officers.view());
        QVERIFY(!officers.press(QStringLiteral("Enter the halves")));
        ceremony::PinSettings settings; // nor does the ceremony let it pass
        settings.currentSoPin = secret("3537363231383830");
        settings.newSoPin = secret("a7c39e155d08f2b6");
        settings.userPin = secret(kUserPin);
        settings.label = QStringLiteral("Root");
        settings.soPinHalves = { { Role::Officer, 1 }, { Role::Custodian, 1 } };
        QCOMPARE(officers.stage.window->ceremony()->setPins(std::move(settings)).error().kind,
            ErrorKind::NotAllowedNow);
        QVERIFY(officers.press(QStringLiteral("Go on all the same")));
        second->setCurrentIndex(second->findText(QStringLiteral("Custodian 2"), Qt::MatchStartsWith));
        QVERIFY(!officers.press(QStringLiteral("Enter the halves"))); // that was accepted for another
        QVERIFY(officers.press(QStringLiteral("Go on all the same")));
        QVERIFY(officers.press(QStringLiteral("Enter the halves")));
        for (const char* half : { kFirst, kSecond }) {
            QVERIFY(officers.lift());
            QVERIFY(officers.type({ half, half }));
            QVERIFY(officers.press(QStringLiteral("Hand it in")));
        }
        QVERIFY(officers.lift());
        QVERIFY(officers.type({ "3537363231383830", kUserPin, kUserPin }));
        QVERIFY(officers.press(QStringLiteral("Continue")));
        const ceremony::CeremonyState& state = officers.stage.window->ceremony()->state();
        QTRY_VERIFY(state.settings);
        const ceremony::Event told
            = ceremony::CustodyRuleOverridden{ ceremony::CustodyRule::SoPinHalfHolderIsCustodian, 2 };
        QCOMPARE(std::ranges::count(state.toExplain, told, &ceremony::ToExplain::event), 1);
        QCOMPARE(officers.stage.faults.join(QLatin1Char('\n')), QString());
    }

private:
    static void noHalfIsIn(const QString& folder)
    {
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        int looked = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray content = file.readAll().toLower();
            for (const char* half : { kFirst, kSecond })
                QVERIFY2(!content.contains(half), qPrintable(file.fileName()));
            ++looked;
        }
        QVERIFY(looked > 1);
    }
};

QTEST_MAIN(TestSoPinHalves)
#include "tst_sopinhalves.moc"
