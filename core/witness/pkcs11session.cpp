// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/pkcs11session.h"

#include "core/witness/testimony.h"

#include <array>
#include <cstring>

namespace conclave::witness {

namespace {

/// Cryptoki takes what it only reads without const.
CK_BYTE* unconst(ByteView bytes)
{
    return const_cast<CK_BYTE*>(bytes.data());
}

} // namespace

Pkcs11Session::Pkcs11Session(const CK_FUNCTION_LIST& functions, CK_SESSION_HANDLE session)
    : m_functions(functions)
    , m_session(session)
{
}

Pkcs11Session::~Pkcs11Session()
{
    if (m_loggedIn)
        m_functions.C_Logout(m_session);
    m_functions.C_CloseSession(m_session);
}

Result<std::unique_ptr<Pkcs11Session>> Pkcs11Session::open(const Pkcs11Module& module, CK_SLOT_ID slot)
{
    CK_SESSION_HANDLE session = 0;
    const Status opened
        = worked(module.functions().C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session),
            "C_OpenSession");
    if (!opened)
        return fail(opened.error());
    return std::unique_ptr<Pkcs11Session>(new Pkcs11Session(module.functions(), session));
}

Status Pkcs11Session::logIn(ByteView pin)
{
    Status done = worked(
        m_functions.C_Login(m_session, CKU_USER, unconst(pin), static_cast<CK_ULONG>(pin.size())), "C_Login");
    m_loggedIn = done.has_value();
    return done;
}

Result<std::vector<CK_OBJECT_HANDLE>> Pkcs11Session::objects(CK_OBJECT_CLASS kind) const
{
    CK_ATTRIBUTE wanted{ CKA_CLASS, &kind, sizeof kind };
    if (const Status begun
        = worked(m_functions.C_FindObjectsInit(m_session, &wanted, 1), "C_FindObjectsInit");
        !begun)
        return fail(begun.error());
    std::vector<CK_OBJECT_HANDLE> found;
    Status outcome;
    while (outcome) {
        std::array<CK_OBJECT_HANDLE, 16> some{};
        CK_ULONG count = 0;
        outcome = worked(m_functions.C_FindObjects(m_session, some.data(), CK_ULONG{ some.size() }, &count),
            "C_FindObjects");
        if (!outcome || count == 0)
            break;
        if (count > some.size() || found.size() + count > kMostKeys)
            outcome = fail(ErrorKind::ModuleFailed, QStringLiteral("C_FindObjects"));
        else
            found.insert(found.end(), some.begin(), some.begin() + static_cast<std::ptrdiff_t>(count));
    }
    m_functions.C_FindObjectsFinal(m_session);
    if (!outcome)
        return fail(outcome.error());
    return found;
}

std::optional<Bytes> Pkcs11Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
{
    CK_ATTRIBUTE asked{ type, nullptr, 0 };
    if (m_functions.C_GetAttributeValue(m_session, object, &asked, 1) != CKR_OK
        || asked.ulValueLen > kLongestValue)
        return std::nullopt;
    Bytes value(asked.ulValueLen);
    if (value.empty())
        return value;
    asked.pValue = value.data();
    if (m_functions.C_GetAttributeValue(m_session, object, &asked, 1) != CKR_OK
        || asked.ulValueLen > value.size())
        return std::nullopt;
    value.resize(asked.ulValueLen);
    return value;
}

std::optional<CK_ULONG> Pkcs11Session::number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const
{
    const auto value = attribute(object, type);
    CK_ULONG number = 0;
    if (!value || value->size() != sizeof number)
        return std::nullopt;
    std::memcpy(&number, value->data(), sizeof number);
    return number;
}

Result<Bytes> Pkcs11Session::sign(CK_OBJECT_HANDLE key, CK_MECHANISM_TYPE mechanism, ByteView data) const
{
    CK_MECHANISM how{ mechanism, nullptr, 0 };
    if (const Status begun = worked(m_functions.C_SignInit(m_session, &how, key), "C_SignInit"); !begun)
        return fail(begun.error());
    Bytes signature(kLongestValue);
    auto size = static_cast<CK_ULONG>(signature.size());
    const Status made = worked(m_functions.C_Sign(m_session, unconst(data),
                                   static_cast<CK_ULONG>(data.size()), signature.data(), &size),
        "C_Sign");
    if (!made)
        return fail(made.error());
    if (size > signature.size())
        return fail(ErrorKind::ModuleFailed, QStringLiteral("C_Sign"));
    signature.resize(size);
    return signature;
}

} // namespace conclave::witness
