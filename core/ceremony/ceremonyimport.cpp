// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/ceremony/ceremonyprivate.h"

#include "core/base/hex.h"
#include "core/card/smartcardhsm.h"
#include "core/ceremony/background.h"
#include "core/ceremony/backupdevices.h"
#include "core/ceremony/deviceoperations.h"
#include "core/ceremony/recorder.h"
#include "core/ceremony/setopening.h"
#include "core/ceremony/transport.h"
#include "core/ceremony/usualtimes.h"
#include "core/device/devicedirectory.h"
#include "core/simulator/simulatedhsm.h"

#include <algorithm>

namespace conclave::ceremony {

namespace {

constexpr int kHex = 16;

constexpr qsizetype kLongestId = 2; // of a sheet of another tool

IdReading idReading(dkek::Readings readings)
{
    if (readings.testFlag(dkek::Reading::IdsDecimal))
        return IdReading::Decimal;
    return readings.testFlag(dkek::Reading::IdsHex) ? IdReading::Hex : IdReading::Plain;
}

PasswordReading passwordReading(dkek::Readings readings)
{
    if (readings.testFlag(dkek::Reading::PaddedZero))
        return PasswordReading::ZerosKept;
    return readings.testFlag(dkek::Reading::MinimalPassword) ? PasswordReading::ZerosDropped
                                                             : PasswordReading::Plain;
}

} // namespace

void Ceremony::Private::rebuild(int number)
{
    begin(WorkKind::Rebuilding, number, kUsualDerivationMs);
    endTurn();
    const ShareSet& set = *state().set(number);
    auto order
        = std::make_shared<OpeningOrder>(OpeningOrder{ q.shareFileFolder(), *set.made, std::move(received),
            std::move(receivedPassword), environment.rounds, set.rule.threshold, set.ofAnotherTool });
    received.clear();
    onDone(inBackground(*QThreadPool::globalInstance(),
               [order] {
                   if (!order->shares.empty())
                       return openSet(*order);
                   return openShareFile(*order).map(
                       [](SecretBytes clear) { return OpenedSet{ .clear = std::move(clear) }; });
               }),
        &q, [this, number, order](QFuture<Result<OpenedSet>> future) {
            Result<OpenedSet> opened = future.takeResult();
            const ShareSet* asked = state().set(number);
            if (state().paused || !asked || static_cast<int>(asked->received.size()) < asked->needed()) {
                end(); // paused meanwhile: all is typed again
                return;
            }
            if (opened && !order->shares.empty())
                received = std::move(order->shares); // none that was typed is lost
            if (!opened) {
                record(SharesRejected{ number, opened.error().kind });
                failWith(WorkKind::Rebuilding, number, opened.error());
            } else {
                rebuiltFrom(number, std::move(*opened));
            }
        });
}

void Ceremony::Private::rebuiltFrom(int number, OpenedSet opened)
{
    for (const int id : opened.wrong) {
        std::erase_if(received, [id](const dkek::CustodianShare& share) { return share.id == id; });
        record(ShareFoundWrong{ number, id, *opened.wrongBy });
    }
    if (!opened.clear.empty() && state().flow() == Flow::Reshare) {
        received.clear();
        const QString check = toHex(dkek::checkValue(opened.clear));
        oldClear = std::move(opened.clear);
        end();
        oldPassword = passwordReading(opened.readings);
        record(SetOpened{ idReading(opened.readings), check });
        return;
    }
    if (!opened.clear.empty() && state().several) {
        received.clear();
        end();
        const std::optional<QString> kcv
            = several->takeShareFile(number, std::move(opened.clear), state().sets.size());
        if (kcv && *kcv != state().expectedKcv) {
            several->forgetShareFiles();
            record(KeyCheckValueDiffered{ QString(), *kcv });
            failWith(WorkKind::Rebuilding, number, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
            return;
        }
        record(ShareFileOpened{ number });
        return;
    }
    if (!opened.clear.empty()) {
        received.clear();
        rebuilt = std::move(opened.clear);
        rebuiltNumber = number;
        intendImport(number);
        return;
    }
    Error error{ .kind = ErrorKind::SharesDoNotOpenFile };
    if (!opened.wrong.empty()) {
        error.number = opened.wrong.front();
    } else if (state().set(number)->moreToCome()) {
        record(SharesNotOpened{ number, opened.fitTogether });
    } else {
        received.clear();
        record(SharesRejected{ number, error.kind });
    }
    failWith(WorkKind::Rebuilding, number, error);
}

/// 0: none.
int Ceremony::Private::setBeingReceived() const
{
    const std::vector<ShareSet>& sets = state().sets;
    const auto found = std::find_if(
        sets.begin(), sets.end(), [](const ShareSet& set) { return !set.received.empty() && !set.imported; });
    return found == sets.end() ? 0 : static_cast<int>(found - sets.begin()) + 1;
}

void Ceremony::Private::intendImport(int number)
{
    record(Intended{
        Operation::ImportShareFile, state().device->serial, number, state().shareFilesOutstanding, -1 });
}

void Ceremony::Private::import(int number, int outstandingBefore)
{
    begin(WorkKind::Importing, number);
    if (rebuilt.empty() || rebuiltNumber != number) {
        workFailed(
            Operation::ImportShareFile, number, Progress::Before, Error{ .kind = ErrorKind::NotAllowedNow });
        return;
    }
    const auto progress = std::make_shared<Progress>();
    onDevice(
        [share = rebuilt.clone(), outstandingBefore, progress](
            card::SmartCardHsm& hsm) { return importShareFile(hsm, share, outstandingBefore, *progress); },
        [this, number, progress](Result<card::DkekStatus> result) {
            if (result)
                imported(number, *result);
            else
                workFailed(Operation::ImportShareFile, number, *progress, result.error());
        });
}

void Ceremony::Private::imported(int number, const card::DkekStatus& dkek)
{
    if (!rebuilt.empty() && rebuiltNumber == number) {
        if (dkekSoFar.empty())
            dkekSoFar = SecretBytes(dkek::kDkekBytes);
        for (std::size_t i = 0; i < dkek::kDkekBytes; ++i)
            dkekSoFar[i] ^= rebuilt[i];
        ++dkekParts;
    }
    rebuilt.clear();
    rebuiltNumber = 0;
    ShareFileImported event{ number, dkek.outstanding, dkek.total, dkek.kcv ? toHex(*dkek.kcv) : QString(),
        false };
    QString computed = state().expectedKcv;
    if (!state().first && dkekParts == static_cast<int>(state().sets.size()))
        computed = toHex(dkek::checkValue(dkekSoFar));
    end();
    if (dkek.outstanding == 0 && !event.kcv.isEmpty() && !computed.isEmpty()) {
        if (event.kcv != computed) {
            record(KeyCheckValueDiffered{ event.kcv, computed });
            failWith(WorkKind::Importing, number, Error{ .kind = ErrorKind::KeyCheckValueDiffers });
            return;
        }
        event.kcvCompared = true;
    }
    record(event);
}

Status Ceremony::takeShareFile(const QString& path)
{
    if (d->state().stage != Stage::Importing || d->work.kind != WorkKind::None || d->state().brought)
        return notNow();
    d->begin(WorkKind::ReadingShareFiles);
    onDone(inBackground(*QThreadPool::globalInstance(),
               [path, into = folder(), sets = d->state().sets] {
                   return ceremony::takeShareFile(path, into, sets);
               }),
        this, [this](const QFuture<Result<int>>& future) {
            const Result<int> taken = future.result();
            if (taken)
                d->end();
            else
                d->failWith(WorkKind::ReadingShareFiles, taken.error().number.value_or(0), taken.error());
        });
    return {};
}

QString Ceremony::shareFileFolder() const
{
    const bool brought = state().brought && state().stage == Stage::Importing;
    return brought ? state().brought->folder : folder();
}

Status Ceremony::chooseOldSet(const SetBrought& set)
{
    return d->add(set);
}

PasswordReading Ceremony::oldPassword() const
{
    return d->oldPassword;
}

Status Ceremony::enterPrime(ByteView prime)
{
    if (d->phase != TurnPhase::Entry)
        return notNow();
    if (const Status fits = dkek::checkPrime(prime); !fits)
        return fits;
    return d->add(PrimeEntered{ toHex(prime) });
}

Status Ceremony::enterSheet(dkek::TypedShare sheet)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->ofAnotherTool || set->made->prime.isEmpty())
        return notNow();
    const int id = std::ranges::all_of(sheet.id, [](QChar c) { return hexDigitValue(c.unicode()) >= 0; })
        ? sheet.id.toInt(nullptr, kHex)
        : 0;
    if (id < 1 || sheet.id.size() > kLongestId)
        return fail(ErrorKind::ShareIdOutOfRange);
    const Bytes prime = fromHex(set->made->prime).value_or(Bytes{});
    dkek::CustodianShare share{ 1, std::move(sheet.value) }; // whatever number the id means
    if (const Status fits = dkek::checkShare(prime, share); !fits)
        return fits;
    share.id = id;
    if (set->received.contains(id))
        return fail(Error{ .kind = ErrorKind::DuplicateShare, .detail = sheet.id }); // a number in no base
    Status added = d->add(ShareReceived{ d->turnSet, id, sheet.id, d->readAloud });
    if (added) {
        d->received.push_back(std::move(share));
        d->phase = TurnPhase::Curtain;
        Q_EMIT changed();
    }
    return added;
}

