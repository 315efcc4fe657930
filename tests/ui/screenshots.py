#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a picture of each screen, narrow and wide, light and dark: ./dev screenshot [SCREEN…]

Reads ENFILADE (the program), ENFILADE_SERVER (a demonstration server), ENFILADE_DATA (its folder, with the passwords) and
ENFILADE_PICTURES (where the pictures go).
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

SIZES = {"narrow": (360, 720), "wide": (1100, 720)}
SCHEMES = ("light", "dark")
# Who is signed in on it; nobody on the first.
SCREENS = {"sign-in": None, "room": "tomas", "room-of-the-admin": "mira"}
DEADLINE = 30
SETTLE = 4


@contextlib.contextmanager
def running(*command, **options):
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def display(width, height):
    reader, writer = os.pipe()
    with running("Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp",
                 pass_fds=[writer], stderr=subprocess.DEVNULL):
        os.close(writer)
        with os.fdopen(reader) as stream:
            yield f":{stream.readline().strip()}"


@contextlib.contextmanager
def session_bus(environment):
    with running("dbus-daemon", "--session", "--nofork", "--print-address=1", text=True, env=environment,
                 stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as bus:
        yield bus.stdout.readline().strip()


def colours(picture):
    done = subprocess.run(["identify", "-format", "%k", str(picture)], capture_output=True, text=True)
    return int(done.stdout or 0)


def shoot(environment, picture):
    subprocess.run(["import", "-window", "root", str(picture)], env=environment, check=True)


def take(screen, size, scheme, picture):
    """Start the app as a person who never used it, wait until it is drawn and signed in, and take the picture."""
    person = SCREENS[screen]
    width, height = SIZES[size]
    command = [os.environ["ENFILADE"]]
    with tempfile.TemporaryDirectory() as home, display(width, height) as name:
        settings = pathlib.Path(home, "enfilade", "picture.ini")
        settings.parent.mkdir()
        settings.write_text(f"[Enfilade]\nwindow-width={width}\nwindow-height={height}\n", encoding="utf-8")
        environment = {**os.environ, "DISPLAY": name, "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo", "ENFILADE_PROFILE": "picture",
                       "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home, "XDG_CACHE_HOME": home,
                       "ADW_DEBUG_COLOR_SCHEME": f"prefer-{scheme}"}
        if person:
            passwords = json.loads(pathlib.Path(os.environ["ENFILADE_DATA"], "demo-passwords.json").read_text(encoding="utf-8"))
            environment["ENFILADE_PASSWORD"] = passwords[person]
            command += ["--server", os.environ["ENFILADE_SERVER"], "--user", person]
        with session_bus(environment) as address:
            environment["DBUS_SESSION_BUS_ADDRESS"] = address
            with running(*command, env=environment) as app:
                ends = time.monotonic() + DEADLINE
                shoot(environment, picture)
                while colours(picture) < 50 and time.monotonic() < ends and app.poll() is None:
                    time.sleep(0.2)
                    shoot(environment, picture)
                time.sleep(SETTLE)
                shoot(environment, picture)
                return app.poll() is None and colours(picture) >= 50


def main(names):
    unknown = set(names) - set(SCREENS)
    if unknown:
        sys.exit(f"There is no screen {', '.join(sorted(unknown))}; there are {', '.join(SCREENS)}")
    folder = pathlib.Path(os.environ["ENFILADE_PICTURES"])
    missing = []
    for screen in names or SCREENS:
        for size in SIZES:
            for scheme in SCHEMES:
                picture = folder / f"{screen}-{size}-{scheme}.png"
                if take(screen, size, scheme, picture):
                    print(f"  {picture}")
                else:
                    missing.append(picture.name)
    if missing:
        sys.exit(f"These show nothing: {', '.join(missing)}")


main(sys.argv[1:])
