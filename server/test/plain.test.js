// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { RoomManager } from './support/seed-clients.js';
import { startTestServer } from './support/server.js';

const PLAIN = { plain: true };

test('a plain server says nothing that the basic protocol does not', async (t) => {
  const server = await startTestServer(t, PLAIN);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  const manager = new RoomManager(grace.socket);
  const { members } = await manager.joinRoom('general');
  assert.deepEqual(Object.keys(members[0]), ['userId', 'username', 'joinedAt']);
  const update = grace.socket.next('room:update');
  await ada.socket.ask('room:join', 'general');
  assert.deepEqual(Object.keys((await update)[0]), ['roomId', 'type', 'member', 'memberCount']);

  const typing = grace.socket.next('typing');
  ada.socket.emit('typing', 'general');
  assert.deepEqual((await typing)[0], { userId: ada.userId, username: 'ada' });

  const [message, older] = [grace.socket.next('message'), grace.socket.next('room:message')];
  const notifications = grace.client.socket('/notifications');
  await notifications.opened();
  const notification = notifications.next('notification');
  ada.socket.emit('send', 'Hello @grace', 'general', { clientId: randomUUID() });
  assert.deepEqual(Object.keys((await message)[0]), ['id', 'content', 'senderId', 'roomId', 'timestamp']);
  assert.equal((await older)[0].senderName, 'ada');
  assert.deepEqual(Object.keys((await notification)[0]), ['id', 'type', 'title', 'message', 'read', 'createdAt']);

  const known = ['room:update', 'typing', 'message', 'room:message', 'notification'];
  for (const [event] of [...grace.socket.received, ...ada.socket.received, ...notifications.received])
    assert.ok(known.includes(event), event);
});

test('a plain server neither answers a message nor does it know the extensions', async (t) => {
  const server = await startTestServer(t, PLAIN);
  const { socket } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  let answered = false;
  const echo = socket.next('message');
  socket.emit('send', 'Hello', 'general', { clientId: randomUUID() }, () => { answered = true; });
  socket.emit('room:list', () => { answered = true; });
  socket.emit('room:history', { roomId: 'general' }, () => { answered = true; });
  await echo;
  await socket.ask('room:join', 'design');
  assert.equal(answered, false);
});

test('on a plain server a connection follows the rooms that it joined itself', async (t) => {
  const server = await startTestServer(t, PLAIN);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  await ada.socket.ask('room:join', 'general');
  await grace.socket.ask('room:join', 'general');
  const again = await server.chat('grace');
  const arrival = grace.socket.next('message');
  ada.socket.emit('send', 'One', 'general');
  await arrival;
  await again.socket.ask('room:join', 'general');
  const later = again.socket.next('message');
  ada.socket.emit('send', 'Two', 'general');
  assert.equal((await later)[0].content, 'Two');
  assert.equal(again.socket.all('message').length, 1);
});

test('a plain server has no sign-in, and refuses in words only', async (t) => {
  const server = await startTestServer(t, PLAIN);
  for (const [method, path] of [['GET', '/.well-known/enfilade.json'], ['POST', '/auth/login'], ['POST', '/auth/refresh']])
    assert.equal((await fetch(server.url + path, { method })).status, 404);
  const client = await server.client('ada', { token: 'nonsense' });
  await assert.rejects(client.socket('/chat').opened(), (error) => error.message !== '' && error.data === undefined);
  const grace = await server.client('grace');
  await assert.rejects(grace.socket('/admin').opened(), /admins/);
});

test('the dashboard of a plain server has the three numbers', async (t) => {
  const server = await startTestServer(t, PLAIN);
  const client = await server.client('ada');
  const admin = client.socket('/admin');
  await admin.opened();
  const stats = admin.next('stats');
  admin.emit('requestStats');
  assert.deepEqual((await stats)[0], { connectedUsers: 0, activeRooms: 0, messageRate: 0 });
});
