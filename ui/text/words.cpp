// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/text/words.h"

#include "core/base/hex.h"
#include "core/dkek/wrapfile.h"
#include "ui/text/errortext.h"

#include <QCoreApplication>
#include <QLocale>

namespace conclave::ui {

using namespace ceremony;

namespace {

/// The context of the translations.
struct Words {
    Q_DECLARE_TR_FUNCTIONS(Words)
};

} // namespace

QString roleName(Role role, int number)
{
    switch (role) {
    case Role::Officer:
        return Words::tr("Security officer");
    case Role::Witness:
        return Words::tr("Witness %1").arg(number);
    case Role::Custodian:
        return Words::tr("Custodian %1").arg(number);
    }
    return {};
}

QString actorName(const CeremonyState& state, Role role, int number)
{
    const ParticipantNamed* participant = state.participant(role, number);
    if (!participant || participant->name.isEmpty())
        return roleName(role, number);
    return Words::tr("%1 · %2").arg(roleName(role, number), participant->name);
}

QString turnName(const CeremonyState& state, int shareFile, int id)
{
    return roleName(Role::Custodian, state.custodianNumber(shareFile, id));
}

QString flowName(Flow flow)
{
    switch (flow) {
    case Flow::Establish:
        return Words::tr("Establish a device");
    case Flow::GenerateMore:
        return Words::tr("Generate more keys");
    case Flow::Restore:
        return Words::tr("Restore keys from backup");
    case Flow::AddBackup:
        return Words::tr("Add a backup device");
    case Flow::Drill:
        return Words::tr("Restore drill");
    case Flow::Reshare:
        return Words::tr("Give a set new custodians");
    }
    return {};
}

QString tooLargeForTool(const KeysWrapped& wrapped, const std::function<QString(int)>& labelOf)
{
    QStringList labels;
    for (const WrappedKeyFile& key : wrapped.keys) {
        if (key.blobBytes > dkek::kLargestToolBlob)
            labels << Words::tr("“%1”", "label of a key").arg(labelOf(key.keyReference));
    }
    return labels.isEmpty()
        ? QString()
        : Words::tr(
            "Too large for “sc-hsm-tool” of OpenSC 0.23, which has room for %1 bytes: %2. This program "
            "restores them.")
              .arg(QString::number(dkek::kLargestToolBlob), QLocale().createSeparatedList(labels));
}

QString whereToProve()
{
    return Words::tr("“%1” or “%2” on the start page proves it.")
        .arg(flowName(Flow::AddBackup), flowName(Flow::Drill));
}

QString stepName(Step step)
{
    switch (step) {
    case Step::Prepare:
        return Words::tr("Prepare");
    case Step::OldSet:
        return Words::tr("Open the old set");
    case Step::Detect:
        return Words::tr("Detect device");
    case Step::Scheme:
        return Words::tr("Key-sharing scheme");
    case Step::HandOut:
        return Words::tr("Hand out shares");
    case Step::Initialise:
        return Words::tr("Initialise");
    case Step::Import:
        return Words::tr("Import shares");
    case Step::Generate:
        return Words::tr("Generate keys");
    case Step::BackUp:
        return Words::tr("Back up");
    case Step::Restore:
        return Words::tr("Restore keys");
    case Step::Clean:
        return Words::tr("Clean the device");
    case Step::Report:
        return Words::tr("Report");
    }
    return {};
}

QString algorithmName(card::KeyAlgorithm algorithm)
{
    using card::KeyAlgorithm;
    switch (algorithm) {
    case KeyAlgorithm::Rsa2048:
    case KeyAlgorithm::Rsa3072:
    case KeyAlgorithm::Rsa4096:
        return QStringLiteral("RSA %1").arg(card::keyBits(algorithm));
    case KeyAlgorithm::EcP256:
    case KeyAlgorithm::EcP384:
    case KeyAlgorithm::EcP521:
        return QStringLiteral("EC P-%1").arg(card::keyBits(algorithm));
    case KeyAlgorithm::EcBrainpoolP256:
    case KeyAlgorithm::EcBrainpoolP384:
    case KeyAlgorithm::EcBrainpoolP512:
        return QStringLiteral("brainpool P-%1").arg(card::keyBits(algorithm));
    case KeyAlgorithm::EcSecp256k1:
        return QStringLiteral("secp256k1");
    case KeyAlgorithm::Aes128:
    case KeyAlgorithm::Aes192:
    case KeyAlgorithm::Aes256:
        return QStringLiteral("AES %1").arg(card::keyBits(algorithm));
    }
    return {};
}

QString algorithmName(const QString& transcriptName)
{
    if (const auto algorithm = card::keyAlgorithmFromName(transcriptName))
        return algorithmName(*algorithm);
    return Words::tr("Not known");
}

QString restoreProof(const RestoredKeyRecord& key)
{
    const KeyRestored& restored = *key.restored;
    const QString seconds = QLocale().toString(restored.seconds, 'f', 1);
    if (restored.proved && !key.key.cmac.isEmpty())
        return Words::tr("Proved by the answer to the challenge that the backup was taken with · %1 s")
            .arg(seconds);
    if (restored.proved)
        return Words::tr("Proved by a signature checked with the original public key · %1 s").arg(seconds);
    const auto algorithm = card::keyAlgorithmFromName(key.key.type);
    if (!key.key.provable() && algorithm && card::isAes(*algorithm))
        return Words::tr("Not proved: only the manifest of its backup can tell an AES key from another");
    if (!key.key.provable())
        return Words::tr("Not proved: nothing is known to compare it with");
    return Words::tr("Not proved: the key may not sign");
}

QString unblockingName(Unblocking unblocking)
{
    switch (unblocking) {
    case Unblocking::Off:
        return Words::tr("Off");
    case Unblocking::CounterOnly:
        return Words::tr("Counter only");
    case Unblocking::NewPin:
        return Words::tr("SO-PIN may set a new one");
    }
    return {};
}

QString soPinWarning(SoPinInForce soPin)
{
    switch (soPin) {
    case SoPinInForce::Chosen:
        return {};
    case SoPinInForce::Previous:
        return Words::tr("The SO-PIN was not changed: the device keeps the one that it had before. Keep that "
                         "one.");
    case SoPinInForce::Either:
        return Words::tr("The SO-PIN is in doubt: the device has the one that it had before, or the new one. "
                         "Keep both. Neither was tried, since a wrong one costs a try for ever.");
    }
    return {};
}

QString authenticityName(Authenticity authenticity)
{
    switch (authenticity) {
    case Authenticity::Simulated:
        return Words::tr("Simulated");
    case Authenticity::NotVerified:
        return Words::tr("Not verified");
    case Authenticity::CertificateOnly:
        return Words::tr("Certificate valid, key not proven");
    case Authenticity::Genuine:
        return Words::tr("Genuine");
    case Authenticity::GenuineExpired:
        return Words::tr("Genuine, certificate expired");
    case Authenticity::UnknownIssuer:
        return Words::tr("Unknown maker");
    case Authenticity::Broken:
        return Words::tr("Not genuine");
    }
    return {};
}

QString pinTries(const card::PinStatus& pin, int most)
{
    using State = card::PinStatus::State;
    switch (pin.state) {
    case State::Blocked:
        return Words::tr("Blocked");
    case State::NotSet:
        return Words::tr("Not set");
    case State::TransportPin:
        return Words::tr("Transport PIN");
    case State::Ready:
    case State::Verified:
    case State::Unknown:
        break;
    }
    if (!pin.triesLeft)
        return Words::tr("Not told");
    return most > 0 ? Words::tr("%1 of %2").arg(*pin.triesLeft).arg(most) : QString::number(*pin.triesLeft);
}

QString ruleName(const ShareFileRule& rule)
{
    if (rule.isPassword())
        return Words::tr("A password");
    return Words::tr("%1 of %2 custodians").arg(rule.threshold).arg(rule.total);
}

QString schemeName(const SchemeChosen& scheme)
{
    if (scheme.shareFiles.empty())
        return Words::tr("No backup possible");
    if (scheme.shareFiles.size() == 1)
        return ruleName(scheme.shareFiles.front());
    return Words::tr("%n share files, all needed", nullptr, static_cast<int>(scheme.shareFiles.size()));
}

QString inARow(const QStringList& sentences)
{
    return sentences.join(Words::tr(" ", "between two whole sentences"));
}

QString ltr(const QString& value)
{
    return QChar(0x2066) + value + QChar(0x2069);
}

QString elapsedTime(qint64 milliseconds)
{
    const qint64 seconds = milliseconds / 1000;
    const QLatin1Char zero('0');
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(seconds / 60).arg(seconds % 60, 2, 10, zero);
    return QStringLiteral("%1:%2:%3")
        .arg(seconds / 3600)
        .arg(seconds / 60 % 60, 2, 10, zero)
        .arg(seconds % 60, 2, 10, zero);
}

QString shortFingerprint(const QString& hex)
{
    const auto bytes = fromHex(hex.left(16));
    return bytes ? toHexPairs(*bytes) : QString();
}

QString hexGroups(const QString& hex)
{
    const auto bytes = fromHex(hex);
    return bytes ? toHexGroups(*bytes) : QString();
}

QString setProof(const SetMade& made)
{
    if (made.prime.isEmpty())
        return Words::tr("The share file was decrypted again with the password.");
    if (made.subsetsProven == 0)
        return {};
    return inARow({ made.allSubsets
            ? Words::tr("All %n groups of custodians who can restore were tried: each rejoins the set.",
                nullptr, made.subsetsProven)
            : Words::tr("%n random groups of custodians who can restore were tried: each rejoins the set.",
                nullptr, made.subsetsProven),
        Words::tr(
            "All shares lie on one polynomial, and the share file was decrypted again with the password "
            "that they give.") });
}

QString idOnSheet(const ShareSet& set, int id)
{
    constexpr int kHex = 16;
    return set.ofAnotherTool ? QString::number(id, kHex) : QString::number(id);
}

QString toBeDestroyed(const SetReplaced& replaced)
{
    QStringList ids;
    for (const OldSheet& sheet : replaced.sheets)
        ids << sheet.id;
    const QString list = ids.join(QStringLiteral(", "));
    return replaced.allListed
        ? Words::tr("To be destroyed: the old sheets with the share IDs %1, and every copy of %2.")
              .arg(list, ltr(replaced.file))
        : Words::tr("To be destroyed: the old sheets with the share IDs %1, all others of that set, and "
                    "every copy of "
                    "%2.")
              .arg(list, ltr(replaced.file));
}

QString readingSentence(IdReading ids)
{
    switch (ids) {
    case IdReading::Plain:
        break;
    case IdReading::Decimal:
        return Words::tr(
            "The share IDs from 10 on were read as decimal numbers, as sc-hsm-tool shows them. It "
            "asks for them in hex, so it opens this set only with the IDs converted.");
    case IdReading::Hex:
        return Words::tr(
            "The share IDs from 10 on were read as hex numbers, as sc-hsm-tool asks for them. As "
            "decimal numbers they do not open the share file.");
    }
    return {};
}

QString readingSentence(PasswordReading password)
{
    switch (password) {
    case PasswordReading::Plain:
        break;
    case PasswordReading::ZerosKept:
        return Words::tr(
            "The password of this set begins with a zero byte. sc-hsm-tool counted it when it made "
            "the set, and drops it when it joins the shares: it cannot open this set itself. Here "
            "the byte was kept.");
    case PasswordReading::ZerosDropped:
        return Words::tr(
            "The password of this set begins with a zero byte, which was dropped when the set was "
            "made. It was dropped here, too.");
    }
    return {};
}

QString wrongSheets(const CeremonyState& state, int shareFile)
{
    const ShareSet& set = state.oldSet ? *state.oldSet : *state.set(shareFile);
    QStringList sentences;
    for (const int id : set.wrong) {
        if (state.brought)
            sentences << Words::tr("The sheet with share ID %1 is not of this set, or was typed wrongly.")
                             .arg(idOnSheet(set, id));
        else
            sentences << Words::tr(
                "The sheet with share ID %1 (%2) is not of this set, or was typed wrongly.")
                             .arg(id)
                             .arg(actorName(state, Role::Custodian, state.custodianNumber(shareFile, id)));
    }
    return sentences.join(QLatin1Char('\n'));
}

QString onlookerName(const Onlooker& onlooker)
{
    switch (onlooker.kind) {
    case Onlooker::Kind::Recorder:
        return Words::tr("%1 (records the screen)").arg(onlooker.program);
    case Onlooker::Kind::RemoteDesktop:
        return Words::tr("%1 (remote desktop)").arg(onlooker.program);
    case Onlooker::Kind::Meeting:
        return Words::tr("%1 (can share the screen)").arg(onlooker.program);
    case Onlooker::Kind::OtherScreen:
        return Words::tr("%1 (the screen of another computer)").arg(onlooker.program);
    }
    return {};
}

QString sheetModeName(SheetMode mode)
{
    switch (mode) {
    case SheetMode::Blank:
        return Words::tr("Blank sheets, filled in by hand");
    case SheetMode::Printed:
        return Words::tr("Printed with their values");
    case SheetMode::None:
        return Words::tr("No sheets");
    }
    return {};
}

QString paperName(PaperSize paper)
{
    return paper == PaperSize::Letter ? Words::tr("Letter") : Words::tr("A4");
}

QString connectionSentence(PrinterConnection connection)
{
    switch (connection) {
    case PrinterConnection::Cable:
        return Words::tr("The printer is on a cable of this computer.");
    case PrinterConnection::Network:
        return Words::tr("The printer is on a network: others may read along, and keep the page.");
    case PrinterConnection::File:
        return Words::tr("This is no printer: the page becomes a file.");
    case PrinterConnection::Class:
        return Words::tr("This is a group of printers: nobody knows which one will print the page.");
    case PrinterConnection::Other:
        return Words::tr("Another program takes the page to the printer; what it keeps is not known.");
    }
    return {};
}

QString spoolSentence(SpoolPlace spool)
{
    switch (spool) {
    case SpoolPlace::Memory:
        return Words::tr("The printing system keeps the page in memory.");
    case SpoolPlace::SwappableMemory:
        return Words::tr("The printing system keeps the page in memory, which may be swapped to a disk.");
    case SpoolPlace::Disk:
        return Words::tr("The printing system keeps the page on a disk, where it can be found when deleted.");
    case SpoolPlace::Unknown:
        return Words::tr("Where the printing system keeps the page could not be found out.");
    }
    return {};
}

QString opinionName(KeyOpinion opinion)
{
    switch (opinion) {
    case KeyOpinion::Agrees:
        return Words::tr("The same key. Its signature was verified.");
    case KeyOpinion::Listed:
        return Words::tr("The same key. It was not asked to sign.");
    case KeyOpinion::NamedOtherwise:
        return Words::tr("The same key under another label or ID.");
    case KeyOpinion::NotSigned:
        return Words::tr("The same key. It did not sign.");
    case KeyOpinion::WrongSignature:
        return Words::tr("Its signature does not fit the recorded public key.");
    case KeyOpinion::OtherKey:
        return Words::tr("Another key under this ID.");
    case KeyOpinion::Missing:
        return Words::tr("No such key.");
    case KeyOpinion::NotVisible:
        return Words::tr("Not visible to OpenSC, as AES keys are not.");
    case KeyOpinion::Unexpected:
        return Words::tr("A key that is not in this record.");
    }
    return {};
}

QString opinionSentence(const SecondOpinionGiven& given)
{
    const QString library = Words::tr("%1 %2", "a program and its version").arg(given.library, given.version);
    QStringList different;
    bool hidden = false;
    for (const OpinionOnKey& key : given.keys) {
        hidden = hidden || key.opinion == KeyOpinion::NotVisible;
        if (isDifference(key.opinion))
            different << (key.label.isEmpty() ? ltr(key.id) : key.label);
    }
    QStringList sentences;
    if (!different.isEmpty())
        sentences << Words::tr("%1 does not agree with this record about: %2.")
                         .arg(library, QLocale().createSeparatedList(different));
    else if (given.keys.empty())
        sentences << Words::tr("%1 sees no key on the device, and none is in this record.").arg(library);
    else if (given.loggedIn)
        sentences
            << Words::tr("%1 sees the same keys, and the signatures it made were verified.").arg(library);
    else
        sentences << Words::tr("%1 sees the same keys. It was not asked to sign.").arg(library);
    if (given.more > 0)
        sentences << Words::tr("It shows more keys that are not in this record.");
    if (hidden)
        sentences << Words::tr("Keys that are not visible to OpenSC were not compared.");
    return sentences.join(QLatin1Char(' '));
}

QString opinionSentence(const SecondOpinionFailed& failed)
{
    return Words::tr("It was asked for, and none came: %1.")
        .arg(errorSentence(Error{ .kind = failed.error }));
}

QString numbersInARow(const std::vector<int>& numbers)
{
    QStringList each;
    for (const int number : numbers)
        each << QString::number(number);
    return each.join(Words::tr(", ", "between numbers in a list"));
}

QString custodyWarning(const CustodyRuleOverridden& conflict)
{
    switch (conflict.rule) {
    case CustodyRule::OfficerAmongTwo:
        return Words::tr(
            "The security officer is also custodian %1: with one other custodian the officer can "
            "restore all keys.")
            .arg(conflict.custodian);
    case CustodyRule::SoPinHolderIsCustodian:
        return Words::tr("The security officer, who sets the SO-PIN, is also custodian %1.")
            .arg(conflict.custodian);
    case CustodyRule::SoPinHalfHolderIsCustodian:
        return Words::tr("One of the two who enter the SO-PIN in halves is also custodian %1.")
            .arg(conflict.custodian);
    case CustodyRule::TooManyShares: {
        std::vector<int> numbers{ conflict.custodian };
        for (const SameCustodian& same : conflict.also)
            numbers.push_back(same.custodian);
        return conflict.alone
            ? Words::tr("Custodians %1 are the same person, who can open a share file with nobody else.")
                  .arg(numbersInARow(numbers))
            : Words::tr("Custodians %1 are the same person, who can open a share file with one other "
                        "custodian.")
                  .arg(numbersInARow(numbers));
    }
    }
    return {};
}

} // namespace conclave::ui
