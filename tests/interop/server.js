// SPDX-License-Identifier: LGPL-2.1-or-later
//
// A server for the library's tests, on the official package. Says "ready PORT" on standard output, and ends with its standard
// input, so that it never outlives the test that started it.

import { createServer } from 'node:http';
import { Server } from 'socket.io';
import msgpack from 'socket.io-msgpack-parser';

const http = createServer();
const io = new Server(http, {
  pingInterval: Number(process.env.PING_INTERVAL ?? 2000),
  pingTimeout: Number(process.env.PING_TIMEOUT ?? 20000),
  maxHttpBufferSize: 8 << 20,
  ...(process.env.PARSER === 'msgpack' && { parser: msgpack }),
  connectionStateRecovery: { maxDisconnectionDuration: 60000 },
  // A handshake that takes its time brings out what counts on it to be immediate.
  allowRequest: (request, allow) => setTimeout(() => allow(null, true), 10),
});

// What "note" and "order" brought, in the order in which it came.
const notes = [];
const deliveries = new Set();

function serve(socket) {
  socket.on('echo', (...args) => args.pop()(...args));
  socket.on('bounce', (...args) => socket.emit('bounced', ...args));
  socket.on('silence', () => {});
  socket.on('burst', (count) => {
    for (let i = 0; i < count; i++)
      socket.emit('drop', i);
  });
  socket.on('note', (value) => notes.push(value));
  socket.on('clearNotes', (answer) => {
    notes.length = 0;
    answer();
  });
  // Says nothing to the first delivery of each event, and takes no event twice.
  socket.on('order', (value, id, answer) => {
    if (deliveries.has(id))
      return answer(value);

    deliveries.add(id);
    notes.push(value);
  });
  socket.on('getNotes', (answer) => answer(notes));
  socket.on('getId', (answer) => answer(socket.id));
  socket.on('getHandshake', (answer) => answer({
    auth: socket.handshake.auth,
    query: socket.handshake.query,
    header: socket.handshake.headers['x-test'] ?? null,
  }));
  socket.on('getTransport', (answer) => answer(socket.conn.transport.name));

  // Asks the client, and tells what it answered.
  socket.on('askMe', (...args) => socket.emit('question', ...args, (...answer) => socket.emit('answered', ...answer)));

  socket.on('doge', (answer) => answer(Buffer.from('asdfasdf')));
  socket.on('jsonbuff', (object, answer) => answer({
    name: object.name,
    bytes: object.deep.list[1].length,
    sum: object.deep.list[1].reduce((sum, byte) => (sum + byte) % 65536, 0),
    twin: [object.deep.list[1], { again: object.deep.other }],
  }));
  socket.on('getUtf8', (answer) => answer('てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'utf8 — string', '😀\ud800\u0000'));
  socket.on('getKinds', (answer) => answer(
    new Date(1500), undefined, { gone: undefined, kept: null }, [new Uint8Array([1, 2, 3]).buffer], Buffer.alloc(0), 2 ** 40, -0.5));
  socket.on('getNumbers', (answer) => answer(1e21, 2 ** 53, 0.1, -0, 9223372036854775807, 1e-7));

  socket.on('kick', () => socket.disconnect());
  socket.on('kickAll', () => socket.disconnect(true));
  socket.on('cut', () => socket.conn.close());
  socket.on('garbage', () => socket.conn.write('2["connect"]'));
  // Something that is missed when the connection is cut right before it.
  socket.on('cutAndTell', (word) => {
    socket.conn.close();
    setTimeout(() => socket.nsp.to('listeners').emit('told', word), 50);
  });
  socket.on('listen', (answer) => {
    socket.join('listeners');
    answer();
  });
}

io.on('connection', serve);
for (const name of ['/chat', '/notifications'])
  io.of(name).on('connection', serve);

io.of('/admin').use((socket, next) => {
  if (socket.handshake.auth.token === 'admin')
    return next();

  const refusal = new Error('Admins only');
  refusal.data = { code: 403, needs: ['admin'] };
  next(refusal);
}).on('connection', serve);

// Lets nobody in, and nobody know.
io.of('/silent').use(() => {});

http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`ready ${http.address().port}`));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
