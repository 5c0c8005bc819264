// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"

#include <QWidget>

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class Note;

/// Of a ceremony paused for travel: its transport file to a medium, its transport sheet to a printer.
class TransportPanel : public QWidget {
    Q_OBJECT
public:
    explicit TransportPanel(const ceremony::Ceremony& ceremony, QWidget* parent = nullptr);

    void print();

private:
    void saveFile();
    void saved(const QString& folder, const Status& status);

    const ceremony::Ceremony& m_ceremony;
    Note* m_note;
};

} // namespace conclave::ui
