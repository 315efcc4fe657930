// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

async function stateOf({ socket }, roomId) {
  const { rooms } = await socket.ask('room:list');
  const { lastSeq, readSeq, unread, mentions } = rooms.find((room) => room.id === roomId);
  return { lastSeq, readSeq, unread, mentions };
}

test('what others wrote is unread until it is read, on all devices', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace, lap] = [await server.chat('ada'), await server.chat('grace'), await server.chat('grace')];
  await ada.socket.ask('room:join', 'general');
  await ada.socket.ask('send', 'Before grace came', 'general');
  await grace.socket.ask('room:join', 'general');
  assert.deepEqual(await stateOf(grace, 'general'), { lastSeq: 1, readSeq: 1, unread: 0, mentions: 0 });
  await ada.socket.ask('send', 'One', 'general');
  await ada.socket.ask('send', '@grace two', 'general');
  assert.deepEqual(await stateOf(grace, 'general'), { lastSeq: 3, readSeq: 1, unread: 2, mentions: 1 });
  assert.deepEqual(await stateOf(ada, 'general'), { lastSeq: 3, readSeq: 3, unread: 0, mentions: 0 });

  const read = lap.socket.next('room:read');
  assert.equal((await grace.socket.ask('room:read', 'general', 2)).success, true);
  assert.deepEqual((await read).slice(0, 2), ['general', 2]);
  assert.deepEqual(await stateOf(lap, 'general'), { lastSeq: 3, readSeq: 2, unread: 1, mentions: 1 });

  await grace.socket.ask('room:read', 'general', 1);
  assert.equal((await stateOf(grace, 'general')).readSeq, 2, 'what was read stays read');
  await grace.socket.ask('room:read', 'general', 99);
  assert.deepEqual(await stateOf(grace, 'general'), { lastSeq: 3, readSeq: 3, unread: 0, mentions: 0 });
  assert.deepEqual(grace.socket.all('room:read'), []);
});

test('who writes has read, and the other devices know it', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace, lap] = [await server.chat('ada'), await server.chat('grace'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  await ada.socket.ask('send', 'Hello?', 'general');
  const read = lap.socket.next('room:read');
  await grace.socket.ask('send', 'Hello!', 'general');
  assert.deepEqual((await read).slice(0, 2), ['general', 2]);
  assert.equal((await stateOf(grace, 'general')).unread, 0);
});

test('what was read can be marked as unread again, on all devices', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace, lap] = [await server.chat('ada'), await server.chat('grace'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  for (const text of ['One', '@grace two', 'Three'])
    await ada.socket.ask('send', text, 'general');
  await grace.socket.ask('room:read', 'general', 3);

  await grace.socket.ask('room:read', 'general', 1, { unread: false });
  assert.equal((await stateOf(grace, 'general')).readSeq, 3, 'nobody asked to read it again');
  const read = lap.socket.next('room:read');
  await grace.socket.ask('room:read', 'general', 1, { unread: true });
  assert.deepEqual((await read).slice(0, 3), ['general', 1, { unread: true }]);
  assert.deepEqual(await stateOf(lap, 'general'), { lastSeq: 3, readSeq: 1, unread: 2, mentions: 1 });
  await grace.socket.ask('room:read', 'general', 2, { unread: true });
  assert.equal((await stateOf(grace, 'general')).readSeq, 1, 'what is unread does not get read by that');
});

test('one reads in rooms that one is in', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  assert.equal((await socket.ask('room:read', 'general', 0)).code, 'forbidden');
  assert.equal((await socket.ask('room:read', 'nowhere', 0)).code, 'not_found');
});

test('who names oneself is not called by that', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  const { message } = await grace.socket.ask('send', 'I am @grace', 'general');
  assert.deepEqual(message.mentions, [grace.userId]);
  await ada.socket.ask('send', 'Welcome, @grace', 'general');
  await grace.socket.ask('room:read', 'general', 0, { unread: true });
  assert.deepEqual(await stateOf(grace, 'general'), { lastSeq: 2, readSeq: 0, unread: 1, mentions: 1 });
});
