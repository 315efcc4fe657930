# SPDX-License-Identifier: GPL-3.0-or-later
"""The client of one person, without a window: a process that can be killed and started again on the same file."""
import asyncio
import itertools
import json
import os
import signal
import time

PATIENCE = float(os.environ.get("ENFILADE_PATIENCE", "60"))
LINE_LIMIT = 16 * 1024 * 1024
HURRY_EVERY = 0.03


class Agent:
    """What it said in all its lives is kept: nothing of it may turn out to be wrong."""

    def __init__(self, program, person, token, folder):
        self.program = program
        self.person = person
        self.token = token
        self.path = folder / f"{person}.db"
        self.log = folder / f"{person}.log"
        self.address = None
        self.process = None
        self.reader = None
        self.connection = "offline"
        self.questions = itertools.count()
        self.answers = {}
        # What it was told to write and has not answered yet.
        self.asked = set()
        # Content to what was said of it, in the order of writing.
        self.accepted = {}
        self.shown_sent = {}
        self.shown_in_this_life = set()
        self.read = {}
        self.faults = []
        self.history = []
        self.last_told = None

    @property
    def lives(self):
        return self.process is not None

    async def start(self):
        self.history.append(f"{time.monotonic():.3f} begins")
        with self.log.open("a", encoding="utf-8") as log:
            self.process = await asyncio.create_subprocess_exec(
                self.program, self.address, self.token, str(self.path), stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE, stderr=log, limit=LINE_LIMIT,
                env={**os.environ, "G_DEBUG": "fatal-warnings", "GSETTINGS_BACKEND": "memory", "GIO_USE_VFS": "local"})
        self.reader = asyncio.create_task(self.listen(self.process))

    async def listen(self, process):
        async for line in process.stdout:
            report = json.loads(line)
            self.note(report)
            self.hear(report)
        status = await process.wait()
        self.connection = "offline"
        if status not in (0, -signal.SIGKILL):
            self.faults.append(f"{self.person} ended with status {status}: {self.log_end()}")
        for answer in self.answers.values():
            if not answer.done():
                answer.set_exception(AssertionError(self.farewell()))
        self.answers.clear()

    def farewell(self):
        return "; ".join(self.faults) or f"{self.person} is not there"

    def note(self, report):
        """For who reads afterwards what happened."""
        told = {key: value for key, value in report.items() if key != "question"}
        if told != self.last_told:
            self.history.append(f"{time.monotonic():.3f} {json.dumps(told, ensure_ascii=False)[:2000]}")
        self.last_told = told

    def hear(self, report):
        getattr(self, f"hear_{report['event']}")(report)

    def hear_connection(self, report):
        self.connection = report["state"]
        if self.connection == "refused":
            self.faults.append(f"{self.person} was refused: {report['problem']}")

    def hear_accepted(self, report):
        self.asked.discard(report["content"])
        self.accepted[report["content"]] = report

    def hear_refused(self, report):
        self.asked.discard(report["content"])
        self.faults.append(f"{self.person} could not write “{report['content']}”: {report['error']}")

    def hear_message(self, report):
        content = report["content"]
        if report["delivery"] == "sent":
            self.shown_in_this_life.add(content)
            told = self.shown_sent.setdefault(content, report)
            if (told["id"], told["clientId"]) != (report["id"], report["clientId"]):
                self.faults.append(f"{self.person} showed “{content}” as sent under two names: {told} {report}")
        elif content in self.shown_in_this_life and report["delivery"] != "received":
            self.faults.append(f"{self.person} showed “{content}” as sent, and then as {report['delivery']}")

    def hear_read(self, report):
        self.read[report["room"]] = max(self.read.get(report["room"], 0), report["seq"])

    def hear_problem(self, report):
        """Losing a connection is one, so they prove nothing by themselves."""

    def hear_state(self, report):
        answer = self.answers.pop(report["question"], None)
        if answer is not None and not answer.done():
            answer.set_result(report)

    def tell(self, *words):
        """What a dead agent is told is lost, as what somebody would have typed."""
        if self.lives and not self.process.stdin.is_closing():
            self.process.stdin.write(f"{' '.join(words)}\n".encode())

    def write(self, room, content):
        if self.lives:
            self.asked.add(content)
            self.tell("send", room, content)

    async def ask(self, verb):
        """The answer to look or state."""
        if not self.lives or self.reader.done():
            raise AssertionError(self.farewell())
        question = str(next(self.questions))
        self.answers[question] = asyncio.get_running_loop().create_future()
        self.tell(verb, question)
        return await asyncio.wait_for(self.answers[question], PATIENCE)

    async def hurry(self):
        """The protocol's delays are for people, who have more time."""
        while True:
            if self.lives and self.connection != "online":
                self.tell("retry")
            await asyncio.sleep(HURRY_EVERY)

    async def kill(self):
        """As the kernel does when there is no memory left. What it wrote before is heard to the end."""
        process, self.process = self.process, None
        if process.returncode is None:
            process.kill()
        await self.reader
        self.asked.clear()
        # What it had not written down yet it sends again, which the server knows.
        self.shown_in_this_life.clear()

    async def quit(self):
        """As a person does; what is wrong with its end is among the faults."""
        self.tell("quit")
        await asyncio.wait_for(self.reader, PATIENCE)
        self.process = None

    def log_end(self):
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:] if self.log.exists() else ""
