// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import Database from 'better-sqlite3';
import { isHeard } from '../src/recovery.js';
import { databasePath, openStore } from '../src/store/store.js';
import { startTestServer, temporaryDirectory } from './support/server.js';

async function open(server, username) {
  const client = await server.client(username);
  const socket = client.socket('/notifications');
  const list = socket.next('notifications');
  await socket.opened();
  return { socket, list: (await list)[0] };
}

test('the recent ones come first, and reading is told to all devices', async (t) => {
  const server = await startTestServer(t);
  const { id: userId } = server.users.grace;
  for (const [index, title] of ['First', 'Second', 'Third'].entries()) {
    await server.store.notifications.add({
      userId, type: 'info', kind: 'system', title, message: '', createdAt: Date.now() + index,
    });
  }
  const [desk, lap] = [await open(server, 'grace'), await open(server, 'grace')];
  assert.deepEqual(desk.list.map(({ title, kind, read }) => [title, kind, read]), [
    ['Third', 'system', false], ['Second', 'system', false], ['First', 'system', false],
  ]);

  const read = lap.socket.next('notification:read');
  assert.equal((await desk.socket.ask('markRead', desk.list[0].id)).success, true);
  assert.equal((await read)[0], desk.list[0].id);
  const all = lap.socket.next('notification:read-all');
  assert.equal((await desk.socket.ask('markAllRead')).success, true);
  await all;
  const again = await open(server, 'grace');
  assert.deepEqual(again.list.map((each) => each.read), [true, true, true]);
});

test('reading all tells each by its id only where somebody knows no other way, who may come back included', async (t) => {
  const server = await startTestServer(t);
  const { id: userId } = server.users.grace;
  const add = () => server.store.notifications.add({ userId, type: 'info', kind: 'system', title: 'News', message: '' });
  const desk = await open(server, 'grace');
  const first = await add();
  const older = (await server.client('grace', { protocol: null })).socket('/notifications');
  await older.opened();
  const told = older.next('notification:read');
  await desk.socket.ask('markAllRead');
  assert.equal((await told)[0], first.id);

  const lost = older.next('disconnect');
  older.io.engine.close();
  await lost;
  const second = await add();
  await desk.socket.ask('markAllRead');
  const recovered = older.next('notification:read');
  await older.opened();
  assert.equal(older.recovered, true);
  assert.equal((await recovered)[0], second.id);
  assert.deepEqual(desk.socket.all('notification:read'), []);
});

test('a Socket.IO room is heard by who is in it and by who may come back to it', () => {
  const rooms = new Map([['full', new Set(['socket'])]]);
  const sessions = new Map([['pid', { rooms: ['left'] }]]);
  const heard = (adapter) => ['full', 'left', 'empty'].map((name) => isHeard({ adapter }, name));
  assert.deepEqual(heard({ rooms, sessions }), [true, true, false]);
  assert.deepEqual(heard({ rooms }), [true, false, false], 'where nothing is recovered');
});

test('nobody reads those of another', async (t) => {
  const server = await startTestServer(t);
  const { id } = await server.store.notifications.add({
    userId: server.users.grace.id, type: 'info', kind: 'system', title: 'For grace', message: '',
  });
  const tomas = await open(server, 'tomas');
  assert.deepEqual(tomas.list, []);
  await tomas.socket.ask('markRead', id);
  await tomas.socket.ask('markAllRead');
  const [notification] = await server.store.notifications.recent(server.users.grace.id, 10);
  assert.equal(notification.read, false);
});

test('what is said of a message follows it: changed when it changes, gone when it is deleted', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  const desk = await open(server, 'grace');
  const arrival = desk.socket.next('notification');
  const { message: { id } } = await ada.socket.ask('send', '@grace the key is 1234', 'general');
  const [notification] = await arrival;
  assert.equal(notification.message, '@grace the key is 1234');

  await ada.socket.ask('message:edit', { id, content: '@grace the key is with me' });
  assert.deepEqual((await open(server, 'grace')).list.map((each) => [each.id, each.message]),
    [[notification.id, '@grace the key is with me']]);

  const read = desk.socket.next('notification:read');
  await ada.socket.ask('message:delete', { id });
  assert.equal((await read)[0], notification.id, 'who has it in a list is not called any more');
  assert.deepEqual((await open(server, 'grace')).list, []);
});

test('of a message that was deleted before anybody was told there is nothing to tell', async (t) => {
  const { store, users } = await startTestServer(t);
  await store.rooms.join(users.ada.id, 'general');
  const { message } = await store.messages.add({ roomId: 'general', senderId: users.ada.id, content: '@grace secret' });
  const fields = { userId: users.grace.id, type: 'info', kind: 'mention', title: 'ada', messageId: message.id };
  assert.equal((await store.notifications.add(fields)).message, '@grace secret');
  await store.messages.change(message.id, { content: '', deletedAt: Date.now() });
  assert.equal(await store.notifications.add(fields), undefined);
  assert.deepEqual(await store.notifications.recent(users.grace.id, 10), []);
});

test('what an earlier version kept of messages that were changed or deleted is put right', async (t) => {
  const data = temporaryDirectory(t);
  const before = await openStore(data);
  const user = await before.users.add({ username: 'ada', passwordHash: '' });
  const room = await before.rooms.create({ name: 'Attic', createdBy: user.id });
  const ids = [];
  for (const content of ['As it was', 'Misspelt', 'Secret']) {
    const { message } = await before.messages.add({ roomId: room.id, senderId: user.id, content });
    await before.notifications.add({
      userId: user.id, type: 'info', kind: 'mention', title: content, messageId: message.id, createdAt: message.seq,
    });
    ids.push(message.id);
  }
  await before.close();
  const db = new Database(databasePath(data));
  db.exec("drop index notifications_message; delete from kysely_migration where name = '003-notifications-follow'");
  db.prepare("update messages set content = 'Spelt', edited_at = 1 where id = ?").run(ids[1]);
  db.prepare("update messages set content = '', deleted_at = 1 where id = ?").run(ids[2]);
  db.close();

  const after = await openStore(data);
  t.after(() => after.close());
  assert.deepEqual((await after.notifications.recent(user.id, 10)).map((each) => [each.title, each.message]),
    [['Misspelt', 'Spelt'], ['As it was', 'As it was']]);
});
