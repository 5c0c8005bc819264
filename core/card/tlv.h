// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

#include <initializer_list>

namespace conclave::card {

/// One data object. The views point into what the reader was given.
struct Tlv {
    std::uint32_t tag = 0; ///< one byte (0x42) or two (0x7F21)
    ByteView value{};
    ByteView whole{}; ///< tag and length included
};

/// Reads data objects that follow one another, with tags of one or two bytes and definite lengths of up to
/// three length bytes (ISO 7816-4, 5.2.2). Constructed objects are read by another reader over their value.
class TlvReader {
public:
    explicit TlvReader(ByteView bytes)
        : m_rest(bytes)
    {
    }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] ByteView rest() const { return m_rest; }
    /// The next object; Malformed at the end, or when it is cut or of another form.
    [[nodiscard]] Result<Tlv> next();
    /// The next object, Malformed unless it has this tag.
    [[nodiscard]] Result<Tlv> expect(std::uint32_t tag);
    /// The first object with this tag from here on, passing over others. NotFound; Malformed when one before
    /// it is.
    [[nodiscard]] Result<Tlv> find(std::uint32_t tag);

private:
    ByteView m_rest;
};

/// The object's bytes, with the shortest length. The tag is of one or two bytes.
[[nodiscard]] Bytes tlv(std::uint32_t tag, ByteView value);
/// A constructed object, or any other whose value is made of parts.
[[nodiscard]] Bytes tlv(std::uint32_t tag, std::initializer_list<ByteView> parts);
/// Tag and length alone, for a value that is written elsewhere, as one that is secret.
[[nodiscard]] Bytes tlvHeader(std::uint32_t tag, std::size_t valueSize);

} // namespace conclave::card
