# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference server, as a process that can be killed and started again."""
import contextlib
import json
import os
import pathlib
import random
import re
import signal
import socket
import sqlite3
import subprocess
import urllib.error
import urllib.request

PROGRAM = pathlib.Path(__file__).parents[3] / "server" / "bin" / "enfilade-server.js"
READER = pathlib.Path(__file__).with_name("read-room.js")
# Where Linux begins to choose ports for connections, unless it was told something else.
FIRST_OF_THE_SYSTEM = 32_768
FILLER = pathlib.Path(__file__).with_name("fill-room.mjs")


def free_port():
    """Of those that the system gives to nobody by itself: also while the server is away, no connection of another test has it."""
    while True:
        port = random.SystemRandom().randrange(10_000, FIRST_OF_THE_SYSTEM)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    def __init__(self, data, *options):
        self.data = pathlib.Path(data)
        self.port = free_port()
        self.options = options
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words, password=None):
        """Run one of the server's own commands and return what it prints."""
        environment = {**os.environ, **({"ENFILADE_PASSWORD": password} if password else {})}
        done = subprocess.run(["node", str(PROGRAM), "--data", str(self.data), *words], env=environment,
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"enfilade-server {' '.join(words)}: {done.stderr}")
        return done.stdout.strip()

    def start(self):
        self.process = subprocess.Popen(
            ["node", str(PROGRAM), "--data", str(self.data), "--port", str(self.port), *self.options],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        for line in self.process.stdout:
            if re.search(r"listening on http", line):
                return self
        raise AssertionError("the server ended before it listened")

    def kill(self):
        """End it as a power cut does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.go_on()
            self.process.wait(timeout=30)
            self.process.stdout.close()

    def pause(self):
        """Let it answer nobody, as one that is overloaded, until it goes on."""
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)

    def refuse(self, word):
        """From now on no message with that word can be stored; nothing is refused without a word."""
        with contextlib.closing(sqlite3.connect(self.data / "enfilade.sqlite", timeout=30)) as database, database:
            database.execute("DROP TRIGGER IF EXISTS refused")
            if word:
                database.execute("CREATE TRIGGER refused BEFORE INSERT ON messages WHEN NEW.content LIKE '%" + word.replace("'", "''") +
                                 "%' BEGIN SELECT RAISE(ABORT, 'refused'); END")

    def fill(self, room, messages):
        """Put messages into a room as if they had been said: dictionaries as fill-room.mjs takes them."""
        done = subprocess.run(["node", str(FILLER), str(self.data), room], input=json.dumps(messages),
                              capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"the room could not be filled: {done.stderr}")

    def messages_of(self, room, person):
        """What is stored of a room, oldest first, as the official client gets it."""
        done = subprocess.run(["node", str(READER), self.url, self.command("token", person), room],
                              capture_output=True, text=True, check=False, timeout=60)
        if done.returncode:
            raise AssertionError(f"the room could not be read: {done.stderr}")
        return json.loads(done.stdout)

    def post(self, path, body):
        """Return the status that the server answers to a request over HTTP."""
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
