// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sheets.h"

#include <QFile>

#include <algorithm>

namespace conclave::support {

namespace {

constexpr std::size_t kSetIdSize = 6;
constexpr std::size_t kHeadSize = kSetIdSize + 2; // set, share id, length of the value

} // namespace

Sheets::Sheets(const QString& file)
    : m_file(file)
{
    if (!m_file.isEmpty())
        read();
}

void Sheets::read()
{
    QFile file(m_file);
    if (!file.open(QIODevice::ReadOnly))
        return;
    SecretBytes all(static_cast<std::size_t>(file.size()));
    file.read(reinterpret_cast<char*>(all.data()), file.size());
    for (ByteView rest = all; rest.size() >= kHeadSize;) {
        const std::size_t size = std::min<std::size_t>(rest[kHeadSize - 1], rest.size() - kHeadSize);
        m_sheets.push_back(Sheet{ QString::fromLatin1(reinterpret_cast<const char*>(rest.data()), kSetIdSize),
            { .id = rest[kSetIdSize], .value = SecretBytes(rest.subspan(kHeadSize, size)) } });
        rest = rest.subspan(kHeadSize + size);
    }
}

void Sheets::note(const QString& set, const dkek::CustodianShare& share)
{
    m_sheets.push_back(Sheet{ set, { .id = share.id, .value = share.value.clone() } });
    if (m_file.isEmpty())
        return;
    const QByteArray name = set.toLatin1();
    const std::uint8_t numbers[]
        = { static_cast<std::uint8_t>(share.id), static_cast<std::uint8_t>(share.value.size()) };
    const SecretBytes record = SecretBytes::concatenate(
        { ByteView(reinterpret_cast<const std::uint8_t*>(name.constData()), kSetIdSize), numbers,
            share.value });
    QFile file(m_file);
    if (file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        file.write(reinterpret_cast<const char*>(record.data()), static_cast<qint64>(record.size()));
}

const SecretBytes* Sheets::find(const QString& set, int id) const
{
    const auto found = std::ranges::find_if(
        m_sheets, [&](const Sheet& sheet) { return sheet.set == set && sheet.share.id == id; });
    return found == m_sheets.end() ? nullptr : &found->share.value;
}

} // namespace conclave::support
