// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/card/apdu.h"
#include "core/card/cardchannel.h"
#include "core/card/devicestatus.h"
#include "core/card/devicetrust.h"
#include "core/card/keyalgorithm.h"
#include "core/card/publickey.h"

#include <QString>

#include <optional>
#include <set>
#include <vector>

namespace conclave::card {

/// INITIALIZE option bits (smartcard-hsm.md, 2.6): what happens when the user PIN is blocked.
enum class PinUnblocking { Off, CounterOnly, NewPin };

struct Initialisation {
    SecretBytes userPin{}; ///< ASCII, 6..16
    SecretBytes soPin{}; ///< the 16 hex digits, ASCII; sent as 8 bytes
    int userPinTries = 3; ///< by length: see mostPinTries()
    PinUnblocking unblocking = PinUnblocking::CounterOnly;
    QString label{}; ///< 1..32 UTF-8 bytes
    std::optional<int> shareFiles{}; ///< 1..8; 0: random DKEK on the card; nothing: no DKEK at all
};

struct KeyRequest {
    KeyAlgorithm algorithm = KeyAlgorithm::EcP256;
    QString label{};
    Bytes id{}; ///< CKA_ID, 1..32 bytes
};

struct GeneratedKey {
    PublicKey publicKey{};
    Bytes request{}; ///< authenticated, tag 67, as the device answered and keeps it: see attestKey()
};

struct KeyEntry {
    std::uint8_t reference = 0; ///< xx of CCxx
    QString label{}; ///< of the PRKD in C4xx; empty when there is none
    Bytes id{};
    std::uint16_t usage = 0; ///< as the description says: see KeyDescription::usage
    int aesBits = 0; ///< of an AES key, as its description says; 0: it says nothing of the kind
    std::optional<PublicKey> publicKey{}; ///< from CExx, where it parses
    Bytes certificate{}; ///< EF CExx as it is: see attestKey(); empty when there is none

    [[nodiscard]] bool isUnnamed() const { return label.isEmpty() && id.empty(); }
    /// Nothing where neither public key nor description tells it.
    [[nodiscard]] std::optional<KeyAlgorithm> algorithm() const;
};

/// What lies beside a key, as it is; empty where there is nothing.
struct KeyFiles {
    Bytes description{}; ///< PRKD or SKD, EF C4xx
    Bytes certificate{}; ///< request or X.509, EF CExx
    bool operator==(const KeyFiles&) const = default;
};

/// Public keys that log in together, or with the user PIN (smartcard-hsm.md, 2.19).
struct PublicKeyAuthentication {
    int total = 0; ///< to be registered
    int missing = 0;
    int required = 0; ///< for a login
    bool operator==(const PublicKeyAuthentication&) const = default;
};

/// A synchronous SmartCard-HSM driver over one channel. Every call may return any PC/SC error and any error
/// of its status words; those named here say more. Not thread-safe: its channel has one owner.
class SmartCardHsm {
public:
    explicit SmartCardHsm(CardChannel& channel);

    /// SELECT of the applet; ends a login. NotSmartCardHsm when it is not there.
    Status select();
    /// Selects when not yet done, and reads all that can be read without a PIN. No PIN try is used.
    [[nodiscard]] Result<DeviceStatus> status();
    [[nodiscard]] Result<QString> serial();
    /// EF 2F02 as it is, the device's certificate first: for judgeChain().
    [[nodiscard]] Result<Bytes> deviceCertificates();
    [[nodiscard]] Result<PinStatus> userPinStatus();
    [[nodiscard]] Result<PinStatus> soPinStatus();
    /// Nothing when no DKEK is configured.
    [[nodiscard]] Result<std::optional<DkekStatus>> dkekStatus();

    /// Free bytes, where the firmware tells them. Asked from version 2.4 on only, with INITIALIZE's
    /// instruction and no data: the maker's own scripts read the version so, older firmware is not known to
    /// take it for a question (smartcard-hsm.md, 1.6).
    [[nodiscard]] Result<std::optional<std::uint32_t>> freeMemory();
    /// Nothing when it is not set up.
    [[nodiscard]] Result<std::optional<PublicKeyAuthentication>> publicKeyAuthentication();
    /// All files of keys and data, by their ids.
    [[nodiscard]] Result<std::set<std::uint16_t>> files();
    /// The data object in a file that needs no PIN, as a CA certificate in CAxx. NotFound, NotLoggedIn;
    /// UnexpectedAnswer when there is none whole.
    [[nodiscard]] Result<Bytes> readPublicObject(std::uint16_t file) { return readFirstObject(file); }

    /// 1..1024 bytes.
    [[nodiscard]] Result<SecretBytes> random(std::size_t size);

    /// Erases everything. Writes the token label afterwards, and leaves the device logged out.
    Status initialise(const Initialisation& settings);
    /// The two halves. The first erases everything, and leaves the device logged out and without a label;
    /// that of the settings does not count. WrongPin, PinBlocked: of the SO-PIN, and nothing was erased.
    Status erase(const Initialisation& settings);
    Status finishInitialisation(const Initialisation& settings); ///< LabelRule
    /// On a device just erased without DKEK, with its user logged in: makes a key under a holder name made up
    /// on the spot, judges the request that comes back, and deletes the key again. What the device's chain
    /// told, and what the proof added to it: see withProof().
    [[nodiscard]] Result<DeviceTrust> proveDeviceKey(const QDate& today);
    /// What finishInitialisation() writes; for a device that lost power before it. Logs in, and leaves it
    /// logged in.
    Status writeLabel(ByteView userPin, const QString& label);
    /// `share`: 32 clear bytes. ShareFileNotCounted unless the count of outstanding files went down by one.
    [[nodiscard]] Result<DkekStatus> importShareFile(ByteView share);

