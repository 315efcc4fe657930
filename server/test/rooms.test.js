// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

test('joining is told to the others once, and can be repeated', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  await ada.socket.ask('room:join', 'general');
  const update = ada.socket.next('room:update');
  const first = await grace.socket.ask('room:join', 'general');
  const [{ member, ...rest }] = await update;
  assert.deepEqual(rest, { roomId: 'general', type: 'member_joined', memberCount: 2 });
  assert.deepEqual([member.userId, member.username, member.online], [grace.userId, 'grace', true]);
  assert.deepEqual(await grace.socket.ask('room:join', 'general'), first);
  assert.deepEqual(first.members.map((each) => each.username), ['ada', 'grace']);
  await ada.socket.ask('room:list');
  assert.equal(ada.socket.all('room:update').length, 1);
  assert.equal(grace.socket.all('room:update').length, 0, 'who joins has it from the answer');
});

test('the other devices of who joins and leaves follow', async (t) => {
  const server = await startTestServer(t);
  const [desk, lap] = [await server.chat('grace'), await server.chat('grace')];
  const joined = lap.socket.next('room:joined');
  await desk.socket.ask('room:join', 'general');
  const [{ success, roomId, roomName, members }] = await joined;
  assert.deepEqual([success, roomId, roomName, members.length], [true, 'general', 'General', 1]);
  const arrival = lap.socket.next('message');
  await desk.socket.ask('send', 'For both', 'general');
  await arrival;
  const left = desk.socket.next('room:left');
  await lap.socket.ask('room:leave', 'general');
  assert.deepEqual((await left)[0], { roomId: 'general' });
  assert.equal((await desk.socket.ask('send', 'Gone', 'general')).code, 'forbidden');
});

test('leaving a room that one is not in changes nothing', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  await ada.socket.ask('room:join', 'general');
  assert.deepEqual(await grace.socket.ask('room:leave', 'general'), { success: true, roomId: 'general' });
  await ada.socket.ask('room:list');
  assert.deepEqual(ada.socket.all('room:update'), []);
});

test('an unknown room is refused with its id', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('grace');
  for (const event of ['room:join', 'room:leave']) {
    const { success, roomId, error, code } = await socket.ask(event, 'nowhere');
    assert.deepEqual([success, roomId, typeof error, code], [false, 'nowhere', 'string', 'not_found']);
  }
});

test('a new room is everyone’s to see, and its maker’s to be in', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  const changed = grace.socket.next('room:changed');
  const { success, room } = await ada.socket.ask('room:create', { name: '  Café  ', topic: 'Coffee' });
  assert.equal(success, true);
  assert.deepEqual(room, { id: 'cafe', name: 'Café', memberCount: 1, isPrivate: false, lastSeq: 0, topic: 'Coffee' });
  assert.deepEqual((await changed)[0], room);
  assert.equal((await ada.socket.ask('send', 'First', 'cafe')).success, true);
  const { rooms } = await grace.socket.ask('room:list');
  assert.deepEqual(rooms.map((each) => each.id), ['general', 'design', 'cafe']);

  assert.equal((await grace.socket.ask('room:create', { name: 'CAFÉ' })).code, 'conflict');
  const other = await grace.socket.ask('room:create', { name: 'Cafe' });
  assert.match(other.room.id, /^cafe-[0-9a-f]{6}$/);
  assert.match((await grace.socket.ask('room:create', { name: '茶室' })).room.id, /^room/);
  assert.equal((await grace.socket.ask('room:create', { name: ' \u200b ' })).code, 'invalid');
});

test('those who are not in a room see how many are', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  for (const [event, count] of [['room:join', 1], ['room:leave', 0]]) {
    const changed = grace.socket.next('room:changed');
    await ada.socket.ask(event, 'general');
    const [room] = await changed;
    assert.deepEqual([room.id, room.memberCount], ['general', count]);
  }
});

