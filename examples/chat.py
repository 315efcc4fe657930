#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""A chat in the terminal: chat.py NAME [ADDRESS]. What is typed is sent; the end of input leaves."""
import json
import sys

import gi

gi.require_version("Sio", "1.0")
from gi.repository import Gio, GLib, Sio  # noqa: E402


class Chat:
    def __init__(self, name, address):
        self.loop = GLib.MainLoop()
        self.manager = Sio.Manager.new(address)
        self.socket = self.manager.get_socket("/")
        self.socket.set_auth(Sio.Value.new_from_text(json.dumps({"name": name}), -1))
        self.socket.connect("opened", lambda socket: self.say("* connected"))
        self.socket.connect("closed", self.on_closed)
        self.socket.connect("connect-error", lambda socket, error, data: self.say(f"* not connected: {error.message}"))
        self.socket.connect("event::joined", lambda socket, event: self.say(f"* {text(event, 0)} joined"))
        self.socket.connect("event::left", lambda socket, event: self.say(f"* {text(event, 0)} left"))
        self.socket.connect("event::message", lambda socket, event: self.say(f"{text(event, 0)}: {text(event, 1)}"))
        self.input = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, False))

    def run(self):
        self.socket.open()
        self.read_line()
        self.loop.run()

    def say(self, line):
        print(line, flush=True)

    def on_closed(self, socket, reason, details):
        self.say(f"* disconnected: {Sio.disconnect_reason_to_string(reason)}")

    def read_line(self):
        self.input.read_line_async(GLib.PRIORITY_DEFAULT, None, self.on_line)

    def on_line(self, stream, result):
        line, _ = stream.read_line_finish_utf8(result)
        if line is None:
            # What was sent before still goes out.
            self.manager.close_async(None, lambda manager, result: self.loop.quit())
            return
        self.socket.emit_with_ack_async("message", Sio.Value.new_strv([line]), Sio.EmitFlags.DEFAULT, 10000, None, self.on_answer)

    def on_answer(self, socket, result):
        try:
            socket.emit_with_ack_finish(result)
        except GLib.Error as error:
            self.say(f"* not delivered: {error.message}")
        # One message after the other: the server gets them in their order, and each is delivered before we leave.
        self.read_line()


def text(event, index):
    """What comes from a server is looked at before it is used."""
    argument = event.get_argument(index)
    return argument.get_string() if argument is not None else None


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("Usage: chat.py NAME [ADDRESS]")
    Chat(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "http://localhost:3000").run()
