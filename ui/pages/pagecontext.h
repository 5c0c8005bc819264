// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace conclave::ceremony {
class Ceremony;
}
namespace conclave::device {
class DeviceDirectory;
}

namespace conclave::ui {

/// What the pages of one ceremony work with.
struct PageContext {
    ceremony::Ceremony& ceremony;
    device::DeviceDirectory& directory;
    QString recordsFolder; ///< where the folders of ceremonies are suggested
    QString ceremonyFolder; ///< when it is fixed: the ceremony's own folder
};

} // namespace conclave::ui
