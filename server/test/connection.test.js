// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { Tokens, loadKey } from '../src/tokens.js';
import { startTestServer } from './support/server.js';

const RECONNECTING = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 20 };

const hasCode = (code) => (error) => error.message.length > 0 && error.data.code === code;

test('right after connecting a client learns where it is', async (t) => {
  const server = await startTestServer(t);
  const first = await server.chat('grace');
  assert.deepEqual(first.session.joined, []);
  await first.socket.ask('room:join', 'design');
  const { session, socket } = await server.chat('grace');
  assert.equal(socket.received[0][0], 'session');
  assert.equal(session.protocol, 1);
  assert.deepEqual(session.user, { userId: server.users.grace.id, username: 'grace', isAdmin: false });
  assert.deepEqual(session.joined, ['design']);
  assert.deepEqual(session.rooms.map((room) => [room.id, room.memberCount]), [['general', 0], ['design', 1]]);
  assert.ok(['rooms', 'history', 'delivery', 'presence', 'read'].every((feature) => session.features.includes(feature)));
  assert.deepEqual(session.limits, { maxContentLength: 4000, maxFileBytes: 0 });
});

test('without a good token no namespace opens, and says why', async (t) => {
  const server = await startTestServer(t);
  const expired = await new Tokens(loadKey(server.data), -10).issue(server.users.ada);
  const foreign = await new Tokens(new Uint8Array(32), 60).issue(server.users.ada);
  for (const token of [undefined, null, '', 'nonsense', 7, {}, ['x'], expired.token, foreign.token]) {
    for (const namespace of ['/chat', '/notifications', '/admin']) {
      const client = await server.client('ada');
      client.auth = { token, protocol: 1 };
      await assert.rejects(client.socket(namespace).opened(), hasCode('unauthorized'), `${namespace} ${token}`);
    }
  }
  const client = await server.client('ada', { token: expired.token });
  await assert.rejects(client.socket('/chat').opened(), /expired/);
});

test('a disabled person is kept out, and shown out', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  const token = await server.token('grace');
  const gone = socket.next('disconnect');
  await server.store.users.update(server.users.grace.id, { isDisabled: true });
  assert.deepEqual((await gone)[0], 'io server disconnect');
  const again = await server.client('grace', { token });
  await assert.rejects(again.socket('/chat').opened(), hasCode('unauthorized'));
});

test('who is no admin does not get into /admin, whatever the token says', async (t) => {
  const server = await startTestServer(t);
  const { token } = await server.tokens.issue({ ...server.users.grace, isAdmin: true });
  const client = await server.client('grace', { token });
  await client.socket('/chat').opened();
  await assert.rejects(client.socket('/admin').opened(), hasCode('forbidden'));
  assert.equal(client.socket('/chat').connected, true);
});

test('an unknown namespace is refused and the others go on', async (t) => {
  const server = await startTestServer(t);
  const { client, socket } = await server.chat('grace');
  await assert.rejects(client.socket('/elsewhere').opened(), /Invalid namespace/);
  assert.equal((await socket.ask('room:join', 'general')).success, true);
});

test('polling works as websocket does', async (t) => {
  const server = await startTestServer(t);
  for (const transports of [['polling'], ['polling', 'websocket']]) {
    const { socket } = await server.chat('grace', { transports });
    assert.equal((await socket.ask('room:join', 'general')).success, true);
  }
});

test('a lost connection is recovered with what was missed', async (t) => {
  const server = await startTestServer(t);
  const ada = await server.chat('ada');
  const grace = await server.chat('grace', RECONNECTING);
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  await ada.socket.ask('send', 'Before', 'general');
  await grace.socket.ask('room:list');
  const { id } = grace.socket;

  const lost = grace.socket.next('disconnect');
  grace.client.manager.engine.close();
  await lost;
  const missed = grace.socket.next('message', (message) => message.content === 'Meanwhile');
  await ada.socket.ask('send', 'Meanwhile', 'general');
  const session = grace.socket.next('session');
  await grace.socket.opened();
  await Promise.all([missed, session]);
  assert.equal(grace.socket.recovered, true);
  assert.equal(grace.socket.id, id);
  const later = grace.socket.next('message', (message) => message.content === 'After');
  await ada.socket.ask('send', 'After', 'general');
  await later;
  assert.deepEqual(grace.socket.all('message').map(([message]) => message.content), ['Before', 'Meanwhile', 'After']);
});

