// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import test from 'node:test';
import { Client } from './support/client.js';
import { run, startProcess } from './support/process.js';
import { temporaryDirectory } from './support/server.js';

const PASSWORD = { ENFILADE_PASSWORD: 'correct horse' };

test('one line on standard output says where the server listens', async (t) => {
  const data = temporaryDirectory(t);
  const server = await startProcess(t, ['--data', data]);
  assert.match(server.url, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.equal((await fetch(`${server.url}/.well-known/enfilade.json`)).status, 200);
  const { status, stdout } = await server.stop('SIGTERM');
  assert.equal(status, 0);
  assert.equal(stdout, `Enfilade server listening on ${server.url}\n`);
});

test('a server without people says how to make the first admin', async (t) => {
  const data = temporaryDirectory(t);
  const server = await startProcess(t, ['--data', data]);
  const { stderr } = await server.stop('SIGINT');
  assert.match(stderr, /user add NAME --admin/);
});

for (const transports of [['websocket'], ['polling']]) {
  test(`SIGTERM ends the server while clients are there (${transports})`, async (t) => {
    const data = temporaryDirectory(t);
    await run(['--data', data, 'user', 'add', 'ada'], { environment: PASSWORD });
    const { stdout: token } = await run(['--data', data, 'token', 'ada']);
    const server = await startProcess(t, ['--data', data]);
    const client = new Client(server.url, { token: token.trim(), transports });
    const socket = client.socket('/chat');
    await socket.opened();
    await socket.ask('room:create', { name: 'General' });
    const gone = socket.next('disconnect');
    const { status, stderr } = await server.stop('SIGTERM');
    await gone;
    client.close();
    assert.equal(status, 0, stderr);
    assert.ok(!/error/.test(stderr), stderr);
    assert.deepEqual(readdirSync(data).sort(), ['enfilade.sqlite', 'token-key'], 'the database was closed');
  });
}

test('what is secret is its owner’s only', async (t) => {
  const data = join(temporaryDirectory(t), 'made', 'here');
  const server = await startProcess(t, ['--data', data, '--demo']);
  assert.equal(statSync(data).mode & 0o777, 0o700);
  for (const file of readdirSync(data))
    assert.equal(statSync(join(data, file)).mode & 0o077, 0, file);
  const { mira } = JSON.parse(readFileSync(join(data, 'demo-passwords.json'), 'utf8'));
  const response = await fetch(`${server.url}/auth/login`, {
    method: 'POST', body: JSON.stringify({ username: 'mira', password: mira }),
  });
  assert.equal((await response.json()).user.isAdmin, true);
  assert.ok(!server.output.stderr.includes(mira));
});

test('a port that is taken is said in one line', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address();
  const { status, stdout, stderr } = await run(['--data', temporaryDirectory(t), '--port', String(port)], {
    environment: { ENFILADE_LOG_LEVEL: 'error' },
  });
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.equal(stderr, `enfilade-server: Port ${port} on 127.0.0.1 is taken. Choose another one with --port.\n`);
});

test('a command line that cannot be followed is said in one line', async (t) => {
  const data = temporaryDirectory(t);
  for (const args of [['--port', 'many'], ['dance'], ['token', 'nobody']]) {
    const { status, stdout, stderr } = await run(['--data', data, ...args]);
    assert.equal(status, 2, `${args}`);
    assert.equal(stdout, '');
    assert.match(stderr, /^enfilade-server: .+\n$/, `${args}`);
  }
  const { status, stderr } = await run(['--data', '/dev/null/nowhere']);
  assert.equal(status, 1);
  assert.match(stderr, /^enfilade-server: .+\n$/);
});

test('help and version', async () => {
  const { status, stdout } = await run(['--help']);
  assert.equal(status, 0);
  for (const word of ['--host', '--port', '--demo', '--plain', '--data', 'ENFILADE_LOG_LEVEL', 'user add'])
    assert.ok(stdout.includes(word), word);
  assert.match((await run(['--version'])).stdout, /^\d+\.\d+\.\d+\n$/);
});

test('options come from the environment, too, and the command line wins', async (t) => {
  const data = temporaryDirectory(t);
  const environment = { ENFILADE_DATA: data, ENFILADE_PLAIN: 'yes', ENFILADE_HOST: '127.0.0.2' };
  const server = await startProcess(t, ['--host', '127.0.0.1'], { environment });
  assert.match(server.url, /127\.0\.0\.1/);
  assert.equal((await fetch(`${server.url}/.well-known/enfilade.json`)).status, 404);
  assert.ok(readdirSync(data).includes('token-key'));
});
