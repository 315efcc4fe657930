#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""Say one thing in the chat, and leave: say.py NAME WORDS [ADDRESS]."""
import json
import sys

import gi

gi.require_version("Sio", "1.0")
from gi.repository import GLib, Sio  # noqa: E402


def main(name, words, address="http://localhost:3000"):
    loop = GLib.MainLoop()
    manager, socket = Sio.Manager.lookup(address, None)
    problems = []

    def on_opened(socket):
        socket.emit_event("message", Sio.Value.new_strv([words]), Sio.EmitFlags.DEFAULT)
        # What was sent still goes out.
        manager.close_async(None, lambda manager, result: loop.quit())

    def on_connect_error(socket, error, data):
        problems.append(error.message)
        loop.quit()

    socket.set_auth(Sio.Value.new_from_text(json.dumps({"name": name}), -1))
    socket.connect("opened", on_opened)
    socket.connect("connect-error", on_connect_error)
    socket.open()
    loop.run()

    return problems[0] if problems else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit("Usage: say.py NAME WORDS [ADDRESS]")
    sys.exit(main(*sys.argv[1:4]))
