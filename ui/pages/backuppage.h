// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/shell/page.h"

#include <QHash>
#include <QStringList>

class QVBoxLayout;

namespace conclave::ui {

class Button;
class Card;
class Label;
class Note;
class ProgressPanel;
class Table;
class Tick;
class UserPinCard;

/// Step 8: the keys leave the device under the DKEK and are saved to media.
class BackUpPage : public Page {
    Q_OBJECT
public:
    explicit BackUpPage(ceremony::Ceremony& ceremony);

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString lead() const override;
    [[nodiscard]] RoleBanner::Content banner() const override;
    [[nodiscard]] QString railSubline() const override;
    void fillFooter(FooterBar& footer) override;
    void render() override;
    void leave() override;
    [[nodiscard]] QWidget* initialFocus() override;
    [[nodiscard]] QString help() const override;

private:
    struct Place {
        QString folder;
        QString result;
        Token colour;
        bool removable = false;
        bool operator==(const Place&) const = default;
    };

    void makeMediaList(QVBoxLayout& layout);
    [[nodiscard]] std::vector<Place> places() const;
    [[nodiscard]] Place savedPlace(const ceremony::KeysSaved& saved) const;
    [[nodiscard]] Place waitingPlace(const QString& folder) const;
    void renderPlaces();
    void lookForRoom();
    void renderFiles();
    void renderProgress();
    void renderButtons();
    void addMedium();
    void skip();
    void goOn();
    [[nodiscard]] bool running() const;
    [[nodiscard]] bool allSaved() const;
    [[nodiscard]] bool pinMissing() const;

    UserPinCard* m_pinCard;
    ProgressPanel* m_progress;
    Table* m_media;
    Button* m_add;
    Note* m_problem;
    Tick* m_oneCopy;
    Card* m_proof;
    Label* m_filesHead;
    Table* m_files;
    Note* m_leftOut;
    Note* m_tooLarge; ///< for OpenSC's tool
    Button* m_skip = nullptr;
    Button* m_next = nullptr;
    std::vector<Place> m_shownPlaces;
    QHash<QString, QString> m_room; ///< free space by folder
    std::size_t m_shownWrappings = 0;
    qint64 m_shownStart = -1;
};

} // namespace conclave::ui
