// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { RateLimits } from '../src/rate-limits.js';
import { startTestServer } from './support/server.js';

const ONE_AN_HOUR = { burst: 1, everyMs: 3_600_000 };

test('a bucket is emptied, says how long to wait, and fills again', async () => {
  const limits = new RateLimits({ message: { burst: 2, everyMs: 20 } });
  limits.take('message', 'ada');
  limits.take('message', 'ada');
  assert.throws(() => limits.take('message', 'ada'), (error) => {
    assert.equal(error.code, 'rate_limited');
    assert.ok(error.details.retryAfterMs > 0 && error.details.retryAfterMs <= 20);
    return true;
  });
  limits.take('message', 'grace');
  while (!limits.allows('message', 'ada'))
    await new Promise((resolve) => setTimeout(resolve, 5));
});

test('buckets that are full again are forgotten without harm', () => {
  const limits = new RateLimits({ message: { burst: 1, everyMs: 1e-6 }, join: ONE_AN_HOUR });
  limits.take('join', 'ada');
  for (let index = 0; index < 5000; index++)
    limits.take('message', `somebody ${index}`);
  assert.equal(limits.allows('join', 'ada'), false);
});

test('connecting has its limit, for each person and namespace, and says how long to wait', async (t) => {
  const server = await startTestServer(t, { rateLimits: { connect: ONE_AN_HOUR } });
  await server.store.users.update(server.users.grace.id, { isAdmin: true });
  for (const namespace of ['/chat', '/notifications', '/admin']) {
    await (await server.client('ada')).socket(namespace).opened();
    const again = (await server.client('ada')).socket(namespace);
    await assert.rejects(again.opened(), (error) => {
      assert.equal(error.data.code, 'rate_limited', namespace);
      assert.ok(error.data.retryAfterMs > 0);
      return true;
    });
    await (await server.client('grace')).socket(namespace).opened();
  }
});

test('who connects over and over on one connection is slowed down, who was offline a while is not', async (t) => {
  const server = await startTestServer(t);
  const { token } = (await server.client('grace')).auth;
  const client = await server.client('grace', { token });
  const socket = client.socket('/chat');
  let refused = 0;
  for (let time = 1; refused === 0 && time <= 1000; time++) {
    await socket.opened().catch((error) => {
      assert.equal(error.data.code, 'rate_limited');
      assert.ok(time > 100, `${time}`);
      refused = time;
    });
    socket.disconnect();
  }
  assert.ok(refused > 0);
});

for (const [kind, event, args] of [
  ['message', 'send', ['Hello', 'general']],
  ['join', 'room:join', ['design']],
  ['create', 'room:create', [{ name: 'Anything' }]],
  ['ask', 'room:list', []],
  ['search', 'search', [{ query: 'anything' }]],
]) {
  test(`${event} has its limit, for each person`, async (t) => {
    const server = await startTestServer(t, { rateLimits: { [kind]: ONE_AN_HOUR } });
    const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
    for (const { userId } of [ada, grace])
      await server.store.rooms.join(userId, 'general');
    assert.equal((await ada.socket.ask(event, ...args)).success, true);
    const again = await ada.socket.ask(event, ...args);
    assert.deepEqual([again.success, again.code, typeof again.error], [false, 'rate_limited', 'string']);
    assert.ok(again.retryAfterMs > 0);
    assert.notEqual((await grace.socket.ask(event, ...args)).code, 'rate_limited');
  });
}
