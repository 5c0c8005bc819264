// SPDX-FileCopyrightText: 2026 The Conclave developers
// SPDX-License-Identifier: Apache-2.0
#include "core/device/devicedirectory.h"
#include "core/device/deviceworker.h"
#include "core/device/pcscreaders.h"
#include "tests/interop/stocktools.h"
#include "tests/interop/virtualreader.h"

#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace conclave;
using namespace conclave::interop;

namespace {

constexpr int kPatienceMs = 20'000;
const QString kFirst = QStringLiteral("UTTEST0001");
const QString kSecond = QStringLiteral("UTTEST0002");

std::set<QString> serials(const device::DeviceDirectory& directory)
{
    std::set<QString> found;
    for (const device::DetectedDevice& one : directory.devices()) {
        if (one.status && !one.probing)
            found.insert(one.status->serial);
    }
    return found;
}

} // namespace

/// Two cards in two readers behind the real PC/SC.
class TestSeveralDevices : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_slots = virtualReaders();
        QVERIFY2(m_slots.size() == 2, "to be started by with-readers");
        m_first = card(0, kFirst);
        m_second = card(1, kSecond);
        QVERIFY(m_first->insert() && m_second->insert());
    }

    void cleanupTestCase()
    {
        QVERIFY(m_first->remove());
        QVERIFY(m_second->remove());
    }

    void bothAreListedAsVirtualOnes()
    {
        device::PcscReaders readers;
        const device::DeviceDirectory directory(readers);
        QTRY_COMPARE_WITH_TIMEOUT(serials(directory), (std::set{ kFirst, kSecond }), kPatienceMs);
        QVERIFY(!directory.problem());
        for (const device::DetectedDevice& one : directory.devices()) {
            QVERIFY(one.isVirtual);
            QVERIFY(!one.simulated);
        }
    }

    void aPulledOneGoesAndComesBack()
    {
        device::PcscReaders readers;
        const device::DeviceDirectory directory(readers);
        QTRY_COMPARE_WITH_TIMEOUT(serials(directory), (std::set{ kFirst, kSecond }), kPatienceMs);
        QVERIFY(m_first->remove());
        QTRY_COMPARE_WITH_TIMEOUT(serials(directory), std::set{ kSecond }, kPatienceMs);
        QVERIFY(m_first->insert());
        QTRY_COMPARE_WITH_TIMEOUT(serials(directory), (std::set{ kFirst, kSecond }), kPatienceMs);
    }

    void aDeviceIsFoundByItsSerialInAnyReader()
    {
        device::PcscReaders readers;
        QTRY_VERIFY_WITH_TIMEOUT(readers.readers() && readers.readers()->size() >= 2, kPatienceMs);
        device::DeviceWorker worker(readers, kFirst);
        const auto serialNow = [&] {
            auto asked = worker.post([](card::SmartCardHsm& hsm) { return hsm.serial(); });
            asked.waitForFinished();
            return asked.result();
        };
        QCOMPARE(serialNow(), Result<QString>(kFirst));

        // The two change places while the worker holds one of them.
        QVERIFY(m_first->remove() && m_second->remove());
        m_first = card(1, kFirst);
        m_second = card(0, kSecond);
        QVERIFY(m_first->insert() && m_second->insert());
        QTRY_COMPARE_WITH_TIMEOUT(serialNow(), Result<QString>(kFirst), kPatienceMs);
    }

    void theStockToolSeesEachInItsReader()
    {
        for (const auto& slot : m_slots) {
            const auto status
                = stock::run(QStringLiteral("sc-hsm-tool"), { QStringLiteral("--reader"), slot.name });
            QVERIFY2(status.output.contains("never been initialized"), status.output);
        }
    }

private:
    [[nodiscard]] std::unique_ptr<SimcardProcess> card(std::size_t slot, const QString& serial) const
    {
        return std::make_unique<SimcardProcess>(m_slots[slot], m_folder.filePath(serial), serial);
    }

    QTemporaryDir m_folder;
    std::vector<VirtualReader> m_slots;
    std::unique_ptr<SimcardProcess> m_first;
    std::unique_ptr<SimcardProcess> m_second;
};

QTEST_GUILESS_MAIN(TestSeveralDevices)
#include "tst_severaldevices.moc"
