// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/card.h"

namespace conclave::ceremony {
struct PausedForTravel;
}

namespace conclave::ui {

/// What a ceremony that travels knows of its device, and which share files are still missing.
class TravelCard : public Card {
    Q_OBJECT
public:
    explicit TravelCard(const ceremony::PausedForTravel& pause, QWidget* parent = nullptr);
};

} // namespace conclave::ui
