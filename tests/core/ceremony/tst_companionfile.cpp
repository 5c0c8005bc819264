// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/companionfile.h"

#include <QTest>

using namespace conclave::ceremony;

class TestCompanionFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsNamedLikeTheShareFile_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("companion");
        QTest::newRow("name") << QStringLiteral("EX-1-share-1.pbe") << QStringLiteral("EX-1-share-1.json");
        QTest::newRow("twice") << QStringLiteral("a.pbe.b.pbe") << QStringLiteral("a.pbe.b.json");
        QTest::newRow("folder") << QStringLiteral("/x.pbe/dkek.pbe") << QStringLiteral("/x.pbe/dkek.json");
        QTest::newRow("no suffix") << QStringLiteral("/x.d/dkek") << QStringLiteral("/x.d/dkek.json");
    }

    void itIsNamedLikeTheShareFile()
    {
        QFETCH(const QString, file);
        QTEST(companionOf(file), "companion");
    }
};

QTEST_GUILESS_MAIN(TestCompanionFile)
#include "tst_companionfile.moc"
