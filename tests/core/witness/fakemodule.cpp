// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
// A PKCS#11 module for tests. Beside its file lies "script": a line for each setting, "name value". Keys are
// "key LABEL ID-HEX PEM-FILE".
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <p11-kit/pkcs11.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace {

struct Key {
    std::string label;
    std::string id;
    EVP_PKEY* pair = nullptr;
};

struct Script {
    std::string folder;
    std::map<std::string, std::string> settings;
    std::vector<Key> keys;

    [[nodiscard]] bool is(const char* name) const { return settings.contains(name); }
};

Script* g_script = nullptr;
std::vector<CK_OBJECT_HANDLE> g_found;
CK_OBJECT_HANDLE g_signer = 0;

// Handles: 2 n + 1 is the private half of key n, 2 n + 2 the public one.
const Key* keyOf(CK_OBJECT_HANDLE object)
{
    return object == 0 || (object - 1) / 2 >= g_script->keys.size() ? nullptr
                                                                    : &g_script->keys[(object - 1) / 2];
}

bool isPrivate(CK_OBJECT_HANDLE object)
{
    return object % 2 == 1;
}

std::string unhex(const std::string& hex)
{
    std::string bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    return bytes;
}

void readScript()
{
    g_script = new Script;
    Dl_info self{};
    dladdr(reinterpret_cast<void*>(&readScript), &self);
    g_script->folder = self.dli_fname;
    g_script->folder.erase(g_script->folder.rfind('/') + 1);
    std::ifstream file(g_script->folder + "script");
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        std::string name;
        words >> name;
        if (name == "key") {
            Key key;
            std::string id;
            std::string pem;
            words >> key.label >> id >> pem;
            key.id = unhex(id);
            if (FILE* in = std::fopen((g_script->folder + pem).c_str(), "r")) {
                key.pair = PEM_read_PrivateKey(in, nullptr, nullptr, nullptr);
                std::fclose(in);
            }
            g_script->keys.push_back(key);
        } else {
            std::string value;
            words >> value;
            g_script->settings[name] = value;
        }
    }
}

/// What this process was started with, for the test to read.
void tellSurroundings()
{
    std::ofstream out(g_script->folder + "surroundings");
    for (char** each = environ; *each; ++each)
        out << "environment " << *each << '\n';
    for (int file = 0; file < 64; ++file) {
        char target[256] = {};
        if (readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), target, sizeof target - 1) > 0)
            out << "file " << target << '\n';
    }
    const char* configuration = std::getenv("OPENSC_CONF");
    std::ifstream in(configuration ? configuration : "");
    for (std::string line; std::getline(in, line);)
        out << "configuration " << line << '\n';
}

void pad(CK_UTF8CHAR* to, std::size_t size, const char* text)
{
    std::memset(to, ' ', size);
    std::memcpy(to, text, std::min(size, std::strlen(text)));
}

CK_RV initialize(void*)
{
    readScript();
    if (g_script->is("hangs")) {
        for (;;)
            pause();
    }
    if (g_script->is("crashes"))
        std::abort();
    if (g_script->is("talks")) {
        std::puts("{\"keys\":[]}");
        std::fflush(stdout);
    }
    if (g_script->is("tells"))
        tellSurroundings();
    return g_script->is("refuses") ? CKR_GENERAL_ERROR : CKR_OK;
}

CK_RV finalize(void*)
{
    return CKR_OK;
}

CK_RV getInfo(CK_INFO* info)
{
    pad(info->libraryDescription, sizeof info->libraryDescription, "Fake module");
    info->libraryVersion = { 7, 3 };
    return CKR_OK;
}

CK_RV getSlotList(unsigned char, CK_SLOT_ID* slots, CK_ULONG* count)
{
    if (!slots) {
        *count = g_script->is("manySlots") ? ~0UL / 16 : 2;
        return CKR_OK;
    }
    for (CK_ULONG i = 0; i < 2 && i < *count; ++i)
        slots[i] = i + 10;
    *count = g_script->is("manySlots") ? ~0UL / 16 : 2;
    return CKR_OK;
}

CK_RV getTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO* info)
{
    // The wanted one comes last: its place must not count.
    const std::string serial = slot == 11 ? g_script->settings["serial"] : "DENK9999999";
    pad(info->serialNumber, sizeof info->serialNumber, serial.c_str());
    return CKR_OK;
}

