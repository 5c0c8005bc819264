// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/ceremony.h"

#include <QString>

namespace conclave::ui {

// What the core's terms are called on screen and on paper.

/// "Security officer", "Witness 2", "Custodian 3".
[[nodiscard]] QString roleName(ceremony::Role role, int number);
/// "Custodian 3 · Sample Custodian C"; without a name the role alone.
[[nodiscard]] QString actorName(const ceremony::CeremonyState& state, ceremony::Role role, int number);
/// The custodian whose turn it is, or the holder of a password.
[[nodiscard]] QString turnName(const ceremony::CeremonyState& state, int shareFile, int id);

/// "Establish a device": also the window's title.
[[nodiscard]] QString flowName(ceremony::Flow flow);
[[nodiscard]] QString stepName(ceremony::Step step);
/// "RSA 2048", "EC P-256", "brainpool P-256", "secp256k1".
[[nodiscard]] QString algorithmName(card::KeyAlgorithm algorithm);
/// From a transcript's name, which may be empty or of another program.
[[nodiscard]] QString algorithmName(const QString& transcriptName);
/// How a restored key was proved, and in what time.
[[nodiscard]] QString restoreProof(const ceremony::RestoredKeyRecord& key);
[[nodiscard]] QString unblockingName(ceremony::Unblocking unblocking);
/// What the officer must know when the SO-PIN of step 5 is not, or perhaps not, in force; else empty.
[[nodiscard]] QString soPinWarning(ceremony::SoPinInForce soPin);
[[nodiscard]] QString authenticityName(ceremony::Authenticity authenticity);
/// "3 of 5 custodians", "A password".
[[nodiscard]] QString ruleName(const ceremony::ShareFileRule& rule);
/// The whole scheme in one line.
[[nodiscard]] QString schemeName(const ceremony::SchemeChosen& scheme);

/// Isolated and left to right also in right-to-left text: serials, hex, fingerprints.
[[nodiscard]] QString ltr(const QString& value);
/// "1:12", or "1:02:30" from an hour on.
[[nodiscard]] QString elapsedTime(qint64 milliseconds);
/// The first 8 bytes of a hex fingerprint as pairs with colons.
[[nodiscard]] QString shortFingerprint(const QString& hex);
/// Upper-case groups of four: "630D CD29 66C4 3366".
[[nodiscard]] QString hexGroups(const QString& hex);

/// What was proven about a set of custodian shares before the first one was shown.
[[nodiscard]] QString setProof(const ceremony::SetMade& made);
/// What one person would hold together and should not.
[[nodiscard]] QString custodyWarning(const ceremony::CustodyRuleOverridden& conflict);

} // namespace conclave::ui
