// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/witness/pkcs11module.h"

#include "core/witness/testimony.h"

#include <QFile>
#include <QLibrary>

#include <vector>

namespace conclave::witness {

namespace {

constexpr CK_ULONG kMostSlots = 64;
constexpr int kTriesForAList = 3; // readers come and go between the two calls

QString fixedText(const CK_UTF8CHAR* text, std::size_t size)
{
    const auto* raw = reinterpret_cast<const char*>(text);
    return plainText(QString::fromUtf8(raw, static_cast<qsizetype>(qstrnlen(raw, size))));
}

bool isComplete(const CK_FUNCTION_LIST& list)
{
    return list.C_Initialize && list.C_Finalize && list.C_GetInfo && list.C_GetSlotList && list.C_GetTokenInfo
        && list.C_OpenSession && list.C_CloseSession && list.C_Login && list.C_Logout
        && list.C_FindObjectsInit && list.C_FindObjects && list.C_FindObjectsFinal && list.C_GetAttributeValue
        && list.C_SignInit && list.C_Sign;
}

} // namespace

Status worked(CK_RV returned, const char* function)
{
    if (returned == CKR_OK)
        return {};
    return fail(Error{ .kind = ErrorKind::ModuleFailed,
        .code = static_cast<std::uint32_t>(returned),
        .detail = QString::fromLatin1(function) });
}

Pkcs11Module::Pkcs11Module(const CK_FUNCTION_LIST* functions)
    : m_functions(functions)
{
}

Pkcs11Module::~Pkcs11Module()
{
    m_functions->C_Finalize(nullptr);
}

Result<std::unique_ptr<Pkcs11Module>> Pkcs11Module::load(const QString& path)
{
    if (!QFile::exists(path))
        return fail(ErrorKind::ModuleUnusable, QStringLiteral("no such file"));
    QLibrary library(path);
    const auto getList = reinterpret_cast<CK_C_GetFunctionList>(library.resolve("C_GetFunctionList"));
    if (!getList)
        return fail(ErrorKind::ModuleUnusable, library.errorString());
    CK_FUNCTION_LIST* list = nullptr;
    if (getList(&list) != CKR_OK || !list || !isComplete(*list))
        return fail(ErrorKind::ModuleUnusable, QStringLiteral("C_GetFunctionList"));
    if (const Status initialised = worked(list->C_Initialize(nullptr), "C_Initialize"); !initialised)
        return fail(initialised.error());
    return std::unique_ptr<Pkcs11Module>(new Pkcs11Module(list));
}

Result<Pkcs11Module::Description> Pkcs11Module::describe() const
{
    CK_INFO info{};
    if (const Status told = worked(m_functions->C_GetInfo(&info), "C_GetInfo"); !told)
        return fail(told.error());
    return Description{ fixedText(info.libraryDescription, sizeof info.libraryDescription),
        QStringLiteral("%1.%2").arg(int{ info.libraryVersion.major }).arg(int{ info.libraryVersion.minor }) };
}

Result<CK_SLOT_ID> Pkcs11Module::slotOf(const QString& serial) const
{
    std::vector<CK_SLOT_ID> slots;
    CK_RV listed = CKR_BUFFER_TOO_SMALL;
    for (int tries = 0; listed == CKR_BUFFER_TOO_SMALL && tries < kTriesForAList; ++tries) {
        CK_ULONG count = 0;
        listed = m_functions->C_GetSlotList(CK_TRUE, nullptr, &count);
        if (listed != CKR_OK)
            break;
        slots.assign(std::min(count, kMostSlots), 0);
        count = static_cast<CK_ULONG>(slots.size());
        listed = slots.empty() ? CKR_OK : m_functions->C_GetSlotList(CK_TRUE, slots.data(), &count);
        slots.resize(std::min<std::size_t>(count, slots.size()));
    }
    if (const Status told = worked(listed, "C_GetSlotList"); !told)
        return fail(told.error());
    for (const CK_SLOT_ID slot : slots) {
        CK_TOKEN_INFO token{};
        if (m_functions->C_GetTokenInfo(slot, &token) != CKR_OK)
            continue; // another device, or none any more
        const auto room = static_cast<qsizetype>(sizeof token.serialNumber);
        if (fixedText(token.serialNumber, sizeof token.serialNumber) == serial.right(room))
            return slot;
    }
    return fail(ErrorKind::TokenNotFound);
}

} // namespace conclave::witness
