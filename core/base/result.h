// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

#include <utility>

namespace conclave {

/// The value or the Error. Exceptions are for broken invariants only.
template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind)
{
    return fail(Error{ .kind = kind });
}
[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, QString detail)
{
    return fail(Error{ .kind = kind, .detail = std::move(detail) });
}

} // namespace conclave
