// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/tlv.h"
#include "tests/core/card/vectors.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

namespace {

/// Reads everything, and into everything that looks constructed; whatever comes, it must end and stay in
/// bounds.
int walk(ByteView input, int depth = 0)
{
    int objects = 0;
    TlvReader reader(input);
    while (!reader.atEnd()) {
        const auto object = reader.next();
        if (!object)
            return objects;
        const bool inside = object->whole.data() >= input.data()
            && object->whole.data() + object->whole.size() <= input.data() + input.size()
            && object->value.data() + object->value.size() == object->whole.data() + object->whole.size();
        if (!inside)
            return -1;
        ++objects;
        if (depth < 8) {
            const int deeper = walk(object->value, depth + 1);
            if (deeper < 0)
                return -1;
            objects += deeper;
        }
    }
    return objects;
}

} // namespace

class TlvTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsTagsAndLengths_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<quint32>("tag");
        QTest::addColumn<int>("size");
        const QString zeros = QStringLiteral("00");
        QTest::newRow("empty") << QStringLiteral("8000") << 0x80U << 0;
        QTest::newRow("short") << QStringLiteral("4202AABB") << 0x42U << 2;
        QTest::newRow("two-byte tag") << QStringLiteral("5F290100") << 0x5F29U << 1;
        QTest::newRow("127") << QStringLiteral("047F") + zeros.repeated(127) << 0x04U << 127;
        QTest::newRow("81") << QStringLiteral("048180") + zeros.repeated(128) << 0x04U << 128;
        QTest::newRow("82") << QStringLiteral("7F21820100") + zeros.repeated(256) << 0x7F21U << 256;
        QTest::newRow("83") << QStringLiteral("3083010000") + zeros.repeated(65536) << 0x30U << 65536;
        QTest::newRow("length longer than needed") << QStringLiteral("04830000 01FF") << 0x04U << 1;
    }

    void readsTagsAndLengths()
    {
        QFETCH(QString, hex);
        QFETCH(quint32, tag);
        QFETCH(int, size);
        const Bytes input = bytes(hex);
        TlvReader reader(input);
        const auto object = reader.next();
        QVERIFY(object);
        QCOMPARE(object->tag, tag);
        QCOMPARE(object->value.size(), static_cast<std::size_t>(size));
        QCOMPARE(object->whole.size(), input.size());
        QVERIFY(reader.atEnd());
        QCOMPARE(reader.next().error().kind, ErrorKind::Malformed);
    }

    void refusesWhatIsNotTlv_data()
    {
        QTest::addColumn<QString>("hex");
        QTest::newRow("nothing") << QString();
        QTest::newRow("tag alone") << QStringLiteral("42");
        QTest::newRow("half a tag") << QStringLiteral("7F");
        QTest::newRow("tag of three bytes") << QStringLiteral("7F818101AA");
        QTest::newRow("value cut") << QStringLiteral("4202AA");
        QTest::newRow("indefinite length") << QStringLiteral("3080010100 0000");
        QTest::newRow("four length bytes") << QStringLiteral("048400000001AA");
        QTest::newRow("length of length cut") << QStringLiteral("0482 01");
        QTest::newRow("all ones") << QStringLiteral("04FF FFFFFFFF");
        QTest::newRow("longer than the rest") << QStringLiteral("0483FFFFFF00");
    }

    void refusesWhatIsNotTlv()
    {
        QFETCH(QString, hex);
        const Bytes input = bytes(hex);
        QCOMPARE(TlvReader(input).next().error().kind, ErrorKind::Malformed);
    }

    void findPassesOverOthers()
    {
        const Bytes input = bytes(QStringLiteral("8201788502000142 00"));
        QCOMPARE(TlvReader(input).find(0x85)->value.size(), std::size_t{ 2 });
        QCOMPARE(TlvReader(input).find(0x42)->value.size(), std::size_t{ 0 });
        QCOMPARE(TlvReader(input).find(0x99).error().kind, ErrorKind::NotFound);
        QCOMPARE(TlvReader(input).expect(0x85).error().kind, ErrorKind::Malformed);
        const Bytes cut = bytes(QStringLiteral("8201788505"));
        QCOMPARE(TlvReader(cut).find(0x99).error().kind, ErrorKind::Malformed);
    }

    void writesTheShortestLength_data()
    {
        QTest::addColumn<quint32>("tag");
        QTest::addColumn<int>("size");
        QTest::addColumn<QString>("header");
        QTest::newRow("0") << 0x80U << 0 << QStringLiteral("8000");
        QTest::newRow("127") << 0x53U << 127 << QStringLiteral("537f");
        QTest::newRow("128") << 0x53U << 128 << QStringLiteral("538180");
        QTest::newRow("255") << 0x53U << 255 << QStringLiteral("5381ff");
        QTest::newRow("256") << 0x7F21U << 256 << QStringLiteral("7f21820100");
        QTest::newRow("65536") << 0x5F37U << 65536 << QStringLiteral("5f3783010000");
    }

    void writesTheShortestLength()
    {
        QFETCH(quint32, tag);
        QFETCH(int, size);
        QFETCH(QString, header);
        const Bytes value(static_cast<std::size_t>(size), 0x5A);
        QCOMPARE(toHex(tlvHeader(tag, value.size())), header);
        const Bytes whole = tlv(tag, value);
        QCOMPARE(toHex(whole), header + toHex(value));
    }

    void partsBecomeOneValue()
    {
        const Bytes a = bytes(QStringLiteral("0102"));
        const Bytes b = bytes(QStringLiteral("03"));
        QCOMPARE(toHex(tlv(0x30, { a, ByteView(), b })), QStringLiteral("3003010203"));
    }

    void hostileBytesStayInBounds()
    {
        QRandomGenerator random(20260417);
        const Bytes real = test::realCvc("ef_ce04_rsa2048");
        for (int round = 0; round < 20000; ++round) {
            Bytes input = real;
            for (int change = random.bounded(1, 6); change > 0; --change)
                input[random.bounded(static_cast<quint32>(input.size()))]
                    = static_cast<std::uint8_t>(random.bounded(256));
            input.resize(random.bounded(static_cast<quint32>(input.size() + 1)));
            const Bytes exact(input); // so that a sanitizer sees a read behind its end
            QVERIFY(walk(exact) >= 0);
        }
    }
};

QTEST_GUILESS_MAIN(TlvTest)
#include "tst_tlv.moc"
