// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { SignJWT, decodeJwt } from 'jose';
import { loadKey } from '../src/tokens.js';
import { PASSWORD, startTestServer } from './support/server.js';

const DAY_S = 24 * 3600;

function post(server, path, body, headers = {}) {
  return fetch(server.url + path, {
    method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

const login = (server, username, password) => post(server, '/auth/login', { username, password });

const refresh = (server, token) => post(server, '/auth/refresh', '', { Authorization: `Bearer ${token}` });

/** A token of the server's own key that says what the test wants. */
function forge(server, username, claims) {
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ username, sub: server.users[username].id, iat: now, exp: now + 60, auth_time: now, ...claims })
    .setProtectedHeader({ alg: 'HS256' }).sign(loadKey(server.data));
}

test('the server says what it is', async (t) => {
  const server = await startTestServer(t);
  const response = await fetch(`${server.url}/.well-known/enfilade.json`);
  assert.equal(response.status, 200);
  const { name, version, signIn, maxFileBytes } = await response.json();
  assert.deepEqual([name, signIn, maxFileBytes], ['Enfilade', ['password', 'token'], 0]);
  assert.match(version, /^\d+\.\d+\.\d+$/);
});

test('who gives the right password gets a token that opens /chat', async (t) => {
  const server = await startTestServer(t);
  const response = await login(server, 'Ada', PASSWORD);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('cache-control'), 'no-store');
  const { token, expiresAt, user } = await response.json();
  assert.deepEqual(user, { userId: server.users.ada.id, username: 'ada', isAdmin: true });
  assert.ok(Math.abs(expiresAt - Date.now() - 12 * 3600_000) < 60_000);
  assert.equal(decodeJwt(token).isAdmin, true);
  const { session } = await server.chat('ada', { token });
  assert.deepEqual(session.user, user);
});

test('a wrong password, an unknown name and a disabled person are told the same', async (t) => {
  const server = await startTestServer(t);
  await server.store.users.update(server.users.tomas.id, { isDisabled: true });
  for (const [name, password] of [['ada', 'wrong'], ['nobody', PASSWORD], ['tomas', PASSWORD]]) {
    const response = await login(server, name, password);
    assert.equal(response.status, 401, name);
    assert.deepEqual(await response.json(), { error: 'The name or the password is wrong.', code: 'unauthorized' });
  }
});

test('a request that is none is refused', async (t) => {
  const server = await startTestServer(t);
  const wrong = ['', 'no JSON', '[]', 'null', { username: 'ada' }, { username: 1, password: 2 }, { username: '', password: '' }];
  for (const body of wrong)
    assert.equal((await post(server, '/auth/login', body)).status, 400, JSON.stringify(body));
  assert.equal((await login(server, 'ada', 'x'.repeat(20_000))).status, 413);
  assert.equal((await fetch(`${server.url}/auth/login`)).status, 404);
  assert.equal((await fetch(`${server.url}/`)).status, 404);
  assert.equal((await login(server, 'ada', PASSWORD)).status, 200);
});

test('guessing is slowed down, signing in is not', async (t) => {
  const server = await startTestServer(t, { rateLimits: { signIn: { burst: 3, everyMs: 60_000 } } });
  for (let time = 0; time < 6; time++)
    assert.equal((await login(server, 'ada', PASSWORD)).status, 200);
  for (let time = 0; time < 3; time++)
    assert.equal((await login(server, 'ada', 'wrong')).status, 401);
  const response = await login(server, 'ada', PASSWORD);
  assert.equal(response.status, 429);
  const { code, retryAfterMs } = await response.json();
  assert.equal(code, 'rate_limited');
  assert.ok(retryAfterMs > 0 && retryAfterMs <= 60_000);
  assert.ok(Number(response.headers.get('retry-after')) > 0);
  assert.equal((await login(server, 'grace', PASSWORD)).status, 200);
});

test('a token is exchanged for a new one while it is good, and for a while after', async (t) => {
  const server = await startTestServer(t);
  const now = Math.floor(Date.now() / 1000);
  const fresh = await refresh(server, await server.token('grace'));
  assert.equal(fresh.status, 200);
  const { token, user } = await fresh.json();
  assert.equal(user.username, 'grace');
  assert.ok((await server.chat('grace', { token })).session);

  const times = { iat: now - 4 * DAY_S, exp: now - 3 * DAY_S, auth_time: now - 5 * DAY_S };
  const asleep = await forge(server, 'grace', times);
  const renewed = await refresh(server, asleep);
  assert.equal(renewed.status, 200);
  assert.equal(decodeJwt((await renewed.json()).token).auth_time, now - 5 * DAY_S);
});

