#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The front door: what ./dev promises before it does anything, and how the results of a run are counted."""
import json
import pathlib
import subprocess
import sys
import tempfile

from tap import report

TAP = "TAP version 13\n# Subtest: a file\n    ok 1 - good\n    not ok 2 - bad\n    1..2\nnot ok 1 - a file\nok 2 - alone # SKIP\n1..2\n"
PROGRAMS = [
    {"name": "cases", "result": "OK", "stdout": "1..2\nok 1 /a\nok 2 /b\n"},
    {"name": "crash", "result": "FAIL", "stdout": "1..2\nok 1 /a\n", "stderr": "Bail out!"},
    {"name": "plain", "result": "OK", "stdout": "no cases here\n"},
    {"name": "slow", "result": "TIMEOUT", "stdout": ""},
]


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)


def expect(what, wanted):
    return [] if what == wanted else [f"{what!r} instead of {wanted!r}"]


def tally(root, kind, text):
    with tempfile.NamedTemporaryFile("w", suffix=".log") as file:
        file.write(text)
        file.flush()
        return run(sys.executable, str(root / "tests" / "tally.py"), kind, file.name).stdout.split()


def main(root):
    root = pathlib.Path(root)
    dev = str(root / "dev")
    helped = run(dev, "help")
    unknown = run(dev, "unheard-of")
    bad_option = run(dev, "run", "--unheard-of")
    commands = ("setup", "build", "run", "test", "server", "screenshot", "bench", "chaos", "po", "clean", "help")
    report([
        ("dev is sound bash", expect(run("bash", "-n", dev).stderr, "")),
        ("help ends well", expect(helped.returncode, 0)),
        ("help names each command", [name for name in commands if f"\n  {name}" not in helped.stdout]),
        ("an unknown command is refused with 2", expect(unknown.returncode, 2)),
        ("an unknown command shows the help", expect("Usage: ./dev" in unknown.stderr, True)),
        ("an unknown option is refused with 2", expect(bad_option.returncode, 2)),
        ("cases are counted in TAP, files and skipped ones are not", expect(tally(root, "tap", TAP), ["1", "1"])),
        ("programs that end badly have failed", expect(tally(root, "meson", "\n".join(map(json.dumps, PROGRAMS))), ["4", "2"])),
        ("nothing run is nothing passed", expect(tally(root, "tap", ""), ["0", "0"])),
    ])


main(*sys.argv[1:])
