#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Count the cases in what a test run left behind, and show what failed.

tally.py meson FILE   FILE is meson's testlog.json: one record for each program
tally.py tap FILE     FILE is TAP, as node --test writes it

Prints "PASSED FAILED" to standard output, and the failures to standard error.
"""
import json
import re
import sys

POINT = re.compile(r"^(\s*)(not )?ok\b(.*)$")
PLAN = re.compile(r"^(\s*)1\.\.\d+")
SKIPPED = re.compile(r"#\s*skip", re.IGNORECASE)
TAIL = 40


def cases(text):
    """Yield (passed, line) for each case; a line that only closes a subtest is none."""
    depth = 0
    for line in text.splitlines():
        if plan := PLAN.match(line):
            depth = max(depth, len(plan[1]))
        elif point := POINT.match(line):
            indent = len(point[1])
            if indent >= depth and not SKIPPED.search(point[3]):
                yield not point[2], line.strip()
            depth = indent


def show(title, lines):
    print(f"    ✗ {title}", file=sys.stderr)
    for line in lines:
        print(f"      {line}", file=sys.stderr)


def tally_program(record):
    """Count one program: its cases, or the program itself where it names none or ends badly after them."""
    found = list(cases(record.get("stdout") or ""))
    passed = sum(ok for ok, _ in found)
    failed = len(found) - passed
    if record["result"] in ("OK", "EXPECTEDFAIL"):
        passed = passed or (not found)
    elif record["result"] != "SKIP":
        failed = failed or 1
    if failed:
        faults = [line for ok, line in found if not ok]
        tail = ((record.get("stdout") or "") + (record.get("stderr") or "")).splitlines()[-TAIL:]
        show(f"{record['name']} ({record['result']})", faults + ["…"] + tail)
    return int(passed), failed


def tally_meson(text):
    counts = [tally_program(json.loads(line)) for line in text.splitlines() if line.strip()]
    return sum(p for p, _ in counts), sum(f for _, f in counts)


def tally_tap(text):
    lines = text.splitlines()
    found = list(cases(text))
    failed = [line for ok, line in found if not ok]
    for fault in failed:
        at = next(i for i, line in enumerate(lines) if line.strip() == fault)
        show(fault, lines[at + 1:at + 1 + TAIL])
    return len(found) - len(failed), len(failed)


def main(kind, path):
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            text = stream.read()
    except FileNotFoundError:
        sys.exit(f"    ✗ The run left no {path}")
    print(*{"meson": tally_meson, "tap": tally_tap}[kind](text))


main(*sys.argv[1:])
