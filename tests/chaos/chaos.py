#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people write to each other while connections are cut after any byte and both sides are killed at any moment; what was shown as
sent has to be on the server once, and what was not has to wait. Each round says its seed, and one round alone is

    ./dev chaos 1 SEED
"""
import argparse
import asyncio
import pathlib
import random
import shutil
import sys
import tempfile
import time

from schedule import Schedule
from stage import Stage, Template

ROUNDS_ON_A_STAGE = 20
OPTIONS = ("--log-level", "warning", "--ping-interval", "2000", "--ping-timeout", "4000")
MAX_FAULTS_SHOWN = 12


def read_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("agent", help="the program chat-agent")
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--seed", type=int, help="of the first round; the next one has the next")
    parser.add_argument("--plain", action="store_true", help="with a server of the basic protocol, which cannot know repeats")
    parser.add_argument("--keep", type=pathlib.Path, help="where to leave what a round that failed has left")
    return parser.parse_args()


class Tournament:
    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = folder
        self.template = Template(folder)
        self.stage = None
        self.n_stages = 0
        self.n_failed = 0

    async def run(self):
        first = self.arguments.seed if self.arguments.seed is not None else random.SystemRandom().getrandbits(32)
        print(f"1..{self.arguments.rounds}\n# the first seed is {first}", flush=True)
        for number in range(1, self.arguments.rounds + 1):
            await self.play(number, first + number - 1)
        return self.n_failed

    async def play(self, number, seed):
        begun = time.monotonic()
        schedule = Schedule(seed)
        is_last = number % ROUNDS_ON_A_STAGE == 0 or number == self.arguments.rounds
        try:
            if self.stage is None:
                await self.open_stage(seed)
            faults = await self.stage.play(schedule)
            if is_last and not faults:
                faults = await self.stage.close(gently=True)
        except (AssertionError, asyncio.TimeoutError) as error:
            faults = [str(error) or "no answer"]
        about = f"{number} - seed {seed}: {len(schedule.events) - schedule.n_faults} things done, {schedule.n_faults} faults"
        print(f"{'not ok' if faults else 'ok'} {about}, {time.monotonic() - begun:.2f} s", flush=True)
        if faults:
            self.explain(schedule, faults, seed)
            await self.stage.close(gently=False)
        if faults or is_last:
            shutil.rmtree(self.stage.folder)
            self.stage = None

    async def open_stage(self, seed):
        self.n_stages += 1
        window = random.Random(seed).choice(("0", "120"))
        options = (*OPTIONS, "--recovery-window", window, *(("--plain",) if self.arguments.plain else ()))
        folder = self.folder / str(self.n_stages)
        folder.mkdir()
        self.stage = Stage(self.arguments.agent, folder, self.template, options)
        await self.stage.open()

    def explain(self, schedule, faults, seed):
        """The next round begins anew: what went wrong here would go wrong in each that follows."""
        self.n_failed += 1
        print(f"# {schedule}")
        for fault in faults[:MAX_FAULTS_SHOWN]:
            print("".join(f"# {line}\n" for line in fault.splitlines()), end="")
        for agent in self.stage.agents:
            (self.stage.folder / f"{agent.person}.history").write_text("\n".join(agent.history), encoding="utf-8")
            print("".join(f"# {agent.person}: {line}\n" for line in agent.log_end().splitlines()), end="", flush=True)
        if self.arguments.keep:
            kept = self.arguments.keep / str(seed)
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(self.stage.folder, kept)


def main():
    arguments = read_arguments()
    with tempfile.TemporaryDirectory(prefix="enfilade-chaos-") as folder:
        return 1 if asyncio.run(Tournament(arguments, pathlib.Path(folder)).run()) else 0


sys.exit(main())
