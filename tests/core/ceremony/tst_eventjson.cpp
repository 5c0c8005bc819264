// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/eventjson.h"
#include "tests/core/ceremony/eventsamples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <set>

using namespace conclave;
using namespace conclave::ceremony;

namespace {

QJsonObject object(const char* json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject with(QJsonObject json, const QString& member, const QJsonValue& value)
{
    json.insert(member, value);
    return json;
}

} // namespace

class TestEventJson : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKindOfEventHasASample()
    {
        std::set<std::size_t> kinds;
        for (const Sample& sample : samples())
            kinds.insert(sample.event.index());
        QCOMPARE(kinds.size(), std::variant_size_v<Event>);
    }

    void everyEventIsWrittenAsTheTranscriptHasIt_data() { rows(); }
    void everyEventIsWrittenAsTheTranscriptHasIt()
    {
        const Sample sample = current();
        QCOMPARE(eventName(sample.event), QString::fromLatin1(sample.name));
        QCOMPARE(toJson(sample.event), object(sample.json));
    }

    void everyEventIsReadBack_data() { rows(); }
    void everyEventIsReadBack()
    {
        const Sample sample = current();
        const auto read = eventFromJson(QString::fromLatin1(sample.name), object(sample.json));
        QVERIFY(read);
        QVERIFY(*read == sample.event);
        QJsonObject line = object(sample.json);
        for (const char16_t* own : { u"seq", u"time", u"event", u"previous" })
            line.insert(text(own), QStringLiteral("the line's own"));
        QVERIFY(eventFromJson(QString::fromLatin1(sample.name), line).value() == sample.event);
    }

    void eachMemberIsNeededAndItsTypeIsMinded_data() { rows(); }
    void eachMemberIsNeededAndItsTypeIsMinded()
    {
        const Sample sample = current();
        const QJsonObject whole = object(sample.json);
        for (auto member = whole.begin(); member != whole.end(); ++member) {
            QJsonObject without = whole;
            without.remove(member.key());
            const auto missing = eventFromJson(QString::fromLatin1(sample.name), without);
            if (member.key() == QStringLiteral("onDevice")) {
                // Then it is an event of a ceremony with one device, where there is such a one.
                QVERIFY(!missing || *missing != sample.event);
            } else if (addedLater(sample.name, member.key())) {
                QVERIFY(missing);
            } else {
                QVERIFY(!missing);
                QCOMPARE(missing.error().kind, ErrorKind::NotATranscript);
                QCOMPARE(missing.error().detail, member.key());
            }
            for (const QJsonValue& other : { QJsonValue(QStringLiteral("no such value")), QJsonValue(true),
                     QJsonValue(1), QJsonValue(), QJsonValue(QJsonArray{ 1 }), QJsonValue(QJsonObject{}) }) {
                if (other.type() == member.value().type() && !isEnum(member.key()))
                    continue;
                QVERIFY(!eventFromJson(QString::fromLatin1(sample.name), with(whole, member.key(), other)));
            }
        }
        QVERIFY(!eventFromJson(QString::fromLatin1(sample.name), with(whole, QStringLiteral("pin"), true)));
    }

    void olderTranscriptsEstablishADevice()
    {
        const auto read = eventFromJson(QStringLiteral("opened"),
            object(R"({"ceremony":"EX-1","program":"Conclave 0.1.0","rehearsal":false,"continues":""})"));
        QVERIFY(read);
        QCOMPARE(std::get<Opened>(*read).flow, Flow::Establish);
    }

    void soPinsOfOlderTranscriptsWereEnteredByOne()
    {
        const auto read = eventFromJson(QStringLiteral("settingsChosen"),
            object(R"({"label":"CA","userPinTries":3,"unblocking":"off","soPinMade":false,
                       "soPinReplaced":false})"));
        QVERIFY(read);
        QVERIFY(std::get<SettingsChosen>(*read).soPinHalves.empty());
        QVERIFY(std::get<SettingsChosen>(*read).currentSoPinHalves.empty());
    }

    void conflictsOfOlderTranscriptsAreOfOneNumberEach()
    {
        const auto read = eventFromJson(
            QStringLiteral("custodyRuleOverridden"), object(R"({"rule":"officerAmongTwo","custodian":2})"));
        QVERIFY(read);
        QVERIFY(std::get<CustodyRuleOverridden>(*read).also.empty());
        QVERIFY(!std::get<CustodyRuleOverridden>(*read).alone);
    }

    void restoredKeysOfOlderTranscriptsWereNotThere()
    {
        const auto read = eventFromJson(QStringLiteral("keyRestored"),
            object(R"({"index":0,"keyReference":1,"proved":true,"seconds":1.5})"));
        QVERIFY(read);
        QVERIFY(!std::get<KeyRestored>(*read).wasThere);
        QVERIFY(std::get<KeyRestored>(*read).publicKey.isEmpty());
    }

    void wrappedKeysOfOlderTranscriptsHaveNoSize()
    {
        const auto read = eventFromJson(
            QStringLiteral("keysWrapped"), object(R"({"kcv":"aa","manifestSha256":"bb","leftOut":[],
                       "keys":[{"keyReference":1,"file":"EX-1-key-1.bin","sha256":"cc"}]})"));
        QVERIFY(read);
        QCOMPARE(std::get<KeysWrapped>(*read).keys.front().blobBytes, 0);
    }

