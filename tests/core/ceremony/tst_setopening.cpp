// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/digest.h"
#include "core/base/hex.h"
#include "core/ceremony/setmaker.h"
#include "core/ceremony/setopening.h"
#include "tests/support/othertoolsset.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

using Ids = std::vector<int>;

namespace {

constexpr std::uint32_t kRounds = 11;

/// A set of 3 of 7, saved.
struct SavedSet {
    explicit SavedSet(int bits)
    {
        SetOrder order;
        order.rule = { {}, {}, 3, 7, bits };
        order.ceremonyId = QStringLiteral("EX-1");
        order.rounds = { kRounds };
        order.verifierCost = { 16, 1, 1 };
        set = makeSet(order);
        saved = set && saveSet(folder.path(), *set);
    }

    /// These sheets, those of `wrong` with two other bytes.
    [[nodiscard]] OpeningOrder with(const Ids& ids, const Ids& wrong) const
    {
        OpeningOrder order{ folder.path(), set->made, {}, {}, { kRounds }, 3 };
        for (const int id : ids) {
            order.shares.push_back({ id, set->shares[static_cast<std::size_t>(id - 1)].value.clone() });
            if (std::ranges::find(wrong, id) == wrong.end())
                continue;
            for (const auto& [byte, change] : { std::pair(4, 37 * id), std::pair(6, 101 * id) })
                order.shares.back().value[static_cast<std::size_t>(byte)]
                    ^= static_cast<std::uint8_t>(change);
        }
        return order;
    }

    QTemporaryDir folder;
    Result<FreshSet> set = fail(ErrorKind::Malformed);
    bool saved = false;
};

/// Saved, and sheets with values at other places than their ids say.
struct SavedOtherToolsSet {
    explicit SavedOtherToolsSet(const QString& password)
        : set{ password, kRounds }
    {
        const Bytes content = set.file();
        QFile file(folder.filePath(QStringLiteral("old.pbe")));
        saved = file.open(QIODevice::WriteOnly)
            && file.write(reinterpret_cast<const char*>(content.data()), 64) == 64;
        made.file = QStringLiteral("old.pbe");
        made.sha256 = toHex(sha256(content));
        made.prime = set.prime();
    }

    [[nodiscard]] OpeningOrder with(const std::vector<std::pair<int, int>>& idsAt) const
    {
        OpeningOrder order{ folder.path(), made, {}, {}, { kRounds }, 3, true };
        for (const auto& [id, at] : idsAt)
            order.shares.push_back({ id, set.valueAt(at) });
        return order;
    }

    QTemporaryDir folder;
    support::OtherToolsSet set;
    SetMade made;
    bool saved = false;
};

} // namespace

