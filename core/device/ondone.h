// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace conclave {

/// Calls `fn(QFuture<T>)` on the receiver's thread when the future has finished or was canceled (look at
/// isCanceled() first); never when the receiver is gone by then. Call it on the receiver's thread.
/// Instead of QFuture::then, which Qt 6.4 breaks when its context dies before the reply.
template <typename T, typename Fn>
void onDone(QFuture<T> future, QObject* receiver, Fn fn)
{
    auto* watcher = new QFutureWatcher<T>(receiver);
    QObject::connect(
        watcher, &QFutureWatcherBase::finished, receiver, [watcher, fn = std::move(fn)]() mutable {
            watcher->deleteLater();
            fn(watcher->future());
        });
    watcher->setFuture(std::move(future));
}

} // namespace conclave
