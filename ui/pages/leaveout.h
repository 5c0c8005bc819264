// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

class QWidget;

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class Button;

/// Of several devices those that are not complete are left out, when the question was answered with yes. For
/// a footer, where CeremonyState::mayFinishDevices().
[[nodiscard]] Button* leaveOutButton(QWidget* page, ceremony::Ceremony& ceremony);

} // namespace conclave::ui
