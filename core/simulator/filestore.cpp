// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/filestore.h"

#include <algorithm>

namespace conclave::simulator {

const Bytes* FileStore::find(std::uint16_t id) const
{
    const auto found = std::ranges::find(m_files, id, &File::id);
    return found == m_files.end() ? nullptr : &found->content;
}

Bytes& FileStore::open(std::uint16_t id)
{
    const auto found = std::ranges::find(m_files, id, &File::id);
    return found == m_files.end() ? m_files.emplace_back(File{ .id = id }).content : found->content;
}

bool FileStore::remove(std::uint16_t id)
{
    return std::erase_if(m_files, [id](const File& one) { return one.id == id; }) != 0;
}

void FileStore::erase()
{
    std::erase_if(m_files, [](const File& one) { return one.id != file::kDeviceCertificates; });
}

std::size_t FileStore::size() const
{
    std::size_t bytes = 0;
    for (const File& one : m_files)
        bytes += one.content.size();
    return bytes;
}

} // namespace conclave::simulator
