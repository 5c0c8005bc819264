// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/passwordsharing.h"

#include "core/base/digest.h"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <algorithm>
#include <memory>

namespace conclave::dkek {

RandomSource opensslRandom()
{
    return [](std::size_t size) -> Result<SecretBytes> {
        SecretBytes bytes(size);
        if (RAND_priv_bytes(bytes.data(), static_cast<int>(size)) != 1)
            return fail(ErrorKind::RandomFailed, QStringLiteral("OpenSSL"));
        return bytes;
    };
}

RandomSource mixedRandom(ByteView deviceBytes)
{
    // Shared since a RandomSource is copied; the counter makes each call's stream another one.
    struct Stream {
        SecretBytes seed;
        std::uint64_t counter = 0;
    };
    auto stream = std::make_shared<Stream>();
    stream->seed = SecretBytes(deviceBytes);
    return [stream](std::size_t size) -> Result<SecretBytes> {
        Result<SecretBytes> bytes = opensslRandom()(size);
        if (!bytes)
            return bytes;
        for (std::size_t done = 0; done < size;) {
            std::uint8_t counter[8];
            for (int i = 0; i < 8; ++i)
                counter[i] = static_cast<std::uint8_t>(stream->counter >> (8 * i));
            ++stream->counter;
            Sha256Digest block = sha256({ stream->seed, counter });
            for (std::size_t i = 0; i < block.size() && done < size; ++i, ++done)
                (*bytes)[done] ^= block[i];
            OPENSSL_cleanse(block.data(), block.size());
        }
        return bytes;
    };
}

} // namespace conclave::dkek
