// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/curves.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <memory>

namespace conclave::card {

namespace {

struct GroupFree {
    void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
};

struct NumberFree {
    void operator()(BIGNUM* number) const { BN_free(number); }
};

using Number = std::unique_ptr<BIGNUM, NumberFree>;

Bytes padded(const BIGNUM* number, std::size_t size)
{
    Bytes bytes(size);
    [[maybe_unused]] const int written = BN_bn2binpad(number, bytes.data(), static_cast<int>(size));
    assert(written == static_cast<int>(size));
    return bytes;
}

Curve load(KeyAlgorithm algorithm, int nid)
{
    const std::unique_ptr<EC_GROUP, GroupFree> group(EC_GROUP_new_by_curve_name(nid));
    const Number p(BN_new());
    const Number a(BN_new());
    const Number b(BN_new());
    [[maybe_unused]] const int got = EC_GROUP_get_curve(group.get(), p.get(), a.get(), b.get(), nullptr);
    assert(got == 1);

    const auto fieldBytes = static_cast<std::size_t>(BN_num_bytes(p.get()));
    Bytes generator(1 + 2 * fieldBytes);
    EC_POINT_point2oct(group.get(), EC_GROUP_get0_generator(group.get()), POINT_CONVERSION_UNCOMPRESSED,
        generator.data(), generator.size(), nullptr);
    return { .algorithm = algorithm,
        .opensslName = OBJ_nid2sn(nid),
        .p = padded(p.get(), fieldBytes),
        .a = padded(a.get(), fieldBytes),
        .b = padded(b.get(), fieldBytes),
        .generator = std::move(generator),
        .order = padded(EC_GROUP_get0_order(group.get()), fieldBytes) };
}

const auto& curves()
{
    static const std::array all{
        load(KeyAlgorithm::EcP256, NID_X9_62_prime256v1),
        load(KeyAlgorithm::EcP384, NID_secp384r1),
        load(KeyAlgorithm::EcP521, NID_secp521r1),
        load(KeyAlgorithm::EcBrainpoolP256, NID_brainpoolP256r1),
        load(KeyAlgorithm::EcBrainpoolP384, NID_brainpoolP384r1),
        load(KeyAlgorithm::EcBrainpoolP512, NID_brainpoolP512r1),
        load(KeyAlgorithm::EcSecp256k1, NID_secp256k1),
    };
    return all;
}

} // namespace

const Curve* curveOf(KeyAlgorithm algorithm)
{
    for (const Curve& curve : curves()) {
        if (curve.algorithm == algorithm)
            return &curve;
    }
    return nullptr;
}

const Curve* curveByPrime(ByteView p)
{
    while (!p.empty() && p.front() == 0)
        p = p.subspan(1);
    for (const Curve& curve : curves()) {
        if (std::ranges::equal(curve.p, p))
            return &curve;
    }
    return nullptr;
}

} // namespace conclave::card
