// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/wipedmemory.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <utility>

using namespace conclave;

namespace {

constexpr std::size_t kSize = 300'000;

/// What the kernel says about the mapping that begins there; empty when there is none.
QByteArray mapping(const std::uint8_t* start)
{
    QFile maps(QStringLiteral("/proc/self/smaps"));
    if (!maps.open(QIODevice::ReadOnly))
        return {};
    const QByteArray address = QByteArray::number(reinterpret_cast<quintptr>(start), 16) + '-';
    bool inside = false;
    for (QByteArray line = maps.readLine(); !line.isEmpty(); line = maps.readLine()) {
        inside = inside || line.startsWith(address);
        if (inside && line.startsWith("VmFlags"))
            return line;
    }
    return {};
}

} // namespace

class TestWipedMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isZeroLockedAndNotInDumps()
    {
        const WipedMemory memory(kSize);
        QCOMPARE(memory.size(), kSize);
        const ByteView bytes = memory.view();
        QVERIFY(std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; }));
        QVERIFY(memory.locked());
        const QByteArray flags = mapping(bytes.data());
        QVERIFY2(flags.contains(" dd "), flags.constData());
#ifndef __SANITIZE_ADDRESS__ // its mlock() does nothing
        QVERIFY2(flags.contains(" lo "), flags.constData());
#endif
    }

    void movesAndGoesAwayAsAWhole()
    {
        WipedMemory first(kSize);
        first.data()[kSize - 1] = 7;
        const std::uint8_t* const start = first.data();
        WipedMemory second(std::move(first));
        QVERIFY(second.data() == start);
        QCOMPARE(second.data()[kSize - 1], std::uint8_t{ 7 });
        QVERIFY(second.locked());
        QVERIFY(!mapping(start).isEmpty());
        second = WipedMemory(kSize);
        QVERIFY(second.data() != start);
        QVERIFY(mapping(start).isEmpty());
    }

    void nothingIsNothing()
    {
        const WipedMemory memory(0);
        QCOMPARE(memory.size(), std::size_t{ 0 });
        QVERIFY(memory.view().empty());
    }
};

QTEST_GUILESS_MAIN(TestWipedMemory)
#include "tst_wipedmemory.moc"
