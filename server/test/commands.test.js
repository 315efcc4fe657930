// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { main } from '../src/main.js';
import { run } from './support/process.js';
import { startTestServer, temporaryDirectory } from './support/server.js';

const PASSWORD = randomBytes(8).toString('hex');

/** Runs a command in this process, beside a server that may run in it. */
async function command(t, data, words, password = PASSWORD) {
  const [log, error] = ['log', 'error'].map((name) => t.mock.method(console, name, () => {}));
  const status = await main(['--data', data, ...words], { ENFILADE_PASSWORD: password });
  const lines = [log, error].map((mock) => mock.mock.calls.map((call) => call.arguments[0]));
  log.mock.restore();
  error.mock.restore();
  return { status, printed: lines[0], complaint: lines[1].join('\n') };
}

test('people are made and changed beside a server that runs', async (t) => {
  const server = await startTestServer(t);
  const run = (...words) => command(t, server.data, words);
  const signIn = (username, password = PASSWORD) => fetch(`${server.url}/auth/login`, {
    method: 'POST', body: JSON.stringify({ username, password }),
  });
  assert.equal((await run('user', 'add', 'Mira', '--admin')).status, 0);
  assert.deepEqual((await run('user', 'list')).printed, ['ada\tadmin', 'grace', 'Mira\tadmin', 'tomas']);
  assert.equal((await (await signIn('mira')).json()).user.isAdmin, true);
  await run('user', 'demote', 'mira');
  assert.equal((await (await signIn('mira')).json()).user.isAdmin, false);
  await run('user', 'promote', 'mira');
  assert.equal((await (await signIn('mira')).json()).user.isAdmin, true);
  await run('user', 'disable', 'mira');
  assert.deepEqual((await run('user', 'list')).printed[2], 'Mira\tadmin\tdisabled');
  assert.equal((await signIn('mira')).status, 401);
  await run('user', 'enable', 'mira');
  assert.equal((await signIn('mira')).status, 200);

  assert.equal((await command(t, server.data, ['user', 'password', 'mira'], 'battery staple')).status, 0);
  assert.equal((await signIn('mira')).status, 401);
  const { token } = await (await signIn('mira', 'battery staple')).json();
  assert.ok((await server.chat('ada', { token })).session, 'a token from right after the change is good');
});

test('a token and a room for scripts', async (t) => {
  const server = await startTestServer(t);
  const [token] = (await command(t, server.data, ['token', 'grace'])).printed;
  const { session, socket } = await server.chat('grace', { token });
  assert.equal(session.user.username, 'grace');
  assert.deepEqual((await command(t, server.data, ['room', 'add', 'Tea & cake'])).printed, ['tea-cake']);
  assert.equal((await socket.ask('room:join', 'tea-cake')).success, true);
});

test('a private room has somebody in it, who lets others in', async (t) => {
  const server = await startTestServer(t);
  const add = (...words) => command(t, server.data, ['room', 'add', 'Secret', '--private', ...words]);
  const alone = await add();
  assert.deepEqual([alone.status, alone.printed], [2, []]);
  assert.match(alone.complaint, /--for/);
  assert.match((await add('--for', 'nobody')).complaint, /nobody/);
  const [secret] = (await add('--for', 'Grace')).printed;
  const [grace, tomas] = [await server.chat('grace'), await server.chat('tomas')];
  assert.deepEqual(grace.session.joined, [secret]);
  assert.equal((await tomas.socket.ask('room:join', secret)).code, 'not_found');
  assert.equal((await grace.socket.ask('room:invite', secret, 'tomas')).success, true);
  assert.equal((await tomas.socket.ask('room:join', secret)).success, true);
  assert.deepEqual((await server.store.rooms.listFor(server.users.ada.id)).map((room) => room.name), ['General', 'Design']);
});

test('what cannot be done is said', async (t) => {
  const data = temporaryDirectory(t);
  const refused = async (words, reason, password) => {
    const { status, printed, complaint } = await command(t, data, words, password);
    assert.ok(status === 1 || status === 2, `${words}`);
    assert.deepEqual(printed, []);
    assert.match(complaint, reason);
    assert.ok(!complaint.includes('\n'), complaint);
  };
  await command(t, data, ['user', 'add', 'ada']);
  await refused(['user', 'add', 'Ada'], /already/);
  await refused(['user', 'add', 'two words'], /letters/);
  await refused(['user', 'add', 'x'.repeat(33)], /1 to 32/);
  await refused(['user', 'add', '.'], /letters/);
  await refused(['user', 'add', 'grace'], /8 characters/, 'short');
  await refused(['user', 'promote', 'nobody'], /nobody/);
  await command(t, data, ['room', 'add', 'General']);
  await refused(['room', 'add', 'general'], /already/);
  await refused(['room', 'add', ' '], /name/);
});

test('a password comes from standard input where the environment has none', async (t) => {
  const data = temporaryDirectory(t);
  const added = await run(['--data', data, 'user', 'add', 'ada'], { input: `${PASSWORD}\n` });
  assert.deepEqual([added.status, added.stderr], [0, '']);
  const refused = await run(['--data', data, 'user', 'add', 'grace']);
  assert.equal(refused.status, 2);
});
