#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Install into an empty folder and look whether everything a desktop reads is where it looks for it.

check-install.py BUILD-FOLDER APP-ID PREFIX LIBRARY-FOLDER
"""
import os
import pathlib
import subprocess
import sys
import tempfile

from tap import report


def run(*command, environment=None):
    """Return what the command says if it fails, in a list, else an empty one."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, stdin=subprocess.DEVNULL,
                          env=environment)
    return [done.stdout] if done.returncode else []


def compiles_as_a_set(schemas):
    return run("glib-compile-schemas", "--strict", "--dry-run", str(schemas))


def main(build, app_id, prefix, libdir):
    with tempfile.TemporaryDirectory() as folder:
        checks = [("meson install", run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", folder))]
        root = pathlib.Path(folder) / prefix.lstrip("/")
        share = root / "share"

        for path in (
            root / "bin" / "enfilade",
            share / "applications" / f"{app_id}.desktop",
            share / "metainfo" / f"{app_id}.metainfo.xml",
            share / "dbus-1" / "services" / f"{app_id}.service",
            share / "glib-2.0" / "schemas" / f"{app_id}.gschema.xml",
            share / "icons" / "hicolor" / "scalable" / "apps" / f"{app_id}.svg",
            share / "icons" / "hicolor" / "symbolic" / "apps" / f"{app_id}-symbolic.svg",
            root / "include" / "socketio-glib-1.0" / "socketio-glib.h",
            root / libdir / "libsocketio-glib-1.0.so",
            root / libdir / "pkgconfig" / "socketio-glib-1.0.pc",
            share / "locale" / "de" / "LC_MESSAGES" / "enfilade.mo",
        ):
            checks.append((f"{path.relative_to(root)} is installed", [] if path.is_file() else ["it is not there"]))

        # As a desktop starts them: nothing tells where the library is.
        bare = {name: value for name, value in os.environ.items() if name not in ("LD_LIBRARY_PATH", "LD_PRELOAD")}
        for program in ("enfilade", "sio"):
            checks.append((f"{program} finds what it needs", run(str(root / "bin" / program), "--version", environment=bare)))

        service = share / "dbus-1" / "services" / f"{app_id}.service"
        command = f"Exec={prefix}/bin/enfilade --gapplication-service"
        checks.append(("the D-Bus service starts the installed program",
                       [] if command in service.read_text(encoding="utf-8").splitlines() else [service.read_text(encoding="utf-8")]))
        checks.append(("the desktop entry is valid", run("desktop-file-validate", str(share / "applications" / f"{app_id}.desktop"))))
        checks.append(("the metainfo is valid",
                       run("appstreamcli", "validate", "--no-net", "--explain", str(share / "metainfo" / f"{app_id}.metainfo.xml"))))
        checks.append(("the schemas compile", compiles_as_a_set(share / "glib-2.0" / "schemas")))
    report(checks)


main(*sys.argv[1:])
