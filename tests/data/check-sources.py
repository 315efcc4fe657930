#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each file says its licence, each XML file parses, and the manifest of the Flatpak asks for no more than the app needs."""
import json
import pathlib
import subprocess
import sys

from tap import report

LIBRARY = ("src/socketio", "src/tools", "tests/socketio", "tests/interop", "tests/tools", "tests/product",
           "tests/fuzz", "tests/support", "examples")
SOURCES = (".c", ".h", ".js", ".mjs", ".py", ".ui", ".css", ".vala")
XML = (".ui", ".svg", ".xml", ".xml.in")
PERMISSIONS = {"--share=network", "--share=ipc", "--socket=fallback-x11", "--socket=wayland", "--device=dri"}


def files(root, suffixes):
    for folder in ("src", "data", "server", "tests", "examples"):
        for path in sorted((root / folder).rglob("*")):
            if path.name.endswith(suffixes) and path.is_file() and "node_modules" not in path.parts:
                yield path


def without_licence(root):
    for path in files(root, SOURCES):
        name = path.relative_to(root).as_posix()
        licence = "LGPL-2.1-or-later" if name.startswith(LIBRARY) else "GPL-3.0-or-later"
        head = path.read_text(encoding="utf-8").splitlines()[:3]
        if not any(f"SPDX-License-Identifier: {licence}" in line for line in head):
            yield f"{name} does not say {licence} in its first lines"


def malformed(root):
    for path in files(root, XML):
        done = subprocess.run(["xmllint", "--noout", "--nonet", str(path)], capture_output=True, text=True)
        if done.returncode:
            yield done.stderr


def greedy(manifest):
    asked = set(manifest["finish-args"])
    yield from (f"{permission} is more than the app needs" for permission in sorted(asked - PERMISSIONS))
    yield from (f"without {permission} the app does not work" for permission in sorted(PERMISSIONS - asked))


def unpinned(manifest):
    for module in manifest["modules"]:
        for source in module["sources"]:
            if source["type"] != "dir" and not {"commit", "sha256"} & set(source):
                yield f"{module['name']} has a source without a commit or a checksum"


def main(root, app_id):
    root = pathlib.Path(root)
    manifest = json.loads((root / "flatpak" / f"{app_id}.json").read_text(encoding="utf-8"))
    report([
        ("each source says its licence", list(without_licence(root))),
        ("each XML file parses", list(malformed(root))),
        ("the manifest is of this app", [] if manifest["id"] == app_id else [manifest["id"]]),
        ("the manifest asks for what the app needs, and no more", list(greedy(manifest))),
        ("the manifest pins what it fetches", list(unpinned(manifest))),
    ])


main(*sys.argv[1:])
