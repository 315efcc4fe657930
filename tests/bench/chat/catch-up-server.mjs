// SPDX-License-Identifier: GPL-3.0-or-later
// A server whose rooms are full of what was missed. Usage: catch-up-server.mjs --port N ROOMSxMESSAGES
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.TEST_SERVER_DIR, 'package.json'));
const { Server } = require('socket.io');

const [nRooms, nMessages] = process.argv[4].split('x').map(Number);
const http = createServer((request, response) => response.writeHead(404).end());
const io = new Server(http, { serveClient: false });

const message = (roomId, seq) => ({
  id: `${roomId}-${String(seq).padStart(8, '0')}-7d1c-4f3e-9a55`, roomId, seq,
  content: `Message number ${seq}: the doors stand in one line, and from the first room one sees the last.`,
  senderId: `user-${seq % 50}`, senderName: `user-${seq % 50}`, timestamp: 1700000000000 + seq * 1000,
});

function history({ roomId, before, after, limit }, answer) {
  const first = after !== undefined ? after + 1 : Math.max(1, (before ?? nMessages + 1) - limit);
  const last = Math.min(after !== undefined ? after + limit : (before ?? nMessages + 1) - 1, nMessages);
  const messages = [];
  for (let seq = first; seq <= last; seq++)
    messages.push(message(roomId, seq));
  answer({ success: true, messages, hasMore: after !== undefined ? last < nMessages : first > 1 });
}

const ids = Array.from({ length: nRooms }, (_, index) => `room-${index}`);

io.of('/notifications').on('connection', () => {});
io.of('/chat').on('connection', (socket) => {
  socket.on('room:history', history);
  socket.on('room:join', (roomId, answer) => answer({
    success: true, roomId, roomName: roomId, members: [{ userId: 'u1', username: 'ben', joinedAt: 1 }],
  }));
  socket.emit('session', {
    protocol: 1,
    user: { userId: 'u1', username: 'ben', isAdmin: false },
    server: { name: 'full', version: '1' },
    features: ['history', 'delivery', 'read', 'rooms'],
    limits: { maxContentLength: 4000, maxFileBytes: 0 },
    rooms: ids.map((id) => ({ id, name: id, memberCount: 1, lastSeq: nMessages, readSeq: 100, unread: nMessages - 100, mentions: 0 })),
    joined: ids,
  });
});

http.listen(Number(process.argv[3]), '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
