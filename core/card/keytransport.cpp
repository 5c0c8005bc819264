// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/card/keytransport.h"

#include "core/card/cvc.h"
#include "core/card/keycertificate.h"
#include "core/card/pkcs15.h"

#include <algorithm>

namespace conclave::card {

namespace {

using dkek::WrapFile;
using dkek::WrappedKeyType;

constexpr std::uint8_t kRequest = 0x67;

tl::unexpected<Error> altered()
{
    return fail(ErrorKind::WrappedKeyAltered);
}

KeyDescription::Type kindOf(WrappedKeyType type)
{
    switch (type) {
    case WrappedKeyType::Rsa:
    case WrappedKeyType::RsaCrt:
        return KeyDescription::Type::Rsa;
    case WrappedKeyType::Ec:
        return KeyDescription::Type::Ec;
    case WrappedKeyType::Aes:
        return KeyDescription::Type::Aes;
    }
    Q_UNREACHABLE();
}

KeyDescription::Type kindOf(const PublicKey& key)
{
    return key.modulus.empty() ? KeyDescription::Type::Ec : KeyDescription::Type::Rsa;
}

int bitsOf(const PublicKey& key)
{
    if (key.modulus.empty())
        return static_cast<int>(key.point.size() / 2) * 8; // 04 X Y
    const auto first = std::ranges::find_if(key.modulus, [](std::uint8_t byte) { return byte != 0; });
    return static_cast<int>(key.modulus.end() - first) * 8;
}

/// Nothing for a key that is none of ours to check with.
Result<std::optional<PublicKey>> publicKeyIn(ByteView certificate)
{
    if (certificate.front() == kRequest) {
        const auto request = CvRequest::parse(certificate);
        if (!request)
            return altered();
        const Status possession = request->verifyPossession();
        if (!possession && possession.error().kind == ErrorKind::SelfTestFailed)
            return altered();
        return std::optional(request->request.publicKey);
    }
    auto key = publicKeyOfCertificate(certificate);
    if (key)
        return std::optional(std::move(*key));
    if (key.error().kind == ErrorKind::Unsupported)
        return std::optional<PublicKey>();
    return altered();
}

KeyFiles filesFor(const WrapFile& file, std::uint8_t reference)
{
    return { .description = file.description.empty()
            ? Bytes()
            : describedUnder(file.description, reference).value_or(file.description),
        .certificate = file.certificate };
}

/// Whether an import that was cut short can have left these.
bool isBeginningOf(const KeyFiles& left, const KeyFiles& wanted)
{
    const auto fits = [](const Bytes& part, const Bytes& whole) { return part.empty() || part == whole; };
    return left != KeyFiles() && fits(left.description, wanted.description)
        && fits(left.certificate, wanted.certificate);
}

Result<std::uint8_t> referenceFor(SmartCardHsm& hsm, const WrapFile& file)
{
    const auto leftOver = hsm.referencesWithoutKey();
    if (!leftOver)
        return fail(leftOver.error());
    for (const std::uint8_t reference : *leftOver) {
        const auto files = hsm.keyFiles(reference);
        if (!files)
            return fail(files.error());
        if (isBeginningOf(*files, filesFor(file, reference)))
            return reference;
    }
    return hsm.freeKeyReference();
}

bool deviceAnswered(const Error& error)
{
    return error.kind > ErrorKind::TransportFailed;
}

/// The entry of this very key; null when there is none. A key without certificate and name, as the stock tool
/// leaves it when it is stopped after UNWRAP, is known by its signature; `message` may be anything.
Result<const KeyEntry*> findKey(
    SmartCardHsm& hsm, const PublicKey& key, ByteView message, const std::vector<KeyEntry>& present)
{
    for (const KeyEntry& entry : present) {
        if (entry.publicKey && entry.publicKey->isSameAs(key))
            return &entry;
    }
    for (const KeyEntry& entry : present) {
        if (entry.publicKey || !entry.isUnnamed() || !key.algorithm)
            continue;
        const auto signature = hsm.signSha256(entry.reference, *key.algorithm, message);
        if (!signature && !deviceAnswered(signature.error()))
            return fail(signature.error());
        if (signature && key.verifySha256(message, *signature))
            return &entry;
    }
    return nullptr;
}

Result<const KeyEntry*> findSame(SmartCardHsm& hsm, const TransportedKey& key, ByteView message,
    const std::vector<KeyEntry>& present, std::optional<std::uint8_t> known)
{
    if (!known)
        return key.publicKey ? findKey(hsm, *key.publicKey, message, present) : nullptr;
    const auto entry = std::ranges::find(present, *known, &KeyEntry::reference);
    return entry == present.end() ? nullptr : &*entry;
}

} // namespace

Result<TransportedKey> inspectWrapFile(const WrapFile& file)
{
    const auto blob = dkek::inspectWrappedKey(file.blob);
    if (!blob)
        return fail(blob.error());
    TransportedKey key{ .kcv = blob->kcv, .type = blob->type };
    if (!file.description.empty()) {
        auto description = KeyDescription::parse(file.description);
        if (!description || description->type != kindOf(blob->type)
            || (description->bits != 0 && !blob->fits(description->bits)))
            return altered();
        key.label = std::move(description->label);
        key.id = std::move(description->id);
        key.bits = description->bits;
    }
    if (!file.certificate.empty()) {
        auto publicKey = publicKeyIn(file.certificate);
        if (!publicKey)
            return fail(publicKey.error());
        key.publicKey = std::move(*publicKey);
    }
    if (key.publicKey
        && (kindOf(*key.publicKey) != kindOf(blob->type) || !blob->fits(bitsOf(*key.publicKey))))
        return altered();
    return key;
}

Status checkDkek(const dkek::CheckValue& wrappedWith, const std::optional<DkekStatus>& device)
{
    if (!device)
        return fail(ErrorKind::DkekNotConfigured);
    if (device->outstanding != 0)
        return fail(ErrorKind::DkekIncomplete);
    if (!device->kcv)
        return fail(ErrorKind::NotLoggedIn);
    if (*device->kcv != wrappedWith)
        return fail(ErrorKind::WrappedKeyOfAnotherDkek);
    return {};
}

Result<WrapFile> exportKey(SmartCardHsm& hsm, std::uint8_t reference)
{
    auto blob = hsm.wrapKey(reference);
    if (!blob)
        return fail(blob.error());
    auto files = hsm.keyFiles(reference);
    if (!files)
        return fail(files.error());
    WrapFile file{
        .blob = std::move(*blob), .description = std::move(files->description), .certificate = {}
    };
    if (!inspectWrapFile(file))
        file.description.clear();
    file.certificate = std::move(files->certificate);
    if (!inspectWrapFile(file))
        file.certificate.clear();
    return file;
}

Result<ImportedKey> importKey(SmartCardHsm& hsm, const WrapFile& file, const std::vector<KeyEntry>& present,
    std::optional<std::uint8_t> known)
{
    const auto key = inspectWrapFile(file);
    if (!key)
        return fail(key.error());
    const auto dkek = hsm.dkekStatus();
    if (!dkek)
        return fail(dkek.error());
    if (const Status fits = checkDkek(key->kcv, *dkek); !fits)
        return fail(fits.error());

    const auto same = findSame(hsm, *key, file.blob, present, known);
    if (!same)
        return fail(same.error());
    if (const KeyEntry* entry = *same) {
        // Another program may have been stopped before it named the key.
        if (entry->isUnnamed()) {
            const KeyFiles files = filesFor(file, entry->reference);
            if (const Status written = hsm.writeKeyFiles(entry->reference, files); !written)
                return fail(written.error());
        }
        return ImportedKey{ .reference = entry->reference, .alreadyThere = true };
    }

    const auto reference = referenceFor(hsm, file);
    if (!reference)
        return fail(reference.error());
    const KeyFiles files = filesFor(file, *reference);
    Status done = hsm.writeKeyFiles(*reference, files);
    if (done)
        done = hsm.unwrapKey(*reference, file.blob);
    if (!done) {
        // Names without a key; not when a key is there after all, or nobody knows.
        if (deviceAnswered(done.error()) && done.error().kind != ErrorKind::AlreadyExists)
            (void)hsm.writeKeyFiles(*reference, {});
        return fail(done.error());
    }
    const auto kept = hsm.keyFiles(*reference);
    if (!kept)
        return fail(kept.error());
    if (*kept != files) { // some firmware describes a new key by itself
        if (const Status written = hsm.writeKeyFiles(*reference, files); !written)
            return fail(written.error());
    }
    return ImportedKey{ .reference = *reference };
}

} // namespace conclave::card
