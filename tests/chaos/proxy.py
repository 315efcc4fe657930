# SPDX-License-Identifier: GPL-3.0-or-later
"""What stands between a client and a server: it forwards, until it cuts, after any byte."""
import asyncio
import contextlib
import dataclasses
import socket
import struct

CHUNK = 65536
# Closing sends what waits and says goodbye; with this it says RST.
ABORT = struct.pack("ii", 1, 0)

UP, DOWN = "up", "down"
MANNERS = ("rst", "fin", "half", "stall", "pause")


@dataclasses.dataclass
class Fate:
    """What happens to a connection once so many bytes went one way.

    rst, fin: both ends lose the connection, with or without a goodbye. half: who was sent to hears a goodbye, who sends speaks into
    the void. stall: nothing moves any more, in either direction. pause: it moves on after some time.
    """

    manner: str
    direction: str
    after: int
    seconds: float = 0.0

    def __str__(self):
        return f"{self.manner} after {self.after} bytes {self.direction}"


class Link:
    """One connection."""

    def __init__(self, client, server, fate):
        self.ends = (client, server)
        self.fate = fate
        self.void = None
        self.moving = asyncio.Event()
        self.moving.set()
        self.cut_off = asyncio.get_running_loop().create_future()

    async def run(self):
        client, server = self.ends
        pumps = asyncio.gather(self.pump(client, server, UP), self.pump(server, client, DOWN))
        await asyncio.wait([pumps, self.cut_off], return_when=asyncio.FIRST_COMPLETED)
        pumps.cancel()
        with contextlib.suppress(asyncio.CancelledError, OSError):
            await pumps
        for end in self.ends:
            if self.cut_off.done() and self.cut_off.result() == "rst":
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
            end.close()

    async def pump(self, source, target, direction):
        loop = asyncio.get_running_loop()
        try:
            while data := await loop.sock_recv(source, CHUNK):
                await self.moving.wait()
                if self.fate and self.fate.direction == direction:
                    data = await self.meet_fate(data, target)
                if self.void != direction:
                    await loop.sock_sendall(target, data)
            if self.void != direction:
                target.shutdown(socket.SHUT_WR)
        except OSError:
            self.cut("rst")

    async def meet_fate(self, data, target):
        """Return what may still go on."""
        fate = self.fate
        if len(data) < fate.after:
            fate.after -= len(data)
            return data
        self.fate = None
        await asyncio.get_running_loop().sock_sendall(target, data[:fate.after])
        if fate.manner in ("rst", "fin"):
            self.cut(fate.manner)
        elif fate.manner == "half":
            self.void = fate.direction
            target.shutdown(socket.SHUT_WR)
        else:
            self.moving.clear()
            if fate.manner == "pause":
                asyncio.get_running_loop().call_later(fate.seconds, self.moving.set)
        await self.moving.wait()
        return data[fate.after:] if fate.manner == "pause" else b""

    def __str__(self):
        return f"a connection that {'moves' if self.moving.is_set() else 'stands still'}, {self.void or 'nothing'} void, {self.fate}"

    def cut(self, manner):
        if not self.cut_off.done():
            self.cut_off.set_result(manner)


class Proxy:
    """The only way of one client to the server."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.draw_fate = None
        self.links = set()
        self.listener = None
        self.tasks = set()

    @property
    def port(self):
        return self.listener.getsockname()[1]

    def start(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.listener.setblocking(False)
        self.spawn(self.accept())
        return self

    def spawn(self, coroutine):
        task = asyncio.create_task(coroutine)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def accept(self):
        while True:
            client, _ = await asyncio.get_running_loop().sock_accept(self.listener)
            self.spawn(self.serve(client))

    async def serve(self, client):
        server = socket.socket()
        for end in (client, server):
            end.setblocking(False)
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            await asyncio.get_running_loop().sock_connect(server, ("127.0.0.1", self.server_port))
        except OSError:
            client.close()
            server.close()
            return
        link = Link(client, server, self.draw_fate() if self.draw_fate else None)
        self.links.add(link)
        await link.run()
        self.links.discard(link)

    def __str__(self):
        return f"a proxy with {', '.join(map(str, self.links)) or 'no connection'}"

    def cut(self, manner):
        """Whatever is open now."""
        for link in self.links:
            link.cut(manner)

    def calm(self):
        """From now on it only forwards; what stands still is let go."""
        self.draw_fate = None
        for link in self.links:
            link.fate = None
            if link.void or not link.moving.is_set():
                link.cut("rst")

    async def stop(self):
        self.cut("rst")
        tasks = list(self.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.listener.close()
