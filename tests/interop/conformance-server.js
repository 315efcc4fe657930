// SPDX-License-Identifier: LGPL-2.1-or-later
//
// What the official client's own cases need of a server. Says "ready PORT" on standard output, and ends with its standard input.

import { createServer } from 'node:http';
import { Server } from 'socket.io';

const http = createServer();
const options = {
  pingInterval: 2000,
  pingTimeout: 20000,
  maxHttpBufferSize: 1e6,
  connectionStateRecovery: {},
  perMessageDeflate: { threshold: 1024 },
  // A handshake that takes its time brings out what counts on it to be immediate.
  allowRequest: (request, allow) => setTimeout(() => allow(null, true), 10),
};
const io = new Server(http, options);
const elsewhere = new Server(http, { ...options, path: '/elsewhere/' });
const pollingAlone = new Server(http, { ...options, path: '/polling-alone/', transports: ['polling'] });
const websocketAlone = new Server(http, { ...options, path: '/websocket-alone/', transports: ['websocket'] });

// The messages of each connection that has a query "watch", by what it says.
const watched = new Map();
for (const server of [io, elsewhere])
  server.engine.on('connection', (connection) => {
    const name = connection.request._query.watch;
    if (name === undefined)
      return;

    if (!watched.has(name))
      watched.set(name, []);
    connection.on('packet', ({ type, data }) => {
      if (type === 'message')
        watched.get(name).push(typeof data === 'string' ? data : `${data.length} bytes`);
    });
  });

const isBytes = (value) => Buffer.isBuffer(value);

function serveText(socket) {
  socket.on('hi', () => socket.emit('hi'));
  socket.on('echo', (value, answer) => answer(value));
  socket.on('ack', () => socket.emit('ack', (number, object) => {
    if (number === 5 && object.test === true)
      socket.emit('got it');
  }));
  socket.on('getAckDate', (data, answer) => answer(new Date()));
  socket.on('getDate', () => socket.emit('takeDate', new Date()));
  socket.on('getDateObj', () => socket.emit('takeDateObj', { date: new Date() }));
  socket.on('getUtf8', () => {
    for (const text of ['てすと', 'Я Б Г Д Ж Й', 'Ä ä Ü ü ß', 'İ I ı i', 'utf8 — string'])
      socket.emit('takeUtf8', text);
  });
  socket.on('false', () => socket.emit('false', false));
  socket.on('getHandshake', (answer) => answer(socket.handshake));
  socket.on('getId', (answer) => answer(socket.id));
}

function serveBinary(socket) {
  let first = false;

  socket.on('doge', () => socket.emit('doge', Buffer.from('asdfasdf')));
  socket.on('buffa', (data) => isBytes(data) && data.toString() === 'howdy' && socket.emit('buffack'));
  socket.on('jsonbuff', (data) => {
    if (data.hello === 'lol' && isBytes(data.message) && data.goodbye === 'gotcha')
      socket.emit('jsonbuff-ack');
  });
  socket.on('abuff1', (data) => { first = isBytes(data); });
  socket.on('abuff2', () => first && socket.emit('abuff2-ack'));
  socket.on('getbin', (data) => socket.emit('takebin', data));
}

// What a case asks for that is not part of what it tests.
function serveTests(socket) {
  socket.on('getConnection', (answer) => answer(socket.conn.id));
  socket.on('getTransport', (answer) => answer(socket.conn.transport.name));
  socket.on('getWatched', (name, answer) => answer(watched.get(name) ?? []));
  socket.on('cut', () => socket.conn.close());
  socket.on('garbage', () => socket.conn.write('bad'));
  socket.on('late', (delay, answer) => setTimeout(answer, delay));
  // Of what carries the session; nothing while that is polling.
  socket.on('getBytesRead', (answer) => answer(socket.conn.transport.socket?._socket.bytesRead ?? null));
  socket.on('isDeflated', (answer) => answer(Boolean(socket.conn.transport.socket?.extensions?.includes('permessage-deflate'))));
}

function serve(socket) {
  serveText(socket);
  serveBinary(socket);
  serveTests(socket);
}

io.on('connection', serve);
for (const server of [elsewhere, pollingAlone, websocketAlone])
  server.on('connection', serve);
for (const name of ['/foo', '/timeout_socket', '/valid', '/asd'])
  io.of(name).on('connection', serve);
io.of('/abc').on('connection', (socket) => socket.emit('handshake', socket.handshake));
io.of('/no').use((socket, next) => next(new Error('Auth failed (custom namespace)')));

http.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => console.log(`ready ${http.address().port}`));

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