test('a token is not exchanged for ever', async (t) => {
  const server = await startTestServer(t);
  const now = Math.floor(Date.now() / 1000);
  const refused = {
    'too long ago': await forge(server, 'grace', { iat: now - 9 * DAY_S, exp: now - 8 * DAY_S }),
    'password too long ago': await forge(server, 'grace', { auth_time: now - 31 * DAY_S }),
    'no password ever': await forge(server, 'grace', { auth_time: undefined }),
    'of another server': await new SignJWT({ sub: server.users.grace.id }).setProtectedHeader({ alg: 'HS256' })
      .setIssuedAt().setExpirationTime('1h').sign(new Uint8Array(32)),
    'unsigned': `${(await server.token('grace')).split('.').slice(0, 2).join('.')}.`,
    'nonsense': 'nonsense',
  };
  for (const [reason, token] of Object.entries(refused)) {
    const response = await refresh(server, token);
    assert.equal(response.status, 401, reason);
    assert.equal((await response.json()).code, 'unauthorized');
  }
  assert.equal((await post(server, '/auth/refresh', '')).status, 401);

  const token = await server.token('grace');
  await server.store.users.update(server.users.grace.id, { isDisabled: true });
  assert.equal((await refresh(server, token)).status, 401);
});

test('tokens from before a change of the password are void', async (t) => {
  const server = await startTestServer(t);
  const now = Math.floor(Date.now() / 1000);
  const old = await forge(server, 'grace', { iat: now - 10 });
  await server.store.users.update(server.users.grace.id, { tokensValidFrom: now * 1000 });
  assert.equal((await refresh(server, old)).status, 401);
  assert.equal((await refresh(server, await forge(server, 'grace', { iat: now }))).status, 200);
});

test('only the origins that were named may ask from a browser', async (t) => {
  const server = await startTestServer(t, { corsOrigin: ['https://chat.example'] });
  const ask = (origin) => fetch(`${server.url}/.well-known/enfilade.json`, { headers: { Origin: origin } });
  assert.equal((await ask('https://chat.example')).headers.get('access-control-allow-origin'), 'https://chat.example');
  assert.equal((await ask('https://evil.example')).headers.get('access-control-allow-origin'), null);
  const headers = { Origin: 'https://chat.example' };
  const preflight = await fetch(`${server.url}/auth/login`, { method: 'OPTIONS', headers });
  assert.equal(preflight.status, 204);
});

test('a star lets all origins ask, about signing in and on the socket', async (t) => {
  for (const [corsOrigin, origin, isAllowed] of [
    [['*'], 'https://any.example', true],
    [['https://chat.example', '*'], 'https://any.example', true],
    [['https://chat.example'], 'https://chat.example', true],
    [['https://chat.example'], 'https://any.example', false],
  ]) {
    const server = await startTestServer(t, { corsOrigin });
    for (const path of ['/.well-known/enfilade.json', '/socket.io/?EIO=4&transport=polling']) {
      const response = await fetch(server.url + path, { headers: { Origin: origin } });
      const allowed = response.headers.get('access-control-allow-origin');
      assert.equal(allowed === '*' || allowed === origin, isAllowed, `${corsOrigin} ${path}: ${allowed}`);
    }
  }
});

test('behind a proxy that is trusted the failures of one address are not those of another', async (t) => {
  const rateLimits = { signInFromAddress: { burst: 2, everyMs: 3_600_000 } };
  const statuses = async (trustProxy) => {
    const server = await startTestServer(t, { trustProxy, rateLimits });
    const found = [];
    for (const [password, forwarded] of [
      ['wrong', '203.0.113.7'],
      ['wrong', '198.51.100.1, 203.0.113.7'],
      [PASSWORD, '198.51.100.1, 203.0.113.7'],
      [PASSWORD, '198.51.100.1'],
      [PASSWORD, '203.0.113.7, 2001:db8::1'],
    ]) {
      const response = await post(server, '/auth/login', { username: 'ada', password }, { 'X-Forwarded-For': forwarded });
      found.push(response.status);
    }
    return found;
  };
  assert.deepEqual(await statuses(true), [401, 401, 429, 200, 200]);
  assert.deepEqual(await statuses(false), [401, 401, 429, 429, 429], 'who is not behind one cannot claim an address');
});

test('what a trusted proxy says that is no address counts as coming from the proxy', async (t) => {
  const rateLimits = { signInFromAddress: { burst: 1, everyMs: 3_600_000 } };
  const server = await startTestServer(t, { trustProxy: true, rateLimits });
  const signIn = async (password, headers) => (await post(server, '/auth/login', { username: 'ada', password }, headers)).status;
  assert.equal(await signIn('wrong', { 'X-Forwarded-For': 'unknown' }), 401);
  assert.equal(await signIn(PASSWORD, { 'X-Forwarded-For': '' }), 429);
  assert.equal(await signIn(PASSWORD, {}), 429);
});
