// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/hex.h"
#include "core/device/pcscreaders.h"
#include "tests/interop/ceremonyrun.h"
#include "tests/interop/files.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::interop;

/// A whole ceremony on a card behind the real PC/SC, which OpenSC then looks at and works with.
class TestCeremonyInterop : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const auto readers = virtualReaders();
        QVERIFY2(!readers.empty(), "to be started by with-readers");
        m_card = std::make_unique<SimcardProcess>(
            readers.front(), path(QStringLiteral("card")), QStringLiteral("UTTEST0001"));
        QVERIFY(m_card->insert());
        QVERIFY(writeFile(message(), "what the people in this room agreed on"));
    }

    void cleanupTestCase() { QVERIFY(m_card->remove()); }

    void theCeremonyIsDone()
    {
        device::PcscReaders readers;
        CeremonyRun people(readers, path(QStringLiteral("ceremony")));
        const QString failure = people.run();
        QVERIFY2(failure.isEmpty(), qPrintable(failure));
        const QString backupFailure = people.backUp();
        QVERIFY2(backupFailure.isEmpty(), qPrintable(backupFailure));
        QCOMPARE(people.state().device->serial, QStringLiteral("UTTEST0001"));
        QVERIFY(people.state().device->virtualReader);
        QVERIFY(people.state().kcvCompared);
        m_kcv = people.state().kcv.toUpper().toLatin1();
        for (const ceremony::KeyRecord& key : people.state().keys)
            QCOMPARE(key.state, ceremony::KeyState::Tested);

        const ceremony::SetMade& made = *people.state().sets.front().made;
        m_shareFile = path(QStringLiteral("ceremony/")) + made.file;
        for (const support::Sheet& sheet : people.sheets())
            m_sheets.append({ .prime = QByteArray::fromHex(made.prime.toLatin1()).toHex(':'),
                .id = sheet.share.id,
                .value = arrayOf(sheet.share.value).toHex(':') });
    }

    void theStockToolShowsTheSameStatus()
    {
        const auto status = stock::cardStatus();
        QCOMPARE(status.soPinTries, 15);
        QCOMPARE(status.userPinTries, 3);
        QCOMPARE(status.shareFiles, 1);
        QCOMPARE(status.outstanding, 0);
        QCOMPARE(status.kcv, m_kcv);
        QVERIFY2(status.text.contains("User PIN reset with SO-PIN enabled"), status.text);
    }

    void theStockToolsListBothKeys()
    {
        const auto objects = stock::pkcs11Login({ QStringLiteral("--list-objects") });
        QCOMPARE(objects.exitCode, 0);
        for (const char* text : { "a RSA key", "an EC key", CeremonyRun::kRsaId, CeremonyRun::kEcId })
            QVERIFY2(objects.output.contains(text), objects.output);
    }

    void theStockToolsSignWithThem_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QStringList>("mechanism");
        QTest::newRow("RSA 2048") << QStringLiteral(
            "0a01") << QStringList{ QStringLiteral("--mechanism"), QStringLiteral("SHA256-RSA-PKCS") };
        QTest::newRow("P-256") << QStringLiteral("0a02")
                               << QStringList{ QStringLiteral("--mechanism"), QStringLiteral("ECDSA-SHA256"),
                                      QStringLiteral("--signature-format"), QStringLiteral("openssl") };
    }

    void theStockToolsSignWithThem()
    {
        QFETCH(const QString, id);
        QFETCH(const QStringList, mechanism);
        const QString der = path(id + QStringLiteral(".der"));
        const QString signature = path(id + QStringLiteral(".signature"));
        QVERIFY(stock::readPublicKey(id, der));
        const auto done = stock::pkcs11Login(
            QStringList{ QStringLiteral("--sign"), QStringLiteral("--id"), id, QStringLiteral("--input-file"),
                message(), QStringLiteral("--output-file"), signature }
            + mechanism);
        QVERIFY2(done.exitCode == 0, done.output);
        QVERIFY(stock::verifies(der, message(), signature));
    }

    void theStockToolsDecryptWithTheRsaKey()
    {
        const QString der = path(QStringLiteral("rsa.der"));
        QVERIFY(stock::readPublicKey(QLatin1String(CeremonyRun::kRsaId), der));
        QVERIFY(stock::decrypts(QLatin1String(CeremonyRun::kRsaId), der, message()));
    }

    void theStockToolRestoresTheDkekFromTheSheets()
    {
        stock::initialise(1);
        QCOMPARE(stock::cardStatus().outstanding, 1);
        const auto imported = stock::importShareFile(m_shareFile, { m_sheets[0], m_sheets[3], m_sheets[1] });
        QCOMPARE(imported.exitCode, 0);
        QCOMPARE(stock::cardStatus().kcv, m_kcv);
    }

private:
    [[nodiscard]] QString path(const QString& name) const { return m_folder.filePath(name); }
    [[nodiscard]] QString message() const { return path(QStringLiteral("message")); }

    QTemporaryDir m_folder;
    std::unique_ptr<SimcardProcess> m_card;
    QByteArray m_kcv;
    QString m_shareFile;
    QList<stock::PrintedShare> m_sheets;
};

QTEST_GUILESS_MAIN(TestCeremonyInterop)
#include "tst_ceremonyinterop.moc"
