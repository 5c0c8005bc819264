// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/base/codealphabet.h"
#include "core/base/processprotection.h"
#include "core/dkek/passwordsharing.h"
#include "tests/notrace/freedmemory.h"
#include "tests/notrace/randomtext.h"
#include "tests/notrace/shortcodes.h"
#include "tests/notrace/tracesearch.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QGlyphRun>
#include <QRawFont>
#include <QTemporaryFile>
#include <QTest>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace conclave;
using namespace conclave::notrace;

namespace {

/// Keeps something with the secret in it alive.
using Plant = std::shared_ptr<void>;
using Planting = std::function<Plant(ByteView)>;

SecretBytes random(std::size_t size)
{
    return *dkek::opensslRandom()(size);
}

template <typename T>
Plant kept(T value)
{
    return std::make_shared<T>(std::move(value));
}

QByteArray bytesOf(ByteView view)
{
    return { reinterpret_cast<const char*>(view.data()), static_cast<qsizetype>(view.size()) };
}

QString text(const QByteArray& ascii)
{
    return QString::fromLatin1(ascii);
}

QString rows(ByteView bytes)
{
    QStringList lines;
    for (std::size_t at = 0; at < bytes.size(); at += 8)
        lines << text(bytesOf(bytes.subspan(at, 8)).toHex(':'));
    return lines.join(QLatin1Char('\n'));
}

QRawFont face(ui::Type type)
{
    return QRawFont::fromFont(ui::Theme::instance().font(type));
}

QGlyphRun glyphRun(const QString& string)
{
    QGlyphRun run;
    run.setRawFont(face(ui::Type::SecretValue));
    run.setGlyphIndexes(run.rawFont().glyphIndexesForString(string));
    return run;
}

void wipe(void* memory)
{
    OPENSSL_clear_free(memory, 32);
}

/// Made with the types in which a slip of the program would leave it.
const std::map<std::string, Planting>& plantings()
{
    static const std::map<std::string, Planting> all{
        { "bytes in a vector", [](ByteView b) { return kept(toBytes(b)); } },
        { "the first half of it", [](ByteView b) { return kept(toBytes(b.first(b.size() / 2))); } },
        { "the second half of it", [](ByteView b) { return kept(toBytes(b.last(b.size() / 2))); } },
        { "bytes in a QByteArray", [](ByteView b) { return kept(bytesOf(b)); } },
        { "hex", [](ByteView b) { return kept(bytesOf(b).toHex()); } },
        { "HEX", [](ByteView b) { return kept(bytesOf(b).toHex().toUpper()); } },
        { "hex with colons", [](ByteView b) { return kept(bytesOf(b).toHex(':')); } },
        { "HEX with colons", [](ByteView b) { return kept(bytesOf(b).toHex(':').toUpper()); } },
        { "hex with spaces", [](ByteView b) { return kept(bytesOf(b).toHex(' ')); } },
        { "rows of pairs", [](ByteView b) { return kept(rows(b).toUtf8()); } },
        { "hex, UTF-16", [](ByteView b) { return kept(text(bytesOf(b).toHex())); } },
        { "HEX, UTF-16", [](ByteView b) { return kept(text(bytesOf(b).toHex()).toUpper()); } },
        { "hex with colons, UTF-16", [](ByteView b) { return kept(text(bytesOf(b).toHex(':'))); } },
        { "HEX with colons, UTF-16", [](ByteView b) { return kept(text(bytesOf(b).toHex(':')).toUpper()); } },
        { "rows of pairs, UTF-16", [](ByteView b) { return kept(rows(b)); } },
        { "one row of pairs, UTF-16", [](ByteView b) { return kept(rows(b.last(8))); } },
        { "hex, UTF-32", [](ByteView b) { return kept(text(bytesOf(b).toHex()).toStdU32String()); } },
        { "glyph indexes",
            [](ByteView b) {
                return kept(face(ui::Type::Value).glyphIndexesForString(text(bytesOf(b).toHex())));
            } },
        { "a glyph run of rows", [](ByteView b) { return kept(glyphRun(rows(b))); } },
        { "a string that was freed",
            [](ByteView b) {
                {
                    QString freed = text(bytesOf(b).toHex());
                    freed.detach();
                }
                return Plant();
            } },
        { "the secure heap without an owner",
            [](ByteView b) {
                void* memory = OPENSSL_secure_malloc(b.size());
                std::copy(b.begin(), b.end(), static_cast<std::uint8_t*>(memory));
                return Plant(memory, [](void* m) { OPENSSL_secure_clear_free(m, 32); });
            } },
        { "a variable of the program",
            [](ByteView b) {
                static std::array<std::uint8_t, 32> variable;
                std::copy(b.begin(), b.end(), variable.begin());
                return Plant(variable.data(), [](void* m) { OPENSSL_cleanse(m, 32); });
            } },
    };
    return all;
}

const std::map<std::string, Planting>& plantingsOfText()
{
    static const std::map<std::string, Planting> all{
        { "UTF-8", [](ByteView b) { return kept(bytesOf(b)); } },
        { "UTF-8 in a std::string", [](ByteView b) { return kept(std::string(b.begin(), b.end())); } },
        { "UTF-16", [](ByteView b) { return kept(text(bytesOf(b))); } },
        { "UTF-32", [](ByteView b) { return kept(text(bytesOf(b)).toStdU32String()); } },
        { "key codes",
            [](ByteView b) {
                std::vector<char32_t> keys;
                for (const std::uint8_t character : b)
                    keys.push_back(QChar::toUpper(static_cast<char32_t>(character)));
                return kept(std::move(keys));
            } },
        { "glyph indexes of body text",
            [](ByteView b) { return kept(face(ui::Type::Body).glyphIndexesForString(text(bytesOf(b)))); } },
        { "a glyph run", [](ByteView b) { return kept(glyphRun(text(bytesOf(b)))); } },
        { "hex of its bytes, as in a log of commands",
            [](ByteView b) { return kept(text(bytesOf(b).toHex())); } },
    };
    return all;
}

TraceSearch searchFor(ByteView bytes)
{
    TraceSearch search;
    search.add(QStringLiteral("secret"), formsOfBytes(bytes));
    return search;
}

TraceSearch searchForText(ByteView ascii)
{
    TraceSearch search;
    search.add(QStringLiteral("secret"), formsOfText(ascii));
    return search;
}

void addRows(const std::map<std::string, Planting>& all)
{
    QTest::addColumn<std::string>("planting");
    for (const auto& [name, planting] : all)
        QTest::newRow(name.c_str()) << name;
}

} // namespace

