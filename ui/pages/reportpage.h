// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <QByteArray>

#include <vector>

class QComboBox;
class QVBoxLayout;

namespace conclave::ui {

class Button;
class Label;
class Note;
class Tick;

/// Step 9: the fingerprint is read aloud, the report is on disk and can be printed.
class ReportPage : public Page {
    Q_OBJECT
public:
    explicit ReportPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void print() override;

private:
    void makeReport();
    void printCertificate();
    void saveAgain();
    void close();
    void judge();

    std::vector<Tick*> m_rowsRead;
    Label* m_readCount;
    QComboBox* m_reader;
    QComboBox* m_follower;
    Note* m_note;
    QVBoxLayout* m_saved;
    QByteArray m_pdf;
    QByteArray m_json;
    QByteArray m_certificate; ///< of a drill
    Button* m_print = nullptr;
    Button* m_printCertificate = nullptr;
    Button* m_again = nullptr;
    Button* m_close = nullptr;
};

} // namespace conclave::ui
