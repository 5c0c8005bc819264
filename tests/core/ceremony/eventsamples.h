// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/ceremony/event.h"

#include <vector>

namespace conclave::ceremony {

struct Sample {
    Event event;
    const char* name;
    const char* json;
};

inline QString text(const char16_t* value)
{
    return QString::fromUtf16(value);
}

/// Each kind of event, and how it stands in a transcript. Where an enum has several values, each of them.
inline std::vector<Sample> samples()
{
    const QString hash = QString(64, QLatin1Char('a'));
    DeviceChosen device;
    device.serial = text(u"DENK0299901");
    device.product = text(u"Nitrokey HSM 2");
    device.firmware = text(u"4.1");
    device.reader = text(u"Reader \u00fc");
    device.virtualReader = true;
    device.authenticity = Authenticity::Simulated;
    device.initialised = true;
    device.soPinTries = 14;
    device.userPinTries = 3;
    device.shareFilesTotal = 2;
    device.shareFilesOutstanding = 1;
    device.label = text(u"old");
    device.keys = { { text(u"k"), text(u"01"), text(u"Rsa2048"), text(u"ab"), 7 }, {} };
    device.keysGivenUp = true;
    device.unknownMakerAccepted = true;
    device.kcv = text(u"630dcd2966c43366");
    DeviceChosen certified;
    certified.authenticity = Authenticity::CertificateOnly;
    DeviceChosen foreign;
    foreign.authenticity = Authenticity::UnknownIssuer;
    DeviceChosen broken;
    broken.authenticity = Authenticity::Broken;
    return {
        { Opened{ text(u"EX-1"), text(u"Conclave 0.1.0"), true, hash, Flow::AddBackup }, "opened",
            R"({"ceremony":"EX-1","program":"Conclave 0.1.0","rehearsal":true,
                "continues":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "flow":"addBackup"})" },
        { CustodyRuleOverridden{ CustodyRule::OfficerAmongTwo, 2 }, "custodyRuleOverridden",
            R"({"rule":"officerAmongTwo","custodian":2})" },
        { CustodyRuleOverridden{ CustodyRule::SoPinHolderIsCustodian, 1 }, "custodyRuleOverridden",
            R"({"rule":"soPinHolderIsCustodian","custodian":1})" },
        { MemoryFolderAccepted{ text(u"tmpfs") }, "memoryFolderAccepted", R"({"fileSystem":"tmpfs"})" },
        { ParticipantNamed{ Role::Officer, 1, text(u"Ada"), text(u"Grace") }, "participantNamed",
            R"({"role":"officer","number":1,"name":"Ada","identityCheckedBy":"Grace"})" },
        { ParticipantNamed{ Role::Witness, 1, text(u"\"\\"), {} }, "participantNamed",
            R"({"role":"witness","number":1,"name":"\"\\","identityCheckedBy":""})" },
        { ParticipantNamed{ Role::Custodian, 5, text(u"\u5b89"), {} }, "participantNamed",
            R"({"role":"custodian","number":5,"name":"\u5b89","identityCheckedBy":""})" },
        { Prepared{ text(u"CA"), text(u"Room 1"), true, true }, "prepared",
            R"({"purpose":"CA","place":"Room 1","clockConfirmed":true,"withoutWitness":true})" },
        { FirstDeviceNamed{ text(u"EX-0"), text(u"DENK0299901"), text(u"630dcd2966c43366"),
              { { text(u"one"), text(u"A"), 3, 5, 128, text(u"7K3QZ9"), text(u"x.pbe"), text(u"ab"),
                  text(u"cd"), text(u"ef") } } },
            "firstDeviceNamed",
            R"({"ceremony":"EX-0","device":"DENK0299901","kcv":"630dcd2966c43366",
                "shareFiles":[{"name":"one","site":"A","threshold":3,"total":5,"bits":128,"set":"7K3QZ9",
                               "file":"x.pbe","sha256":"ab","prime":"cd","shareCheck":"ef"}]})" },
        { device, "deviceChosen",
            R"({"serial":"DENK0299901","product":"Nitrokey HSM 2","firmware":"4.1","reader":"Reader \u00fc",
                "virtualReader":true,"authenticity":"simulated","initialised":true,"soPinTries":14,
                "userPinTries":3,"shareFilesTotal":2,"shareFilesOutstanding":1,"label":"old",
                "keys":[{"label":"k","id":"01","algorithm":"Rsa2048","fingerprint":"ab","reference":7},
                        {"label":"","id":"","algorithm":"","fingerprint":"","reference":0}],"keysGivenUp":true,
                "unknownMakerAccepted":true,"kcv":"630dcd2966c43366"})" },
        { DeviceChosen{}, "deviceChosen",
            R"({"serial":"","product":"","firmware":"","reader":"","virtualReader":false,
                "authenticity":"notVerified","initialised":false,"soPinTries":-1,"userPinTries":-1,
                "shareFilesTotal":-1,"shareFilesOutstanding":-1,"label":"","keys":[],"keysGivenUp":false,
                "unknownMakerAccepted":false,"kcv":""})" },
        { certified, "deviceChosen",
            R"({"serial":"","product":"","firmware":"","reader":"","virtualReader":false,
                "authenticity":"certificateOnly","initialised":false,"soPinTries":-1,"userPinTries":-1,
                "shareFilesTotal":-1,"shareFilesOutstanding":-1,"label":"","keys":[],"keysGivenUp":false,
                "unknownMakerAccepted":false,"kcv":""})" },
        { foreign, "deviceChosen",
            R"({"serial":"","product":"","firmware":"","reader":"","virtualReader":false,
                "authenticity":"unknownIssuer","initialised":false,"soPinTries":-1,"userPinTries":-1,
                "shareFilesTotal":-1,"shareFilesOutstanding":-1,"label":"","keys":[],"keysGivenUp":false,
                "unknownMakerAccepted":false,"kcv":""})" },
        { broken, "deviceChosen",
            R"({"serial":"","product":"","firmware":"","reader":"","virtualReader":false,
                "authenticity":"broken","initialised":false,"soPinTries":-1,"userPinTries":-1,
                "shareFilesTotal":-1,"shareFilesOutstanding":-1,"label":"","keys":[],"keysGivenUp":false,
                "unknownMakerAccepted":false,"kcv":""})" },
        { SchemeChosen{}, "schemeChosen", R"({"shareFiles":[]})" },
        { SchemeChosen{ { { text(u"one"), text(u"A"), 3, 5, 128 }, { text(u"two"), text(u"B"), 0, 0, 0 } } },
            "schemeChosen",
            R"({"shareFiles":[{"name":"one","site":"A","threshold":3,"total":5,"bits":128},
                              {"name":"two","site":"B","threshold":0,"total":0,"bits":0}]})" },
        { SetMade{
              2, text(u"7K3QZ9"), text(u"x.pbe"), text(u"ab"), text(u"cd"), text(u"ef"), false, 10, true },
            "setMade",
            R"({"number":2,"set":"7K3QZ9","file":"x.pbe","sha256":"ab","prime":"cd","shareCheck":"ef",
                "deviceRandom":false,"subsetsProven":10,"allSubsets":true})" },
        { SetVoided{ 1, VoidReason::HandOutCut }, "setVoided", R"({"number":1,"reason":"handOutCut"})" },
        { SetVoided{ 1, VoidReason::WentBack }, "setVoided", R"({"number":1,"reason":"wentBack"})" },
        { SetVoided{ 1, VoidReason::CustodianMissing }, "setVoided",
            R"({"number":1,"reason":"custodianMissing"})" },
        { SetVoided{ 2, VoidReason::ProofFailed }, "setVoided", R"({"number":2,"reason":"proofFailed"})" },
        { TurnBegan{ 1, 99 }, "turnBegan", R"({"number":1,"id":99})" },
        { TurnDeferred{ 1, 2 }, "turnDeferred", R"({"number":1,"id":2})" },
        { ProofFailed{ 1, 2, 3 }, "proofFailed", R"({"number":1,"id":2,"tries":3})" },
        { ShareProved{ 1, 2, 1 }, "shareProved", R"({"number":1,"id":2,"tries":1})" },
        { HandOutFinished{ text(u"630dcd2966c43366") }, "handOutFinished", R"({"kcv":"630dcd2966c43366"})" },
        { SettingsChosen{ text(u"CA"), 10, Unblocking::Off, true, false }, "settingsChosen",
            R"({"label":"CA","userPinTries":10,"unblocking":"off","soPinMade":true,
                "soPinReplaced":false})" },
        { SettingsChosen{ text(u"CA"), 3, Unblocking::CounterOnly, false, true }, "settingsChosen",
            R"({"label":"CA","userPinTries":3,"unblocking":"counterOnly","soPinMade":false,
                "soPinReplaced":true})" },
        { SettingsChosen{ text(u"CA"), 3, Unblocking::NewPin, false, false }, "settingsChosen",
            R"({"label":"CA","userPinTries":3,"unblocking":"newPin","soPinMade":false,
                "soPinReplaced":false})" },
        { WentBack{ BackTarget::Preparation }, "wentBack", R"({"to":"preparation"})" },
        { WentBack{ BackTarget::Device }, "wentBack", R"({"to":"device"})" },
        { WentBack{ BackTarget::Scheme }, "wentBack", R"({"to":"scheme"})" },
        { WentBack{ BackTarget::Pins }, "wentBack", R"({"to":"pins"})" },
        { Intended{ Operation::Initialise, text(u"S"), 0, -1, -1 }, "intended",
            R"({"operation":"initialise","serial":"S","number":0,"outstandingBefore":-1,"keyReference":-1})" },
        { Intended{ Operation::ChangeSoPin, text(u"S"), 0, -1, -1 }, "intended",
            R"({"operation":"changeSoPin","serial":"S","number":0,"outstandingBefore":-1,"keyReference":-1})" },
        { Intended{ Operation::ImportShareFile, text(u"S"), 2, 1, -1 }, "intended",
            R"({"operation":"importShareFile","serial":"S","number":2,"outstandingBefore":1,
                "keyReference":-1})" },
        { Intended{ Operation::GenerateKey, text(u"S"), 0, -1, 1 }, "intended",
            R"({"operation":"generateKey","serial":"S","number":0,"outstandingBefore":-1,"keyReference":1})" },
        { Intended{ Operation::DeleteKey, text(u"S"), 0, -1, 255 }, "intended",
            R"({"operation":"deleteKey","serial":"S","number":0,"outstandingBefore":-1,"keyReference":255})" },
        { WorkFailed{ Operation::GenerateKey, 1, ErrorKind::CardRemoved, -2146434967, true }, "workFailed",
            R"({"operation":"generateKey","number":1,"error":"cardRemoved","code":-2146434967,
                "certain":true})" },
        { Settled{ Operation::Initialise, 0, Outcome::TookEffect }, "settled",
            R"({"operation":"initialise","number":0,"outcome":"tookEffect"})" },
        { Settled{ Operation::Initialise, 0, Outcome::NoEffect }, "settled",
            R"({"operation":"initialise","number":0,"outcome":"noEffect"})" },
        { Settled{ Operation::Initialise, 0, Outcome::Unclear }, "settled",
            R"({"operation":"initialise","number":0,"outcome":"unclear"})" },
        { Settled{ Operation::Initialise, 0, Outcome::Erased }, "settled",
            R"({"operation":"initialise","number":0,"outcome":"erased"})" },
        { AuthenticityProved{ Authenticity::Genuine, text(u"/A/B/C"), text(u"2031-05-27") },
            "authenticityProved", R"({"authenticity":"genuine","holder":"/A/B/C","validTo":"2031-05-27"})" },
        { AuthenticityProved{ Authenticity::GenuineExpired, {}, {} }, "authenticityProved",
            R"({"authenticity":"genuineExpired","holder":"","validTo":""})" },
        { DeviceInitialised{ text(u"S"), 2, 2 }, "deviceInitialised",
            R"({"serial":"S","shareFilesTotal":2,"shareFilesOutstanding":2})" },
        { SoPinChanged{}, "soPinChanged", "{}" },
        { ShareReceived{ 1, 4 }, "shareReceived", R"({"number":1,"id":4})" },
        { SharesRejected{ 1, ErrorKind::SharesDoNotOpenFile }, "sharesRejected",
            R"({"number":1,"error":"sharesDoNotOpenFile"})" },
        { ShareFileImported{ 1, 0, 2, text(u"aa"), true }, "shareFileImported",
            R"({"number":1,"outstanding":0,"total":2,"kcv":"aa","kcvCompared":true})" },
        { KeyCheckValueDiffered{ text(u"aa"), text(u"bb") }, "keyCheckValueDiffered",
            R"({"device":"aa","computed":"bb"})" },
        { KeyCheckValueRead{ text(u"aa"), true }, "keyCheckValueRead", R"({"kcv":"aa","compared":true})" },
        { KeyCheckValueNoted{}, "keyCheckValueNoted", "{}" },
        { KeysPlanned{ { { text(u"k"), text(u"0a"), card::KeyAlgorithm::Rsa4096 },
              { text(u"l"), text(u"0b"), card::KeyAlgorithm::EcBrainpoolP256 } } },
            "keysPlanned",
            R"({"keys":[{"label":"k","id":"0a","algorithm":"Rsa4096"},
                        {"label":"l","id":"0b","algorithm":"EcBrainpoolP256"}]})" },
        { KeyGenerated{ 0, 7, text(u"aa"), text(u"30"), 1.5, Attestation::Verified, text(u"67") },
            "keyGenerated",
            R"({"index":0,"keyReference":7,"fingerprint":"aa","publicKey":"30","seconds":1.5,
                "attestation":"verified","request":"67"})" },
        { KeyGenerated{ 0, 7, {}, {}, 0, Attestation::Unverified, {} }, "keyGenerated",
            R"({"index":0,"keyReference":7,"fingerprint":"","publicKey":"","seconds":0,
                "attestation":"unverified","request":""})" },
        { KeyGenerated{ 0, 7, {}, {}, 0, Attestation::None, {} }, "keyGenerated",
            R"({"index":0,"keyReference":7,"fingerprint":"","publicKey":"","seconds":0,
                "attestation":"none","request":""})" },
        { KeyTested{ 0, 0.25 }, "keyTested", R"({"index":0,"seconds":0.25})" },
        { KeyTestFailed{ 1 }, "keyTestFailed", R"({"index":1})" },
        { KeySkipped{ 1 }, "keySkipped", R"({"index":1})" },
        { KeyDeleted{ 1 }, "keyDeleted", R"({"index":1})" },
        { GenerationFinished{}, "generationFinished", "{}" },
        { KeysWrapped{ text(u"aa"), text(u"bb"),
              { { 1, text(u"EX-1-key-1.bin"), text(u"cc") }, { 7, text(u"EX-1-key-2.bin"), text(u"dd") } },
              { { 2, ErrorKind::NotAllowed } } },
            "keysWrapped",
            R"({"kcv":"aa","manifestSha256":"bb",
                "keys":[{"keyReference":1,"file":"EX-1-key-1.bin","sha256":"cc"},
                        {"keyReference":7,"file":"EX-1-key-2.bin","sha256":"dd"}],
                "leftOut":[{"keyReference":2,"error":"notAllowed"}]})" },
        { KeysSaved{ 2, text(u"/media/\u00fc"), 1 }, "keysSaved",
            R"({"medium":2,"folder":"/media/\u00fc","wrapping":1})" },
        { KeysNotSaved{ text(u"/media/x"), ErrorKind::MediumRemoved }, "keysNotSaved",
            R"({"folder":"/media/x","error":"mediumRemoved"})" },
        { OneCopyConfirmed{}, "oneCopyConfirmed", "{}" },
        { BackupFinished{ true }, "backupFinished", R"({"proved":true})" },
        { BackupSkipped{}, "backupSkipped", "{}" },
        { RestorePlanned{ text(u"/media/keys"), text(u"EX-0"), text(u"DENK0299901"),
              text(u"630dcd2966c43366"),
              { { text(u"x.bin"), text(u"ab"), text(u"k"), text(u"0a"), text(u"EcP256"), text(u"cd"), 3 } },
              2 },
            "restorePlanned",
            R"({"path":"/media/keys","ceremony":"EX-0","device":"DENK0299901","kcv":"630dcd2966c43366",
                "keys":[{"file":"x.bin","sha256":"ab","label":"k","id":"0a","type":"EcP256","fingerprint":"cd",
                         "present":3}],"notChosen":2})" },
        { KeyRestored{ 1, 7, true, 0.5 }, "keyRestored",
            R"({"index":1,"keyReference":7,"proved":true,"seconds":0.5})" },
        { RestoreSkipped{ 2 }, "restoreSkipped", R"({"index":2})" },
        { RestoreFinished{}, "restoreFinished", "{}" },
        { CloneProved{ text(u"DENK0299901"), 2, 1 }, "cloneProved",
            R"({"first":"DENK0299901","keys":2,"notSigning":1})" },
        { CloneProofFailed{ ErrorKind::WrongPin, 1 }, "cloneProofFailed",
            R"({"error":"wrongPin","device":1})" },
        { CloneProofSkipped{}, "cloneProofSkipped", "{}" },
        { Intended{ Operation::RestoreKey, text(u"S"), 1, -1, -1 }, "intended",
            R"({"operation":"restoreKey","serial":"S","number":1,"outstandingBefore":-1,"keyReference":-1})" },
        { DeviationNoted{ text(u"late"), text(u"Ada") }, "deviationNoted", R"({"text":"late","by":"Ada"})" },
        { Explained{ 17, text(u"typed wrong") }, "explained", R"({"about":17,"text":"typed wrong"})" },
        { Paused{}, "paused", "{}" },
        { Resumed{ CheckpointAnswer::Matched, false }, "resumed",
            R"({"checkpoint":"matched","tornLineDropped":false})" },
        { Resumed{ CheckpointAnswer::None, true }, "resumed",
            R"({"checkpoint":"none","tornLineDropped":true})" },
        { Sealed{}, "sealed", "{}" },
        { ReportSaved{ text(u"report.pdf"), hash }, "reportSaved",
            R"({"file":"report.pdf",
                "sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})" },
        { FingerprintRead{ text(u"Ada"), text(u"Grace") }, "fingerprintRead",
            R"({"by":"Ada","followedBy":"Grace"})" },
        { Closed{}, "closed", "{}" },
    };
}

} // namespace conclave::ceremony
