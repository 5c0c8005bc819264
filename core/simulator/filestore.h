// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <cstdint>
#include <vector>

namespace conclave::simulator {

/// Kinds of files: the high byte of the identifier (smartcard-hsm.md, 3).
namespace file {
inline constexpr std::uint16_t kDeviceCertificates = 0x2F02;
inline constexpr std::uint16_t kTokenInfo = 0x2F03;
inline constexpr std::uint16_t kLargeInput = 0x2F10;
inline constexpr std::uint8_t kKeyDescription = 0xC4;
inline constexpr std::uint8_t kCertificateDescription = 0xC8;
inline constexpr std::uint8_t kDataDescription = 0xC9;
inline constexpr std::uint8_t kAuthorityCertificate = 0xCA;
inline constexpr std::uint8_t kMetaData = 0xCB;
inline constexpr std::uint8_t kKey = 0xCC;
inline constexpr std::uint8_t kPrivateData = 0xCD;
inline constexpr std::uint8_t kKeyCertificate = 0xCE;
inline constexpr std::uint8_t kPublicData = 0xCF;

inline constexpr std::size_t kLargest = 0x7FFF; ///< bytes in one file

[[nodiscard]] constexpr std::uint16_t id(std::uint8_t kind, std::uint8_t number)
{
    return static_cast<std::uint16_t>(kind << 8 | number);
}
[[nodiscard]] constexpr std::uint8_t kind(std::uint16_t id)
{
    return static_cast<std::uint8_t>(id >> 8);
}
} // namespace file

/// The elementary files, except keys, in the order in which they were made.
class FileStore {
public:
    struct File {
        std::uint16_t id = 0;
        Bytes content{};
    };

    [[nodiscard]] const std::vector<File>& files() const { return m_files; }
    [[nodiscard]] const Bytes* find(std::uint16_t id) const; ///< null when there is none
    /// The file with this id, made empty when there is none.
    [[nodiscard]] Bytes& open(std::uint16_t id);
    bool remove(std::uint16_t id); ///< false when there is none
    /// Everything but EF 2F02.
    void erase();
    /// Bytes in all files.
    [[nodiscard]] std::size_t size() const;

private:
    std::vector<File> m_files{};
};

} // namespace conclave::simulator