CK_RV openSession(CK_SLOT_ID slot, CK_FLAGS, void*, CK_NOTIFY, CK_SESSION_HANDLE* session)
{
    *session = 5;
    return slot == 11 ? CKR_OK : CKR_SLOT_ID_INVALID;
}

CK_RV closeSession(CK_SESSION_HANDLE)
{
    return CKR_OK;
}

CK_RV login(CK_SESSION_HANDLE, CK_USER_TYPE user, unsigned char* pin, CK_ULONG size)
{
    const std::string typed(reinterpret_cast<const char*>(pin), size);
    return user == CKU_USER && typed == g_script->settings["pin"] ? CKR_OK : CKR_PIN_INCORRECT;
}

CK_RV logout(CK_SESSION_HANDLE)
{
    return CKR_OK;
}

CK_RV findObjectsInit(CK_SESSION_HANDLE, CK_ATTRIBUTE* wanted, CK_ULONG count)
{
    if (count != 1 || wanted->type != CKA_CLASS)
        return CKR_ARGUMENTS_BAD;
    const CK_OBJECT_CLASS kind = *static_cast<CK_OBJECT_CLASS*>(wanted->pValue);
    g_found.clear();
    for (CK_OBJECT_HANDLE object = 1; object <= 2 * g_script->keys.size(); ++object) {
        if (isPrivate(object) ? kind == CKO_PRIVATE_KEY && !g_script->is("publicOnly")
                              : kind == CKO_PUBLIC_KEY)
            g_found.push_back(object);
    }
    return CKR_OK;
}

CK_RV findObjects(CK_SESSION_HANDLE, CK_OBJECT_HANDLE* objects, CK_ULONG most, CK_ULONG* count)
{
    if (g_script->is("endless")) {
        for (CK_ULONG i = 0; i < most; ++i)
            objects[i] = 1;
        *count = most;
        return CKR_OK;
    }
    *count = 0;
    while (*count < most && !g_found.empty()) {
        objects[(*count)++] = g_found.front();
        g_found.erase(g_found.begin());
    }
    if (g_script->is("overfull"))
        *count = 1000;
    return CKR_OK;
}

CK_RV findObjectsFinal(CK_SESSION_HANDLE)
{
    return CKR_OK;
}

std::string number(EVP_PKEY* key, const char* name)
{
    BIGNUM* value = nullptr;
    if (EVP_PKEY_get_bn_param(key, name, &value) != 1)
        return {};
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return bytes;
}

std::string curve(EVP_PKEY* key)
{
    char name[64] = {};
    std::size_t size = 0;
    EVP_PKEY_get_group_name(key, name, sizeof name, &size);
    ASN1_OBJECT* object = OBJ_nid2obj(OBJ_sn2nid(name));
    std::string der(static_cast<std::size_t>(i2d_ASN1_OBJECT(object, nullptr)), '\0');
    auto* to = reinterpret_cast<unsigned char*>(der.data());
    i2d_ASN1_OBJECT(object, &to);
    return der;
}

std::string point(EVP_PKEY* key)
{
    unsigned char raw[256];
    std::size_t size = 0;
    EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, raw, sizeof raw, &size);
    ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
    ASN1_OCTET_STRING_set(octets, raw, static_cast<int>(size));
    std::string der(static_cast<std::size_t>(i2d_ASN1_OCTET_STRING(octets, nullptr)), '\0');
    auto* to = reinterpret_cast<unsigned char*>(der.data());
    i2d_ASN1_OCTET_STRING(octets, &to);
    ASN1_OCTET_STRING_free(octets);
    return der;
}

bool isRsa(const Key& key)
{
    return EVP_PKEY_is_a(key.pair, "RSA") == 1;
}

