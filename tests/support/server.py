# SPDX-License-Identifier: LGPL-2.1-or-later
"""The official server of tests/interop, in a process that ends with the test."""
import pathlib
import subprocess

SCRIPT = pathlib.Path(__file__).resolve().parent.parent / "interop" / "server.js"


class Server:
    """Use it in a with statement."""

    def __init__(self, script=SCRIPT, environment=None, port="0"):
        self.command = ["node", str(script), port]
        self.environment = environment
        self.process = None
        self.uri = None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
                                        env=self.environment)
        line = self.process.stdout.readline()
        if not line.startswith("ready "):
            raise RuntimeError("the test server does not start: are its modules installed? (npm ci in tests/interop)")
        self.uri = f"http://127.0.0.1:{int(line.split()[1])}"
        return self

    def __exit__(self, *_):
        self.kill()

    def kill(self):
        """End it as a crash does: nothing is said to anybody."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
