// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/cvc.h"

namespace conclave::card {

/// The root of the SmartCard-HSM scheme, DESRCACC100001, self-signed, to which the chain of every genuine
/// device leads. It is resources/trust/DESRCACC100001.cvc, as published in CardContact's scsh-scripts
/// (sc-hsm/lib/smartcardhsm.js; smartcard-hsm.md, 5.5), SHA-256
/// 453a391015c5fbb60116c838ed613591828bf62ac8a1aca276ce4e60525ec3e3. Lives as long as the program.
[[nodiscard]] const CvCertificate& schemeRoot();

} // namespace conclave::card
