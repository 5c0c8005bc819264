// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/secretbytes.h"
#include "ui/widgets/spokenstate.h"

#include <QWidget>

#include <vector>

namespace conclave::ui {

class GlyphFace;
struct ReadAloudLine;

/// A custodian's share to be copied by hand: prime, share id, share value (tinted) and check code, in rows of
/// eight numbered pairs; rows of the value end in their check pairs. Painted from its own SecretBytes;
/// nothing can be selected, copied or read by a screen reader.
class ShareCard : public QWidget, public SpokenState {
    Q_OBJECT

public:
    explicit ShareCard(QWidget* parent = nullptr);

    using QWidget::show;
    /// Copies what it shows. Prime and value have the same number of bytes; `checkCode` is ASCII and may be
    /// empty.
    void show(const SecretBytes& prime, int id, const SecretBytes& value, const SecretBytes& checkCode);
    /// Shows one row of a value alone, counted from 0, of `rows`; `pairs` ends in the check pairs.
    void showRow(int row, int rows, ByteView pairs);
    /// Wipes what it shows.
    void clear();
    /// All that it shows, line by line, for a custodian who had it read aloud.
    [[nodiscard]] std::vector<ReadAloudLine> lines() const;

    [[nodiscard]] QString spokenName() const override;
    [[nodiscard]] QString spokenState() const override { return {}; }
    [[nodiscard]] QAccessible::Role spokenRole() const override { return QAccessible::StaticText; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Section;

    [[nodiscard]] std::vector<Section> allSections() const;
    [[nodiscard]] std::vector<Section> shownSections() const;
    [[nodiscard]] int sectionHeight(const Section& section) const;
    [[nodiscard]] const GlyphFace& face() const;
    [[nodiscard]] const GlyphFace& smallestFace() const;
    [[nodiscard]] static qreal rowWidth(const GlyphFace& face);
    [[nodiscard]] int nameWidth() const;
    [[nodiscard]] int contentHeight() const;
    void paintSection(QPainter& painter, const Section& section, const QRect& area) const;

    SecretBytes m_prime;
    SecretBytes m_value; ///< as on a sheet: each row with its check pairs
    SecretBytes m_id; ///< decimal ASCII digits
    SecretBytes m_checkCode;
    QString m_rowName; ///< when one row is shown alone
    int m_firstRow = 0; ///< of the value, from 0
};

} // namespace conclave::ui
