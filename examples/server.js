// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A chat server of a few lines, for the examples: npm install socket.io && node server.js

const { createServer } = require('node:http');
const { Server } = require('socket.io');

const http = createServer();
const io = new Server(http);

io.on('connection', (socket) => {
  const name = socket.handshake.auth.name ?? 'somebody';

  socket.broadcast.emit('joined', name);
  socket.on('message', (text, answer) => {
    socket.broadcast.emit('message', name, text);
    answer?.(`I got ${text.length} letters`);
  });
  socket.on('disconnect', () => io.emit('left', name));
});

http.listen(Number(process.argv[2] ?? 3000), () => console.log(`ready ${http.address().port}`));
