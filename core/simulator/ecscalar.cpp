// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/ecscalar.h"

#include "core/simulator/numbers.h"

#include <openssl/ec.h>
#include <openssl/objects.h>

namespace conclave::simulator {

namespace {

using Group = std::unique_ptr<EC_GROUP, decltype(&EC_GROUP_free)>;
using Point = std::unique_ptr<EC_POINT, decltype(&EC_POINT_clear_free)>;

} // namespace

Result<SecretBytes> multiply(const card::Curve& curve, ByteView scalar, ByteView point)
{
    const auto wrong = [] { return fail(ErrorKind::WrongData, QStringLiteral("EC point")); };
    const Group group(EC_GROUP_new_by_curve_name(OBJ_sn2nid(curve.opensslName)), EC_GROUP_free);
    const Point from(EC_POINT_new(group.get()), EC_POINT_clear_free);
    const Point to(EC_POINT_new(group.get()), EC_POINT_clear_free);
    if (!group || !from || !to)
        return fail(ErrorKind::CryptoFailed, QStringLiteral("EC"));
    const Number d = number(scalar);
    if (BN_is_zero(d.get()) || BN_cmp(d.get(), EC_GROUP_get0_order(group.get())) >= 0)
        return wrong();
    // oct2point refuses what is not on the curve.
    if (point.size() != curve.generator.size()
        || EC_POINT_oct2point(group.get(), from.get(), point.data(), point.size(), nullptr) != 1
        || EC_POINT_mul(group.get(), to.get(), nullptr, from.get(), d.get(), nullptr) != 1
        || EC_POINT_is_at_infinity(group.get(), to.get()) == 1)
        return wrong();
    SecretBytes result(curve.generator.size());
    if (EC_POINT_point2oct(
            group.get(), to.get(), POINT_CONVERSION_UNCOMPRESSED, result.data(), result.size(), nullptr)
        != result.size())
        return fail(ErrorKind::CryptoFailed, QStringLiteral("EC"));
    return result;
}

} // namespace conclave::simulator
