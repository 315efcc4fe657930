# SPDX-License-Identifier: GPL-3.0-or-later
"""One running Enfilade, as a person at its window."""
import os
import pathlib
import signal
import subprocess

from . import accessible
from .waiting import wait_for

PROGRAM = os.environ.get("ENFILADE", "enfilade")


class App:
    def __init__(self, person, folder, *arguments, password=None):
        self.person = person
        self.home = pathlib.Path(folder, person)
        self.arguments = arguments
        self.password = password
        self.process = None
        self.root = None

    def start(self):
        self.home.mkdir(exist_ok=True)
        environment = {**os.environ,
                       "ENFILADE_PROFILE": self.person, "GTK_A11Y": "atspi", "GDK_BACKEND": "x11", "GSK_RENDERER": "cairo",
                       "XDG_CONFIG_HOME": str(self.home), "XDG_DATA_HOME": str(self.home), "XDG_CACHE_HOME": str(self.home)}
        environment.pop("ENFILADE_PASSWORD", None)
        if self.password:
            environment["ENFILADE_PASSWORD"] = self.password
        self.log = open(self.home / "log", "ab")
        self.process = subprocess.Popen([PROGRAM, *self.arguments], env=environment,
                                        stdout=self.log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        self.root = accessible.wait_for_application(self.process.pid)
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=30)
        self.log.close()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.log.close()

    def output(self):
        return (self.home / "log").read_text(encoding="utf-8", errors="replace")

    # Looking

    def sees(self, text):
        return any(text in shown for shown in accessible.texts_of(self.root))

    def find(self, name, role=None):
        return accessible.find(self.root, name, role)

    def find_all(self, name, role=None):
        return accessible.find_all(self.root, name, role)

    def wait_for(self, name, role=None):
        self.still_runs()
        return wait_for(f"{self.person} sees /{name}/ ({role})", lambda: self.find(name, role))

    def wait_gone(self, name, role=None):
        wait_for(f"{self.person} does not see /{name}/ ({role}) any more", lambda: not self.find(name, role))

    def still_runs(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.person}'s app ended with {self.process.returncode}:\n{self.output()[-2000:]}")

    def describe(self):
        """The screen as a screen reader has it: for whoever has to find out why a test failed."""
        def lines(node, depth):
            name, role = accessible.name_of(node), accessible.role_of(node)
            yield f"{'  ' * depth}{role} “{name}”"
            for i in range(node.get_child_count()):
                child = node.get_child_at_index(i)
                if child and accessible.has_state(child, accessible.Atspi.StateType.SHOWING):
                    yield from lines(child, depth + 1)
        try:
            return "\n".join(lines(self.root, 0))
        except accessible.GLib.Error as error:
            return f"(gone: {error.message})"

    # Doing

    def press(self, name, role=None):
        accessible.press(self.wait_for(name, role))

    def write(self, name, text, role=None):
        accessible.write(self.wait_for(name, role), text)