Status Ceremony::chooseShareFile(int number)
{
    const ShareSet* set = d->state().set(number);
    if (d->state().stage != Stage::Importing || !set || set->imported || d->work.kind != WorkKind::None)
        return notNow();
    if (static_cast<int>(set->received.size()) >= set->needed()) {
        // The shares opened the file, and the device could not take it.
        if (d->rebuilt.empty() || d->rebuiltNumber != number || d->state().pending)
            return notNow();
        d->trouble.reset();
        d->intendImport(number);
        return {};
    }
    if (const int begun = d->setBeingReceived(); begun != 0 && begun != number) {
        if (const Status cleared = clearReceived(); !cleared)
            return cleared;
    }
    d->turnSet = number;
    d->turnId = 0;
    d->phase = TurnPhase::Curtain;
    Q_EMIT changed();
    return {};
}

Status Ceremony::enterShare(dkek::CustodianShare share, SecretBytes checkCode)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->made || set->rule.isPassword() || set->ofAnotherTool)
        return notNow();
    const Bytes prime = fromHex(set->made->prime).value_or(Bytes{});
    if (const Status fits = dkek::checkShare(prime, share); !fits)
        return fits;
    if (share.id > set->rule.total)
        return fail(Error{ .kind = ErrorKind::ShareIdOutOfRange, .number = share.id });
    if (set->received.contains(share.id))
        return fail(Error{ .kind = ErrorKind::DuplicateShare, .number = share.id });
    if (!checkCode.empty() && !(checkCode == dkek::checkCode(prime, share)))
        return fail(
            Error{ .kind = ErrorKind::CheckCodeDiffers, .number = share.id, .detail = set->made->set });
    const int id = share.id;
    Status added = d->add(ShareReceived{ d->turnSet, id, {}, d->readAloud });
    if (added) {
        d->received.push_back(std::move(share));
        d->phase = TurnPhase::Curtain;
        Q_EMIT changed();
    }
    return added;
}

