// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/simulator/statefile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace conclave;
using namespace conclave::simulator;

namespace {

const QString kSerial = QStringLiteral("UTTEST0001");

} // namespace

class TestStateFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aSavedDeviceIsLoadedAgain()
    {
        const SimulatedHsm device({ .serial = kSerial });
        QVERIFY(saveDevice(file(), device));
        const auto loaded = loadDevice(file());
        QVERIFY(loaded);
        QVERIFY(std::ranges::equal((*loaded)->save().view(), device.save().view()));
    }

    void onlyItsOwnerMayReadTheFile()
    {
        QVERIFY(saveDevice(file(), SimulatedHsm({ .serial = kSerial })));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther
            | QFileDevice::WriteOther;
        QVERIFY((QFile::permissions(file()) & others) == 0);
    }

    void aFileThatIsNoDeviceIsRefused()
    {
        QFile other(file());
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write("not a device");
        other.close();
        QCOMPARE(loadDevice(file()).error().kind, ErrorKind::Malformed);
    }

    void aFolderThatIsNotThereIsNamed()
    {
        const QString path = m_folder->filePath(QStringLiteral("none/device"));
        const Status saved = saveDevice(path, SimulatedHsm({ .serial = kSerial }));
        QVERIFY(!saved);
        QCOMPARE(saved.error().kind, ErrorKind::FileUnwritable);
        QCOMPARE(saved.error().detail, path);
    }

private:
    [[nodiscard]] QString file() const { return m_folder->filePath(QStringLiteral("device")); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestStateFile)
#include "tst_statefile.moc"
