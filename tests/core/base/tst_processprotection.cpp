// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/processprotection.h"
#include "core/base/secretbytes.h"

#include <QTest>

#include <openssl/crypto.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/resource.h>
#endif

using namespace conclave;

class TestProcessProtection : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whatIsToldIsWhatTheSystemGranted()
    {
        const ProcessProtection protection = protectProcess();
        QCOMPARE(protection.secureHeap, CRYPTO_secure_malloc_initialized() == 1);
        QVERIFY(protection.secureHeap);
        QCOMPARE(CRYPTO_secure_allocated(SecretBytes(32).data()), 1);
#ifdef __linux__
        QVERIFY(protection.undumpable);
        QCOMPARE(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), 0);
        QVERIFY(protection.coreDumpsOff);
        rlimit core{ 1, 1 };
        QCOMPARE(getrlimit(RLIMIT_CORE, &core), 0);
        QCOMPARE(core.rlim_cur, rlim_t{ 0 });
        QCOMPARE(core.rlim_max, rlim_t{ 0 });
#endif
    }

    void completeMeansAllOfIt()
    {
        const ProcessProtection all{ true, true, true, true };
        QVERIFY(all.complete());
        for (bool ProcessProtection::*part :
            { &ProcessProtection::coreDumpsOff, &ProcessProtection::undumpable,
                &ProcessProtection::secureHeap, &ProcessProtection::secureHeapLocked }) {
            ProcessProtection without = all;
            without.*part = false;
            QVERIFY(!without.complete());
        }
    }
};

QTEST_GUILESS_MAIN(TestProcessProtection)
#include "tst_processprotection.moc"
