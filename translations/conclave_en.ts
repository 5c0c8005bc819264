<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>DeviceListWords</name>
    <message numerus="yes">
        <source>In use: %n key(s)</source>
        <translation>
            <numerusform>In use: %n key</numerusform>
            <numerusform>In use: %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DeviceWords</name>
    <message numerus="yes">
        <source>✓ Complete: %n key(s)</source>
        <translation>
            <numerusform>✓ Complete: %n key</numerusform>
            <numerusform>✓ Complete: %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Backup device: %n key(s), proved by signatures of both devices.</source>
        <translation>
            <numerusform>Backup device: %n key, proved by signatures of both devices.</numerusform>
            <numerusform>Backup device: %n keys, proved by signatures of both devices.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Backup device: %n key(s), checked with the public keys in the backup, not proved beside the first device.</source>
        <translation>
            <numerusform>Backup device: %n key, checked with the public keys in the backup, not proved beside the first device.</numerusform>
            <numerusform>Backup device: %n keys, checked with the public keys in the backup, not proved beside the first device.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrillCertificate</name>
    <message numerus="yes">
        <source>%n event(s) are explained in the report.</source>
        <translation>
            <numerusform>%n event is explained in the report.</numerusform>
            <numerusform>%n events are explained in the report.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more: see the report.</source>
        <translation>
            <numerusform>… and %n more: see the report.</numerusform>
            <numerusform>… and %n more: see the report.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>; and %n more</source>
        <translation>
            <numerusform>; and %n more</numerusform>
            <numerusform>; and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DrillText</name>
    <message numerus="yes">
        <source>%n share file(s) were not opened.</source>
        <translation>
            <numerusform>%n share file was not opened.</numerusform>
            <numerusform>%n share files were not opened.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s) were found wrong, or were typed wrongly.</source>
        <translation>
            <numerusform>%n sheet was found wrong, or was typed wrongly.</numerusform>
            <numerusform>%n sheets were found wrong, or were typed wrongly.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheet(s) were not brought: nothing was shown about them.</source>
        <translation>
            <numerusform>%n sheet was not brought: nothing was shown about it.</numerusform>
            <numerusform>%n sheets were not brought: nothing was shown about them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) of the backup cannot be restored.</source>
        <translation>
            <numerusform>%n key of the backup cannot be restored.</numerusform>
            <numerusform>%n keys of the backup cannot be restored.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) of the backup were left out.</source>
        <translation>
            <numerusform>%n key of the backup was left out.</numerusform>
            <numerusform>%n keys of the backup were left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) were to be restored and were not.</source>
        <translation>
            <numerusform>%n key was to be restored and was not.</numerusform>
            <numerusform>%n keys were to be restored and were not.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n restored key(s) could not be proved by a signature: the backup has no public key of them, or they may not sign.</source>
        <translation>
            <numerusform>%n restored key could not be proved by a signature: the backup has no public key of it, or it may not sign.</numerusform>
            <numerusform>%n restored keys could not be proved by a signature: the backup has no public key of them, or they may not sign.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ErrorWords</name>
    <message numerus="yes">
        <source>The current SO-PIN is wrong. %n of 15 tries are left.</source>
        <translation>
            <numerusform>The current SO-PIN is wrong. %n of 15 tries is left.</numerusform>
            <numerusform>The current SO-PIN is wrong. %n of 15 tries are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tries are left.</source>
        <translation>
            <numerusform>%n try is left.</numerusform>
            <numerusform>%n tries are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n finished keys are on the device and self-tested. The custodians’ shares are not affected.</source>
        <translation>
            <numerusform>%n finished key is on the device and self-tested. The custodians’ shares are not affected.</numerusform>
            <numerusform>%n finished keys are on the device and self-tested. The custodians’ shares are not affected.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It says that %n share file(s) are missing. The record says otherwise, so something happened to it that is not on record.</source>
        <translation>
            <numerusform>It says that %n share file is missing. The record says otherwise, so something happened to it that is not on record.</numerusform>
            <numerusform>It says that %n share files are missing. The record says otherwise, so something happened to it that is not on record.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>EventWords</name>
    <message numerus="yes">
        <source>Device %1 chosen: %2, %n key(s) on it given up.</source>
        <translation>
            <numerusform>Device %1 chosen: %2, %n key on it given up.</numerusform>
            <numerusform>Device %1 chosen: %2, %n keys on it given up.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Share %1 of share file %2 was typed back wrongly %n time(s).</source>
        <translation>
            <numerusform>Share %1 of share file %2 was typed back wrongly %n time.</numerusform>
            <numerusform>Share %1 of share file %2 was typed back wrongly %n times.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Share %1 of share file %2 was read aloud by a screen reader in its custodian’s turn, and typed back correctly after %n tries.</source>
        <translation>
            <numerusform>Share %1 of share file %2 was read aloud by a screen reader in its custodian’s turn, and typed back correctly at the first try.</numerusform>
            <numerusform>Share %1 of share file %2 was read aloud by a screen reader in its custodian’s turn, and typed back correctly after %n tries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Share %1 of share file %2 was typed back correctly after %n tries.</source>
        <translation>
            <numerusform>Share %1 of share file %2 was typed back correctly at the first try.</numerusform>
            <numerusform>Share %1 of share file %2 was typed back correctly after %n tries.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>PINs set for label “%1”, SO-PIN made by this program, %n tries for the user PIN. Unblocking: %2.</source>
        <translation>
            <numerusform>PINs set for label “%1”, SO-PIN made by this program, %n try for the user PIN. Unblocking: %2.</numerusform>
            <numerusform>PINs set for label “%1”, SO-PIN made by this program, %n tries for the user PIN. Unblocking: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>PINs set for label “%1”, %n tries for the user PIN. Unblocking: %2.</source>
        <translation>
            <numerusform>PINs set for label “%1”, %n try for the user PIN. Unblocking: %2.</numerusform>
            <numerusform>PINs set for label “%1”, %n tries for the user PIN. Unblocking: %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Device %1 initialised for %n share file(s). All earlier keys are gone.</source>
        <translation>
            <numerusform>Device %1 initialised for %n share file. All earlier keys are gone.</numerusform>
            <numerusform>Device %1 initialised for %n share files. All earlier keys are gone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Share file %1 of %2 imported, %n outstanding.</source>
        <translation>
            <numerusform>Share file %1 of %2 imported, %n outstanding.</numerusform>
            <numerusform>Share file %1 of %2 imported, %n outstanding.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) planned.</source>
        <translation>
            <numerusform>%n key planned.</numerusform>
            <numerusform>%n keys planned.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) wrapped by the device, key check value %1.</source>
        <translation>
            <numerusform>%n key wrapped by the device, key check value %1.</numerusform>
            <numerusform>%n keys wrapped by the device, key check value %1.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The device wrapped no key. It did not hand out %n key(s).</source>
        <translation>
            <numerusform>The device wrapped no key. It did not hand out %n key.</numerusform>
            <numerusform>The device wrapped no key. It did not hand out %n keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It did not hand out %n key(s).</source>
        <translation>
            <numerusform>It did not hand out %n key.</numerusform>
            <numerusform>It did not hand out %n keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Device %1 chosen: %2, %n key(s) on it.</source>
        <translation>
            <numerusform>Device %1 chosen: %2, %n key on it.</numerusform>
            <numerusform>Device %1 chosen: %2, %n keys on it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n wrapped key(s) chosen from %1, key check value %2.</source>
        <translation>
            <numerusform>%n wrapped key chosen from %1, key check value %2.</numerusform>
            <numerusform>%n wrapped keys chosen from %1, key check value %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The device is to get the %n share file(s) of %1, key check value %2.</source>
        <translation>
            <numerusform>The device is to get the share file of %1, key check value %2.</numerusform>
            <numerusform>The device is to get the %n share files of %1, key check value %2.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and the second device answered one challenge with %n key(s); all answers were verified.</source>
        <translation>
            <numerusform>%1 and the second device answered one challenge with %n key; all answers were verified.</numerusform>
            <numerusform>%1 and the second device answered one challenge with %n keys; all answers were verified.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) of the backup cannot be restored. %1</source>
        <translation>
            <numerusform>%n key of the backup cannot be restored. %1</numerusform>
            <numerusform>%n keys of the backup cannot be restored. %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Part %1 paused for travel. Device %2 waits for %n share file(s).</source>
        <translation>
            <numerusform>Part %1 paused for travel. Device %2 waits for %n share file.</numerusform>
            <numerusform>Part %1 paused for travel. Device %2 waits for %n share files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Share file %1 chosen, of a set of another tool; %n sheets open it.</source>
        <translation>
            <numerusform>Share file %1 chosen, of a set of another tool; %n sheet opens it.</numerusform>
            <numerusform>Share file %1 chosen, of a set of another tool; %n sheets open it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) are to become backup devices at the same time.</source>
        <translation>
            <numerusform>%n device is to become a backup device.</numerusform>
            <numerusform>%n devices are to become backup devices at the same time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) are complete.</source>
        <translation>
            <numerusform>%n device is complete.</numerusform>
            <numerusform>%n devices are complete.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>InspectionText</name>
    <message numerus="yes">
        <source>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</source>
        <translation>
            <numerusform>Only %n SO-PIN try is left. At 0 the device can never be initialised again.</numerusform>
            <numerusform>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LeaveOut</name>
    <message numerus="yes">
        <source>Leave out %n device(s)?</source>
        <translation>
            <numerusform>Leave out %n device?</numerusform>
            <numerusform>Leave out %n devices?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PinText</name>
    <message numerus="yes">
        <source>The device counted a wrong PIN. %n tries are left.</source>
        <translation>
            <numerusform>The device counted a wrong PIN. %n try is left.</numerusform>
            <numerusform>The device counted a wrong PIN. %n tries are left.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The device counted a wrong SO-PIN. %n of 15 tries are left.</source>
        <translation>
            <numerusform>The device counted a wrong SO-PIN. %n of 15 tries is left.</numerusform>
            <numerusform>The device counted a wrong SO-PIN. %n of 15 tries are left.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReaderList</name>
    <message numerus="yes">
        <source>%1, serial %2, firmware %3.%4, %5, %n key(s)</source>
        <translation>
            <numerusform>%1, serial %2, firmware %3.%4, %5, %n key</numerusform>
            <numerusform>%1, serial %2, firmware %3.%4, %5, %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportBody</name>
    <message numerus="yes">
        <source>%n key(s) on the device were destroyed:</source>
        <translation>
            <numerusform>%n key on the device were destroyed:</numerusform>
            <numerusform>%n keys on the device were destroyed:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Set, %n tries</source>
        <translation>
            <numerusform>Set, %n try</numerusform>
            <numerusform>Set, %n tries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) were on the device before, and stayed:</source>
        <translation>
            <numerusform>%n key was on the device before, and stayed:</numerusform>
            <numerusform>%n keys were on the device before, and stayed:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more key(s)</source>
        <translation>
            <numerusform>%n more key</numerusform>
            <numerusform>%n more keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Proof of the backup device: both devices signed one new challenge with %n key(s), and all signatures were verified with the public keys in the backup.</source>
        <translation>
            <numerusform>Proof of the backup device: both devices signed one new challenge with %n key, and all signatures were verified with the public keys in the backup.</numerusform>
            <numerusform>Proof of the backup device: both devices signed one new challenge with %n keys, and all signatures were verified with the public keys in the backup.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) may not sign on either device.</source>
        <translation>
            <numerusform>%n key may not sign on either device.</numerusform>
            <numerusform>%n keys may not sign on either device.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This part of the ceremony is over. It goes on elsewhere, with the same device: %n share file(s) are still to be imported there.</source>
        <translation>
            <numerusform>This part of the ceremony is over. It goes on elsewhere, with the same device: %n share file is still to be imported there.</numerusform>
            <numerusform>This part of the ceremony is over. It goes on elsewhere, with the same device: %n share files are still to be imported there.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) have the backup secret and the chosen keys of the first.</source>
        <translation>
            <numerusform>%n device has the backup secret and the chosen keys of the first.</numerusform>
            <numerusform>%n devices have the backup secret and the chosen keys of the first.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) have the backup secret of the first, and none of its keys.</source>
        <translation>
            <numerusform>%n device has the backup secret of the first, and none of its keys.</numerusform>
            <numerusform>%n devices have the backup secret of the first, and none of its keys.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) were left out: see “Devices”.</source>
        <translation>
            <numerusform>%n device was left out: see “Devices”.</numerusform>
            <numerusform>%n devices were left out: see “Devices”.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It had been initialised, with %n key(s)</source>
        <translation>
            <numerusform>It had been initialised, with %n key</numerusform>
            <numerusform>It had been initialised, with %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheets open it</source>
        <translation>
            <numerusform>%n sheet opens it</numerusform>
            <numerusform>%n sheets open it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>All %n groups of custodians who can restore were tried: each rejoins the set.</source>
        <translation>
            <numerusform>The one group of custodians who can restore was tried: it rejoins the set.</numerusform>
            <numerusform>All %n groups of custodians who can restore were tried: each rejoins the set.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n random groups of custodians who can restore were tried: each rejoins the set.</source>
        <translation>
            <numerusform>%n random group of custodians who can restore was tried: it rejoins the set.</numerusform>
            <numerusform>%n random groups of custodians who can restore were tried: each rejoins the set.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n share files, all needed</source>
        <translation>
            <numerusform>%n share file</numerusform>
            <numerusform>%n share files, all needed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::CeremonyView</name>
    <message numerus="yes">
        <source>Device not connected. %n finished keys are on it.</source>
        <translation>
            <numerusform>Device not connected. %n finished key is on it.</numerusform>
            <numerusform>Device not connected. %n finished keys are on it.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ChooseBackupPage</name>
    <message numerus="yes">
        <source>%n key(s) on the device have no name, as an interrupted import leaves them.</source>
        <translation>
            <numerusform>%n key on the device has no name, as an interrupted import leaves it.</numerusform>
            <numerusform>%n keys on the device have no name, as an interrupted import leaves them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) chosen</source>
        <translation>
            <numerusform>%n key chosen</numerusform>
            <numerusform>%n keys chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Use %n key(s)</source>
        <translation>
            <numerusform>&amp;Use %n key</numerusform>
            <numerusform>&amp;Use %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Restore %n key(s)</source>
        <translation>
            <numerusform>&amp;Restore %n key</numerusform>
            <numerusform>&amp;Restore %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::DetectPage</name>
    <message numerus="yes">
        <source>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</source>
        <translation>
            <numerusform>Only %n SO-PIN try is left. At 0 the device can never be initialised again.</numerusform>
            <numerusform>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>1 of %n device(s) chosen</source>
        <translation>
            <numerusform>1 of %n device chosen</numerusform>
            <numerusform>1 of %n devices chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform>
            <numerusform>%n devices</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Step %1 will destroy these %n key(s)</source>
        <translation>
            <numerusform>Step %1 will destroy this key</numerusform>
            <numerusform>Step %1 will destroy these %n keys</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It was initialised again, for %n share file(s).</source>
        <translation>
            <numerusform>It was initialised again, for %n share file.</numerusform>
            <numerusform>It was initialised again, for %n share files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It waits for all %n share file(s), as after it was initialised.</source>
        <translation>
            <numerusform>It waits for its %n share file, as after it was initialised.</numerusform>
            <numerusform>It waits for all %n share files, as after it was initialised.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It waits for %n share file(s).</source>
        <translation>
            <numerusform>It waits for %n share file.</numerusform>
            <numerusform>It waits for %n share files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>These %n key(s) are on the device, and stay</source>
        <translation>
            <numerusform>This key is on the device, and stays</numerusform>
            <numerusform>These %n keys are on the device, and stay</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n device(s) chosen</source>
        <translation>
            <numerusform>%1 of %n device chosen</numerusform>
            <numerusform>%1 of %n devices chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>&amp;Use %n device(s)</source>
        <translation>
            <numerusform>&amp;Use %n device</numerusform>
            <numerusform>&amp;Use %n devices</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::DevicesPage</name>
    <message numerus="yes">
        <source>%1 of %n device(s) complete</source>
        <translation>
            <numerusform>%1 of %n device complete</numerusform>
            <numerusform>%1 of %n devices complete</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ErasePage</name>
    <message numerus="yes">
        <source>%n key(s) on the device: %1</source>
        <translation>
            <numerusform>%n key on the device: %1</numerusform>
            <numerusform>%n keys on the device: %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n key(s) that the drill restored</source>
        <translation>
            <numerusform>The %n key that the drill restored</numerusform>
            <numerusform>The %n keys that the drill restored</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::GeneratePage</name>
    <message numerus="yes">
        <source>%1 of %n key(s) done</source>
        <translation>
            <numerusform>%1 of %n key done</numerusform>
            <numerusform>%1 of %n keys done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) done, %2 failed, skipped or deleted</source>
        <translation>
            <numerusform>%1 of %n key done, %2 failed, skipped or deleted</numerusform>
            <numerusform>%1 of %n keys done, %2 failed, skipped or deleted</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::HandOutPage</name>
    <message numerus="yes">
        <source>%n custodian(s)</source>
        <translation>
            <numerusform>%n custodian</numerusform>
            <numerusform>%n custodians</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ImportPage</name>
    <message numerus="yes">
        <source>The %n sheets handed in are of one set, but not that of this share file. Start over with the sheets of this file.</source>
        <translation>
            <numerusform>The %n sheet handed in is of one set, but not that of this share file. Start over with the sheets of this file.</numerusform>
            <numerusform>The %n sheets handed in are of one set, but not that of this share file. Start over with the sheets of this file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %n sheets handed in do not open the share file: at least one of them is wrong. What was typed is kept. With one sheet more, the wrong one can be found.</source>
        <translation>
            <numerusform>The %n sheet handed in does not open the share file: it is wrong. What was typed is kept. With one sheet more, the wrong one can be found.</numerusform>
            <numerusform>The %n sheets handed in do not open the share file: at least one of them is wrong. What was typed is kept. With one sheet more, the wrong one can be found.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sheets open it</source>
        <translation>
            <numerusform>%n sheet opens it</numerusform>
            <numerusform>%n sheets open it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::KeyPlanPage</name>
    <message numerus="yes">
        <source>&amp;Generate %n key(s)</source>
        <translation>
            <numerusform>&amp;Generate %n key</numerusform>
            <numerusform>&amp;Generate %n keys</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::KeyboardTest</name>
    <message numerus="yes">
        <source>%n character(s) to go.</source>
        <translation>
            <numerusform>%n character to go.</numerusform>
            <numerusform>%n characters to go.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::LaptopPanel</name>
    <message numerus="yes">
        <source>%n display(s) connected</source>
        <translation>
            <numerusform>%n display connected</numerusform>
            <numerusform>%n displays connected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) connected</source>
        <translation>
            <numerusform>%n device connected</numerusform>
            <numerusform>%n devices connected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::LossTable</name>
    <message numerus="yes">
        <source>%n lost</source>
        <translation>
            <numerusform>%n lost</numerusform>
            <numerusform>%n lost</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore works. %n in reserve.</source>
        <translation>
            <numerusform>Restore works. %n in reserve.</numerusform>
            <numerusform>Restore works. %n in reserve.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ParticipantsTable</name>
    <message numerus="yes">
        <source>%n officer(s)</source>
        <translation>
            <numerusform>%n officer</numerusform>
            <numerusform>%n officers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n witness(es)</source>
        <translation>
            <numerusform>%n witness</numerusform>
            <numerusform>%n witnesses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n custodian(s)</source>
        <translation>
            <numerusform>%n custodian</numerusform>
            <numerusform>%n custodians</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::PinsPage</name>
    <message numerus="yes">
        <source>%n of %1 tries left. A wrong one costs a try.</source>
        <translation>
            <numerusform>%n of %1 tries left. A wrong one takes the last try.</numerusform>
            <numerusform>%n of %1 tries left. A wrong one costs a try.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n password(s) are chosen and checked.</source>
        <translation>
            <numerusform>The password is chosen and checked.</numerusform>
            <numerusform>All %n passwords are chosen and checked.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n share(s) are out and checked.</source>
        <translation>
            <numerusform>The share is out and checked.</numerusform>
            <numerusform>All %n shares are out and checked.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::Rail</name>
    <message numerus="yes">
        <source>%n minute(s) since the beginning</source>
        <translation>
            <numerusform>%n minute since the beginning</numerusform>
            <numerusform>%n minutes since the beginning</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ReportPage</name>
    <message numerus="yes">
        <source>%n key(s) generated, self-tests passed</source>
        <translation>
            <numerusform>%n key generated, self-tests passed</numerusform>
            <numerusform>%n keys generated, self-tests passed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The device waits for %n share file(s).</source>
        <translation>
            <numerusform>The device waits for %n share file.</numerusform>
            <numerusform>The device waits for %n share files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) chosen</source>
        <translation>
            <numerusform>%n key chosen</numerusform>
            <numerusform>%n keys chosen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) restored</source>
        <translation>
            <numerusform>%n key restored</numerusform>
            <numerusform>%n keys restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) proved to be the original</source>
        <translation>
            <numerusform>%n key proved to be the original</numerusform>
            <numerusform>%n keys proved to be the original</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::RestorePage</name>
    <message numerus="yes">
        <source>%1 of %n key(s) restored</source>
        <translation>
            <numerusform>%1 of %n key restored</numerusform>
            <numerusform>%1 of %n keys restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n key(s) restored, %2 skipped</source>
        <translation>
            <numerusform>%1 of %n key restored, %2 skipped</numerusform>
            <numerusform>%1 of %n keys restored, %2 skipped</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::ReviewPage</name>
    <message numerus="yes">
        <source>%n event(s) to explain</source>
        <translation>
            <numerusform>%n event to explain</numerusform>
            <numerusform>%n events to explain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n copies of the wrapped keys, not proved</source>
        <translation>
            <numerusform>%n copy of the wrapped keys, not proved</numerusform>
            <numerusform>%n copies of the wrapped keys, not proved</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The device waits for %n share file(s).</source>
        <translation>
            <numerusform>The device waits for %n share file.</numerusform>
            <numerusform>The device waits for %n share files.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n key(s) chosen</source>
        <translation>
            <numerusform>%n key chosen</numerusform>
            <numerusform>%n keys chosen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::SchemePage</name>
    <message numerus="yes">
        <source>All %n share files are needed.</source>
        <translation>
            <numerusform>The one share file is needed.</numerusform>
            <numerusform>All %n share files are needed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::SecretField</name>
    <message numerus="yes">
        <source>%n characters</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>There is room for %n characters.</source>
        <translation>
            <numerusform>There is room for %n character.</numerusform>
            <numerusform>There is room for %n characters.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::SoPinTries</name>
    <message numerus="yes">
        <source>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</source>
        <translation>
            <numerusform>Only %n SO-PIN try is left. At 0 the device can never be initialised again.</numerusform>
            <numerusform>Only %n SO-PIN tries are left. At 0 the device can never be initialised again.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::StartView</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>conclave::ui::UserPinCard</name>
    <message numerus="yes">
        <source>%n tries left. A wrong one costs a try.</source>
        <translation>
            <numerusform>%n try left. A wrong one blocks the PIN.</numerusform>
            <numerusform>%n tries left. A wrong one costs a try.</numerusform>
        </translation>
    </message>
</context>
</TS>
