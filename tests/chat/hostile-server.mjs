// SPDX-License-Identifier: GPL-3.0-or-later
// A server that does what no server should, one behaviour for each test. Usage: hostile-server.mjs --port N BEHAVIOUR
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.env.TEST_SERVER_DIR, 'package.json'));
const { Server } = require('socket.io');

const port = Number(process.argv[3]);
const behaviour = process.argv[4];

const refreshed = 'a-new-token';
let nRefreshes = 0;

const http = createServer((request, response) => {
  const canRefresh = behaviour.startsWith('expired');
  if (request.method === 'POST' && request.url === '/auth/refresh' && canRefresh) {
    nRefreshes += 1;
    if (behaviour === 'expired-while-busy' && nRefreshes < 3) {
      response.writeHead([429, 503][nRefreshes - 1]).end();
      return;
    }
    const ok = behaviour === 'expired-while-busy' || (behaviour === 'expired-token' && nRefreshes === 1);
    response.writeHead(ok ? 200 : 401, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(ok
      ? { token: refreshed, expiresAt: Date.now() + 3600_000, user: { userId: 'u1', username: 'ben', isAdmin: false } }
      : { error: 'Sign in again.', code: 'unauthorized' }));
    return;
  }
  response.writeHead(404).end();
});
const io = new Server(http, {
  serveClient: false,
  connectionStateRecovery: behaviour.startsWith('recovers') ? { maxDisconnectionDuration: 60_000 } : undefined,
});
const isChat = behaviour !== 'no-chat';
const chat = isChat && io.of('/chat');
const notifications = isChat && io.of('/notifications');
const admin = isChat && io.of('/admin');

const room = (id, more = {}) => ({ id, name: id, memberCount: 1, lastSeq: 0, ...more });
const message = (id, content, more = {}) =>
  ({ id, content, senderId: 'u2', senderName: 'eve', roomId: 'r1', timestamp: 1700000000000, ...more });

const session = (more = {}) => ({
  protocol: 1,
  user: { userId: 'u1', username: 'ben', isAdmin: false },
  server: { name: 'hostile', version: '1' },
  features: ['delivery', 'presence', 'read', 'rooms'],
  limits: { maxContentLength: 2_000_000, maxFileBytes: 0 },
  rooms: [room('r1')],
  joined: ['r1'],
  ...more,
});

const joined = (roomId) =>
  ({ success: true, roomId, roomName: roomId, members: [{ userId: 'u1', username: 'ben', joinedAt: 1 }] });

let nJoins = 0;
let nSends = 0;
let nSockets = 0;
const answerJoins = (socket) => socket.on('room:join', (roomId, answer) => answer(joined(roomId)));

const broken = { error: 'The shelf is broken.', code: 'internal' };

// Asks `refuse` before each answer whether it is refused.
function refuseHistory(socket, refuse) {
  const on = socket.on.bind(socket);
  socket.on = (event, handle) => on(event, event !== 'room:history' ? handle : (request, answer) => {
    const refusal = refuse(request);
    if (refusal)
      answer({ success: false, ...refusal });
    else
      handle(request, answer);
  });
}

function serveHistory(socket, nMessages) {
  const all = Array.from({ length: nMessages }, (_, i) => message(`m${i + 1}`, `number ${i + 1}`, { seq: i + 1, timestamp: i + 1 }));
  socket.on('room:history', ({ before, after, limit }, answer) => {
    const found = after !== undefined ? all.filter(({ seq }) => seq > after) : all.filter(({ seq }) => before === undefined || seq < before);
    answer({
      success: true,
      messages: after !== undefined ? found.slice(0, limit) : found.slice(-limit),
      hasMore: found.length > limit,
    });
  });
}

const strangers = [null, true, 7, -1, 1e300, '', 'text', [], {}, { id: 7 }, { roomId: {} }, [[[]]], Buffer.from('x')];
const events = {
  '/chat': ['session', 'message', 'room:message', 'message:changed', 'room:joined', 'room:left', 'room:removed', 'room:update',
    'room:changed', 'room:read', 'typing', 'presence', 'an event of tomorrow'],
  '/notifications': ['notification', 'notifications', 'notification:read'],
  '/admin': ['stats', 'alert', 'alerts', 'alert:cleared'],
};

