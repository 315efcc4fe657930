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
