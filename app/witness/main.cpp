// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
// conclave-witness MODULE SERIAL CHALLENGE
//
// Asks a PKCS#11 module about the token with this serial number; its keys sign the challenge (hex). The user
// PIN comes by the standard input, nothing else with it; with an empty input there is no login. Answers with
// one JSON object: see core/witness/testimony.h. Started by conclave; of no use to people.
#include "app/witness/quietopensc.h"
#include "core/base/hex.h"
#include "core/base/processprotection.h"
#include "core/witness/testify.h"

#include <QFile>

#include <array>
#include <cstdlib>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace conclave;

namespace {

constexpr int kWrongUse = 2;
constexpr int kArguments = 4;
constexpr std::size_t kLongestPin = 32;
constexpr std::size_t kLongestChallenge = 64;
constexpr unsigned kMostSeconds = 3600;

#ifdef Q_OS_UNIX

/// Up to the end of the input; nothing when that is longer than any PIN.
std::optional<SecretBytes> readPin()
{
    SecretBytes pin(kLongestPin + 1);
    std::size_t size = 0;
    ssize_t more = 0;
    while (size < pin.size() && (more = ::read(STDIN_FILENO, pin.data() + size, pin.size() - size)) > 0)
        size += static_cast<std::size_t>(more);
    if (more < 0 || size > kLongestPin)
        return std::nullopt;
    pin.shrink(size);
    return pin;
}

/// The answer's own way out: what the module prints goes nowhere.
int takeOutput()
{
    const int output = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int channel : { STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO })
        ::dup2(nowhere, channel);
    return output;
}

/// In case that nobody is left to stop a module that hangs.
void endInAnyCase()
{
    ::alarm(kMostSeconds);
}

#else

std::optional<SecretBytes> readPin()
{
    return std::nullopt;
}

int takeOutput()
{
    return -1;
}

void endInAnyCase() { }

#endif

} // namespace

int main(int argc, char* argv[])
{
    const ProcessProtection protection = protectProcess();
    if (argc != kArguments || !protection.undumpable || !protection.secureHeap)
        return kWrongUse;
    const auto challenge = fromHex(QString::fromLocal8Bit(argv[3]));
    std::optional<SecretBytes> pin = readPin();
    if (!challenge || challenge->empty() || challenge->size() > kLongestChallenge || !pin)
        return kWrongUse;
    endInAnyCase();
    QFile output;
    if (!output.open(takeOutput(), QIODevice::WriteOnly))
        return kWrongUse;
    app::keepOpenScQuiet();
    const QByteArray answer = witness::toJson(witness::testify(
        { QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2]), *challenge, std::move(*pin) }));
    const bool told = output.write(answer) == answer.size() && output.flush();
    // The module's own clean-up at the end of a process is not waited for.
    std::_Exit(told ? EXIT_SUCCESS : EXIT_FAILURE);
}