function sendStrangers(socket, name) {
  for (const event of events[name]) {
    socket.emit(event);
    for (const stranger of strangers)
      socket.emit(event, stranger);
  }
}

const behaviours = {
  malformed(socket) {
    answerJoins(socket);
    socket.emit('session', session({ user: { userId: 'u1', username: 'ben', isAdmin: true } }));
    sendStrangers(socket, '/chat');
    setTimeout(() => socket.emit('message', message('m1', 'all is well')), 500);
  },

  // The events come at once after the answer, so that nothing of it depends on how fast either side is.
  disorder(socket) {
    socket.emit('session', session());
    socket.on('room:join', (roomId, answer) => {
      answer(joined(roomId));
      socket.emit('message', message('m3', 'three', { seq: 3, timestamp: 3 }));
      socket.emit('message', message('m1', 'one', { seq: 1, timestamp: 9 }));
      socket.emit('room:message', message('m2', 'two', { seq: 2 }));
      socket.emit('message', message('m2', 'two', { seq: 2 }));
      socket.emit('message', message('m1', 'one', { seq: 1 }));
      socket.emit('message', message('m9', 'nowhere', { roomId: 'r9', seq: 1 }));
      socket.emit('room:update', { roomId: 'r9', type: 'member_left', member: { userId: 'u2', username: 'eve', joinedAt: 1 }, memberCount: 1 });
      socket.emit('room:left', { roomId: 'r9' });
      socket.emit('message', message('m4', 'four', { seq: 4 }));
    });
  },

  large(socket) {
    socket.emit('session', session({ rooms: [room('r1', { name: '<b>&amp;\n\u202e</b>' })] }));
    socket.on('room:join', (roomId, answer) => {
      answer(joined(roomId));
      socket.emit('message', message('m1', 'x'.repeat(1024 * 1024), { senderName: '<span size="1">\n\u0007', seq: 1 }));
      socket.emit('message', message('m2', 'after it', { seq: 2 }));
    });
  },

  'no-admin'(socket) {
    answerJoins(socket);
    socket.emit('session', session({ user: { userId: 'u1', username: 'ben', isAdmin: true } }));
  },

  // Changes of what was never said, of what was taken back and of what is newer already, between changes that are as they should be.
  changes(socket) {
    socket.emit('session', session({ features: ['delivery', 'edit', 'replies'] }));
    socket.on('room:join', (roomId, answer) => {
      answer(joined(roomId));
      socket.emit('message', message('m1', 'one', { seq: 1, mentions: ['u1'] }));
      socket.emit('message', message('m2', 'two', { seq: 2, replyTo: 'm1' }));
      socket.emit('message:changed', message('m9', 'never said', { seq: 9, editedAt: 2 }));
      socket.emit('message:changed', message('m1', 'nowhere', { roomId: 'r9', editedAt: 9 }));
      for (const stranger of [null, {}, [], 'x', message('m2', 'no', { editedAt: 'now' }), message('m2', 'no', { deleted: 1 }),
        message('m2', 'no', { replyTo: {} }), message('m2', 'no', { editedAt: -1 }), message('m2', null)])
        socket.emit('message:changed', stranger);
      socket.emit('message:changed', message('m2', 'two, corrected', { seq: 2, replyTo: 'm1', editedAt: 7 }));
      socket.emit('message:changed', message('m2', 'two, older', { seq: 2, replyTo: 'm1', editedAt: 5 }));
      socket.emit('message:changed', message('m1', 'still here', { seq: 1, deleted: true, mentions: ['u1'] }));
      socket.emit('message:changed', message('m1', 'back again', { seq: 1, editedAt: 9 }));
      socket.emit('message', message('m3', 'three', { seq: 3 }));
    });
    socket.on('send', (content, roomId, options, answer) => {
      answer({ success: true, message: message('m4', JSON.stringify(options.replyTo ?? null), { senderId: 'u1', seq: 4, ...options }) });
    });
  },

  // The first join is not answered, the second is.
  'silent-join'(socket) {
    socket.emit('session', session({ joined: [] }));
    socket.on('room:join', (roomId, answer) => {
      nJoins += 1;
      if (nJoins > 1)
        answer(joined(roomId));
    });
  },

  'busy-join'(socket) {
    socket.emit('session', session());
    socket.on('room:join', (roomId, answer) => {
      nJoins += 1;
      answer(nJoins < 3 ? { success: false, roomId, error: 'Slower.', code: 'rate_limited', retryAfterMs: 100 } : joined(roomId));
    });
  },

  // On the second connection it is slow to let anybody in, and slower to let nobody out.
  'refuses-to-let-go'(socket) {
    nSockets += 1;
    const isFirst = nSockets === 1;
    socket.on('room:join', (roomId, answer) => setTimeout(() => answer(joined(roomId)), isFirst ? 0 : 200));
    socket.on('room:leave', (roomId, answer) =>
      setTimeout(() => answer({ success: false, roomId, error: 'Slower.', code: 'rate_limited', retryAfterMs: 100 }), 400));
    socket.on('typing', () => socket.conn.close());
    socket.on('send', (content, roomId, { clientId }, answer) =>
      answer({ success: true, message: message('m1', content, { senderId: 'u1', seq: 1, clientId }) }));
    socket.emit('session', session({ server: { name: isFirst ? 'hostile' : 'hostile again', version: '1' } }));
  },

  // On the second connection it says who is in the room while somebody leaves it.
  'lets-go-late'(socket) {
    nSockets += 1;
    const isFirst = nSockets === 1;
    socket.on('room:join', (roomId, answer) => setTimeout(() => answer(joined(roomId)), isFirst ? 0 : 100));
    socket.on('room:leave', (roomId, answer) => {
      socket.emit('session', session());
      answer({ success: true, roomId });
    });
    socket.on('typing', () => socket.conn.close());
    if (isFirst)
      socket.emit('session', session());
  },

  'wrong-join'(socket) {
    socket.emit('session', session({ joined: [] }));
    socket.on('room:join', (roomId, answer) => {
      nJoins += 1;
      answer(nJoins === 1 ? { success: 'yes', roomId } : nJoins === 2 ? joined('r2') : { success: false, roomId, error: 'Not you.' });
    });
  },

  // Breaks off after it has stored a message and before it says so; the same message must come again, with the same id.
  'breaks-off'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
    socket.on('send', (content, roomId, { clientId }, answer) => {
      nSends += 1;
      if (nSends === 1) {
        behaviours.stored = clientId;
        socket.conn.close();
        return;
      }
      const again = clientId === behaviours.stored ? 'same' : 'other';
      answer({ success: true, message: message(`m-${again}-${clientId}`, content, { senderId: 'u1', seq: nSends, clientId }) });
    });
  },

  // The same, and on the next connection it does not say what it is before somebody types.
  'breaks-off-and-hides'(socket) {
    nSockets += 1;
    answerJoins(socket);
    if (nSockets === 1)
      socket.emit('session', session());
    else
      socket.emit('session', session({ rooms: [{ id: 7 }] }));
    socket.on('typing', () => socket.emit('session', session()));
    socket.on('send', (content, roomId, options, answer) => {
      nSends += 1;
      if (!options) {
        socket.emit('message', message(`m-double-${nSends}`, content, { senderId: 'u1', seq: nSends }));
        return;
      }
      if (nSends === 1) {
        behaviours.stored = options.clientId;
        socket.conn.close();
        return;
      }
      const again = options.clientId === behaviours.stored ? 'same' : 'other';
      answer({ success: true, message: message(`m-${again}`, content, { senderId: 'u1', seq: nSends, clientId: options.clientId }) });
    });
  },

  // Says what it is when something was said already, and before the echo.
  'late-session'(socket) {
    answerJoins(socket);
    socket.on('send', (content, roomId, options, answer) => {
      nSends += 1;
      const stored = message(`m${nSends}`, content, { senderId: 'u1', seq: nSends });
      if (options) {
        answer({ success: true, message: { ...stored, clientId: options.clientId } });
        return;
      }
      socket.emit('session', session({ rooms: [room('r1', { lastSeq: nSends })] }));
      setTimeout(() => socket.emit('message', stored), 100);
    });
  },

  'rate-limits'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
    socket.on('send', (content, roomId, { clientId }, answer) => {
      nSends += 1;
      answer(nSends < 3 ? { success: false, error: 'Slower.', code: 'rate_limited', retryAfterMs: 100 }
        : { success: true, message: message(clientId, content, { senderId: 'u1', seq: nSends, clientId }) });
    });
  },

  'refuses-sends'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
    socket.on('send', (content, roomId, { clientId }, answer) => {
      nSends += 1;
      if (nSends === 1)
        answer({ success: false, error: 'Not this one.', code: 'forbidden' });
      else if (nSends === 2)
        answer({ success: true, message: 'what?' });
      else
        answer({ success: true, message: message(clientId, content, { senderId: 'u1', seq: nSends, clientId }) });
    });
  },

  // The echo is faster than the answer, and does not say whose client id it has.
  'echo-first'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
    socket.on('send', (content, roomId, { clientId }, answer) => {
      nSends += 1;
      const stored = message(`m${nSends}`, content, { senderId: 'u1', seq: nSends });
      socket.emit('message', nSends === 1 ? stored : { ...stored, clientId });
      setTimeout(() => answer({ success: true, message: { ...stored, clientId } }), 50);
    });
  },

  'expired-token'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
  },

  'expired-while-busy'(socket) {
    answerJoins(socket);
    socket.emit('session', session());
  },

  // Shows the client out once.
  kicks(socket) {
    answerJoins(socket);
    nSockets += 1;
    if (nSockets === 1)
      socket.disconnect();
    else
      socket.emit('session', session());
  },

  // A plain server that loses what it is sent, and the connection with it, the first time.
  'plain-loses'(socket) {
    answerJoins(socket);
    socket.on('send', (content, roomId) => {
      nSends += 1;
      if (nSends === 1)
        socket.conn.close();
      else
        socket.emit('message', { id: `m${nSends}`, content, senderId: 'u1', roomId, timestamp: nSends });
    });
  },

  // The same, and on the next connection the user's other device says what was lost.
  'plain-elsewhere'(socket) {
    nSockets += 1;
    const isFirst = nSockets === 1;
    socket.on('room:join', (roomId, answer) => {
      answer(joined(roomId));
      if (!isFirst)
        socket.emit('message', { id: 'elsewhere', content: 'first', senderId: 'u1', roomId, timestamp: 1 });
    });
    socket.on('send', () => isFirst && socket.conn.close());
  },

  // Keeps a history, and knows no client ids. What it is sent the first time breaks the connection, and is stored.
  'plain-history'(socket) {
    nSockets += 1;
    const said = behaviours.said ??= [message('m1', 'first', { senderId: 'u1', seq: 1 })];
    const isFirst = nSockets === 1;
    answerJoins(socket);
    socket.on('room:history', ({ after = 0 }, answer) =>
      answer({ success: true, messages: said.filter(({ seq }) => seq > after), hasMore: false }));
    socket.on('send', (content) => {
      if (!isFirst)
        return;
      said.push(message('m2', content, { senderId: 'u1', seq: 2 }));
      socket.conn.close();
    });
    socket.emit('session', session({ features: ['history'], rooms: [room('r1', { lastSeq: said.length })] }));
  },

  // Lets nobody in again who was in the room.
  'plain-bars'(socket) {
    nSockets += 1;
    const isFirst = nSockets === 1;
    socket.on('room:join', (roomId, answer) => answer(isFirst ? joined(roomId) : { success: false, roomId, error: 'It is gone.' }));
    socket.on('send', () => isFirst && socket.conn.close());
  },

  'plain-opaque'(socket) {
    answerJoins(socket);
    socket.on('send', (content, roomId) => {
      nSends += 1;
      socket.emit('message', { id: `m${nSends}`, content, senderId: 'u7', roomId, timestamp: nSends });
    });
  },

  // Breaks off after the first message, says something while the client is away, and takes it back as if nothing had been.
  recovers(socket) {
    socket.on('room:join', (roomId, answer) => {
      nJoins += 1;
      socket.join(roomId);
      answer(joined(roomId));
    });
    socket.on('send', (content, roomId, { clientId }, answer) => {
      nSends += 1;
      chat.to(roomId).emit('message', message(`m${nSends}`, content, { senderId: 'u1', seq: 2 * nSends, clientId }));
      answer({ success: true, message: message(`m${nSends}`, content, { senderId: 'u1', seq: 2 * nSends, clientId }) });
      if (nSends > 1)
        return;
      setTimeout(() => {
        socket.conn.close();
        setTimeout(() => chat.to(roomId).emit('message', message('away', `joined ${nJoins} times`, { seq: 3 })), 100);
      }, 100);
    });
    if (!socket.recovered)
      socket.emit('session', session());
  },

  // Takes a connection back as if nothing had been, without what was said meanwhile, and before it hears what was read.
  'recovers-less'(socket) {
    const said = [message('m1', 'one', { seq: 1 }), message('m2', 'two', { seq: 2 })];
    const lastSeq = socket.recovered ? 2 : 0;
    socket.on('room:join', (roomId, answer) => {
      socket.join(roomId);
      answer(joined(roomId));
      chat.to(roomId).emit('message', said[0]);
    });
    socket.on('room:history', ({ after = 0 }, answer) =>
      answer({ success: true, messages: said.filter(({ seq }) => seq > after && seq <= lastSeq), hasMore: false }));
    socket.on('room:read', () => socket.recovered || socket.conn.close());
    socket.emit('session', session({
      features: ['history', 'delivery', 'read'],
      rooms: [room('r1', { lastSeq, readSeq: 0, unread: lastSeq })],
    }));
  },

  // Breaks off when all was read, and takes the connection back. What is marked then it hears after it has said how things stand.
  'recovers-marked'(socket) {
    const said = [message('m1', 'one', { seq: 1 }), message('m2', 'two', { seq: 2 })];
    socket.on('room:join', (roomId, answer) => {
      socket.join(roomId);
      answer(joined(roomId));
    });
    socket.on('room:history', ({ after = 0 }, answer) =>
      answer({ success: true, messages: said.filter(({ seq }) => seq > after), hasMore: false }));
    socket.on('room:read', (roomId, seq, { unread } = {}) => {
      if (socket.recovered)
        chat.to('r1').emit('message', message('m3', `read to ${seq}, ${unread ? 'back' : 'on'}`, { seq: 3 }));
      else
        socket.conn.close();
    });
    socket.emit('session', session({
      features: ['history', 'delivery', 'read'],
      rooms: [room('r1', { lastSeq: 2, readSeq: socket.recovered ? 2 : 0, unread: socket.recovered ? 0 : 2 })],
    }));
  },

  // Breaks off instead of letting anybody into the room, and takes the connection back as if nothing were.
  'recovers-outside'(socket) {
    socket.on('room:join', (roomId, answer) => {
      if (socket.recovered)
        answer(joined(roomId));
      else
        socket.conn.close();
    });
    if (socket.recovered)
      return;
    socket.join('r1');
    socket.emit('session', session());
    chat.to('r1').emit('message', message('m1', 'one', { seq: 1 }));
  },

  // Breaks off when it is asked for what is missing, and takes the connection back as if nothing were.
  'recovers-with-a-hole'(socket) {
    const said = ['one', 'two', 'three'].map((word, i) => message(`m${i + 1}`, word, { seq: i + 1 }));
    socket.on('room:join', (roomId, answer) => {
      socket.join(roomId);
      answer(joined(roomId));
    });
    socket.on('room:history', ({ roomId, after }, answer) => {
      if (after === undefined) {
        answer({ success: true, messages: said.slice(0, 1), hasMore: false });
        chat.to(roomId).emit('message', said[2]);
      } else if (socket.recovered) {
        answer({ success: true, messages: said.filter(({ seq }) => seq > after), hasMore: false });
      } else {
        socket.conn.close();
      }
    });
    if (!socket.recovered)
      socket.emit('session', session({ features: ['history', 'delivery'] }));
  },

  // So much was said while the client was away that it does not fetch it all. The first connection is before that.
  'long-absence'(socket) {
    answerJoins(socket);
    nSockets += 1;
    const nMessages = nSockets === 1 ? 50 : 2000;
    serveHistory(socket, nMessages);
    socket.on('send', () => {
      if (nSockets === 1)
        socket.conn.close();
    });
    socket.emit('session', session({ features: ['history', 'delivery'], rooms: [room('r1', { lastSeq: nMessages })] }));
  },

  // Stops as a server does that is closed: each namespace is told, /chat first. It is back at once.
  stops(socket) {
    answerJoins(socket);
    nSockets += 1;
    socket.emit('session', session({ user: { userId: 'u1', username: 'ben', isAdmin: true } }));
  },

  // Refuses every other time.
  'busy-history'(socket) {
    let nAsked = 0;
    refuseHistory(socket, () => {
      nAsked += 1;
      return nAsked % 2 === 1 && { error: 'Slower.', code: 'rate_limited', retryAfterMs: 100 };
    });
    behaviours.hole(socket);
  },

  // Does not find what was missed when it is asked for it the first time.
  'broken-history'(socket) {
    let nBroken = 0;
    refuseHistory(socket, ({ after }) => {
      nBroken += after !== undefined;
      return nBroken === 1 && broken;
    });
    behaviours.hole(socket);
  },

  // Answers with something else the first time.
  'malformed-history'(socket) {
    let nAsked = 0;
    refuseHistory(socket, ({ after }) => {
      nAsked += after !== undefined;
      return nAsked === 1 && { success: true, messages: 'none', hasMore: false };
    });
    behaviours.hole(socket);
  },

  // Does not find it as long as the first connection lasts, which ends when something is said.
  'broken-history-once'(socket) {
    nSockets += 1;
    const isFirst = nSockets === 1;
    refuseHistory(socket, ({ after, before }) => isFirst && (after !== undefined || before !== undefined) && broken);
    socket.on('send', () => isFirst && socket.conn.close());
    behaviours.hole(socket);
  },

  // Does not even find the newest the first time.
  'broken-newest'(socket) {
    let nBroken = 0;
    refuseHistory(socket, () => {
      nBroken += 1;
      return nBroken === 1 && broken;
    });
    behaviours.hole(socket);
  },

  // On the second connection it tells of more than there was, and finds it the second time only.
  'broken-end'(socket) {
    nSockets += 1;
    let nBroken = 0;
    refuseHistory(socket, ({ after }) => {
      nBroken += nSockets > 1 && after !== undefined;
      return nBroken === 1 && broken;
    });
    answerJoins(socket);
    serveHistory(socket, nSockets === 1 ? 50 : 60);
    if (nSockets === 1)
      socket.on('send', () => socket.conn.close());
    socket.emit('session', session({ features: ['history', 'delivery'], rooms: [room('r1', { lastSeq: nSockets === 1 ? 50 : 60 })] }));
  },

  // Says something too large for a full disk once somebody reads, and breaks off when that is read.
  'full-disk'(socket) {
    nSockets += 1;
    const nMessages = nSockets === 1 ? 10 : 11;
    answerJoins(socket);
    serveHistory(socket, nMessages);
    socket.on('room:read', (roomId, seq) => {
      if (seq === 10)
        socket.emit('message', message('m11', 'x'.repeat(1024 * 1024), { seq: 11, timestamp: 11 }));
      else if (nSockets === 1)
        socket.conn.close();
    });
    socket.emit('session', session({
      features: ['history', 'read'],
      rooms: [room('r1', { lastSeq: nMessages, readSeq: 0, unread: nMessages })],
    }));
  },

  // Is restored from a backup when somebody has read: it has not all the messages any more that it told of.
  restored(socket) {
    nSockets += 1;
    const lastSeq = nSockets === 1 ? 100 : 80;
    answerJoins(socket);
    serveHistory(socket, nSockets === 1 ? 60 : 80);
    socket.on('room:read', () => nSockets === 1 && socket.conn.close());
    socket.on('typing', () => socket.emit('message', message('m81', 'number 81', { seq: 81, timestamp: 81 })));
    socket.emit('session', session({
      features: ['history', 'read'],
      rooms: [room('r1', { lastSeq, readSeq: nSockets === 1 ? 60 : 80, unread: nSockets === 1 ? 40 : 0 })],
    }));
  },

  // Does not say what is around a message.
  'refuses-around'(socket) {
    answerJoins(socket);
    refuseHistory(socket, ({ around }) => around !== undefined && broken);
    serveHistory(socket, 1000);
    socket.emit('session', session({ features: ['history', 'delivery'], rooms: [room('r1', { lastSeq: 1000 })] }));
  },

  // Tells of more messages than there are.
  boasts(socket) {
    answerJoins(socket);
    serveHistory(socket, 50);
    socket.emit('session', session({ features: ['history', 'delivery'], rooms: [room('r1', { lastSeq: 100 })] }));
  },

  // Searches, and finds more than it was asked for: strange messages, ones of rooms that nobody knows, what was taken back, what
  // does not have the words, and the same again.
  search(socket) {
    socket.emit('session', session({ features: ['search'], rooms: [room('r1'), room('r2')], joined: [] }));
    const old = Array.from({ length: 120 }, (_, i) => message(`old${i + 1}`, `an old door, ${i + 1}`, { seq: i + 1, timestamp: 1000 + i }));
    const odd = [null, {}, message('x1', 7), message('x2', 'a door', { roomId: 'r9' }), message('x3', '', { deleted: true, seq: 900 })];
    socket.on('search', ({ query, roomId, before = Infinity, limit }, answer) => {
      const found = old.filter(({ content, timestamp }) => content.includes(query) && timestamp < before).reverse();
      const elsewhere = { success: true, messages: [], hasMore: false };
      if (query === 'refused')
        answer({ success: false, error: 'Slower.', code: 'rate_limited' });
      else if (query === 'nonsense')
        answer('nonsense');
      else if (query === 'endless')
        answer({ success: true, messages: odd.slice(3), hasMore: true });
      else if (roomId === 'r2')
        answer(elsewhere);
      else
        answer({ success: true, messages: [...odd, ...found.slice(0, limit), ...found.slice(0, 1)], hasMore: found.length > limit });
    });
  },

  // More is unread than comes with a page.
  'far-unread'(socket) {
    const all = Array.from({ length: 100 }, (_, i) => message(`m${i + 1}`, `number ${i + 1}`, { seq: i + 1, timestamp: i + 1 }));
    socket.emit('session', session({ features: ['history', 'read'], rooms: [room('r1', { lastSeq: 100, readSeq: 30, unread: 70 })] }));
    answerJoins(socket);
    socket.on('room:history', ({ before = 101, limit }, answer) => {
      const earlier = all.filter(({ seq }) => seq < before);
      answer({ success: true, messages: earlier.slice(-limit), hasMore: earlier.length > limit });
    });
  },

  // History has a hole that is only seen when the next message comes.
  hole(socket) {
    socket.emit('session', session({ features: ['history', 'delivery'], rooms: [room('r1', { lastSeq: nSockets > 1 ? 6 : 2 })] }));
    answerJoins(socket);
    const all = [1, 2, 3, 4, 5, 6].map((seq) => message(`m${seq}`, `number ${seq}`, { seq, timestamp: 10 - seq }));
    socket.on('room:history', ({ after, before }, answer) => {
      if (before !== undefined) {
        answer({ success: true, messages: all.filter(({ seq }) => seq < before), hasMore: false });
      } else if (after === undefined) {
        answer({ success: true, messages: all.slice(0, 2), hasMore: false });
        setTimeout(() => socket.emit('message', all[5]), 100);
      } else {
        // Two at a time, so that it takes more than one page.
        const rest = all.filter(({ seq }) => seq > after);
        answer({ success: true, messages: rest.slice(0, 2), hasMore: rest.length > 2 });
      }
    });
  },
};

if (isChat) {
  chat.use((socket, next) => {
    const { token } = socket.handshake.auth;
    const expired = behaviour.startsWith('expired') && token !== refreshed;
    next(expired ? Object.assign(new Error('The token has expired.'), { data: { code: 'unauthorized' } }) : undefined);
  });
  chat.on('connection', (socket) => behaviours[behaviour](socket));
  notifications.on('connection', (socket) => {
    if (behaviour !== 'malformed')
      return;
    sendStrangers(socket, '/notifications');
    socket.emit('notification', { id: 'n1', type: 'info', title: 'Fine', message: 'after all', read: false, createdAt: 1 });
  });
  admin.use((socket, next) => {
    next(behaviour === 'malformed' || behaviour === 'stops' ? undefined : Object.assign(new Error('Not here.'), { data: { code: 'forbidden' } }));
  });
  admin.on('connection', (socket) => {
    if (behaviour === 'stops') {
      if (nSockets === 1)
        [chat, notifications, admin].forEach((namespace) => namespace.disconnectSockets());
      return;
    }
    sendStrangers(socket, '/admin');
    socket.emit('stats', { connectedUsers: 3, activeRooms: 2, messageRate: 1 });
  });
}

http.listen(port, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${http.address().port}`));
