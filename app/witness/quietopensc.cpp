// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "app/witness/quietopensc.h"

#include <QByteArray>

#ifdef Q_OS_LINUX
#include <cstdio>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace conclave::app {

namespace {

// opensc.conf(5). A cache would let OpenSC tell what was on the device once.
[[maybe_unused]] constexpr char kConfiguration[] = R"(app default {
    debug = 0;
    card_drivers = sc-hsm;
    reader_driver pcsc {
        connect_exclusive = false;
        disconnect_action = reset;
        enable_pinpad = false;
    }
    framework pkcs15 {
        use_file_caching = no;
        use_pin_caching = false;
    }
}
)";

} // namespace

void keepOpenScQuiet()
{
    qputenv("OPENSC_CONF", QByteArrayLiteral("/dev/null"));
#ifdef Q_OS_LINUX
    const int file = ::memfd_create("opensc.conf", MFD_CLOEXEC);
    const auto size = static_cast<ssize_t>(std::strlen(kConfiguration));
    if (file < 0 || ::write(file, kConfiguration, std::strlen(kConfiguration)) != size)
        return;
    char path[64];
    std::snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    qputenv("OPENSC_CONF", QByteArray(path));
#endif
}

} // namespace conclave::app
