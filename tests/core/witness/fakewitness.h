// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/bytes.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace conclave::test {

/// The fake PKCS#11 module in a folder of its own, with its script and keys.
class FakeWitness {
public:
    static constexpr char kSerial[] = "DENK0299901";
    static constexpr char kPin[] = "648219";

    FakeWitness()
    {
        QFile::copy(QStringLiteral(CONCLAVE_FAKE_MODULE), module());
        say(QStringLiteral("serial ") + QLatin1String(kSerial));
        say(QStringLiteral("pin ") + QLatin1String(kPin));
    }

    [[nodiscard]] QString module() const { return file("opensc-pkcs11.so"); }
    [[nodiscard]] QString folder() const { return m_folder.path(); }
    [[nodiscard]] QString file(const char* name) const { return m_folder.filePath(QLatin1String(name)); }

    void say(const QString& line)
    {
        QFile script(file("script"));
        if (script.open(QIODevice::Append))
            script.write(line.toUtf8() + '\n');
    }

    /// Makes it, and has the module show it. Its public key as SubjectPublicKeyInfo.
    Bytes addKey(const QString& label, const QString& id, const char* type, const char* curve = nullptr)
    {
        EVP_PKEY* made = curve ? EVP_PKEY_Q_keygen(nullptr, nullptr, type, curve)
                               : EVP_PKEY_Q_keygen(nullptr, nullptr, type, std::size_t{ 2048 });
        const QString pem = label + QStringLiteral(".pem");
        if (FILE* out = std::fopen(m_folder.filePath(pem).toLocal8Bit().constData(), "w")) {
            PEM_write_PrivateKey(out, made, nullptr, nullptr, 0, nullptr, nullptr);
            std::fclose(out);
        }
        say(QStringLiteral("key %1 %2 %3").arg(label, id, pem));
        Bytes der(static_cast<std::size_t>(i2d_PUBKEY(made, nullptr)));
        std::uint8_t* to = der.data();
        i2d_PUBKEY(made, &to);
        EVP_PKEY_free(made);
        return der;
    }

private:
    QTemporaryDir m_folder;
};

} // namespace conclave::test
