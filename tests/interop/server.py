#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""What server.js does, on the package python-socketio.

Says "ready PORT" on standard output, and ends with its standard input.
"""
import asyncio
import os
import sys

import socketio
from aiohttp import web

PING_INTERVAL = int(os.environ.get("PING_INTERVAL", 2000)) / 1000
PING_TIMEOUT = int(os.environ.get("PING_TIMEOUT", 20000)) / 1000

notes = []
sio = socketio.AsyncServer(
    async_mode="aiohttp", serializer=os.environ.get("PARSER", "default"), ping_interval=PING_INTERVAL, ping_timeout=PING_TIMEOUT, max_http_buffer_size=8 << 20,
)


class Namespace(socketio.AsyncNamespace):
    """The events of server.js that this package can answer."""

    handshakes = {}

    async def on_connect(self, sid, environ, auth=None):
        request = environ["aiohttp.request"]
        self.handshakes[sid] = {
            "auth": auth or {}, "query": dict(request.query), "header": request.headers.get("X-Test"),
        }

    async def on_echo(self, sid, *arguments):
        return arguments

    async def on_bounce(self, sid, *arguments):
        await self.emit("bounced", arguments, to=sid)

    async def on_silence(self, sid):
        await asyncio.Event().wait()

    async def on_burst(self, sid, count):
        for i in range(count):
            await self.emit("drop", i, to=sid)

    async def on_note(self, sid, value):
        notes.append(value)

    async def on_clearNotes(self, sid):
        notes.clear()

    async def on_getNotes(self, sid):
        return notes

    async def on_getId(self, sid):
        return sid

    async def on_getHandshake(self, sid):
        return self.handshakes[sid]

    async def on_getTransport(self, sid):
        return sio.transport(sio.manager.eio_sid_from_sid(sid, self.namespace))

    async def on_askMe(self, sid, *arguments):
        async def answered(*answer):
            await self.emit("answered", answer, to=sid)

        await self.emit("question", arguments, to=sid, callback=answered)

    async def on_doge(self, sid):
        return b"asdfasdf"

    async def on_jsonbuff(self, sid, data):
        large = data["deep"]["list"][1]
        return {
            "name": data["name"],
            "bytes": len(large),
            "sum": sum(large) % 65536,
            "twin": [large, {"again": data["deep"]["other"]}],
        }

    async def on_getUtf8(self, sid):
        return "てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "😀\ud800\u0000"

    async def on_getNumbers(self, sid):
        return 1e21, 2 ** 53, 0.1, -0.0, float(2 ** 63), 1e-7

    async def on_kick(self, sid):
        await self.disconnect(sid)

    async def on_kickAll(self, sid):
        connection = sio.manager.eio_sid_from_sid(sid, self.namespace)
        for name in ["/", "/chat", "/notifications", "/admin"]:
            if (each := sio.manager.sid_from_eio_sid(connection, name)) is not None:
                await sio.disconnect(each, namespace=name)


class Admin(Namespace):
    async def on_connect(self, sid, environ, auth=None):
        if not auth or auth.get("token") != "admin":
            raise socketio.exceptions.ConnectionRefusedError("Admins only", {"code": 403, "needs": ["admin"]})
        await super().on_connect(sid, environ, auth)


async def main():
    app = web.Application()
    sio.attach(app)
    for name in ["/", "/chat", "/notifications"]:
        sio.register_namespace(Namespace(name))
    sio.register_namespace(Admin("/admin"))

    runner = web.AppRunner(app)
    await runner.setup()
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    site = web.TCPSite(runner, "127.0.0.1", port, reuse_address=True)
    await site.start()
    print("ready", site._server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    os._exit(0)


asyncio.run(main())
