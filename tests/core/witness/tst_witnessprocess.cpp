// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/witnessprocess.h"

#include "core/card/publickey.h"
#include "core/witness/openscmodule.h"
#include "fakewitness.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include <cstring>

using namespace conclave;
using namespace conclave::witness;
using conclave::test::FakeWitness;

namespace {

constexpr int kPatienceMs = 60'000;
const Bytes kChallenge(32, 0xc5);

WitnessQuestion question(const FakeWitness& fake, const char* pin = FakeWitness::kPin)
{
    return { QStringLiteral(CONCLAVE_WITNESS), fake.module(), QLatin1String(FakeWitness::kSerial), kChallenge,
        SecretBytes(ByteView(reinterpret_cast<const std::uint8_t*>(pin), std::strlen(pin))), kPatienceMs };
}

Result<Testimony> ask(const WitnessQuestion& question)
{
    WitnessProcess process;
    QSignalSpy finished(&process, &WitnessProcess::finished);
    process.start(question);
    if (finished.isEmpty() && !finished.wait(2 * kPatienceMs))
        return fail(ErrorKind::Malformed, QStringLiteral("no end"));
    return process.answer();
}

} // namespace

class TestWitnessProcess : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachKeyIsListedAndSigns()
    {
        FakeWitness fake;
        const Bytes rsa = fake.addKey(QStringLiteral("rsa"), QStringLiteral("0a01"), "RSA");
        const Bytes p256 = fake.addKey(QStringLiteral("p256"), QStringLiteral("0a02"), "EC", "P-256");
        const Bytes p521 = fake.addKey(QStringLiteral("p521"), QStringLiteral("0a03"), "EC", "P-521");
        const Bytes brainpool
            = fake.addKey(QStringLiteral("brainpool"), QStringLiteral("0a04"), "EC", "brainpoolP384r1");
        const auto answer = ask(question(fake));
        QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().detail));
        QCOMPARE(answer->library, QStringLiteral("Fake module"));
        QCOMPARE(answer->version, QStringLiteral("7.3"));
        QVERIFY(answer->loggedIn);
        const std::vector<Bytes> expected{ rsa, p256, p521, brainpool };
        QCOMPARE(answer->keys.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            const SeenKey& key = answer->keys[i];
            QCOMPARE(key.publicKey, expected[i]);
            QCOMPARE(key.id, (Bytes{ 0x0a, static_cast<std::uint8_t>(i + 1) }));
            const auto publicKey = card::PublicKey::parse(expected[i]);
            QVERIFY(publicKey);
            QVERIFY(publicKey->verifySha256(kChallenge, key.signature));
        }
        QCOMPARE(answer->keys.front().label, QStringLiteral("rsa"));
    }

    void withoutAPinKeysAreListedAndNothingIsSigned()
    {
        FakeWitness fake;
        fake.addKey(QStringLiteral("one"), QStringLiteral("01"), "EC", "P-256");
        const auto answer = ask(question(fake, ""));
        QVERIFY(answer);
        QVERIFY(!answer->loggedIn);
        QCOMPARE(answer->keys.size(), std::size_t{ 1 });
        QVERIFY(answer->keys.front().signature.empty());
    }

    void aPublicKeyWithoutItsPrivateKeyDoesNotSign()
    {
        FakeWitness fake;
        const Bytes key = fake.addKey(QStringLiteral("one"), QStringLiteral("01"), "EC", "P-256");
        fake.say(QStringLiteral("publicOnly"));
        const auto answer = ask(question(fake));
        QVERIFY(answer && answer->keys.size() == 1);
        QCOMPARE(answer->keys.front().publicKey, key);
        QVERIFY(!answer->keys.front().maySign);
    }

    void whatAModuleDoesWrongDoesNoHarm_data()
    {
        QTest::addColumn<QString>("script");
        QTest::addColumn<ErrorKind>("error"); // Malformed: none, and the keys are told without what is wrong
        const auto row = [](const char* script, ErrorKind error = ErrorKind::Malformed) {
            QTest::newRow(script) << QString::fromLatin1(script) << error;
        };
        row("refuses", ErrorKind::ModuleFailed);
        row("crashes", ErrorKind::ModuleFailed);
        row("endless", ErrorKind::ModuleFailed);
        row("overfull", ErrorKind::ModuleFailed);
        row("pin 000000", ErrorKind::ModuleFailed);
        row("serial DENK0000000", ErrorKind::TokenNotFound);
        row("manySlots");
        row("hugeValues");
        row("growingValues");
        row("hugeSignatures");
        row("doesNotSign");
        row("talks");
    }
    void whatAModuleDoesWrongDoesNoHarm()
    {
        QFETCH(const QString, script);
        QFETCH(const ErrorKind, error);
        FakeWitness fake;
        fake.addKey(QStringLiteral("one"), QStringLiteral("01"), "EC", "P-256");
        fake.say(script);
        const auto answer = ask(question(fake));
        if (error != ErrorKind::Malformed) {
            QVERIFY(!answer);
            QCOMPARE(answer.error().kind, error);
            return;
        }
        QVERIFY2(answer, qPrintable(answer ? QString() : answer.error().detail));
        QCOMPARE(answer->keys.size(), std::size_t{ 1 });
        if (script != QStringLiteral("manySlots") && script != QStringLiteral("talks"))
            QVERIFY(answer->keys.front().signature.empty());
    }

    void aWrongSignatureIsPassedOnForTheJudge()
    {
        FakeWitness fake;
        const auto key
            = card::PublicKey::parse(fake.addKey(QStringLiteral("one"), QStringLiteral("01"), "RSA"));
        fake.say(QStringLiteral("signsWrongly"));
        const auto answer = ask(question(fake));
        QVERIFY(answer && answer->keys.size() == 1);
        QCOMPARE(key->verifySha256(kChallenge, answer->keys.front().signature).error().kind,
            ErrorKind::SelfTestFailed);
    }

    void aModuleThatHangsIsStopped()
    {
        FakeWitness fake;
        fake.say(QStringLiteral("hangs"));
        WitnessQuestion hanging = question(fake);
        hanging.limitMs = 300;
        QCOMPARE(ask(hanging).error().kind, ErrorKind::ModuleTooSlow);
    }

    void itGoesWithoutBeingWaitedFor()
    {
        FakeWitness fake;
        fake.say(QStringLiteral("hangs"));
        auto process = std::make_unique<WitnessProcess>();
        process->start(question(fake));
        QElapsedTimer time;
        time.start();
        process.reset();
        QVERIFY(time.elapsed() < 5000);
    }

    void whatIsNoModuleIsToldSo_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("text") << QByteArray("not a library\n");
        QTest::newRow("of another architecture") << QByteArray("\x7f"
                                                               "ELF\x01\x02\x01",
                                                        7)
                + QByteArray(200, 0);
        QTest::newRow("no file") << QByteArray();
    }
    void whatIsNoModuleIsToldSo()
    {
        QFETCH(const QByteArray, content);
        FakeWitness fake;
        QVERIFY(QFile::remove(fake.module()));
        if (!content.isEmpty()) {
            QFile file(fake.module());
            QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
        }
        const auto answer = ask(question(fake));
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, ErrorKind::ModuleUnusable);
        QVERIFY(!answer.error().detail.isEmpty());
    }

    void aLibraryThatIsNoModuleIsToldSo()
    {
        const FakeWitness fake;
        WitnessQuestion other = question(fake);
        other.module = QStringLiteral(CONCLAVE_WITNESS); // a program
        QCOMPARE(ask(other).error().kind, ErrorKind::ModuleUnusable);
    }

    void withoutTheProgramItFails()
    {
        const FakeWitness fake;
        WitnessQuestion lost = question(fake);
        lost.program = QStringLiteral("/no/such/program");
        QCOMPARE(ask(lost).error().kind, ErrorKind::ModuleFailed);
    }

    void theModuleSeesNothingOfTheUser()
    {
        qputenv("OPENSC_DEBUG", "9");
        qputenv("LD_PRELOAD_OF_A_TEST", "x");
        FakeWitness fake;
        QFile open(fake.file("held open"));
        QVERIFY(open.open(QIODevice::ReadWrite));
        fake.say(QStringLiteral("tells"));
        QVERIFY(ask(question(fake)));
        QFile file(fake.file("surroundings"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray told = file.readAll();
        for (const char* no : { "HOME=", "OPENSC_DEBUG", "OF_A_TEST", "PATH=", "held open", "648219" })
            QVERIFY2(!told.contains(no), told);
        QVERIFY2(told.contains("configuration     card_drivers = sc-hsm;"), told);
        QVERIFY2(told.contains("use_file_caching = no"), told);
        QVERIFY2(told.contains("use_pin_caching = false"), told);
    }

    void theModuleIsFoundInTheFirstFolderThatHasIt()
    {
        const FakeWitness first;
        const FakeWitness second;
        QCOMPARE(findOpenScModule({ QStringLiteral("/nowhere"), first.folder(), second.folder() }),
            first.module());
        QCOMPARE(findOpenScModule({ QStringLiteral("/nowhere") }), QString());
    }
};

QTEST_GUILESS_MAIN(TestWitnessProcess)
#include "tst_witnessprocess.moc"
