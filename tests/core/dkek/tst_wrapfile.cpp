// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/wrapfile.h"
#include "tests/core/card/vectors.h"

#include <QTest>

using namespace conclave;
using namespace conclave::dkek;
using test::bytes;

namespace {

/// The blob of an RSA 2048 key that the stock tool unwrapped, in its run "unwrap".
QString blobHex()
{
    return test::exchange("unwrap", "80740593").command.mid(14);
}

/// 30 { 04 { blob } description certificate }, put together by hand (smartcard-hsm.md, 6.6).
QString fileHex(const QString& blob, const QString& description, const QString& certificate)
{
    const auto header = [](const QString& tag, const QString& value) -> QString {
        return tag + QStringLiteral("82%1").arg(value.size() / 2, 4, 16, QLatin1Char('0'));
    };
    const QString content = header(QStringLiteral("04"), blob) + blob + description + certificate;
    return header(QStringLiteral("30"), content) + content;
}

QString description()
{
    return test::writtenFile("unwrap", "c405");
}

QString request()
{
    return test::writtenFile("unwrap", "ce05");
}

bool isRefused(ByteView file)
{
    const auto parsed = WrapFile::parse(file);
    return !parsed && parsed.error().kind == ErrorKind::NotAWrappedKey;
}

} // namespace

class TestWrapFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void partsAreThoseThatTheStockToolUnwraps()
    {
        const Bytes file = bytes(fileHex(blobHex(), description(), request()));
        const auto parsed = WrapFile::parse(file);
        QVERIFY(parsed);
        QCOMPARE(toHex(parsed->blob), blobHex());
        QCOMPARE(toHex(parsed->description), description());
        QCOMPARE(toHex(parsed->certificate), request());
        QCOMPARE(toHex(parsed->serialise()), toHex(file));
    }

    void x509IsTheCertificateAndRsaDescriptionIsNot()
    {
        const QString x509 = test::writtenFile("writecert-ee", "ce03");
        QVERIFY(x509.startsWith(QStringLiteral("30")) && description().startsWith(QStringLiteral("30")));
        const auto both = WrapFile::parse(bytes(fileHex(blobHex(), description(), x509)));
        QVERIFY(both);
        QCOMPARE(toHex(both->description), description());
        QCOMPARE(toHex(both->certificate), x509);
        const auto alone = WrapFile::parse(bytes(fileHex(blobHex(), QString(), x509)));
        QVERIFY(alone);
        QVERIFY(alone->description.empty());
        QCOMPARE(toHex(alone->certificate), x509);
    }

    void missingPartsStayMissing()
    {
        for (const int which : { 0, 1, 2 }) {
            const QString prkd = which == 0 ? description() : QString();
            const QString certificate = which == 1 ? request() : QString();
            const Bytes file = bytes(fileHex(blobHex(), prkd, certificate));
            const auto parsed = WrapFile::parse(file);
            QVERIFY(parsed);
            QCOMPARE(toHex(parsed->description), prkd);
            QCOMPARE(toHex(parsed->certificate), certificate);
            QCOMPARE(toHex(parsed->serialise()), toHex(file));
        }
    }

    void largestBlobFits()
    {
        WrapFile file;
        file.blob = Bytes(4096, 0x5A);
        file.description = bytes(description());
        const auto parsed = WrapFile::parse(file.serialise());
        QVERIFY(parsed);
        QVERIFY(*parsed == file);
        file.blob.push_back(0x5A);
        QVERIFY(isRefused(file.serialise()));
    }

    void shortLengthsAreWrittenShort()
    {
        WrapFile file;
        file.blob = Bytes(0x7F, 0x01);
        QCOMPARE(toHex(file.serialise()), QStringLiteral("308181047f") + QStringLiteral("01").repeated(0x7F));
        file.blob.push_back(0x01);
        QCOMPARE(
            toHex(file.serialise()), QStringLiteral("308183048180") + QStringLiteral("01").repeated(0x80));
        QVERIFY(WrapFile::parse(file.serialise()));
    }

    void everyCutIsRefused()
    {
        const Bytes file = bytes(fileHex(blobHex(), description(), request()));
        for (std::size_t size = 0; size < file.size(); ++size)
            QVERIFY(isRefused(ByteView(file).first(size)));
    }

    void otherFormsAreRefused_data()
    {
        QTest::addColumn<QString>("hex");
        const QString blob = QStringLiteral("0401aa");
        const auto file = [](const QString& content) -> QString {
            return QStringLiteral("30%1").arg(content.size() / 2, 2, 16, QLatin1Char('0')) + content;
        };
        QTest::newRow("more at the end") << file(blob) + QStringLiteral("00");
        QTest::newRow("a set") << QStringLiteral("3103") + blob;
        QTest::newRow("nothing in it") << QStringLiteral("3000");
        QTest::newRow("empty blob") << QStringLiteral("30020400");
        QTest::newRow("no blob") << file(QStringLiteral("3000"));
        QTest::newRow("indefinite length") << QStringLiteral("3080") + blob + QStringLiteral("0000");
        QTest::newRow("length of three bytes") << QStringLiteral("3083000003") + blob;
        QTest::newRow("length cut") << QStringLiteral("3082");
        QTest::newRow("blob longer than the file") << QStringLiteral("30030482ff");
        QTest::newRow("part longer than the file") << file(blob + QStringLiteral("3005a0"));
        QTest::newRow("part without length") << file(blob + QStringLiteral("30"));
        QTest::newRow("two descriptions") << file(blob + QStringLiteral("a000a000"));
        QTest::newRow("two requests") << file(blob + QStringLiteral("67006700"));
        QTest::newRow("request before description") << file(blob + QStringLiteral("6700a000"));
        QTest::newRow("zeros") << QStringLiteral("00").repeated(64);
        QTest::newRow("JSON") << toHex(Bytes{ '{', '}', '\n' });
    }

    void otherFormsAreRefused()
    {
        QFETCH(const QString, hex);
        QVERIFY(isRefused(bytes(hex)));
    }

    void oversizedFilesAreRefused()
    {
        WrapFile file;
        file.blob = Bytes(16, 0);
        file.certificate = Bytes{ 0x67, 0x82, 0x7F, 0xF0 };
        file.certificate.resize(4 + 0x7FF0);
        QVERIFY(isRefused(file.serialise()));
    }
};

QTEST_GUILESS_MAIN(TestWrapFile)
#include "tst_wrapfile.moc"
