// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keyalgorithm.h"

#include <QtTest>

using namespace conclave::card;

class KeyAlgorithmTest final : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreThoseOfTranscriptsAndReadBack()
    {
        QStringList names;
        for (const KeyAlgorithm algorithm : kAllKeyAlgorithms) {
            names += keyAlgorithmName(algorithm);
            QCOMPARE(keyAlgorithmFromName(names.last()), std::optional(algorithm));
        }
        QCOMPARE(names.join(QLatin1Char(' ')),
            QStringLiteral("Rsa2048 Rsa3072 Rsa4096 EcP256 EcP384 EcP521 EcBrainpoolP256 EcBrainpoolP384 "
                           "EcBrainpoolP512 EcSecp256k1 Aes128 Aes192 Aes256"));
    }

    void otherNamesAreNone()
    {
        for (const QString& name : { QString(), QStringLiteral("rsa2048"), QStringLiteral("Rsa1024") })
            QCOMPARE(keyAlgorithmFromName(name), std::nullopt);
    }

    void bitsAreThoseOfModulusFieldOrKey()
    {
        QList<int> bits;
        for (const KeyAlgorithm algorithm : kAllKeyAlgorithms)
            bits += keyBits(algorithm);
        QCOMPARE(bits, QList<int>({ 2048, 3072, 4096, 256, 384, 521, 256, 384, 512, 256, 128, 192, 256 }));
    }

    void rsaAndAesAreToldFromEc()
    {
        for (const KeyAlgorithm algorithm : kAllKeyAlgorithms) {
            QCOMPARE(isRsa(algorithm), keyAlgorithmName(algorithm).startsWith(QStringLiteral("Rsa")));
            QCOMPARE(isAes(algorithm), keyAlgorithmName(algorithm).startsWith(QStringLiteral("Aes")));
        }
    }

    void aesKeysHaveThreeSizes()
    {
        QCOMPARE(aesAlgorithm(128), std::optional(KeyAlgorithm::Aes128));
        QCOMPARE(aesAlgorithm(192), std::optional(KeyAlgorithm::Aes192));
        QCOMPARE(aesAlgorithm(256), std::optional(KeyAlgorithm::Aes256));
        for (const int bits : { 0, 64, 512, 2048, -128 })
            QCOMPARE(aesAlgorithm(bits), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(KeyAlgorithmTest)
#include "tst_keyalgorithm.moc"
