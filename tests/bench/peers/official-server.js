// SPDX-License-Identifier: GPL-3.0-or-later
//
// The official server, with as little of its own to do as can be. Says "ready PORT" on standard output, and ends with its standard
// input, so that it never outlives the run that started it.

import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http, { serveClient: false, maxHttpBufferSize: 8 << 20 });

io.of('/chat').on('connection', (socket) => {
  let count = 0;

  socket.on('echo', (value, answer) => answer(value));
  socket.on('note', () => { count++; });
  socket.on('getCount', (answer) => answer(count));
});

// 1,000 clients may knock at once.
http.listen({ port: 0, host: '127.0.0.1', backlog: 2048 }, () => console.log(`ready ${http.address().port}`));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
