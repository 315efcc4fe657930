# SPDX-License-Identifier: GPL-3.0-or-later
"""A server, two people, and what stands between them: where the rounds are played."""
import asyncio
import itertools
import pathlib
import shutil
import sys

import records
import verdict
from agent import PATIENCE, Agent
from proxy import Proxy
from schedule import PEOPLE, ROOMS

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "ui"))
from harness.server import Server  # noqa: E402  pylint: disable=wrong-import-position

PASSWORD = "correct horse battery"
DATABASE = "enfilade.sqlite"
LOOK_EVERY = 0.02


class Template:
    """A server's data with its people and rooms, made once: passwords are slow to hash, and that is meant so."""

    def __init__(self, folder):
        self.folder = folder / "template"
        server = Server(self.folder)
        for person in PEOPLE:
            server.command("user", "add", person, password=PASSWORD)
        for room in ROOMS:
            server.command("room", "add", room)
        self.tokens = {person: server.command("token", person) for person in PEOPLE}


class Stage:
    def __init__(self, program, folder, template, options):
        self.folder = folder
        shutil.copytree(template.folder, folder / "data")
        self.server = Server(folder / "data", *options)
        self.database = self.server.data / DATABASE
        self.plain = "--plain" in options
        self.agents = [Agent(program, person, template.tokens[person], folder) for person in PEOPLE]
        self.proxies = {}
        self.counters = {person: itertools.count(1) for person in PEOPLE}
        self.server_lock = asyncio.Lock()
        self.hurrying = []
        self.faults = []

    async def open(self):
        await asyncio.to_thread(self.server.start)
        for agent in self.agents:
            proxy = self.proxies[agent.person] = Proxy(self.server.port).start()
            agent.address = f"http://127.0.0.1:{proxy.port}"
            await agent.start()
            self.hurrying.append(asyncio.create_task(agent.hurry()))
        for agent in self.agents:
            await self.enter_rooms(agent)

    async def enter_rooms(self, agent):
        await self.wait_for(f"{agent.person} comes online", lambda: self.is_online(agent))
        for room in ROOMS:
            agent.tell("join", room)
        await self.wait_for(f"{agent.person} is in all rooms", lambda: self.has_joined(agent))
        # By its answer they are on the disk, too.
        await agent.ask("state")

    async def close(self, gently):
        """Returns what was wrong with the end of the clients, where they have one of their own."""
        for task in self.hurrying:
            task.cancel()
        for agent in self.agents if gently else ():
            await agent.quit()
        for agent in self.agents:
            if agent.lives:
                await agent.kill()
        for proxy in self.proxies.values():
            await proxy.stop()
        await asyncio.to_thread(self.server.stop)
        return [fault for agent in self.agents for fault in agent.faults] if gently else []

    # ── Waiting ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def wait_for(self, what, ask):
        """Until the answer is None: that nothing is missing any more."""
        loop = asyncio.get_running_loop()
        ends = loop.time() + PATIENCE
        while missing := await ask():
            if loop.time() > ends:
                raise AssertionError(f"{what}: waited {PATIENCE:.0f} s in vain; {missing}")
            await asyncio.sleep(LOOK_EVERY)

    async def is_online(self, agent):
        state = await agent.ask("look")
        if state["connection"] != "online" or (state["plain"] and not self.plain):
            return f"{agent.person} is {state['connection']}{', plain' if state['plain'] else ''}"
        return None

    async def has_joined(self, agent):
        rooms = (await agent.ask("look"))["rooms"]
        missing = [room for room in ROOMS if rooms.get(room, {}).get("membership") != "joined"]
        return f"{agent.person} is not in {missing}: {rooms}" if missing else None

    async def is_settled(self):
        """All of it at once: who has nothing to send any more has changed what the other one has to show."""
        busy = [f"{agent.person} was asked to write {agent.asked}" for agent in self.agents if agent.asked]
        states = [await agent.ask("look") for agent in self.agents]
        rows = records.server_messages(self.database)
        marks = records.server_read_marks(self.database)
        busy += [fault for agent, state in zip(self.agents, states) for fault in self.unsettled(agent, state, rows, marks)]
        return "; ".join(busy)

    def unsettled(self, agent, state, rows, marks):
        if state["connection"] != "online" or state["waiting"] > 0 or (state["plain"] and not self.plain):
            yield f"{agent.person}: {state}"
        unread = verdict.unread_model(agent.person, rows, marks)
        for room in ROOMS:
            shown = state["rooms"].get(room, {})
            newest = max((row["seq"] for row in rows if row["room"] == room), default=-1)
            if shown.get("membership") != "joined":
                yield f"{agent.person} is not in {room}: {shown}"
            elif not self.plain and (shown["newest"], shown["holes"], shown["unread"]) != (newest, 0, unread[room]):
                yield f"{agent.person} in {room}: {shown}, and the newest is {newest} and {unread[room]} are unread"

    # ── Playing ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def play(self, schedule):
        """One round. Returns what was wrong."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        for proxy in self.proxies.values():
            proxy.draw_fate = schedule.draw_fate
        tasks = []
        for event in schedule.events:
            await asyncio.sleep(begun + event.at - loop.time())
            tasks.append(asyncio.create_task(self.happen(event, schedule)))
        await asyncio.gather(*tasks)
        for proxy in self.proxies.values():
            proxy.calm()
        try:
            await self.wait_for("the end of the round", self.is_settled)
            self.faults += await self.judge()
        except (AssertionError, asyncio.TimeoutError) as error:
            self.faults.append(str(error) or "no answer")
            self.faults += [f"{person} has {proxy}" for person, proxy in self.proxies.items()]
        return self.faults + [fault for agent in self.agents for fault in agent.faults]

    async def happen(self, event, schedule):
        agent = next((agent for agent in self.agents if agent.person == event.whom), None)
        if event.what == "kill-server":
            await self.kill_server(event.seconds)
        elif event.what == "kill-agent":
            await self.kill_agent(agent, event.seconds)
        elif event.what == "cut":
            self.proxies[event.whom].cut(event.manner)
        elif event.what == "doom":
            for link in self.proxies[event.whom].links:
                link.fate = schedule.draw_certain_fate(3.5)
        elif event.what == "send":
            agent.write(event.room, f"{event.whom} {next(self.counters[event.whom])}")
        else:
            agent.tell("read", event.room)

    async def kill_server(self, seconds):
        if self.server_lock.locked():
            return
        async with self.server_lock:
            self.server.kill()
            rows = records.server_messages(self.database, records.select_from_copy)
            self.faults += [fault for agent in self.agents for fault in verdict.wrong_claims(agent, rows)]
            await asyncio.sleep(seconds)
            await asyncio.to_thread(self.server.start)

    async def kill_agent(self, agent, seconds):
        if not agent.lives:
            return
        await agent.kill()
        # What it read in its last moments it may not have told anybody.
        agent.read.clear()
        self.faults += verdict.lost_on_disk(agent)
        await asyncio.sleep(seconds)
        await agent.start()

    async def judge(self):
        states = [await agent.ask("state") for agent in self.agents]
        rows = records.server_messages(self.database)
        if self.plain:
            return list(verdict.judge_plain(self.agents, states, rows))
        return list(verdict.judge(self.agents, states, rows, records.server_read_marks(self.database)))
