// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/simcard/vpcdframes.h"
#include "core/base/hex.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::simcard;

class TestVpcdFrames : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFrameIsItsLengthAndItsPayload()
    {
        const Bytes payload{ 0x00, 0x20, 0x00, 0x81 };
        QCOMPARE(toHex(frame(payload)), QStringLiteral("000400200081"));
        QCOMPARE(toHex(frame({})), QStringLiteral("0000"));
        QCOMPARE(toHex(frame(Bytes(0x1234, 0xAA))).left(8), QStringLiteral("1234aaaa"));
    }

    void framesComeWholeHoweverTheyAreCut()
    {
        const Bytes stream{ 0x00, 0x01, 0x04, 0x00, 0x03, 0xAA, 0xBB, 0xCC, 0x00, 0x00, 0x00, 0x01, 0x02 };
        for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
            FrameReader reader;
            QStringList frames;
            for (std::size_t at = 0; at < stream.size(); at += piece) {
                reader.append(ByteView(stream).subspan(at, std::min(piece, stream.size() - at)));
                while (const auto next = reader.next())
                    frames.append(toHex(*next));
            }
            QCOMPARE(frames,
                QStringList(
                    { QStringLiteral("04"), QStringLiteral("aabbcc"), QString(), QStringLiteral("02") }));
        }
    }

    void theLongestFrameIsTaken()
    {
        FrameReader reader;
        reader.append(frame(Bytes(0xFFFF, 0x5A)));
        const auto payload = reader.next();
        QVERIFY(payload);
        QCOMPARE(payload->size(), std::size_t(0xFFFF));
        QVERIFY(!reader.next());
    }

    void whatAnEarlierConnectionLeftIsForgotten()
    {
        FrameReader reader;
        reader.append(Bytes{ 0x00, 0x05, 0x01 });
        reader.clear();
        reader.append(Bytes{ 0x00, 0x01, 0x02 });
        const auto payload = reader.next();
        QVERIFY(payload);
        QCOMPARE(toHex(*payload), QStringLiteral("02"));
    }
};

QTEST_GUILESS_MAIN(TestVpcdFrames)
#include "tst_vpcdframes.moc"