class TestTraceSearch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSecretThatLivesHasAnOwner()
    {
        const SecretBytes secret = random(16);
        const TraceSearch search = searchFor(secret);
        {
            const SecretBytes second = secret.clone();
            const Found found = search.inMemory();
            QCOMPARE(found.traces(), 0);
            QCOMPARE(found.owned(), 2);
            QCOMPARE(found.coverage.unreadable, 0U);
        }
        const Found found = search.inMemory();
        QCOMPARE(found.lines(), QStringList());
        QCOMPARE(found.owned(), 1);
    }

    void plantedBytesAreFound_data() { addRows(plantings()); }
    void plantedBytesAreFound()
    {
        QFETCH(const std::string, planting);
        const SecretBytes secret = random(32);
        const TraceSearch search = searchFor(secret);
        const Plant plant = plantings().at(planting)(secret);
        const Found found = search.inMemory();
        letGoOfFreedMemory(keptMemory().blocks);
        QVERIFY(found.traces() > 0);
        QVERIFY(found.owned() > 0);
    }

    void plantedTextIsFound_data() { addRows(plantingsOfText()); }
    void plantedTextIsFound()
    {
        QFETCH(const std::string, planting);
        const SecretBytes secret = randomText(12);
        const TraceSearch search = searchForText(secret);
        const Plant plant = plantingsOfText().at(planting)(secret);
        QVERIFY(search.inMemory().traces() > 0);
    }

    void whatIsWipedIsNotFound()
    {
        const SecretBytes secret = random(32);
        const TraceSearch search = searchFor(secret);
        {
            const std::unique_ptr<void, decltype(&wipe)> memory(OPENSSL_malloc(secret.size()), wipe);
            std::copy_n(secret.data(), secret.size(), static_cast<std::uint8_t*>(memory.get()));
            QCOMPARE(search.inMemory().traces(), 1);
        }
        QCOMPARE(search.inMemory().lines(), QStringList());
    }

    void otherThreadsStacksAreSearched()
    {
        const SecretBytes secret = random(32);
        const TraceSearch search = searchFor(secret);
        int traces = 0;
        std::thread([&] {
            std::array<std::uint8_t, 32> local{};
            std::copy_n(secret.data(), secret.size(), local.begin());
            std::thread([&] { traces = search.inMemory().traces(); }).join();
            OPENSSL_cleanse(local.data(), local.size());
        }).join();
        QVERIFY(traces > 0);
    }

    void checkCodesAreFound()
    {
        ShortCodes codes;
        codes.noteWhatIsThere();
        // Some are there by chance already, and tell nothing.
        constexpr int kMany = 20;
        constexpr int kMost = 12;
        std::vector<SecretBytes> many;
        for (int i = 0; i < kMany; ++i) {
            many.push_back(randomText(4, kCodeAlphabet));
            codes.add(QStringLiteral("code %1").arg(i), many.back());
        }
        const auto seen = [&codes](const char* encoding) {
            const std::vector<Sight> sights = codes.inMemory();
            return std::count_if(sights.begin(), sights.end(),
                [encoding](const Sight& sight) { return sight.encoding == QLatin1String(encoding); });
        };
        QVERIFY(seen("UTF-8") <= 1);
        QVERIFY(seen("UTF-16") <= 1);
        std::vector<QString> strings;
        for (const SecretBytes& code : many)
            strings.push_back(text(bytesOf(code)));
        QVERIFY(seen("UTF-16") >= kMost);
        std::vector<QByteArray> arrays;
        for (const SecretBytes& code : many)
            arrays.push_back(bytesOf(code));
        QVERIFY(seen("UTF-8") >= kMost);
    }

    void aFileWithASecretIsFound()
    {
        const SecretBytes secret = random(16);
        const TraceSearch search = searchFor(secret);
        QTemporaryFile file;
        QVERIFY(file.open());
        file.write("{ \"share\": \"");
        file.flush();
        QCOMPARE(search.inFile(file.fileName()).traces(), 0);
        file.write(bytesOf(secret).toHex(':') + "\" }");
        file.flush();
        QVERIFY(search.inFile(file.fileName()).traces() > 0);
    }
};

int main(int argc, char** argv)
{
    ProcessMemory::open();
    static_cast<void>(protectProcess());
    keepFreedMemory();
    QApplication application(argc, argv);
    ui::Theme::install(application, false);
    TestTraceSearch test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_tracesearch.moc"
