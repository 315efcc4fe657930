#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""python-socketio on asyncio: client.py SCENARIO URL COUNT. See README.md for the scenarios and for what is printed."""
import asyncio
import json
import os
import resource
import statistics
import sys
import time

import socketio

NAME_SPACE = "/chat"
CONTENT = "The doors stand in one line, and from the first room one sees the last. “Shall we meet there at four?” \\ déjà vu"


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def resident_kib():
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))


def message(index):
    return {"id": f"m{index}", "content": CONTENT, "senderId": "u-1024", "roomId": "general", "timestamp": 1795444273930 + index}


def check(condition, what):
    if not condition:
        sys.exit(what)


class Run:
    def __init__(self, scenario, url, count):
        self.scenario, self.url, self.count = scenario, url, count

    async def open(self, **handlers):
        client = socketio.AsyncClient(reconnection=False, handle_sigint=False)
        for event, handler in handlers.items():
            client.on(event, handler, namespace=NAME_SPACE)
        await client.connect(self.url, namespaces=[NAME_SPACE], transports=["websocket"], wait_timeout=60)
        return client

    def begin(self):
        self.start_cpu = cpu()
        self.start_time = time.perf_counter()

    def report(self, **more):
        result = {"scenario": self.scenario, "count": self.count, "wall": time.perf_counter() - self.start_time,
                  "cpu": cpu() - self.start_cpu, **more}
        print(json.dumps(result), flush=True)

    async def receive(self, size=120):
        got = {"count": 0, "characters": 0}
        done = asyncio.get_running_loop().create_future()
        sent = {}

        def compare():
            # It gives each event a task of its own, so that the last one may come before those that were sent earlier.
            if sent and got["count"] == sent["count"]:
                done.set_result(None)

        async def on_message(value):
            got["count"] += 1
            got["characters"] += len(value["content"])
            compare()

        async def on_done(value):
            sent.update(value)
            compare()

        client = await self.open(message=on_message, done=on_done)
        self.begin()
        await client.emit("flood", {"count": self.count, "size": size}, namespace=NAME_SPACE)
        await done
        check(got["characters"] == sent["characters"], "Something is missing")
        self.report()

    async def receive_large(self):
        await self.receive(8192)

    async def emit(self):
        client = await self.open()
        self.begin()
        for i in range(self.count):
            await client.emit("note", message(i), namespace=NAME_SPACE)
        check(await client.call("getCount", namespace=NAME_SPACE, timeout=600) == self.count, "The server has not got all")
        self.report()

    async def call(self):
        client = await self.open()
        latencies = []
        self.begin()
        for i in range(self.count):
            start = time.perf_counter()
            answer = await client.call("echo", message(i), namespace=NAME_SPACE)
            latencies.append(time.perf_counter() - start)
            check(answer["id"] == f"m{i}", "A wrong answer")
        self.report(p50=statistics.median(latencies))

    async def binary(self):
        client = await self.open()
        self.begin()
        for i in range(self.count):
            data = i.to_bytes(4, "little") + b"\x5a" * ((1 << 20) - 4)
            check(await client.call("echo", data, namespace=NAME_SPACE) == data, "Wrong bytes")
        self.report()

    async def connect(self):
        self.begin()
        for _ in range(self.count):
            await (await self.open()).disconnect()
        self.report()

    async def memory(self):
        before = resident_kib()
        self.begin()
        clients = await asyncio.gather(*[self.open() for _ in range(self.count)])
        check(all(client.connected for client in clients), "Not all are connected")
        self.report(memory=(resident_kib() - before) / self.count)


async def measure(scenario, url, count):
    await getattr(Run(scenario, url, int(count)), scenario.replace("-", "_"))()
    # Nothing of what is connected is worth closing in order.
    os._exit(0)


asyncio.run(measure(*sys.argv[1:]))
