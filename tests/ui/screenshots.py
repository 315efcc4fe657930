#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take a picture of each screen, narrow and wide, light and dark, from right to left, of high contrast, in large text: ./dev screenshot [LOOK…]

Reads ENFILADE (the program) and ENFILADE_PICTURES (where the pictures go).
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

from harness import accessible
from harness.app import App
from harness.server import Server
from harness.waiting import run_main_loop

WIDE, NARROW, SMALLEST = (1000, 680), (360, 720), (360, 640)
SETTLE = 1.0
PICTURES = pathlib.Path(os.environ["ENFILADE_PICTURES"])

# GTK asks its own translation for the direction of reading, where the program has a translation too. Here is one of nothing else:
# GTK's are not everywhere, and the words stay those that this program looks for.
READ_FROM_THE_RIGHT = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "default:LTR"
msgstr "default:RTL"
"""


def as_ever(_folder):
    return {}


def right_to_left(folder):
    messages = pathlib.Path(folder, "right-to-left", "LC_MESSAGES")
    messages.mkdir(parents=True, exist_ok=True)
    for domain in ("gtk40", "enfilade"):
        subprocess.run(["msgfmt", "-o", messages / f"{domain}.mo", "-"], input=READ_FROM_THE_RIGHT, encoding="utf-8", check=True)
    # A language is the name of a folder beside others, wherever those are; a locale but "C" has to be set for it to be read.
    return {"LANGUAGE": "../" * 16 + str(messages.parent.resolve().relative_to("/"))}


def high_contrast(_folder):
    return {"ADW_DEBUG_HIGH_CONTRAST": "1"}


def large_text(folder):
    """Twice the size, as the accessibility settings of a desktop have it."""
    resources = pathlib.Path(folder, "large-text")
    resources.write_text("Xft.dpi: 192\n", encoding="utf-8")
    return {"XENVIRONMENT": str(resources)}


LOOKS = {
    "wide-light": (WIDE, "light", as_ever),
    "wide-dark": (WIDE, "dark", as_ever),
    "narrow-light": (NARROW, "light", as_ever),
    "narrow-dark": (NARROW, "dark", as_ever),
    "wide-rtl": (WIDE, "light", right_to_left),
    "narrow-rtl": (NARROW, "light", right_to_left),
    "wide-contrast": (WIDE, "light", high_contrast),
    "narrow-contrast": (NARROW, "dark", high_contrast),
    "wide-large": (WIDE, "light", large_text),
    "narrow-large": (SMALLEST, "light", large_text),
}


class Photographer:
    """Goes through the app as one person, on a screen of one size in one style."""

    def __init__(self, look, server, folder):
        self.look = look
        self.server = server
        self.folder = folder
        self.size, self.scheme, environment_of = LOOKS[look]
        self.environment = environment_of(folder)
        self.passwords = json.loads((server.data / "demo-passwords.json").read_text(encoding="utf-8"))
        self.missing = []
        self.apps = []

    def open(self, person, *arguments, password=None):
        width, height = self.size
        app = App(person, self.folder, *arguments, password=password, size=self.size,
                  environment={"ADW_DEBUG_COLOR_SCHEME": f"prefer-{self.scheme}", **self.environment})
        settings = app.home / "enfilade" / f"{person}.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(f"[Enfilade]\nwindow-width={width}\nwindow-height={height}\n", encoding="utf-8")
        self.apps.append(app)
        return app.start()

    def sign_in(self, person):
        app = self.open(person, "--server", self.server.url, "--user", person, password=self.passwords[person])
        app.wait_for("^General, ", "list item")
        return app

    def take(self, app, screen):
        run_main_loop(SETTLE)
        app.still_runs()
        picture = PICTURES / f"{screen}-{self.look}.png"
        app.take_picture(picture)
        print(f"  {picture.name}", flush=True)

    def back(self, app):
        """In a narrow window the list of rooms is a page before the room."""
        if self.size != WIDE:
            app.key("alt+Right" if self.look.endswith("-rtl") else "alt+Left")
            run_main_loop(SETTLE)

    def try_to(self, describe, function, *arguments):
        """One screen that cannot be reached does not keep the others from being taken."""
        try:
            function(*arguments)
        except AssertionError as error:
            self.missing.append(f"{describe} ({self.look}): {error}")
        finally:
            while self.apps:
                self.apps.pop().stop()

    def signing_in(self):
        app = self.open("nobody")
        app.wait_for("^Server Address$", "text")
        self.take(app, "sign-in")
        app.write("^Server Address$", "localhost:1", "text")
        app.press("^Continue")
        app.wait_for("^No server", "alert")
        self.take(app, "sign-in-error")
        app.write("^Server Address$", self.server.url, "text")
        app.press("^Continue")
        app.wait_for("^Password$", "text")
        self.take(app, "sign-in-account")

    def rooms(self):
        app = self.sign_in("tomas")
        self.take(app, "rooms")
        app.open_room("Design")
        self.take(app, "room")
        app.key("F9")
        self.take(app, "members")
        app.key("F9")
        app.key("ctrl+j")
        self.take(app, "jump-to-date")
        app.key("Escape")
        run_main_loop(SETTLE)
        self.server.refuse("cannot be sent")
        app.say("This cannot be sent")
        self.take(app, "failed")
        self.server.refuse(None)
        app.type("Half a sentence")
        app.key("shift+Return")
        app.type("and another line")
        self.take(app, "two-lines")
        self.back(app)
        self.take(app, "draft")
        for screen, words in (("search", ""), ("search-found", "the"), ("search-nothing", "no such word")):
            app.key("ctrl+shift+f")
            app.type(words)
            self.take(app, screen)
        app.key("Escape")
        run_main_loop(SETTLE)
        app.click("^Reading club, ", "list item")
        self.take(app, "not-joined")
        self.back(app)
        app.key("ctrl+n")
        self.take(app, "create-room")
        app.type(f"Quiet {self.look}")
        app.key("Return")
        app.wait_for("^Message #Quiet", "text")
        self.take(app, "empty-room")
        app.key("ctrl+k")
        self.take(app, "room-switcher")
        app.type("re")
        self.take(app, "room-switcher-searching")
        app.key("Escape")
        self.back(app)
        app.key("ctrl+shift+n")
        self.take(app, "notifications")
        app.key("Escape")
        for keys, screen in (("ctrl+comma", "preferences"), ("ctrl+question", "shortcuts")):
            app.key(keys)
            self.take(app, screen)
            app.key("Escape")
            run_main_loop(SETTLE)
        app.press("^Main Menu$")
        self.take(app, "menu")
        app.press("^About Enfilade$", None)
        self.take(app, "about")

    def dashboard(self):
        app = self.sign_in("mira")
        app.press("^Dashboard$")
        for _ in range(12):
            threading.Thread(target=self.server.post, args=("/auth/login", {"username": "yuki", "password": "wrong"})).start()
        run_main_loop(20)
        self.take(app, "dashboard")

    def offline(self):
        app = self.sign_in("amara")
        app.open_room("General")
        self.server.kill()
        app.say("I write this while the server is away.")
        app.wait_for(r"^Offline\.", "status bar")
        self.take(app, "offline")
        app.kill()
        app.start()
        app.wait_for("^General, ", "list item")
        self.take(app, "offline-start")
        app.choose("Sign Out")
        self.take(app, "sign-out")
        self.server.start()


def main(names):
    unknown = set(names) - set(LOOKS)
    if unknown:
        sys.exit(f"There is no look {', '.join(sorted(unknown))}; there are {', '.join(LOOKS)}")
    missing = []
    for look in names or LOOKS:
        with tempfile.TemporaryDirectory() as folder:
            server = Server(f"{folder}/data", "--demo")
            server.start()
            photographer = Photographer(look, server, folder)
            for part in (photographer.signing_in, photographer.rooms, photographer.dashboard, photographer.offline):
                photographer.try_to(part.__name__, part)
            server.stop()
            missing += photographer.missing
    if missing:
        sys.exit("Some screens could not be reached:\n" + "\n".join(missing))


main(sys.argv[1:])
