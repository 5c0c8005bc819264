// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/onlookers.h"
#include "core/card/devicestatus.h"
#include "core/ceremony/ceremony.h"

#include <QString>

#include <functional>

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
/// Those of these keys that are too large for OpenSC's tool, in a sentence; empty: none, or not known.
[[nodiscard]] QString tooLargeForTool(
    const ceremony::KeysWrapped& wrapped, const std::function<QString(int)>& labelOf);
/// Where a backup can be proved later.
[[nodiscard]] QString whereToProve();
/// How a restored key was proved, and in what time.
[[nodiscard]] QString restoreProof(const ceremony::RestoredKeyRecord& key);
[[nodiscard]] QString unblockingName(ceremony::Unblocking unblocking);
/// What the officer must know when the SO-PIN of step 5 is not, or perhaps not, in force; else empty.
[[nodiscard]] QString soPinWarning(ceremony::SoPinInForce soPin);
[[nodiscard]] QString authenticityName(ceremony::Authenticity authenticity);
/// "3 of 15", with the number that there are at most, where it is known; or the state in its place.
[[nodiscard]] QString pinTries(const card::PinStatus& pin, int most = 0);
/// "3 of 5 custodians", "A password".
[[nodiscard]] QString ruleName(const ceremony::ShareFileRule& rule);
/// The whole scheme in one line.
[[nodiscard]] QString schemeName(const ceremony::SchemeChosen& scheme);

/// Whole sentences, one after the other.
[[nodiscard]] QString inARow(const QStringList& sentences);
/// Isolated and left to right also in right-to-left text: serials, hex, fingerprints.
[[nodiscard]] QString ltr(const QString& value);
/// "1:12", or "1:02:30" from an hour on.
[[nodiscard]] QString elapsedTime(qint64 milliseconds);
/// The first 8 bytes of a hex fingerprint as pairs with colons.
[[nodiscard]] QString shortFingerprint(const QString& hex);
/// Upper-case groups of four: "630D CD29 66C4 3366".
[[nodiscard]] QString hexGroups(const QString& hex);

/// What was proven about a set before it was saved; empty where older programs did not record it.
[[nodiscard]] QString setProof(const ceremony::SetMade& made);
/// "10", as it stands on the sheet; ids of another tool's set are kept as their hex reading.
[[nodiscard]] QString idOnSheet(const ceremony::ShareSet& set, int id);
/// What was done to open a set of another tool, and why; empty where it can be read in one way only. That of
/// the password is for the screen alone.
[[nodiscard]] QString readingSentence(ceremony::IdReading ids);
[[nodiscard]] QString readingSentence(ceremony::PasswordReading password);
/// Which sheets of the old set are to be destroyed, and its share file.
[[nodiscard]] QString toBeDestroyed(const ceremony::SetReplaced& replaced);
/// Which sheets of a set were found wrong, a sentence each; empty when none was.
[[nodiscard]] QString wrongSheets(const ceremony::CeremonyState& state, int shareFile);
/// A program through which somebody may see the screen, and how.
[[nodiscard]] QString onlookerName(const Onlooker& onlooker);
/// "Blank sheets, filled in by hand".
[[nodiscard]] QString sheetModeName(ceremony::SheetMode mode);
/// "A4", "Letter".
[[nodiscard]] QString paperName(ceremony::PaperSize paper);
/// How pages get to the printer, in a sentence.
[[nodiscard]] QString connectionSentence(ceremony::PrinterConnection connection);
/// Where the printing system keeps them meanwhile, in a sentence.
[[nodiscard]] QString spoolSentence(ceremony::SpoolPlace spool);
/// What a second opinion says of a key, in a cell of a table.
[[nodiscard]] QString opinionName(ceremony::KeyOpinion opinion);
/// Whether it agrees, and if not, about which keys.
[[nodiscard]] QString opinionSentence(const ceremony::SecondOpinionGiven& given);
[[nodiscard]] QString opinionSentence(const ceremony::SecondOpinionFailed& failed);
/// "1, 3, 4"
[[nodiscard]] QString numbersInARow(const std::vector<int>& numbers);
/// What one person would hold together and should not.
[[nodiscard]] QString custodyWarning(const ceremony::CustodyRuleOverridden& conflict);

} // namespace conclave::ui
