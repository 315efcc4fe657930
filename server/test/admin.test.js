// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

async function openDashboard(server, options) {
  const client = await server.client('ada', options);
  const socket = client.socket('/admin');
  const alerts = socket.next('alerts');
  await socket.opened();
  return { socket, alerts: (await alerts)[0] };
}

function failToSignIn(server, times) {
  return Promise.all(Array.from({ length: times }, () => fetch(`${server.url}/auth/login`, {
    method: 'POST', body: JSON.stringify({ username: 'grace', password: 'wrong' }),
  })));
}

test('the statistics are those of now, and come by themselves', async (t) => {
  const server = await startTestServer(t);
  const grace = await server.chat('grace');
  await server.chat('grace');
  await grace.socket.ask('room:join', 'general');
  for (const content of ['One', 'Two', 'Three'])
    await grace.socket.ask('send', content, 'general');
  const { socket } = await openDashboard(server);
  const asked = socket.next('stats');
  await socket.ask('requestStats');
  const [{ nodes, ...stats }] = await asked;
  assert.deepEqual(stats, { connectedUsers: 1, activeRooms: 1, messageRate: 3 });
  assert.equal(nodes.length, 1);
  assert.equal(nodes[0].connections, 3);

  const [{ nodes: [node] }] = await socket.next('stats');
  assert.ok(node.id.includes(String(process.pid)));
  assert.ok(node.uptime >= 0 && node.rss > 1e6 && node.cpu > 0 && node.eventLoopLag >= 0, JSON.stringify(node));
});

test('failed sign-ins raise one alert, which an admin clears for all', async (t) => {
  const server = await startTestServer(t, { alertSignInFailures: 3 });
  const [desk, lap] = [await openDashboard(server), await openDashboard(server)];
  assert.deepEqual(desk.alerts, []);
  const raised = desk.socket.next('alert');
  await failToSignIn(server, 5);
  const [alert] = await raised;
  assert.equal(alert.severity, 'high');
  assert.match(alert.message, /3 failed sign-ins .* “grace” from 127\.0\.0\.1/);
  assert.ok(Math.abs(Date.now() - alert.timestamp) < 60_000);
  assert.deepEqual((await openDashboard(server)).alerts, [alert]);

  const cleared = lap.socket.next('alert:cleared');
  assert.equal((await desk.socket.ask('clearAlert', alert.id)).success, true);
  assert.deepEqual((await cleared)[0], { alertId: alert.id, by: 'ada' });
  assert.equal((await desk.socket.ask('clearAlert', alert.id)).code, 'not_found');
  assert.deepEqual((await openDashboard(server)).alerts, []);
  assert.equal(lap.socket.all('alert').length, 1);
});

test('many messages raise an alert', async (t) => {
  const server = await startTestServer(t, { alertMessageRate: 5 });
  const { socket } = await openDashboard(server);
  const grace = await server.chat('grace');
  await grace.socket.ask('room:join', 'general');
  const raised = socket.next('alert');
  for (let index = 0; index < 6; index++)
    await grace.socket.ask('send', `${index}`, 'general');
  const [alert] = await raised;
  assert.deepEqual([alert.severity, alert.message.replace(/^[56] /, '')], ['medium', 'messages in the last minute.']);
});

test('a server that stands still raises an alert', async (t) => {
  const server = await startTestServer(t, { alertEventLoopLag: 500 });
  const { socket } = await openDashboard(server);
  await socket.next('stats');
  const raised = socket.next('alert');
  const until = performance.now() + 700;
  while (performance.now() < until);
  assert.match((await raised)[0].message, /event loop lags by \d{3,} ms/);
});

test('memory over the threshold raises an alert', async (t) => {
  const server = await startTestServer(t, { alertMemory: 1 });
  const { socket } = await openDashboard(server);
  const [alert] = await socket.next('alert');
  assert.equal(alert.severity, 'critical');
  assert.match(alert.message, /uses \d+ MiB/);
});

test('who is no admin any more is shown out before the next word', async (t) => {
  const server = await startTestServer(t);
  const [asking, waiting] = [await openDashboard(server), await openDashboard(server)];
  await server.store.users.update(server.users.ada.id, { isAdmin: false });
  const gone = Promise.all([asking.socket.next('disconnect'), waiting.socket.next('disconnect')]);
  asking.socket.emit('clearAlert', 'anything');
  for (const [reason] of await gone)
    assert.equal(reason, 'io server disconnect');
});
