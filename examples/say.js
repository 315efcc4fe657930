#!/usr/bin/env -S gjs -m
// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Says one thing in the chat, and leaves: gjs -m say.js NAME WORDS [ADDRESS].

import GLib from 'gi://GLib';
import Sio from 'gi://Sio?version=1.0';
import System from 'system';

if (ARGV.length < 2) {
  printerr('Usage: say.js NAME WORDS [ADDRESS]');
  System.exit(2);
}

const [name, words, address = 'http://localhost:3000'] = ARGV;
const loop = new GLib.MainLoop(null, false);
const [manager, socket] = Sio.Manager.lookup(address, null);
let problem = null;

socket.set_auth(Sio.Value.new_from_text(JSON.stringify({ name }), -1));
socket.connect('opened', () => {
  socket.emit_event('message', Sio.Value.new_strv([words]), Sio.EmitFlags.DEFAULT);
  // What was sent still goes out.
  manager.close_async(null, () => loop.quit());
});
socket.connect('connect-error', (_, error) => {
  problem = error.message;
  loop.quit();
});
socket.open();
loop.run();

if (problem !== null) {
  printerr(problem);
  System.exit(1);
}
