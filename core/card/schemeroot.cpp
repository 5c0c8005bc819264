// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/schemeroot.h"

namespace conclave::card {

namespace {

/// Filled in from the resource when this file is compiled: see CMakeLists.txt.
constexpr std::uint8_t kSchemeRoot[] = { CONCLAVE_SCHEME_ROOT_BYTES };

} // namespace

const CvCertificate& schemeRoot()
{
    static const CvCertificate root = CvCertificate::parse(kSchemeRoot).value();
    return root;
}

} // namespace conclave::card
