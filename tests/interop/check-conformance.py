#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Hold docs/conformance.md to the tests: each name in its tables is one, and its counts are right.

check-conformance.py TABLE PROGRAM…
"""
import re
import subprocess
import sys

CASE = re.compile(r"^\| (?!official case)(.+?) \| (`(/[^`]+)`|– .+) \|$")


def tests_of(program):
    listed = subprocess.run([program, "-l"], check=True, capture_output=True, text=True).stdout
    return [line for line in listed.splitlines() if line.startswith("/")]


def count(section):
    cases = [match for line in section.splitlines() if (match := CASE.match(line))]
    return len(cases), sum(1 for match in cases if match[3]), [match[3] for match in cases if match[3]]


def main(table, programs):
    with open(table, encoding="utf-8") as stream:
        head, *sections = stream.read().split("\n## ")
    tests = [name for program in programs for name in tests_of(program)]
    points = []

    for section in sections:
        suite = section.splitlines()[0]
        n, ours, names = count(section)
        points.append((n > 0 and f"| {suite} | {n} | {ours} | {n - ours} |" in head, f"counts of {suite}"))
        for name in dict.fromkeys(names):
            points.append((any(test == name or test.startswith(name + "/") for test in tests), name))

    print("TAP version 13")
    print(f"1..{len(points)}")
    for number, (ok, what) in enumerate(points, 1):
        print("ok" if ok else "not ok", number, what)
    return 0 if points and all(ok for ok, _ in points) else 1


sys.exit(main(sys.argv[1], sys.argv[2:]))