    void setsOfOlderTranscriptsWereNotProven()
    {
        const auto read = eventFromJson(QStringLiteral("setMade"),
            object(R"({"number":1,"set":"7K3QZ9","file":"x.pbe","sha256":"ab","prime":"cd","shareCheck":"ef",
                       "deviceRandom":true})"));
        QVERIFY(read);
        QCOMPARE(std::get<SetMade>(*read).subsetsProven, 0);
        QVERIFY(!std::get<SetMade>(*read).allSubsets);
    }

    void keysOfOlderTranscriptsWereNotAttested()
    {
        const auto read = eventFromJson(QStringLiteral("keyGenerated"),
            object(R"({"index":0,"keyReference":1,"fingerprint":"ab","publicKey":"cd","seconds":1.5})"));
        QVERIFY(read);
        QCOMPARE(std::get<KeyGenerated>(*read).attestation, Attestation::None);
        QVERIFY(std::get<KeyGenerated>(*read).request.isEmpty());
    }

    void unknownEventsAreRefused()
    {
        for (const char16_t* name : { u"", u"Opened", u"opened ", u"pinEntered", u"seq" })
            QCOMPARE(eventFromJson(text(name), object(samples().front().json)).error().kind,
                ErrorKind::NotATranscript);
    }

    void unknownEnumeratorsAreRefused()
    {
        const QJsonObject named = object(R"({"role":"officer","number":1,"name":"","identityCheckedBy":""})");
        for (const char16_t* role : { u"", u"Officer", u"OFFICER", u"0", u"officer ", u"auditor" })
            QVERIFY(!eventFromJson(
                QStringLiteral("participantNamed"), with(named, QStringLiteral("role"), text(role))));
        QVERIFY(!eventFromJson(QStringLiteral("participantNamed"), with(named, QStringLiteral("role"), 0)));
    }

    void numbersOutOfRangeAreRefused()
    {
        const QJsonObject turn = object(R"({"number":1,"id":1})");
        for (const double id : { 0.5, 2147483648.0, -2147483649.0, 1e300, -1e300 })
            QVERIFY(!eventFromJson(QStringLiteral("turnBegan"), with(turn, QStringLiteral("id"), id)));
        const auto most
            = eventFromJson(QStringLiteral("turnBegan"), with(turn, QStringLiteral("id"), 2147483647));
        QCOMPARE(std::get<TurnBegan>(*most).id, 2147483647);
    }

    void membersOfListsAreMindedToo()
    {
        const char* const hostile[] = {
            R"({"keys":[{"label":"k","id":"0a"}]})",
            R"({"keys":[{"label":"k","id":"0a","algorithm":"Rsa1024"}]})",
            R"({"keys":[{"label":"k","id":"0a","algorithm":"Rsa2048","pin":""}]})",
            R"({"keys":[{"label":"k","id":"0a","algorithm":"Rsa2048","seq":1}]})",
            R"({"keys":[[]]})",
            R"({"keys":["k"]})",
            R"({"keys":{}})",
        };
        for (const char* json : hostile)
            QVERIFY2(!eventFromJson(QStringLiteral("keysPlanned"), object(json)), json);
    }

    void listsHaveABound()
    {
        const QJsonObject key = object(R"({"label":"k","id":"0a","algorithm":"Rsa2048"})");
        QJsonArray keys;
        for (int i = 0; i < 256; ++i)
            keys.append(key);
        QVERIFY(
            eventFromJson(QStringLiteral("keysPlanned"), QJsonObject{ { QStringLiteral("keys"), keys } }));
        keys.append(key);
        QVERIFY(
            !eventFromJson(QStringLiteral("keysPlanned"), QJsonObject{ { QStringLiteral("keys"), keys } }));
    }

private:
    static void rows()
    {
        QTest::addColumn<int>("index");
        int index = 0;
        for (const Sample& sample : samples()) {
            QTest::addRow("%s %d", sample.name, index) << index;
            ++index;
        }
    }
    static bool addedLater(const char* event, const QString& member)
    {
        static const QStringList members{ QStringLiteral("unknownMakerAccepted"),
            QStringLiteral("subsetsProven"), QStringLiteral("allSubsets"), QStringLiteral("attestation"),
            QStringLiteral("request"), QStringLiteral("onSheet"), QStringLiteral("readAloud"),
            QStringLiteral("challenge"), QStringLiteral("cmac"), QStringLiteral("soPinHalves"),
            QStringLiteral("currentSoPinHalves"), QStringLiteral("wasThere"), QStringLiteral("also"),
            QStringLiteral("alone") };
        return members.contains(member)
            || (member == QStringLiteral("publicKey") && !qstrcmp(event, "keyRestored"))
            || (member == QStringLiteral("flow") && !qstrcmp(event, "opened"))
            || (member == QStringLiteral("kcv") && !qstrcmp(event, "deviceChosen"));
    }
    static Sample current()
    {
        QFETCH(int, index);
        return samples()[static_cast<std::size_t>(index)];
    }
    static bool isEnum(const QString& member)
    {
        static const std::set<QString> enums{ text(u"role"), text(u"authenticity"), text(u"reason"),
            text(u"unblocking"), text(u"attestation"), text(u"operation"), text(u"error"), text(u"outcome"),
            text(u"to"), text(u"checkpoint"), text(u"mode"), text(u"paper"), text(u"connection"),
            text(u"spool"), text(u"flow"), text(u"toldBy"), text(u"ids"), text(u"soPin") };
        return enums.contains(member);
    }
};

QTEST_GUILESS_MAIN(TestEventJson)
#include "tst_eventjson.moc"
