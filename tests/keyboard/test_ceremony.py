# SPDX-FileCopyrightText: 2026 The Conclave developers
# SPDX-License-Identifier: Apache-2.0
"""A whole ceremony in a real window on a card behind pcscd, by keyboard and screen reader alone; OpenSC is the judge.

test_ceremony.py CONCLAVE SIMCARD [TEST...]: to be started by with-readers, on a display and a session bus of its
own, and for each test anew: a card that goes while its reader is let go is not always followed by the next one."""
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from screenreader import ScreenReader, press, write

CONCLAVE, SIMCARD = sys.argv[1:3]
SERIAL = "UTTEST0001"
SO_PIN = "3537363231383830"
PIN = "keyboard1"
PASSWORD = "six horses wait at the gate"
LETTERS = (
    "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo "
    "sierra tango uniform victor whiskey x-ray yankee zulu"
)
WORDS = "zero one two three four five six seven eight nine " + LETTERS
SPOKEN = dict(zip(WORDS.split(), "0123456789abcdefghijklmnopqrstuvwxyz"))


def output_of(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=True).stdout


class CeremonyByKeyboard(unittest.TestCase):
    def setUp(self):
        self.reader = ScreenReader("conclave")
        home = tempfile.TemporaryDirectory()
        self.addCleanup(home.cleanup)
        self.home = pathlib.Path(home.name)
        port = os.environ["CONCLAVE_READER_PORTS"].split()[0]
        card = ["--port", port, "--state", str(self.home / "card"), "--serial", SERIAL]
        self.start([SIMCARD, *card], dict(os.environ))
        environment = dict(os.environ, HOME=str(self.home), QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        self.start([CONCLAVE], environment)

    def start(self, command, environment):
        process = subprocess.Popen(command, env=environment)
        self.addCleanup(process.wait)
        self.addCleanup(process.terminate)

    def test_from_start_to_closed(self):
        self.prepare()
        self.choose_device()
        self.choose_one_password()
        self.choose_password()
        self.initialise()
        self.import_share()
        self.generate()
        self.back_up()
        self.close()
        self.opensc_agrees()

    def test_a_share_is_heard_only_when_asked_for(self):
        self.prepare()
        self.choose_device()
        press("alt+u")  # 3 of 5
        self.reader.hears("^The set is made and saved$")
        self.tick("^One copy only")
        self.go_on("^Start the hand-out$")
        self.lift_curtain("Show my share$", "^The projector", "^No camera", "^Sheet 1")
        self.reader.hears("^Write down your share$")
        self.reader.hears("^Share value, hidden from screen readers$")
        self.hears_no_digits()

        self.tick("^Read aloud$")
        self.reader.hears("Use headphones")
        self.reader.stands_on("^Read aloud, pair by pair$")
        heard = {}
        while (said := self.reader.says_after("Right"))[0] != "That was all":
            name = re.sub(r",? ?(pair|character) \d+ of \d+$", "", said[1])
            heard[name] = heard.get(name, "") + "".join(SPOKEN[word] for word in said[0].split())
        self.assertEqual(heard["Share ID"], "1")
        rows = [re.sub(", check$", "", name) for name in heard if name.startswith("Share value")]
        self.assertEqual(rows, ["Share value, row 1"] * 2 + ["Share value, row 2"] * 2)
        self.check_code_fits(heard)

        self.go_on("^I have noted it. Check it$")
        self.reader.stands_on("^Share value, row 1, pair 1 of 8$")
        value = "".join(part for name, part in heard.items() if name.startswith("Share value"))
        write(value[:4])
        self.hears_no_digits()
        self.tick("^Read aloud$")
        self.reader.stands_on("^Share value, row 1, pair 3 of 8$")
        typed = [self.reader.says_after(digit) for digit in value[4:8]]
        self.assertEqual([SPOKEN[name] for name, _ in typed], list(value[4:8]))
        self.assertEqual(typed[-1][1], "Share value, row 1, pair 4 of 8")
        write(value[8:])
        self.go_on("^Confirm$")
        self.reader.hears("^Your note is right")

    def hears_no_digits(self):
        for line in self.reader.heard().splitlines():
            self.assertFalse([word for word in line.split() if word in LETTERS.split()], line)
            self.assertNotIn(line.split()[0], SPOKEN, line)

    def check_code_fits(self, heard):
        """As formats of the project tell it: over the prime, the id and the value without check pairs."""
        prime = bytes.fromhex(heard["Prime, row 1"] + heard["Prime, row 2"])
        value = bytes.fromhex(heard["Share value, row 1"] + heard["Share value, row 2"])
        digest = hashlib.sha256(b"conclave-check-1\0" + prime + bytes([1]) + value).digest()
        bits = int.from_bytes(digest[:3], "big") >> 4
        alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
        code = "".join(alphabet[bits >> shift & 31] for shift in (15, 10, 5, 0))
        self.assertEqual(heard["Check code"], code)

    def fill(self, field, text):
        self.reader.tab_to(field)
        write(text)

    def tick(self, name):
        self.reader.tab_to(name)
        press("space")

    def go_on(self, button):
        """Presses the button as soon as it is there."""
        self.reader.hears(button)
        self.reader.tab_to(button)
        press("space")

    def lift_curtain(self, button, *checks):
        for check in checks:
            self.tick(check)
        self.go_on(button)

    def prepare(self):
        self.reader.hears("^1 device connected$")
        window = output_of("xdotool", "search", "--onlyvisible", "--name", "^Conclave$").split()[0]
        # There is no window manager to do it.
        subprocess.run(["xdotool", "windowfocus", "--sync", window], check=True)
        self.reader.stands_on("^Establish a new device")
        press("Return")
        self.reader.stands_on("^Purpose$")
        write("Root key 2027")
        self.fill("^Place$", "Room 2")
        self.tick("^The wall clock shows the same time$")
        for person in ("Security officer", "Witness 1", "Custodian 1"):
            self.fill(f"^Name of {person}$", f"Sample {person}")
        press("alt+c")

    def choose_device(self):
        # Nobody knows the maker of this card.
        self.reader.hears("certificate is of an unknown maker")
        self.reader.stands_on("^Serial number$")
        self.reader.hears(f"^Use {SERIAL}$")
        write(SERIAL)
        self.go_on(f"^Use {SERIAL}$")
        self.reader.stands_on("^Custodians, some must agree$")

    def choose_one_password(self):
        press("Up")
        self.reader.stands_on("^One password$")
        press("alt+u")

    def choose_password(self):
        self.go_on("^Start the hand-out$")
        self.lift_curtain("Choose the password$", "^The projector", "^No camera")
        self.reader.stands_on("^Password$")
        write(PASSWORD)
        self.fill("^Type it again$", PASSWORD)
        self.go_on("^Use this password$")
        self.lift_curtain("Type it again$", "^The projector", "^No camera")
        self.reader.hears("^Type the password")
        self.fill("^Password$", PASSWORD)
        self.go_on("^Confirm$")

    def initialise(self):
        self.lift_curtain("Set the PINs$", "^The projector", "^No camera")
        self.reader.stands_on("^New SO-PIN$")
        write(SO_PIN)
        self.fill("^Type it again$", SO_PIN)
        self.fill("^User PIN$", PIN)
        press("Tab")
        self.fill("^Type it again$", PIN)
        self.go_on("^Continue$")
        self.reader.stands_on("^Serial number$")
        write(SERIAL)
        press("Return")  # which must not erase anything
        self.go_on("^Erase and initialise$")

    def import_share(self):
        self.reader.hears("^Call the holder of the password$")
        self.tick("^One copy only")
        self.go_on("^Call the holder of the password$")
        self.lift_curtain("Type it$", "^The projector", "^No camera", "^I know the password")
        self.reader.stands_on("^Password$")
        write(PASSWORD)
        self.go_on("^Hand in the password$")
        self.kcv = self.reader.hears("^Key check value ([0-9A-F ]{19})$").group(1).replace(" ", "")
        self.go_on("^Continue$")

    def generate(self):
        self.reader.hears("^Plan the keys$")
        self.go_on("^Generate 1 key$")
        self.reader.stands_on("^User PIN$")
        write(PIN)
        self.go_on("^Generate$")
        self.reader.hears("^1 of 1 key done$")
        self.go_on("^Continue$")

    def back_up(self):
        self.reader.hears("^Save the wrapped keys$")
        self.tick("^One copy only$")
        self.go_on("^Save and verify$")
        self.go_on("^Go on without proof$")

    def close(self):
        self.go_on("^Seal and make the report$")
        for row in "ABCD":
            self.tick(f"^Row {row} read$")
        self.reader.hears(r"^✓ report\.json$")
        self.go_on("^Close the ceremony$")
        self.reader.hears("Unplug the device")

    def opensc_agrees(self):
        folder = next((self.home / "Documents" / "Conclave ceremonies").iterdir())
        events = [json.loads(line) for line in (folder / "transcript.jsonl").read_text().splitlines()]
        self.assertEqual(events[-1]["event"], "closed")
        wrapped = next(event for event in events if event["event"] == "keysWrapped")["keys"]
        self.assertEqual(len(wrapped), 1)
        content = (folder / "keys" / wrapped[0]["file"]).read_bytes()
        self.assertEqual(hashlib.sha256(content).hexdigest(), wrapped[0]["sha256"])
        key = next(event for event in events if event["event"] == "keyGenerated")
        (folder / "key.der").write_bytes(bytes.fromhex(key["publicKey"]))
        status = output_of("sc-hsm-tool")
        self.assertEqual(re.search(r"DKEK key check value *: (\w+)", status).group(1), self.kcv)
        message, signature = folder / "message", folder / "signature"
        message.write_text("what everybody in the room agreed on")
        signing = ["--sign", "--mechanism", "ECDSA-SHA256", "--signature-format", "openssl", "--label", "signing-key"]
        files = ["--input-file", str(message), "--output-file", str(signature)]
        output_of("pkcs11-tool", "--login", "--pin", PIN, *signing, *files)
        verifying = ["openssl", "dgst", "-sha256", "-keyform", "DER", "-verify", str(folder / "key.der")]
        self.assertIn("Verified OK", output_of(*verifying, "-signature", str(signature), str(message)))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
