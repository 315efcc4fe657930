// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

const COUNT = 25;

async function startWithMessages(t) {
  const server = await startTestServer(t);
  const { socket, userId } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  for (let index = 1; index <= COUNT; index++)
    await server.store.messages.add({ roomId: 'general', senderId: userId, content: `${index}` });
  /** @returns what a window shows: the first number, the last one, and whether there is more in either direction */
  const look = async (window) => {
    const answer = await socket.ask('room:history', { roomId: 'general', ...window });
    assert.equal(answer.success, true, JSON.stringify(window));
    const numbers = answer.messages.map((message) => message.seq);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.deepEqual(answer.messages.map((message) => message.content), numbers.map(String));
    return [numbers[0], numbers.at(-1), answer.hasMore, answer.hasMoreBefore, answer.hasMoreAfter];
  };
  return { server, socket, look };
}

test('each window of the history is in order and knows whether there is more', async (t) => {
  const { look } = await startWithMessages(t);
  assert.deepEqual(await look({ limit: 10 }), [16, 25, true, true, false]);
  assert.deepEqual(await look({ limit: 100 }), [1, 25, false, false, false]);
  assert.deepEqual(await look({}), [1, 25, false, false, false]);
  assert.deepEqual(await look({ limit: 10, before: 16 }), [6, 15, true, true, true]);
  assert.deepEqual(await look({ limit: 10, before: 6 }), [1, 5, false, false, true]);
  assert.deepEqual(await look({ limit: 10, after: 12 }), [13, 22, true, true, true]);
  assert.deepEqual(await look({ limit: 10, after: 0 }), [1, 10, true, false, true]);
  assert.deepEqual(await look({ limit: 10, after: 20 }), [21, 25, false, true, false]);
  assert.deepEqual(await look({ limit: 10, around: 12 }), [7, 16, true, true, true]);
  assert.deepEqual(await look({ limit: 10, around: 2 }), [1, 6, true, false, true]);
  assert.deepEqual(await look({ limit: 10, around: 1000 }), [21, 25, true, true, false]);
});

test('a window beside all messages is empty and still says where they are', async (t) => {
  const { look } = await startWithMessages(t);
  assert.deepEqual(await look({ before: 1 }), [undefined, undefined, false, false, true]);
  assert.deepEqual(await look({ after: 25 }), [undefined, undefined, false, true, false]);
  assert.deepEqual(await look({ after: 1000 }), [undefined, undefined, false, true, false]);
});

test('an empty room has an empty history', async (t) => {
  const { socket } = await startWithMessages(t);
  await socket.ask('room:join', 'design');
  const { messages, hasMore } = await socket.ask('room:history', { roomId: 'design', limit: 10 });
  assert.deepEqual([messages, hasMore], [[], false]);
});

test('a gap is closed window by window', async (t) => {
  const { socket } = await startWithMessages(t);
  const seen = [];
  for (let after = 3, hasMore = true; hasMore; after = seen.at(-1)) {
    const answer = await socket.ask('room:history', { roomId: 'general', after, limit: 7 });
    seen.push(...answer.messages.map((message) => message.seq));
    hasMore = answer.hasMore;
  }
  assert.deepEqual(seen, Array.from({ length: COUNT - 3 }, (_, index) => index + 4));
});

test('the history is for members, and at most a hundred at once', async (t) => {
  const { server, socket } = await startWithMessages(t);
  const grace = await server.chat('grace');
  assert.equal((await grace.socket.ask('room:history', { roomId: 'general' })).code, 'forbidden');
  const wrong = [{ limit: 101 }, { limit: 0 }, { limit: 1.5 }, { before: 1, after: 2 }, { before: -1 }, { around: '3' }];
  for (const window of wrong) {
    const { code } = await socket.ask('room:history', { roomId: 'general', ...window });
    assert.equal(code, 'invalid', JSON.stringify(window));
  }
});
