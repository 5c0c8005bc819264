// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/tag.h"

#include <QRadioButton>

namespace conclave::ui {

class Label;

/// A device to choose, or one of several to tick: product, serial, what is known of its authenticity, its
/// state, and its reader.
class DeviceChip : public QRadioButton {
    Q_OBJECT

public:
    struct Content {
        QString product{};
        QString serial{}; ///< empty: not known
        QString reader{};
        QString authenticity{}; ///< empty: not judged
        TagKind authenticityKind = TagKind::Neutral;
        QString state{};
        TagKind stateKind = TagKind::Neutral;
        QString accessible{}; ///< all of it in a sentence
    };

    explicit DeviceChip(QWidget* parent = nullptr);

    void setContent(const Content& content);
    /// One of several that are chosen beside each other.
    void setOneOfSeveral();

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;

protected:
    bool hitButton(const QPoint& at) const override { return rect().contains(at); }
    void paintEvent(QPaintEvent* event) override;

private:
    Label* m_product;
    Label* m_serial;
    Label* m_reader;
    Tag* m_authenticity;
    Tag* m_state;
};

} // namespace conclave::ui
