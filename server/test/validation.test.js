// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

const JUNK = [
  [], [null], [undefined, undefined], [0], [-1.5], [true], [''], ['\0'], ['x'.repeat(500)], [[]], [{}], [[['deep']]],
  [Buffer.from([1, 2, 3])], [{ roomId: 7, content: {} }], [{ roomId: 'general', content: null }], [{ name: '' }],
  [{ name: 'two\nlines' }], [{ name: 'x'.repeat(81) }], [{ name: 'x', isPrivate: 'yes' }], [{ id: 1, content: 2 }],
  [{ roomId: 'general', limit: '10' }], [{ roomId: 'general', content: ' ' }], [{ roomId: 'general', content: 'nul \0' }],
  ['Hello', ''], ['Hello', 5], [5, 'general'],
  ['Hello', 'general', 'clientId'], ['Hello', 'general', { clientId: 'no uuid' }], ['Hello', 'general', { replyTo: {} }],
  [{ query: '' }], [{ query: ' \n' }], [{ query: 'nul \0' }], [{ query: 'x'.repeat(257) }], [{ query: 7 }], [{ query: ['x'] }],
  [{ query: 'x', limit: 0 }], [{ query: 'x', limit: 101 }], [{ query: 'x', before: -1 }], [{ query: 'x', before: '1' }],
  [{ query: 'x', roomId: {} }], [{ query: 'x', roomId: 'nowhere' }], [{ query: 'x', senderId: 5 }],
  ['Hello', 'general', { replyTo: 'no message' }], [JSON.parse('{"__proto__":{"success":true},"roomId":"general"}'), {}],
];

// A room and something that is none of a number or a name.
const READ_JUNK = [['general'], ['general', -1], ['general', 'one'], ['general', 1.5], ['general', null], ['general', {}]];

const PATIENT = { burst: 1000, everyMs: 1 };

const CHAT_EVENTS = [
  'room:join', 'room:leave', 'room:create', 'room:invite', 'send', 'room:message', 'typing', 'room:history', 'room:read',
  'message:edit', 'message:delete', 'search',
];

// Some of the above are well-formed names of things that are not there.
const ANSWERS = ['invalid', 'not_found'];

test('junk for each event of /chat is refused and changes nothing', async (t) => {
  const server = await startTestServer(t, { rateLimits: { create: PATIENT, typing: PATIENT } });
  const { socket, session } = await server.chat('grace');
  await socket.ask('room:join', 'general');
  const before = await socket.ask('room:list');
  for (const event of CHAT_EVENTS) {
    for (const junk of event === 'room:read' ? [...JUNK, ...READ_JUNK] : JUNK) {
      const label = `${event} ${JSON.stringify(junk)}`;
      const answer = await socket.ask(event, ...junk);
      if (event === 'room:history' && answer.success)
        continue;
      assert.equal(answer.success, false, label);
      assert.equal(typeof answer.error, 'string', label);
      assert.ok(ANSWERS.includes(answer.code), `${label}: ${answer.code}`);
      socket.emit(event, ...junk);
    }
  }
  assert.deepEqual(await socket.ask('room:list'), before);
  assert.equal(session.rooms.length, 2);
  assert.deepEqual((await socket.ask('room:history', { roomId: 'general' })).messages, []);
  assert.deepEqual(server.logged.filter((line) => line.includes(' error: ')), []);
});

test('junk on the other namespaces is refused, too', async (t) => {
  const server = await startTestServer(t);
  const client = await server.client('ada');
  const [notifications, admin] = [client.socket('/notifications'), client.socket('/admin')];
  await Promise.all([notifications.opened(), admin.opened()]);
  for (const junk of [[], [null], [7], [{}], [['id']], [''], ['\0'], [Buffer.alloc(3)]]) {
    assert.equal((await notifications.ask('markRead', ...junk)).code, 'invalid', JSON.stringify(junk));
    assert.equal((await admin.ask('clearAlert', ...junk)).code, 'invalid', JSON.stringify(junk));
  }
  assert.equal((await admin.ask('clearAlert', 'nothing')).code, 'not_found');
  assert.equal((await notifications.ask('markRead', 'nothing')).success, true);
  assert.equal(notifications.connected && admin.connected, true);
});

test('arguments that a newer client adds are passed over', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  assert.equal((await socket.ask('room:join', 'general', { as: 'guest' })).success, true);
  assert.equal((await socket.ask('send', 'Hello', 'general', { urgency: 7 }, 'more')).success, true);
  assert.equal((await socket.ask('send', 'Hello', 'general', null)).success, true);
});

test('an unknown event is not answered and hurts nobody', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  socket.emit('__proto__', {});
  socket.emit('room:explode', { now: true });
  assert.equal((await socket.ask('room:join', 'general')).success, true);
});

test('a fault of the server is told as such, and the server goes on', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  const { byId } = server.store.rooms;
  server.store.rooms.byId = () => Promise.reject(new Error('secret detail'));
  const answer = await socket.ask('room:join', 'general');
  assert.deepEqual(answer, { success: false, roomId: 'general', error: 'The server could not do this.', code: 'internal' });
  server.store.rooms.byId = byId;
  assert.equal((await socket.ask('room:join', 'general')).success, true);
  assert.ok(server.logged.some((line) => line.includes('secret detail')));
});
