// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "core/base/threadstate.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>

#include <memory>
#include <new>
#include <type_traits>
#include <utility>

namespace conclave::ceremony {

/// What `op` gives back; OutOfSecureMemory where the memory for secrets is used up and it can tell so.
template <typename Op>
auto orOutOfMemory(Op& op) -> std::invoke_result_t<Op&>
{
    using R = std::invoke_result_t<Op&>;
    try {
        return op();
    } catch (const std::bad_alloc&) {
        if constexpr (std::is_constructible_v<R, tl::unexpected<Error>>) {
            return R(fail(ErrorKind::OutOfSecureMemory));
        } else if constexpr (requires { typename R::element_type; }) {
            if constexpr (std::is_constructible_v<typename R::element_type, tl::unexpected<Error>>)
                return std::make_shared<typename R::element_type>(fail(ErrorKind::OutOfSecureMemory));
        }
        throw;
    }
}

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
        promise->addResult(orOutOfMemory(*shared));
        shared.reset(); // wipe before anybody hears that it is done
        dropThreadState(); // the thread lives on
        promise->finish();
    });
    return future;
}

} // namespace conclave::ceremony
