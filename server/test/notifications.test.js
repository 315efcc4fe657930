// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

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
