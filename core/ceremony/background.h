// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/threadstate.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <type_traits>
#include <utility>

namespace conclave::ceremony {

/// Runs `op` in the pool; unlike QtConcurrent::run it takes operations that own secrets and so cannot be
/// copied.
template <typename Op>
auto inBackground(QThreadPool& pool, Op op) -> QFuture<std::invoke_result_t<Op&>>
{
    using R = std::invoke_result_t<Op&>;
    auto promise = std::make_shared<QPromise<R>>();
    auto shared = std::make_shared<Op>(std::move(op));
    QFuture<R> future = promise->future();
    pool.start([promise, shared]() mutable {
        promise->start();
        promise->addResult((*shared)());
        shared.reset(); // wipe before anybody hears that it is done
        dropThreadState(); // the thread lives on
        promise->finish();
    });
    return future;
}

} // namespace conclave::ceremony
