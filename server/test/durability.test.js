// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { Client } from './support/client.js';
import { run, startProcess } from './support/process.js';
import { temporaryDirectory } from './support/server.js';

const ENOUGH = 40;

test('what was acknowledged is there once after kill -9, and what was in doubt can be sent again', async (t) => {
  const data = temporaryDirectory(t);
  await run(['--data', data, 'user', 'add', 'ada'], { environment: { ENFILADE_PASSWORD: 'correct horse' } });
  const { stdout: token } = await run(['--data', data, 'token', 'ada']);
  const connect = async (url) => {
    const client = new Client(url, { token: token.trim() });
    t.after(() => client.close());
    return client.socket('/chat').opened();
  };

  const first = await startProcess(t, ['--data', data]);
  const socket = await connect(first.url);
  await socket.ask('room:create', { name: 'General' });
  const sent = Array.from({ length: 60 }, (_, index) => ({ clientId: randomUUID(), content: `message ${index}` }));
  const acknowledged = new Map();
  let killed;
  for (const { clientId, content } of sent) {
    socket.emit('send', content, 'general', { clientId }, ({ message }) => {
      acknowledged.set(clientId, message);
      if (acknowledged.size === ENOUGH)
        killed = first.stop('SIGKILL');
    });
  }
  await socket.next('disconnect');
  assert.equal((await killed).signal, 'SIGKILL');
  assert.ok(acknowledged.size >= ENOUGH);

  const second = await startProcess(t, ['--data', data]);
  const again = await connect(second.url);
  assert.equal((await again.ask('room:join', 'general')).success, true);
  for (const { clientId, content } of sent) {
    const answer = await again.ask('send', content, 'general', { clientId });
    assert.equal(answer.success, true);
    if (acknowledged.has(clientId))
      assert.deepEqual(answer.message, acknowledged.get(clientId));
  }
  const { messages } = await again.ask('room:history', { roomId: 'general', limit: 100 });
  assert.deepEqual(messages.map((message) => message.clientId), sent.map((message) => message.clientId));
  assert.deepEqual(messages.map((message) => message.seq), sent.map((_, index) => index + 1));
});