test('a private room is for those who were invited', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace, tomas] = [await server.chat('ada'), await server.chat('grace'), await server.chat('tomas')];
  const notifications = grace.client.socket('/notifications');
  await notifications.opened();
  const { room } = await ada.socket.ask('room:create', { name: 'General', isPrivate: true });
  assert.match(room.id, /^[0-9a-f-]{36}$/);
  for (const { socket } of [grace, tomas]) {
    assert.equal((await socket.ask('room:join', room.id)).code, 'not_found');
    assert.equal((await socket.ask('room:history', { roomId: room.id })).code, 'not_found');
    assert.equal((await socket.ask('room:list')).rooms.length, 2);
    assert.deepEqual(socket.all('room:changed'), []);
  }

  assert.equal((await ada.socket.ask('room:invite', room.id, 'nobody')).code, 'not_found');
  assert.equal((await tomas.socket.ask('room:invite', room.id, 'tomas')).code, 'not_found');
  const [changed, invited] = [grace.socket.next('room:changed'), notifications.next('notification')];
  assert.equal((await ada.socket.ask('room:invite', room.id, 'Grace')).success, true);
  assert.equal((await changed)[0].id, room.id);
  const [{ kind, roomId }] = await invited;
  assert.deepEqual([kind, roomId], ['invite', room.id]);
  assert.equal((await grace.socket.ask('room:invite', room.id, 'tomas')).code, 'forbidden', 'one is in first');
  assert.equal((await grace.socket.ask('room:join', room.id)).success, true);

  const removed = grace.socket.next('room:removed');
  await grace.socket.ask('room:leave', room.id);
  assert.deepEqual((await removed)[0], { roomId: room.id });
  assert.equal((await grace.socket.ask('room:join', room.id)).code, 'not_found');
});

/** Joins, and keeps the list of members by the answer and by the updates, in the order in which they come. */
function joinAndFollow({ socket }, roomId) {
  let members;
  socket.on('room:update', ({ type, member }) => {
    if (type === 'member_joined')
      members?.push(member);
  });
  return new Promise((resolve) => socket.emit('room:join', roomId, (result) => {
    members = result.members;
    resolve(() => members.map((member) => member.username).sort());
  }));
}

test('those who join at the same moment all see each other once', async (t) => {
  const server = await startTestServer(t);
  const names = ['ada', 'grace', 'tomas'];
  for (let round = 0; round < 10; round++) {
    const { room } = await (await server.chat('ada')).socket.ask('room:create', { name: `Round ${round}` });
    await server.store.rooms.leave(server.users.ada.id, room.id);
    const people = await Promise.all(names.map((name) => server.chat(name)));
    const lists = await Promise.all(people.map((person) => joinAndFollow(person, room.id)));
    await Promise.all(people.map(({ socket }) => socket.ask('room:list')));
    for (const members of lists)
      assert.deepEqual(members(), names);
    people.forEach(({ client }) => client.close());
  }
});

test('an invitation is told once', async (t) => {
  const server = await startTestServer(t);
  const ada = await server.chat('ada');
  const { room } = await ada.socket.ask('room:create', { name: 'Surprise', isPrivate: true });
  for (let time = 0; time < 3; time++)
    assert.equal((await ada.socket.ask('room:invite', room.id, 'grace')).success, true);
  assert.equal((await server.store.notifications.recent(server.users.grace.id, 10)).length, 1);
});

test('a room can be used whatever its name becomes as an id', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  const names = ['㎉'.repeat(80), '㎉'.repeat(79), `${'x'.repeat(63)} y`, `${'x'.repeat(63)} z`];
  const ids = [];
  for (const name of names) {
    const { room } = await socket.ask('room:create', { name });
    ids.push(room.id);
    assert.equal((await socket.ask('send', 'Here', room.id)).success, true, room.id);
    assert.equal((await socket.ask('room:leave', room.id)).success, true, room.id);
  }
  assert.equal(ids[0], 'kcal'.repeat(16));
  assert.match(ids[1], /^(kcal){16}-[0-9a-f]{6}$/);
  assert.equal(ids[2], 'x'.repeat(63));
  assert.match(ids[3], /^x{63}-[0-9a-f]{6}$/);
});
