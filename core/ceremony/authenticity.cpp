// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/authenticity.h"

namespace conclave::ceremony {

namespace {

bool isGenuine(Authenticity authenticity)
{
    return authenticity == Authenticity::Genuine || authenticity == Authenticity::GenuineExpired;
}

} // namespace

Authenticity authenticityOf(card::Trust trust)
{
    switch (trust) {
    case card::Trust::NotChecked:
        return Authenticity::NotVerified;
    case card::Trust::CertificateOnly:
        return Authenticity::CertificateOnly;
    case card::Trust::Genuine:
        return Authenticity::Genuine;
    case card::Trust::GenuineExpired:
        return Authenticity::GenuineExpired;
    case card::Trust::UnknownIssuer:
        return Authenticity::UnknownIssuer;
    case card::Trust::Broken:
        return Authenticity::Broken;
    }
    Q_UNREACHABLE();
}

Authenticity authenticityOf(const device::DetectedDevice& device)
{
    return device.simulated ? Authenticity::Simulated : authenticityOf(device.trust.trust);
}

bool mustBeProved(Authenticity authenticity)
{
    return authenticity == Authenticity::CertificateOnly || isGenuine(authenticity);
}

bool mayBeProved(Authenticity authenticity)
{
    return mustBeProved(authenticity) || authenticity == Authenticity::UnknownIssuer
        || authenticity == Authenticity::Simulated;
}

bool mayProveToBe(Authenticity chosen, Authenticity proved)
{
    if (chosen == Authenticity::Simulated)
        return proved == Authenticity::Simulated;
    if (chosen == Authenticity::UnknownIssuer)
        return proved == Authenticity::UnknownIssuer || isGenuine(proved);
    return mustBeProved(chosen) && isGenuine(proved);
}

} // namespace conclave::ceremony
