// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "tests/core/ceremony/passwordroom.h"

#include <QFile>
#include <QProcess>

using namespace conclave;
using namespace conclave::ceremony;
using card::KeyAlgorithm;

namespace {

bool finished(Room& room)
{
    return room.prepare() && room.handOut() && room.initialise() && room.import()
        && room.plan({ { QStringLiteral("Root CA"), QStringLiteral("0a01"), KeyAlgorithm::EcP384 },
            { QStringLiteral("tls"), QStringLiteral("0a02"), KeyAlgorithm::Rsa2048 },
            { QStringLiteral("data"), QStringLiteral("0a03"), KeyAlgorithm::Aes256 } })
        && room.ceremony->generate() && room.until([&] {
               return !room.state().nextKey() && room.ceremony->work().kind == WorkKind::None;
           });
}

bool requested(Room& room, int index, std::size_t count)
{
    return room.ceremony->requestCertificate(index,
               { .commonName = QStringLiteral("Example Root"),
                   .organisation = QStringLiteral("Example"),
                   .country = QStringLiteral("CH") })
        && room.until([&] {
               return room.state().keys[static_cast<std::size_t>(index)].requests.size() == count
                   && room.ceremony->work().kind == WorkKind::None;
           });
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

/// PKCS#10 requests for the keys of a ceremony.
class TestCertificateStep : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensslAcceptsEachRequest()
    {
        Room room;
        QVERIFY(finished(room));
        for (const int index : { 0, 1 }) {
            QVERIFY(requested(room, index, 1));
            const CertificateRequested& request
                = room.state().keys[static_cast<std::size_t>(index)].requests.front();
            QCOMPARE(request.file,
                index == 0 ? QStringLiteral("public-keys/Root_CA-0a01.csr")
                           : QStringLiteral("public-keys/tls-0a02.csr"));
            QCOMPARE(request.subject, QStringLiteral("CN=Example Root,O=Example,C=CH"));
            const QString path = room.folder() + QLatin1Char('/') + request.file;
            const QByteArray content = contentOf(path);
            QCOMPARE(request.sha256, toHex(sha256(Bytes(content.begin(), content.end()))));
            QProcess openssl;
            openssl.setProcessChannelMode(QProcess::MergedChannels);
            openssl.start(QStringLiteral("openssl"),
                { QStringLiteral("req"), QStringLiteral("-verify"), QStringLiteral("-noout"),
                    QStringLiteral("-subject"), QStringLiteral("-in"), path });
            QVERIFY(openssl.waitForFinished());
            const QByteArray said = openssl.readAll();
            QVERIFY2(
                openssl.exitCode() == 0 && said.contains("verify OK") && said.contains("Example Root"), said);
        }
    }

    void aSecondRequestLeavesTheFirstAsItIs()
    {
        Room room;
        QVERIFY(finished(room) && requested(room, 0, 1));
        const QString first = room.folder() + QStringLiteral("/public-keys/Root_CA-0a01.csr");
        const QByteArray before = contentOf(first);
        QVERIFY(requested(room, 0, 2));
        QCOMPARE(room.state().keys[0].requests[1].file, QStringLiteral("public-keys/Root_CA-0a01-2.csr"));
        QCOMPARE(contentOf(first), before);
        QVERIFY(!contentOf(room.folder() + QStringLiteral("/public-keys/Root_CA-0a01-2.csr")).isEmpty());
    }

    void keysThatCannotSignAndWrongSubjectsAreRefused()
    {
        Room room;
        QVERIFY(finished(room));
        const card::RequestSubject subject{ .commonName = QStringLiteral("x") };
        for (const int index : { -1, 2, 3 })
            QCOMPARE(
                room.ceremony->requestCertificate(index, subject).error().kind, ErrorKind::NotAllowedNow);
        QCOMPARE(room.ceremony->requestCertificate(0, {}).error().kind, ErrorKind::LabelRule);
        QVERIFY(room.state().keys[2].requests.empty());
    }

    void aPullLeavesNoFileAndItCanBeAskedForAgain()
    {
        Room room;
        QVERIFY(finished(room));
        room.device->setFaults({ { { simulator::Fault::Kind::PullAfter, 1, 0 } } });
        QVERIFY(room.ceremony->requestCertificate(0, { .commonName = QStringLiteral("x") }));
        QVERIFY(room.untilTrouble());
        QCOMPARE(room.ceremony->trouble()->during, WorkKind::RequestingCertificate);
        QVERIFY(!QFile::exists(room.folder() + QStringLiteral("/public-keys/Root_CA-0a01.csr")));
        room.device->setFaults({});
        room.plugIn();
        QVERIFY(room.ceremony->tryAgain());
        QVERIFY(requested(room, 0, 1));
    }
};

QTEST_GUILESS_MAIN(TestCertificateStep)
#include "tst_certificatestep.moc"
