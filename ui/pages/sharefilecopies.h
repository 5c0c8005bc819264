// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/result.h"
#include "ui/widgets/card.h"

#include <QStringList>

class QVBoxLayout;

namespace conclave::ceremony {
class Ceremony;
}

namespace conclave::ui {

class Note;
class Tick;

/// Copies the ceremony's share files and their companions to other media, or takes it from the officer that
/// the ceremony's own folder is the only place.
class ShareFileCopies : public Card {
    Q_OBJECT
public:
    ShareFileCopies(const ceremony::Ceremony& ceremony, QWidget* parent);

    /// There is a share file to copy.
    [[nodiscard]] bool hasFiles() const;
    /// Two places at least, or one that was confirmed.
    [[nodiscard]] bool enough() const;

Q_SIGNALS:
    void changed();

private:
    void saveCopy();
    void copied(const QString& folder, const Status& status);

    const ceremony::Ceremony& m_ceremony;
    Note* m_problem;
    QVBoxLayout* m_copies;
    Tick* m_oneCopy;
    QStringList m_folders;
};

} // namespace conclave::ui
