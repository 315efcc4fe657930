#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A storey includes headers of itself and of the storeys before it; the library knows no rooms and nobody below the app knows GTK."""
import pathlib
import re
import sys

from tap import report

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.MULTILINE)
TOOLKIT = re.compile(r"^(gtk|gdk|gsk|adwaita|adw-|libadwaita)")
ROOM = re.compile(r"\brooms?\b", re.IGNORECASE)
STOREYS = ["socketio", "chat", "app"]


def sources(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in (".c", ".h"))


def includes(path):
    return INCLUDE.findall(path.read_text(encoding="utf-8"))


def forbidden_includes(src, storey):
    later = STOREYS[STOREYS.index(storey) + 1:]
    names = {p.name for other in later for p in sources(src / other) if p.suffix == ".h"}
    for path in sources(src / storey):
        for header in includes(path):
            name = header.rsplit("/", 1)[-1]
            if name in names or any(f"{other}/" in header for other in later):
                yield f"{path.relative_to(src)} includes {header} of a later storey"
            elif storey != "app" and TOOLKIT.match(header):
                yield f"{path.relative_to(src)} includes the toolkit's {header}"


def words_of_the_chat(src):
    for path in sources(src / "socketio"):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if ROOM.search(line):
                yield f"{path.relative_to(src)}:{number} speaks of rooms: {line.strip()}"


def main():
    src = pathlib.Path(sys.argv[1]) / "src"
    checks = [(f"includes of src/{storey}", list(forbidden_includes(src, storey))) for storey in STOREYS]
    checks.append(("the library knows no rooms", list(words_of_the_chat(src))))
    report(checks)


main()
