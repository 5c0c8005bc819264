// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFile>
#include <QStringList>

class QWidget;

namespace conclave::notrace {

/// A screen reader that writes all that it can learn into a file: of every object on the screen, and of every
/// change that it is told.
class SpokenWords {
public:
    explicit SpokenWords(const QString& path);
    SpokenWords(const SpokenWords&) = delete;
    SpokenWords& operator=(const SpokenWords&) = delete;
    ~SpokenWords();

    void readScreen(QWidget& window);
    [[nodiscard]] qint64 size() const { return m_file.size(); }

private:
    QFile m_file;
};

} // namespace conclave::notrace