test('a client that tries twice to recover its connection is not deaf when the first try ends', async (t) => {
  const server = await startTestServer(t);
  const ada = await server.chat('ada');
  const grace = await server.chat('grace');
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  await ada.socket.ask('send', 'Before', 'general');
  await grace.socket.ask('room:list');
  const { _pid: pid, _lastOffset: offset } = grace.socket;
  grace.client.manager.engine.close();
  await ada.socket.next('presence', ({ online }) => !online);

  const tries = [];
  for (let i = 0; i < 2; i++) {
    const client = await server.client('grace');
    client.auth = { ...client.auth, pid, offset };
    const socket = client.socket('/chat');
    const session = socket.next('session');
    await socket.opened();
    await session;
    tries.push({ client, socket });
  }
  const [first, second] = tries;
  assert.notEqual(first.socket.id, second.socket.id);
  first.client.manager.engine.close();
  // By then the server has noticed it: its answers come in the order of what it hears.
  await second.socket.ask('room:list');
  await ada.socket.ask('room:list');
  const arrival = second.socket.next('message', (message) => message.content === 'After');
  await ada.socket.ask('send', 'After', 'general');
  await arrival;
});

test('a recovered connection follows the rooms of now, not those of then', async (t) => {
  const server = await startTestServer(t);
  const [ada, other] = [await server.chat('ada'), await server.chat('grace')];
  const grace = await server.chat('grace', RECONNECTING);
  for (const roomId of ['general', 'design'])
    await ada.socket.ask('room:join', roomId);
  await grace.socket.ask('room:join', 'general');
  await ada.socket.ask('send', 'Something to come back to', 'general');
  await grace.socket.ask('room:list');

  const lost = grace.socket.next('disconnect');
  grace.client.manager.engine.close();
  await lost;
  await other.socket.ask('room:leave', 'general');
  await other.socket.ask('room:join', 'design');
  const session = grace.socket.next('session');
  await grace.socket.opened();
  assert.deepEqual((await session)[0].joined, ['design']);
  assert.equal(grace.socket.recovered, true);
  const arrival = grace.socket.next('message', (message) => message.roomId === 'design');
  await ada.socket.ask('send', 'Not for grace', 'general');
  await ada.socket.ask('send', 'For grace', 'design');
  await arrival;
  assert.ok(!grace.socket.all('message').some(([message]) => message.content === 'Not for grace'));
});

test('a lost connection is not taken over by somebody else, nor with a token that is void', async (t) => {
  const server = await startTestServer(t);
  const ada = await server.chat('ada');
  for (const token of [await server.token('tomas'), 'nonsense']) {
    const grace = await server.chat('grace', RECONNECTING);
    for (const { socket } of [ada, grace])
      await socket.ask('room:join', 'general');
    await ada.socket.ask('send', 'Hello', 'general');
    await grace.socket.ask('room:list');
    const lost = grace.socket.next('disconnect');
    grace.client.auth = { token, protocol: 1 };
    grace.client.manager.engine.close();
    await lost;
    await assert.rejects(grace.socket.opened(), hasCode('unauthorized'));
  }
});

test('no namespace gives the lost connection of one person to another', async (t) => {
  const server = await startTestServer(t);
  for (const { id } of [server.users.grace, server.users.tomas])
    await server.store.users.update(id, { isAdmin: true });
  for (const [namespace, first] of [['/chat', 'session'], ['/notifications', 'notifications'], ['/admin', 'alerts']]) {
    const grace = await server.client('grace', RECONNECTING);
    const socket = grace.socket(namespace);
    const told = socket.next(first);
    await socket.opened();
    await told;
    const lose = async () => {
      const lost = socket.next('disconnect');
      grace.manager.engine.close();
      await lost;
    };
    await lose();
    await socket.opened();
    assert.equal(socket.recovered, true, namespace);
    await lose();
    grace.auth = { token: await server.token('tomas'), protocol: 1 };
    await assert.rejects(socket.opened(), hasCode('unauthorized'), namespace);
    grace.close();
  }
});

test('a packet that is too large ends that connection only', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  const gone = grace.socket.next('disconnect');
  grace.socket.emit('send', 'x'.repeat(1_100_000), 'general');
  await gone;
  assert.equal((await ada.socket.ask('room:join', 'general')).success, true);
});
