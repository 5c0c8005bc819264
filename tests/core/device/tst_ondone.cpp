// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/ondone.h"

#include <QPromise>
#include <QTest>
#include <QThread>

#include <memory>
#include <thread>

using namespace conclave;

class TestOnDone : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void resultComesOnTheReceiversThread()
    {
        QObject receiver;
        QPromise<std::unique_ptr<int>> promise;
        std::unique_ptr<int> got;
        QThread* on = nullptr;
        onDone(promise.future(), &receiver, [&](QFuture<std::unique_ptr<int>> future) {
            on = QThread::currentThread();
            got = future.takeResult();
        });
        std::thread([&] {
            promise.start();
            promise.addResult(std::make_unique<int>(42));
            promise.finish();
        }).join();
        QVERIFY(!got); // not on the other thread
        QTRY_VERIFY(got);
        QCOMPARE(*got, 42);
        QCOMPARE(on, receiver.thread());
        QTRY_VERIFY(receiver.children().isEmpty());
    }

    void resultThatIsThereAlreadyComesToo()
    {
        QObject receiver;
        QPromise<int> promise;
        promise.start();
        promise.addResult(7);
        promise.finish();
        int got = 0;
        onDone(promise.future(), &receiver, [&](const QFuture<int>& future) { got = future.result(); });
        QTRY_COMPARE(got, 7);
    }

    void cancellationIsTold()
    {
        QObject receiver;
        bool canceled = false;
        {
            QPromise<int> promise;
            onDone(promise.future(), &receiver,
                [&](const QFuture<int>& future) { canceled = future.isCanceled(); });
        } // a promise that goes without a result
        QTRY_VERIFY(canceled);
    }

    void receiverThatIsGoneIsNotCalled()
    {
        auto receiver = std::make_unique<QObject>();
        QObject later;
        QPromise<int> promise;
        bool called = false;
        bool calledLater = false;
        onDone(promise.future(), receiver.get(), [&](const QFuture<int>&) { called = true; });
        onDone(promise.future(), &later, [&](const QFuture<int>&) { calledLater = true; });
        promise.start();
        receiver.reset();
        promise.addResult(1);
        promise.finish();
        QTRY_VERIFY(calledLater);
        QVERIFY(!called);
    }

    void receiverThatGoesAfterTheResultIsNotCalled()
    {
        auto receiver = std::make_unique<QObject>();
        QObject later;
        QPromise<int> promise;
        bool called = false;
        bool calledLater = false;
        onDone(promise.future(), receiver.get(), [&](const QFuture<int>&) { called = true; });
        onDone(promise.future(), &later, [&](const QFuture<int>&) { calledLater = true; });
        promise.start();
        promise.addResult(1);
        promise.finish();
        receiver.reset(); // the news is on its way
        QTRY_VERIFY(calledLater);
        QVERIFY(!called);
    }
};

QTEST_GUILESS_MAIN(TestOnDone)
#include "tst_ondone.moc"
