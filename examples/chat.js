#!/usr/bin/env -S gjs -m
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A chat in the terminal: gjs -m chat.js NAME [ADDRESS]. What is typed is sent; the end of input leaves.

import Gio from 'gi://Gio';
import GLib from 'gi://GLib';
import Sio from 'gi://Sio?version=1.0';
import System from 'system';

// What comes from a server is looked at before it is used.
function text(event, index) {
  return event.get_argument(index)?.get_string() ?? null;
}

class Chat {
  constructor(name, address) {
    this.loop = new GLib.MainLoop(null, false);
    this.manager = Sio.Manager.new(address);
    this.socket = this.manager.get_socket('/');
    this.socket.set_auth(Sio.Value.new_from_text(JSON.stringify({ name }), -1));
    this.socket.connect('opened', () => print('* connected'));
    this.socket.connect('closed', (socket, reason) => print(`* disconnected: ${Sio.disconnect_reason_to_string(reason)}`));
    this.socket.connect('connect-error', (socket, error) => print(`* not connected: ${error.message}`));
    this.socket.connect('event::joined', (socket, event) => print(`* ${text(event, 0)} joined`));
    this.socket.connect('event::left', (socket, event) => print(`* ${text(event, 0)} left`));
    this.socket.connect('event::message', (socket, event) => print(`${text(event, 0)}: ${text(event, 1)}`));
    this.input = Gio.DataInputStream.new(Gio.UnixInputStream.new(0, false));
  }

  run() {
    this.socket.open();
    this.readLine();
    this.loop.run();
  }

  readLine() {
    this.input.read_line_async(GLib.PRIORITY_DEFAULT, null, (input, result) => this.onLine(result));
  }

  onLine(result) {
    const [line] = this.input.read_line_finish_utf8(result);

    if (line === null) {
      // What was sent before still goes out.
      this.manager.close_async(null, () => this.loop.quit());
      return;
    }

    this.socket.emit_with_ack_async('message', Sio.Value.new_strv([line]), Sio.EmitFlags.DEFAULT, 10000, null,
      (socket, answer) => this.onAnswer(answer));
  }

  onAnswer(result) {
    try {
      this.socket.emit_with_ack_finish(result);
    } catch (error) {
      print(`* not delivered: ${error.message}`);
    }
    // One message after the other: the server gets them in their order, and each is delivered before we leave.
    this.readLine();
  }
}

if (ARGV.length < 1) {
  printerr('Usage: chat.js NAME [ADDRESS]');
  System.exit(2);
}
new Chat(ARGV[0], ARGV[1] ?? 'http://localhost:3000').run();
