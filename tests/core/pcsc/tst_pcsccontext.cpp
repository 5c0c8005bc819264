// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/pcsc/pcsccontext.h"

#include "tests/core/pcsc/fakepcsc.h"

#include <QTest>

#include <optional>

using namespace conclave;
using namespace conclave::pcsc;
using test::FakePcsc;

class TestPcscContext : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contextIsReleasedOnce()
    {
        FakePcsc api;
        {
            auto first = PcscContext::establish(api);
            QVERIFY(first);
            QCOMPARE(api.openContexts(), 1);
            const ContextHandle handle = first->handle();
            PcscContext second = std::move(*first);
            QCOMPARE(second.handle(), handle);
            QCOMPARE(&second.api(), &api);
        }
        QCOMPARE(api.openContexts(), 0);
    }

    void assignmentReleasesWhatWasThere()
    {
        FakePcsc api;
        {
            auto first = PcscContext::establish(api);
            auto second = PcscContext::establish(api);
            QCOMPARE(api.openContexts(), 2);
            const ContextHandle kept = second->handle();
            *first = std::move(*second);
            QCOMPARE(first->handle(), kept);
        }
        QCOMPARE(api.openContexts(), 0);
    }

    void refusalsAreToldApart_data()
    {
        QTest::addColumn<Code>("code");
        QTest::addColumn<ErrorKind>("kind");
        QTest::newRow("not running") << code::kNoService << ErrorKind::ServiceNotRunning;
        QTest::newRow("stopped") << code::kServiceStopped << ErrorKind::ServiceNotRunning;
        QTest::newRow("no access") << code::kNoAccess << ErrorKind::ServiceNotPermitted;
        QTest::newRow("polkit, told") << code::kSecurityViolation << ErrorKind::ServiceNotPermitted;
        // pcscd 1.9.9 closes the socket of a client that polkit refuses.
        QTest::newRow("polkit, hung up") << code::kCommunicationError << ErrorKind::ServiceNotPermitted;
        QTest::newRow("other") << code::kInvalidParameter << ErrorKind::TransportFailed;
    }
    void refusalsAreToldApart()
    {
        QFETCH(Code, code);
        QFETCH(ErrorKind, kind);
        FakePcsc api;
        api.failNext(FakePcsc::Call::Establish, code);
        const auto context = PcscContext::establish(api);
        QVERIFY(!context);
        QCOMPARE(context.error().kind, kind);
        QCOMPARE(context.error().code, code);
        QCOMPARE(api.openContexts(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPcscContext)
#include "tst_pcsccontext.moc"
