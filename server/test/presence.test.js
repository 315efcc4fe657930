// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

test('those who share a room see who comes and goes', async (t) => {
  const server = await startTestServer(t);
  const [ada, tomas, grace] = [await server.chat('ada'), await server.chat('tomas'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  const gone = ada.socket.next('presence');
  grace.client.close();
  const [{ userId, online, lastSeen }] = await gone;
  assert.deepEqual([userId, online], [grace.userId, false]);
  assert.ok(Math.abs(Date.now() - lastSeen) < 60_000);
  const { members } = await ada.socket.ask('room:join', 'general');
  assert.deepEqual(members.map((member) => [member.username, member.online]), [['ada', true], ['grace', false]]);

  const back = ada.socket.next('presence');
  await server.chat('grace');
  assert.deepEqual([(await back)[0].userId, (await back)[0].online], [grace.userId, true]);
  await tomas.socket.ask('room:list');
  assert.deepEqual(tomas.socket.all('presence'), []);
});

test('with a second device one stays, and who is back soon was never gone', async (t) => {
  const server = await startTestServer(t, { presenceGraceMs: 3_600_000 });
  const [ada, desk, lap] = [await server.chat('ada'), await server.chat('grace'), await server.chat('grace')];
  for (const { socket } of [ada, desk])
    await socket.ask('room:join', 'general');
  desk.client.close();
  lap.client.close();
  const again = await server.chat('grace');
  await again.socket.ask('send', 'Still here', 'general');
  await ada.socket.ask('room:list');
  assert.deepEqual(ada.socket.all('presence'), []);
});
