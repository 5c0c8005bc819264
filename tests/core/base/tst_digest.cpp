// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"

#include <QCryptographicHash>
#include <QTest>

using namespace conclave;

namespace {

ByteView viewOf(const char* text)
{
    return { reinterpret_cast<const std::uint8_t*>(text), std::char_traits<char>::length(text) };
}

} // namespace

class TestDigest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void examplesOfTheStandardFit()
    {
        // NIST, SHA-256 examples for FIPS 180-4
        QCOMPARE(toHex(sha256(ByteView())),
            QStringLiteral("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        QCOMPARE(toHex(sha256(viewOf("abc"))),
            QStringLiteral("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        QCOMPARE(toHex(sha256(viewOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"))),
            QStringLiteral("248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    }

    void partsCountAsOne()
    {
        QCOMPARE(sha256({ viewOf("a"), ByteView(), viewOf("bc") }), sha256(viewOf("abc")));
        QCOMPARE(sha256(std::initializer_list<ByteView>{}), sha256(ByteView()));
    }

    void allLengthsAgreeWithQt()
    {
        QByteArray bytes;
        for (int length = 0; length < 200; ++length) {
            const ByteView view(
                reinterpret_cast<const std::uint8_t*>(bytes.constData()), static_cast<std::size_t>(length));
            QCOMPARE(toHex(sha256(view)),
                QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
            bytes.append(static_cast<char>(length * 7));
        }
    }
};

QTEST_GUILESS_MAIN(TestDigest)
#include "tst_digest.moc"
