// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/secretbytes.h"

#include <QTest>

#include <openssl/crypto.h>

#include <algorithm>
#include <new>
#include <type_traits>

using namespace conclave;

namespace {

constexpr std::size_t kHeapBytes = 65536;

Bytes counting(std::size_t size)
{
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i)
        bytes[i] = static_cast<std::uint8_t>(i + 1);
    return bytes;
}

} // namespace

class TestSecretBytes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(CRYPTO_secure_malloc_init(kHeapBytes, 32) != 0); }

    void cleanup() { QCOMPARE(CRYPTO_secure_used(), std::size_t{ 0 }); }

    void freshBytesAreZeroAndOnTheSecureHeap()
    {
        const SecretBytes secret(33);
        QCOMPARE(secret.size(), std::size_t{ 33 });
        QVERIFY(std::all_of(secret.view().begin(), secret.view().end(), [](auto b) { return b == 0; }));
        QCOMPARE(CRYPTO_secure_allocated(secret.data()), 1);
    }

    void nothingIsEmpty()
    {
        QVERIFY(SecretBytes().empty());
        QVERIFY(SecretBytes(std::size_t{ 0 }).empty());
        QVERIFY(SecretBytes(ByteView()).empty());
        QVERIFY(SecretBytes().clone().empty());
        QVERIFY(SecretBytes() == SecretBytes(std::size_t{ 0 }));
    }

    void bytesAreCopiedIn()
    {
        const Bytes bytes = counting(16);
        SecretBytes secret{ ByteView(bytes) };
        QVERIFY(std::ranges::equal(secret.view(), bytes));
        secret[3] = 0xff;
        QCOMPARE(bytes[3], std::uint8_t{ 4 });
        QCOMPARE(std::as_const(secret)[3], std::uint8_t{ 0xff });
    }

    void thereIsOneOwner()
    {
        static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
        static_assert(std::is_nothrow_move_constructible_v<SecretBytes>);
        static_assert(!std::is_convertible_v<SecretBytes, QByteArray>);
        SecretBytes first{ ByteView(counting(16)) };
        const std::uint8_t* where = first.data();
        SecretBytes second(std::move(first));
        QCOMPARE(second.data(), where);
        QVERIFY(first.empty()); // NOLINT(bugprone-use-after-move): what is left is what is tested
        SecretBytes third(8);
        third = std::move(second);
        QCOMPARE(third.data(), where);
        QCOMPARE(third.size(), std::size_t{ 16 });
        SecretBytes& same = third;
        third = std::move(same);
        QCOMPARE(third.size(), std::size_t{ 16 });
    }

    void clonesAreEqualAndApart()
    {
        const SecretBytes secret{ ByteView(counting(16)) };
        SecretBytes clone = secret.clone();
        QVERIFY(clone == secret);
        QVERIFY(clone.data() != secret.data());
        clone[15] ^= 1;
        QVERIFY(!(clone == secret));
        QVERIFY(!(SecretBytes(15) == SecretBytes(16)));
    }

    void partsAreJoined()
    {
        const Bytes a{ 1, 2 };
        const Bytes b{ 3 };
        const SecretBytes all = SecretBytes::concatenate({ a, ByteView(), b });
        QVERIFY(std::ranges::equal(all.view(), Bytes{ 1, 2, 3 }));
        QVERIFY(SecretBytes::concatenate({}).empty());
    }

    void clearingWipes()
    {
        SecretBytes secret{ ByteView(counting(64)) };
        const volatile std::uint8_t* where = secret.data(); // the secure heap stays mapped
        secret.clear();
        QVERIFY(secret.empty());
        // The heap keeps its list of free blocks in the first two words of a block.
        for (int i = 16; i < 64; ++i)
            QCOMPARE(where[i], std::uint8_t{ 0 });
    }

    void destructionAndAssignmentWipe()
    {
        const volatile std::uint8_t* where = nullptr;
        {
            const SecretBytes secret{ ByteView(counting(64)) };
            where = secret.data();
        }
        for (int i = 16; i < 64; ++i)
            QCOMPARE(where[i], std::uint8_t{ 0 });
        SecretBytes secret{ ByteView(counting(64)) };
        where = secret.data();
        secret = SecretBytes();
        for (int i = 16; i < 64; ++i)
            QCOMPARE(where[i], std::uint8_t{ 0 });
    }

    void shrinkingWipesTheRest()
    {
        SecretBytes secret{ ByteView(counting(32)) };
        secret.shrink(5);
        QCOMPARE(secret.size(), std::size_t{ 5 });
        QVERIFY(std::ranges::equal(secret.view(), counting(5)));
        for (int i = 5; i < 32; ++i)
            QCOMPARE(secret.data()[i], std::uint8_t{ 0 });
    }

    void runningOutOfSecureMemoryThrows()
    {
        QVERIFY_THROWS_EXCEPTION(std::bad_alloc, SecretBytes(2 * kHeapBytes));
    }
};

QTEST_GUILESS_MAIN(TestSecretBytes)
#include "tst_secretbytes.moc"
