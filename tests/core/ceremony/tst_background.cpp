// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/background.h"

#include <QTest>

using namespace conclave;
using namespace conclave::ceremony;

class TestBackground : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void usedUpMemoryForSecretsIsAnError()
    {
        auto direct = inBackground(m_pool, []() -> Result<int> { throw std::bad_alloc(); });
        QTRY_VERIFY(direct.isFinished());
        QCOMPARE(direct.result().error().kind, ErrorKind::OutOfSecureMemory);
        auto shared = inBackground(m_pool, []() -> std::shared_ptr<Result<int>> { throw std::bad_alloc(); });
        QTRY_VERIFY(shared.isFinished());
        QCOMPARE(shared.result()->error().kind, ErrorKind::OutOfSecureMemory);
    }

private:
    QThreadPool m_pool;
};

QTEST_GUILESS_MAIN(TestBackground)
#include "tst_background.moc"