    Status verifyUserPin(ByteView pin); ///< WrongPin with triesLeft, PinBlocked
    Status changeUserPin(ByteView oldPin, ByteView newPin);
    Status changeSoPin(ByteView oldHexDigits, ByteView newHexDigits);
    /// With `newPin` sets it; without resets the counter only. NotAllowed when the option is off.
    Status unblockUserPin(ByteView soPinHexDigits, std::optional<ByteView> newPin);

    [[nodiscard]] Result<std::vector<KeyEntry>> keys();
    /// A key is made under a free reference, so that none is overwritten; in two calls, so that an
    /// interrupted generation can be settled. generateKey() needs a login, and writes the PRKD.
    [[nodiscard]] Result<std::uint8_t> freeKeyReference(); ///< NoFreeKeyReference
    [[nodiscard]] Result<GeneratedKey> generateKey(std::uint8_t reference, const KeyRequest& request);
    /// The same for AES: writes the SKD. Unsupported for other algorithms, CommandUnsupported before
    /// firmware 3.
    Status generateSecretKey(std::uint8_t reference, const KeyRequest& request);
    [[nodiscard]] Result<PublicKey> readPublicKey(std::uint8_t reference); ///< NotFound
    /// Writes or rewrites the key's PRKD (C4xx): what generateKey does last.
    Status describeKey(std::uint8_t reference, const KeyRequest& request);
    /// Signs SHA-256 of the message: RSA PKCS#1 v1.5, or ECDSA in DER.
    [[nodiscard]] Result<Bytes> signSha256(std::uint8_t reference, KeyAlgorithm algorithm, ByteView message);
    /// AES in CBC mode with an IV of zeros, whole blocks of 16 bytes, 1 to 60 of them: WrongLength.
    /// Unsupported for a key that is none, or may not do it.
    [[nodiscard]] Result<SecretBytes> encryptBlocks(std::uint8_t reference, ByteView blocks);
    [[nodiscard]] Result<SecretBytes> decryptBlocks(std::uint8_t reference, ByteView blocks);
    /// AES-CMAC of a message of at most 960 bytes, 16 bytes. Errors as above.
    [[nodiscard]] Result<Bytes> cmac(std::uint8_t reference, ByteView message);
    /// Deletes CCxx, C4xx and CExx.
    Status deleteKey(std::uint8_t reference);

    /// The key under the DKEK (smartcard-hsm.md, 6.5). Needs a login. NotFound, DkekNotConfigured,
    /// DkekIncomplete, and NotAllowed for a key that must not leave the device.
    [[nodiscard]] Result<Bytes> wrapKey(std::uint8_t reference);
    /// Makes the key of a blob under a reference without one: AlreadyExists. A blob too long for one command
    /// goes through EF 2F10. Needs a login. WrappedKeyRefused when the device finds it altered or of another
    /// DKEK, DkekNotConfigured, DkekIncomplete, DeviceFull, Unsupported.
    Status unwrapKey(std::uint8_t reference, ByteView blob);
    [[nodiscard]] Result<KeyFiles> keyFiles(std::uint8_t reference);
    /// In place of what is there; a part that is empty is deleted.
    Status writeKeyFiles(std::uint8_t reference, const KeyFiles& files);
    /// References with a description or certificate, but without a key: what an interrupted import leaves.
    [[nodiscard]] Result<std::vector<std::uint8_t>> referencesWithoutKey();

private:
    /// What SELECT told; nothing while the applet is not selected.
    struct Applet {
        int versionMajor = 0;
        int versionMinor = 0;
        std::uint8_t options = 0;
    };

    Status ensureSelected();
    /// As it is, whatever the status word. An error of the channel forgets all that was known of the device.
    Result<ResponseApdu> transmit(const CommandApdu& command);
    /// Selects when not yet done. The data of a 9000; other words become errors.
    Result<SecretBytes> run(const CommandApdu& command);
    Result<PinStatus> pinStatus(std::uint8_t pinReference);
    PinStatus parsePinStatus(std::uint16_t sw) const;
    Result<DkekStatus> readDkekAnswer(ByteView answer);
    /// A file as far as it was read.
    struct Content {
        Bytes bytes{};
        bool whole = false;
    };
    /// The next piece. NotFound; UnexpectedAnswer.
    Status readOn(std::uint16_t file, Content& content);
    /// The first data object of a file, reading on as far as needed. NotFound; UnexpectedAnswer when there is
    /// none whole.
    Result<Bytes> readFirstObject(std::uint16_t file, Content& content);
    Result<Bytes> readFirstObject(std::uint16_t file);
    /// That a key may be made under the reference as requested: AlreadyExists, LabelRule, WrongData.
    Status checkFree(std::uint8_t reference, const KeyRequest& request);
    /// GENERATE: the answer, and what it says. UnexpectedAnswer for a key of another algorithm.
    Result<GeneratedKey> generate(std::uint8_t reference, KeyAlgorithm algorithm, const QString& holder);
    /// The file must be absent or no longer than `content`: whether writing shortens a file is not known.
    /// In pieces that fit every reader.
    Status writeFile(std::uint16_t file, ByteView content);
    Status unwrap(std::uint8_t reference, ByteView data);
    Status deleteFile(std::uint16_t file);
    Result<Bytes> sign(std::uint8_t reference, std::uint8_t mechanism, ByteView input);
    Result<SecretBytes> cipher(std::uint8_t reference, std::uint8_t mechanism, ByteView input);

    CardChannel& m_channel;
    std::optional<Applet> m_applet{};
    std::optional<QString> m_serial{};
    Content m_certificates{}; ///< EF 2F02
    std::optional<DkekStatus> m_dkek{}; ///< as the device told last on this connection
};

} // namespace conclave::card