QFuture<Result<dkek::VerifierAnswer>> Ceremony::askCompanion(dkek::CustodianShare share) const
{
    const ShareSet* set = d->state().set(d->turnSet);
    std::optional<SetMade> made;
    if (d->phase == TurnPhase::Entry && set && set->made && !set->ofAnotherTool)
        made = *set->made;
    return inBackground(*QThreadPool::globalInstance(),
        [folder = shareFileFolder(), made, share = std::move(share)]() -> Result<dkek::VerifierAnswer> {
            if (!made)
                return fail(ErrorKind::NotAllowedNow);
            return ceremony::askCompanion(folder, *made, share);
        });
}

Status Ceremony::enterPassword(SecretBytes password)
{
    const ShareSet* set = d->state().set(d->turnSet);
    if (d->phase != TurnPhase::Entry || !set || !set->rule.isPassword() || password.empty())
        return notNow();
    Status added = d->add(ShareReceived{ d->turnSet, 1 });
    if (added) {
        d->receivedPassword = std::move(password);
        d->phase = TurnPhase::Curtain;
    }
    return added;
}

Status Ceremony::clearReceived()
{
    Status rejected = d->add(SharesRejected{ d->setBeingReceived(), ErrorKind::TooFewShares });
    if (rejected)
        d->received.clear();
    return rejected;
}

Status Ceremony::noteKeyCheckValue()
{
    return d->add(KeyCheckValueNoted{});
}

Status Ceremony::importClear(int number, SecretBytes clear)
{
    d->rebuilt = std::move(clear);
    d->rebuiltNumber = number;
    return d->add(Intended{
        Operation::ImportShareFile, state().device->serial, number, state().shareFilesOutstanding, -1 });
}

} // namespace conclave::ceremony
