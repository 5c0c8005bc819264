// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/dkek/keyderivation.h"

#include "core/dkek/md5chain.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <memory>

namespace conclave::dkek {

namespace {

constexpr std::size_t kSaltBytesForKdf = 8;

bool firstRound(ByteView previous, ByteView password, ByteView salt, Md5Digest& digest)
{
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    bool ok = context && EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr) == 1;
    for (const ByteView part : { previous, password, salt })
        ok = ok && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    return ok && EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) == 1;
}

} // namespace

Result<SecretBytes> deriveKey(ByteView password, ByteView salt, KdfRounds rounds)
{
    if (salt.size() != kSaltBytesForKdf || rounds.count == 0)
        return fail(ErrorKind::Malformed);
    const Md5Engine engine
        = available(Md5Engine::BlockFunction) ? Md5Engine::BlockFunction : Md5Engine::ReusedContext;
    SecretBytes derived(kDerivedKeyBytes);
    Md5Digest digest{};
    bool ok = true;
    for (std::size_t done = 0; ok && done < kDerivedKeyBytes; done += digest.size()) {
        const ByteView previous = done == 0 ? ByteView{} : ByteView(digest);
        ok = firstRound(previous, password, salt, digest) && chainMd5(engine, digest, rounds.count - 1);
        std::copy(digest.begin(), digest.end(), derived.data() + done);
    }
    OPENSSL_cleanse(digest.data(), digest.size());
    if (!ok)
        return fail(ErrorKind::CryptoFailed, QStringLiteral("MD5"));
    return derived;
}

} // namespace conclave::dkek
