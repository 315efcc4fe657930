#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""The functions that the public headers declare, those that the linker's map lists, and those that the library exports are the same."""
import pathlib
import re
import subprocess
import sys

source, library = map(pathlib.Path, sys.argv[1:3])
PRIVATE = "-private.h"


def declared():
    names = set()
    for header in source.glob("sio-*.h"):
        if not header.name.endswith(PRIVATE):
            text = re.sub(r"/\*.*?\*/", "", header.read_text(encoding="utf-8"), flags=re.DOTALL)
            names |= set(re.findall(r"\b(sio_[a-z0-9_]+)\s*\(", text))
            names |= {f"{prefix}_get_type" for prefix in re.findall(r"G_DECLARE_\w+ \(\w+, (sio_\w+),", text)}
    return names


def mapped():
    text = (source / "socketio-glib.map").read_text(encoding="utf-8")
    return set(re.findall(r"^\s*(sio_[a-z0-9_]+);", text, re.MULTILINE))


def exported():
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True, text=True).stdout.splitlines()
    return {line.split()[-1] for line in lines if "sio_" in line}


def main():
    failed = False
    print("1..2")
    for number, (what, names) in enumerate((("the map", mapped()), ("the library", exported())), 1):
        wrong = sorted(declared() ^ names)
        failed = failed or bool(wrong)
        for name in wrong:
            print(f"# {name} is in only one of the headers and {what}")
        print(f"{'not ok' if wrong else 'ok'} {number} - {what} has what the headers declare")
    return 1 if failed else 0


sys.exit(main())
