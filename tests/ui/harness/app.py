# SPDX-License-Identifier: GPL-3.0-or-later
"""One running Enfilade, as a person at its window."""
import os
import pathlib
import re
import signal
import subprocess

from . import accessible
from .waiting import wait_for

PROGRAM = os.environ.get("ENFILADE", "enfilade")
SCREEN = (1040, 720)
# What GTK draws around a window where nothing composes the screen, in pixels.
FRAME = 5
# GTK 4.8 says this of itself, when a screen reader asks for what a closing dialog has just taken away.
OF_GTK = re.compile(r"GLib-CRITICAL \*\*: .*: (g_variant_is_object_path: assertion 'string != NULL'|g_variant_\w+: assertion '\w+ != NULL') failed")


class App:
    def __init__(self, person, folder, *arguments, password=None, size=SCREEN, environment=None):
        self.person = person
        self.home = pathlib.Path(folder, person)
        self.arguments = arguments
        self.password = password
        self.size = size
        self.environment = environment or {}
        self.process = None
        self.screen = None
        self.display = None
        self.root = None

    def start(self):
        self.home.mkdir(exist_ok=True)
        if self.screen is None:
            self.start_screen()
        environment = {**os.environ, "DISPLAY": self.display,
                       "ENFILADE_PROFILE": self.person, "GTK_A11Y": "atspi", "LC_ALL": "C.UTF-8", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
                       "XDG_CONFIG_HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_CACHE_HOME": str(self.home)}
        environment.update(self.environment)
        environment.pop("ENFILADE_PASSWORD", None)
        if self.password:
            environment["ENFILADE_PASSWORD"] = self.password
        with open(self.home / "log", "ab") as log:
            self.process = subprocess.Popen([PROGRAM, *self.arguments], env=environment,
                                            stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.root = accessible.wait_for_application(self.process.pid)
        return self

    def start_screen(self):
        """A screen of its own, on which its window is the only one and has the keyboard."""
        reader, writer = os.pipe()
        self.screen = subprocess.Popen(["Xvfb", "-displayfd", str(writer), "-screen", "0", "{}x{}x24".format(*self.size), "-nolisten", "tcp"],
                                       pass_fds=[writer], stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as stream:
            self.display = f":{stream.readline().strip()}"

    def stop(self):
        """Close the app, in whatever state it is, and its screen."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        if self.screen:
            self.screen.terminate()
            self.screen.wait()

    def kill(self):
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def output(self):
        log = self.home / "log"
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def quit(self):
        """As a person does it."""
        self.key("ctrl+q")
        self.process.wait(timeout=30)
        if self.process.returncode:
            raise AssertionError(f"{self.person}'s app ended with {self.process.returncode}")

    def check_log(self):
        """Fail when the app complained of itself."""
        complaints = [line for line in self.output().splitlines()
                      if ("CRITICAL **" in line or "WARNING **" in line) and not OF_GTK.search(line)]
        if complaints:
            raise AssertionError(f"{self.person}'s app complained: {complaints}")

    # Looking

    def sees(self, text):
        return any(text in shown and accessible.is_on_screen(node) for node, shown in accessible.texts_of(self.root))

    def wait_to_see(self, text):
        wait_for(f"{self.person} sees “{text}”", lambda: self.still_runs() and self.sees(text))

    def find(self, name, role=None):
        return accessible.find(self.root, name, role)

    def find_all(self, name, role=None):
        return accessible.find_all(self.root, name, role)

    def wait_for(self, name, role=None):
        return wait_for(f"{self.person} sees /{name}/ ({role})", lambda: self.still_runs() and self.find(name, role))

    def wait_gone(self, name, role=None):
        wait_for(f"{self.person} does not see /{name}/ ({role}) any more",
                 lambda: self.still_runs() and not self.find(name, role))

    def still_runs(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.person}'s app ended with {self.process.returncode}:\n{self.output()[-2000:]}")
        return True

    def describe(self):
        """The screen as a screen reader has it: for whoever has to find out why a test failed."""
        if self.root is None:
            return "never seen"

        def lines(node, depth):
            yield f"{'  ' * depth}{accessible.role_of(node)} “{accessible.name_of(node)}” {accessible.text_of(node)[:60]}"
            for child in accessible.children_of(node):
                yield from lines(child, depth + 1)
        return "\n".join(lines(self.root, 0))

    # The chat

    def messages(self):
        """The sender and the text of each message of the room that is open, from top to bottom."""
        log = self.find("^Messages$", "log")
        spoken = [accessible.name_of(node) for node in accessible.walk(log) if accessible.role_of(node) == "panel"] if log else []
        found = [re.fullmatch(r"([^,]+), (.*), \d\d:\d\d(?:, [^,]*)?", name, re.DOTALL) for name in spoken]
        return [(one[1], one[2]) for one in found if one]

    def wait_for_message(self, sender, text):
        wait_for(f"{self.person} has “{text}” of {sender}", lambda: self.still_runs() and (sender, text) in self.messages())

    def open_room(self, name):
        self.click(f"^{re.escape(name)}, ", "list item")
        self.click(f"^Message #{re.escape(name)}$", "text")

    def say(self, text):
        """Type into the composer, which has the keyboard since its room was opened."""
        self.type(text)
        self.key("Return")

    # Doing

    def press(self, name, role="push button"):
        accessible.press(self.wait_for(name, role))

    def write(self, name, text, role=None):
        accessible.write(self.wait_for(name, role), text)

    def choose(self, item):
        """Open the main menu and choose an item of it."""
        self.key("F10")
        self.press(f"^{item}", "menu item")

    def point(self, *words):
        subprocess.run(["xdotool", *map(str, words)], env={**os.environ, "DISPLAY": self.display}, check=True)

    def click(self, name, role=None):
        """With the pointer, for what offers no press of its own."""
        node = self.wait_for(name, role)
        x, y = accessible.middle_of(node)
        self.point("mousemove", x + FRAME, y + FRAME, "click", 1)

    def come_to_front(self):
        """What a desktop does when a dialog is gone: nothing composes the screen here, and so nothing gives the window the keyboard."""
        self.point("search", "--onlyvisible", "--name", "^Enfilade$", "windowfocus")

    def key(self, *keys):
        self.point("key", *keys)

    def type(self, text):
        self.point("type", "--delay", 5, text)

    def take_picture(self, path):
        subprocess.run(["import", "-window", "root", str(path)], env={**os.environ, "DISPLAY": self.display}, check=True)