class TestSetOpening : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wrongSharesAreFound_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<Ids>("ids");
        QTest::addColumn<Ids>("wrong");
        QTest::addColumn<bool>("opens");
        QTest::addColumn<Ids>("found");
        QTest::newRow("all right") << 64 << Ids{ 7, 1, 4 } << Ids{} << true << Ids{};
        QTest::newRow("all right, more than enough") << 64 << Ids{ 7, 1, 4, 5 } << Ids{} << true << Ids{};
        QTest::newRow("just enough") << 64 << Ids{ 7, 1, 4 } << Ids{ 4 } << false << Ids{};
        QTest::newRow("one more") << 64 << Ids{ 7, 1, 4, 2 } << Ids{ 4 } << true << Ids{ 4 };
        QTest::newRow("the one more is wrong, too")
            << 64 << Ids{ 7, 1, 4, 2 } << Ids{ 4, 2 } << false << Ids{};
        QTest::newRow("two more") << 64 << Ids{ 7, 1, 4, 2, 6 } << Ids{ 4, 2 } << true << Ids{ 2, 4 };
        QTest::newRow("three of six")
            << 64 << Ids{ 7, 1, 4, 2, 6, 3 } << Ids{ 7, 1, 6 } << true << Ids{ 1, 6, 7 };
        QTest::newRow("a verifier knows it") << 128 << Ids{ 7, 1, 4 } << Ids{ 4 } << false << Ids{ 4 };
        QTest::newRow("verifiers know both") << 160 << Ids{ 7, 1, 4 } << Ids{ 7, 4 } << false << Ids{ 4, 7 };
    }
    void wrongSharesAreFound()
    {
        QFETCH(int, bits);
        QFETCH(Ids, ids);
        QFETCH(Ids, wrong);
        QFETCH(bool, opens);
        QFETCH(Ids, found);
        const SavedSet set(bits);
        QVERIFY(set.saved);
        const auto opened = openSet(set.with(ids, wrong));
        QVERIFY(opened);
        QCOMPARE(!opened->clear.empty(), opens);
        if (opens)
            QVERIFY(opened->clear == set.set->clearShare);
        QVERIFY(opened->wrong == found);
        QCOMPARE(opened->wrongBy.has_value(), !found.empty());
        if (!found.empty())
            QCOMPARE(*opened->wrongBy, opens ? WrongShareBy::Consistency : WrongShareBy::Verifier);
        QVERIFY(!opened->fitTogether);
    }

    void sheetsOfAnotherSetThatFitTogetherAreSaidToBe()
    {
        const SavedSet set(64);
        const SavedSet other(64);
        OpeningOrder order = other.with({ 1, 2, 3, 4 }, {});
        order.folder = set.folder.path();
        order.made.file = set.set->made.file;
        order.made.sha256 = set.set->made.sha256;
        order.made.shareCheck = set.set->made.shareCheck;
        const auto opened = openSet(order);
        QVERIFY(opened);
        QVERIFY(opened->clear.empty() && opened->wrong.empty());
        QVERIFY(opened->fitTogether);
    }

    void aSetOfAnotherToolOpensInTheReadingItWasMadeIn_data()
    {
        QTest::addColumn<QString>("password");
        QTest::addColumn<int>("offset"); // of the place from the decimal number on the sheet
        QTest::addColumn<int>("readings");
        const QString plain = QStringLiteral("1122334455667788");
        QTest::newRow("decimal") << plain << 0 << Readings(dkek::Reading::IdsDecimal).toInt();
        QTest::newRow("hex") << plain << 6 << Readings(dkek::Reading::IdsHex).toInt();
        QTest::newRow("decimal, password from zero on")
            << QStringLiteral("0022334455667788") << 0
            << Readings(dkek::Reading::IdsDecimal | dkek::Reading::PaddedZero).toInt();
    }
    void aSetOfAnotherToolOpensInTheReadingItWasMadeIn()
    {
        QFETCH(QString, password);
        QFETCH(int, offset);
        QFETCH(int, readings);
        const SavedOtherToolsSet set(password);
        QVERIFY(set.saved);
        // "10", "11", "12" and "13" on the sheets, read as hex
        const std::pair<int, int> sheets[]
            = { { 0x10, 10 + offset }, { 0x11, 11 + offset }, { 0x12, 12 + offset }, { 0x13, 13 + offset } };
        const auto opened = openSet(set.with({ sheets[0], sheets[1], sheets[2] }));
        QVERIFY(opened);
        QCOMPARE(toHex(toBytes(opened->clear)), set.set.clear());
        QCOMPARE(opened->readings.toInt(), readings);

        // One of four is wrong.
        const auto found = openSet(set.with({ sheets[0], { 0x11, 50 }, sheets[2], sheets[3] }));
        QVERIFY(found);
        QCOMPARE(toHex(toBytes(found->clear)), set.set.clear());
        QCOMPARE(found->readings.toInt(), readings);
        QVERIFY(found->wrong == Ids{ 0x11 });
    }

private:
    using Readings = dkek::Readings;
};

QTEST_GUILESS_MAIN(TestSetOpening)
#include "tst_setopening.moc"
