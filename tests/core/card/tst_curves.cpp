// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/curves.h"
#include "tests/core/card/vectors.h"

#include <QtTest>

using namespace conclave;
using namespace conclave::card;
using test::bytes;

class CurvesTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Against the figures that OpenSC compares with.
    void parametersAreThoseThatOpenScKnows_data()
    {
        QTest::addColumn<QJsonObject>("figures");
        const QJsonArray all = test::vectors("curves.json").value(QLatin1String("curves")).toArray();
        QCOMPARE(all.size(), 7);
        for (const QJsonValue& one : all)
            QTest::newRow(qPrintable(one[QLatin1String("curve")].toString())) << one.toObject();
    }

    void parametersAreThoseThatOpenScKnows()
    {
        QFETCH(QJsonObject, figures);
        const auto figure
            = [&](const char* name) { return figures.value(QLatin1String(name)).toString().toLower(); };
        const auto algorithm = keyAlgorithmFromName(figures.value(QLatin1String("algorithm")).toString());
        QVERIFY(algorithm);
        const Curve* curve = curveOf(*algorithm);
        QVERIFY(curve);
        QCOMPARE(curve->algorithm, *algorithm);
        QCOMPARE(curve->fieldBytes(), static_cast<std::size_t>((keyBits(*algorithm) + 7) / 8));
        QCOMPARE(toHex(curve->p), figure("p"));
        QCOMPARE(toHex(curve->a), figure("a"));
        QCOMPARE(toHex(curve->b), figure("b"));
        QCOMPARE(toHex(curve->generator), figure("G"));
        QCOMPARE(toHex(curve->order), figure("n"));
        QCOMPARE(curveByPrime(bytes(figure("p"))), curve);
        QCOMPARE(curveByPrime(bytes(QStringLiteral("0000") + figure("p"))), curve);
    }

    void rsaAesAndOtherPrimesHaveNoCurve()
    {
        for (const KeyAlgorithm algorithm : kAllKeyAlgorithms)
            QCOMPARE(curveOf(algorithm) == nullptr, isRsa(algorithm) || isAes(algorithm));
        QCOMPARE(curveByPrime({}), nullptr);
        QCOMPARE(curveByPrime(Bytes(32, 0x00)), nullptr);
        QCOMPARE(curveByPrime(Bytes(32, 0xFF)), nullptr);
    }
};

QTEST_GUILESS_MAIN(CurvesTest)
#include "tst_curves.moc"
