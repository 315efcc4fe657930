// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { ChatNamespaceManager, RoomManager } from './support/seed-clients.js';
import { startTestServer } from './support/server.js';

const SEED = { protocol: null };

test('RoomManager: joins, follows who comes and goes, sends by room:message, leaves', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada', SEED), await server.chat('grace', SEED)];
  const [adas, graces] = [new RoomManager(ada.socket), new RoomManager(grace.socket)];
  const updates = [];
  const messages = [];
  adas.listen({ onUpdate: (update) => updates.push(update), onMessage: (message) => messages.push(message) });
  graces.listen({});

  const result = await adas.joinRoom('general');
  assert.deepEqual([result.success, result.roomId, result.roomName], [true, 'general', 'General']);
  assert.deepEqual(adas.membersOf('general'), ['ada']);
  const joined = ada.socket.next('room:update');
  await graces.joinRoom('general');
  await joined;
  assert.deepEqual(graces.membersOf('general'), ['ada', 'grace']);
  assert.deepEqual(adas.membersOf('general'), ['ada', 'grace']);
  const { roomId, type, member, memberCount } = updates[0];
  assert.deepEqual([roomId, type, member.username, memberCount], ['general', 'member_joined', 'grace', 2]);

  const arrival = ada.socket.next('room:message');
  grace.socket.emit('room:message', { roomId: 'general', content: 'Hello from the older form' });
  const { id, timestamp, ...rest } = (await arrival)[0];
  assert.deepEqual(rest, {
    roomId: 'general', senderId: grace.userId, senderName: 'grace', content: 'Hello from the older form',
  });
  assert.deepEqual(messages.map((message) => message.id), [id]);
  assert.ok(timestamp <= Date.now());

  const left = ada.socket.next('room:update');
  assert.deepEqual(await graces.leaveRoom('general'), { success: true, roomId: 'general' });
  assert.equal(graces.isInRoom('general'), false);
  assert.deepEqual([(await left)[0].type, (await left)[0].memberCount], ['member_left', 1]);
  assert.deepEqual(adas.membersOf('general'), ['ada']);
});

test('RoomManager: an unknown room cannot be joined, nor any room without a connection', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada', SEED);
  const manager = new RoomManager(socket);
  const result = await manager.joinRoom('nowhere');
  assert.deepEqual([result.success, result.roomId, typeof result.error], [false, 'nowhere', 'string']);
  socket.disconnect();
  assert.equal((await manager.joinRoom('general')).error, 'Not connected');
});

test('RoomManager: leaves all rooms without waiting', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada', SEED), await server.chat('grace')];
  const manager = new RoomManager(ada.socket);
  for (const roomId of ['general', 'design']) {
    await manager.joinRoom(roomId);
    await grace.socket.ask('room:join', roomId);
  }
  const left = ['general', 'design'].map((id) =>
    grace.socket.next('room:update', (update) => update.roomId === id && update.type === 'member_left'));
  manager.leaveAllRooms();
  await Promise.all(left);
  assert.deepEqual(await server.store.rooms.joinedBy(ada.userId), []);
});

test('ChatNamespaceManager: joins, sends, and has its own message by its echo', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada', SEED), await server.chat('grace')];
  const manager = new ChatNamespaceManager(ada.socket);
  assert.equal(await manager.joinRoom('nowhere'), false);
  assert.equal(manager.currentRoom, null);
  assert.equal(await manager.joinRoom('general'), true);
  await grace.socket.ask('room:join', 'general');

  const [echo, older] = [ada.socket.next('message'), ada.socket.next('room:message')];
  const arrival = grace.socket.next('message');
  manager.sendMessage('Hello');
  const [{ id, content, senderId, roomId, timestamp }] = await echo;
  assert.deepEqual([content, senderId, roomId, typeof timestamp], ['Hello', ada.userId, 'general', 'number']);
  assert.equal((await older)[0].id, id);
  assert.equal((await arrival)[0].id, id);
  assert.deepEqual(manager.messagesOf('general').map((message) => message.id), [id]);
  await grace.socket.ask('room:list');
  assert.deepEqual(grace.socket.all('room:message'), [], 'who knows the extensions gets each message once');
});

test('the namespaces share one connection, and a refused one leaves the others alone', async (t) => {
  const server = await startTestServer(t);
  const grace = await server.client('grace', SEED);
  const [chat, notifications, admin] = ['/chat', '/notifications', '/admin'].map((name) => grace.socket(name));
  const refused = assert.rejects(admin.opened(), /admins/);
  await Promise.all([chat.opened(), notifications.opened(), refused]);
  assert.deepEqual([chat.connected, notifications.connected, admin.connected], [true, true, false]);
  assert.equal(chat.io.engine, notifications.io.engine);
  assert.equal(await new ChatNamespaceManager(chat).joinRoom('general'), true);

  const ada = await server.client('ada', SEED);
  const dashboard = ada.socket('/admin');
  await dashboard.opened();
  const stats = dashboard.next('stats');
  dashboard.emit('requestStats');
  assert.deepEqual(Object.keys((await stats)[0]), ['connectedUsers', 'activeRooms', 'messageRate']);
});

test('notifications: each that is read is told by its id', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada', SEED), await server.chat('grace', SEED)];
  const notifications = grace.client.socket('/notifications');
  await notifications.opened();
  for (const { socket } of [ada, grace])
    await new ChatNamespaceManager(socket).joinRoom('general');
  const ids = [];
  for (const content of ['@grace one', '@grace two', '@grace three']) {
    const arrival = notifications.next('notification');
    ada.socket.emit('send', content, 'general');
    const [notification] = await arrival;
    assert.deepEqual([notification.type, notification.read, typeof notification.createdAt], ['info', false, 'number']);
    ids.push(notification.id);
  }
  const read = notifications.next('notification:read');
  notifications.emit('markRead', ids[0]);
  assert.equal((await read)[0], ids[0]);
  const last = notifications.next('notification:read', () => notifications.all('notification:read').length === 3);
  notifications.emit('markAllRead');
  await last;
  assert.deepEqual(notifications.all('notification:read').map(([id]) => id).sort(), [...ids].sort());
});
