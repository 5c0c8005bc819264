// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/participantstable.h"
#include "ui/theme/theme.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QTest>

#include <algorithm>

using namespace conclave::ui;
using conclave::ceremony::ParticipantNamed;
using conclave::ceremony::Role;

namespace {

const std::vector<ParticipantNamed> kPeople{ { Role::Officer, 1, QStringLiteral("Ada"), {} },
    { Role::Witness, 1, QStringLiteral("Barbara"), QStringLiteral("Witness 3") },
    { Role::Witness, 2, QStringLiteral("Edith"), QStringLiteral("Security officer") },
    { Role::Witness, 3, QStringLiteral("Frances"), {} },
    { Role::Custodian, 1, QStringLiteral("Grace"), QStringLiteral("Witness 3") } };

QComboBox* checkerOf(const ParticipantsTable& table, const QString& role)
{
    const auto boxes = table.findChildren<QComboBox*>();
    const auto found = std::ranges::find_if(
        boxes, [&role](const QComboBox* box) { return box->accessibleName().contains(role); });
    return found == boxes.end() ? nullptr : *found;
}

} // namespace

class TestParticipantsTable : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::install(*qApp, false); }

    void whatIsSetIsGivenBack()
    {
        ParticipantsTable table;
        table.setParticipants(kPeople);
        QVERIFY(table.participants() == kPeople);
    }

    void whoCheckedStaysThePersonWhenNumbersChange()
    {
        ParticipantsTable table;
        table.setParticipants(kPeople);
        QAbstractButton* remove = nullptr;
        for (auto* button : table.findChildren<QAbstractButton*>()) {
            if (button->accessibleName() == QStringLiteral("Remove Witness 2"))
                remove = button;
        }
        QVERIFY(remove);
        remove->click();
        // Frances is Witness 2 now.
        const std::vector<ParticipantNamed> left = table.participants();
        QCOMPARE(left.size(), std::size_t{ 4 });
        QCOMPARE(left[1].identityCheckedBy, QStringLiteral("Witness 2"));
        QCOMPARE(left[3].identityCheckedBy, QStringLiteral("Witness 2"));
    }

    void nobodyChecksThemselves()
    {
        ParticipantsTable table;
        table.setParticipants(kPeople);
        QComboBox* checker = checkerOf(table, QStringLiteral("Witness 2"));
        QVERIFY(checker);
        QVERIFY(checker->findText(QStringLiteral("Witness 1")) > 0);
        QCOMPARE(checker->findText(QStringLiteral("Witness 2")), -1);
    }
};

QTEST_MAIN(TestParticipantsTable)
#include "tst_participantstable.moc"