bool valueOf(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, std::string& value)
{
    const Key& key = *keyOf(object);
    const auto plain = [](const auto& number) {
        return std::string(reinterpret_cast<const char*>(&number), sizeof number);
    };
    switch (type) {
    case CKA_LABEL:
        value = key.label;
        return true;
    case CKA_ID:
        value = key.id;
        return true;
    case CKA_KEY_TYPE:
        value = plain(isRsa(key) ? CK_KEY_TYPE{ CKK_RSA } : CK_KEY_TYPE{ CKK_EC });
        return true;
    case CKA_SIGN:
        value = std::string(1, g_script->is("mayNotSign") ? '\0' : '\1');
        return isPrivate(object);
    case CKA_MODULUS:
        value = number(key.pair, OSSL_PKEY_PARAM_RSA_N);
        return isRsa(key) && !isPrivate(object);
    case CKA_PUBLIC_EXPONENT:
        value = number(key.pair, OSSL_PKEY_PARAM_RSA_E);
        return isRsa(key) && !isPrivate(object);
    case CKA_EC_PARAMS:
        value = isRsa(key) ? "" : curve(key.pair);
        return !isRsa(key) && !isPrivate(object);
    case CKA_EC_POINT:
        value = isRsa(key) ? "" : point(key.pair);
        return !isRsa(key) && !isPrivate(object);
    default:
        return false;
    }
}

CK_RV getAttributeValue(CK_SESSION_HANDLE, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* asked, CK_ULONG)
{
    std::string value;
    if (!keyOf(object))
        return CKR_OBJECT_HANDLE_INVALID;
    if (!valueOf(object, asked->type, value)) {
        asked->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (g_script->is("hugeValues")) {
        asked->ulValueLen = asked->pValue ? value.size() : ~0UL - 1;
        return CKR_OK;
    }
    if (asked->pValue)
        std::memcpy(asked->pValue, value.data(), value.size());
    asked->ulValueLen = value.size() + (asked->pValue && g_script->is("growingValues") ? 100000 : 0);
    return CKR_OK;
}

CK_RV signInit(CK_SESSION_HANDLE, CK_MECHANISM* mechanism, CK_OBJECT_HANDLE key)
{
    g_signer = key;
    const Key* signer = keyOf(key);
    if (!signer || !isPrivate(key))
        return CKR_KEY_HANDLE_INVALID;
    return mechanism->mechanism == (isRsa(*signer) ? CK_ULONG{ CKM_RSA_PKCS } : CK_ULONG{ CKM_ECDSA })
        ? CKR_OK
        : CKR_MECHANISM_INVALID;
}

CK_RV sign(
    CK_SESSION_HANDLE, unsigned char* data, CK_ULONG size, unsigned char* signature, CK_ULONG* signatureSize)
{
    if (g_script->is("doesNotSign"))
        return CKR_FUNCTION_FAILED;
    EVP_PKEY* pair = keyOf(g_signer)->pair;
    EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(pair, nullptr);
    unsigned char made[1024];
    std::size_t room = sizeof made;
    const bool rsa = isRsa(*keyOf(g_signer));
    EVP_PKEY_sign_init(context);
    if (rsa)
        EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING); // as CKM_RSA_PKCS: what is signed is ready
    EVP_PKEY_sign(context, made, &room, data, size);
    EVP_PKEY_CTX_free(context);
    if (rsa) {
        std::memcpy(signature, made, room);
        *signatureSize = room;
    } else {
        const unsigned char* at = made;
        ECDSA_SIG* parts = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(room));
        const int half = (EVP_PKEY_get_bits(pair) + 7) / 8;
        BN_bn2binpad(ECDSA_SIG_get0_r(parts), signature, half);
        BN_bn2binpad(ECDSA_SIG_get0_s(parts), signature + half, half);
        ECDSA_SIG_free(parts);
        *signatureSize = static_cast<CK_ULONG>(2 * half);
    }
    if (g_script->is("signsWrongly"))
        signature[*signatureSize - 1] ^= 1;
    if (g_script->is("hugeSignatures"))
        *signatureSize = ~0UL / 2;
    return CKR_OK;
}

} // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list)
{
    static CK_FUNCTION_LIST functions{};
    functions.C_Initialize = initialize;
    functions.C_Finalize = finalize;
    functions.C_GetInfo = getInfo;
    functions.C_GetSlotList = getSlotList;
    functions.C_GetTokenInfo = getTokenInfo;
    functions.C_OpenSession = openSession;
    functions.C_CloseSession = closeSession;
    functions.C_Login = login;
    functions.C_Logout = logout;
    functions.C_FindObjectsInit = findObjectsInit;
    functions.C_FindObjects = findObjects;
    functions.C_FindObjectsFinal = findObjectsFinal;
    functions.C_GetAttributeValue = getAttributeValue;
    functions.C_SignInit = signInit;
    functions.C_Sign = sign;
    *list = &functions;
    return CKR_OK;
}
