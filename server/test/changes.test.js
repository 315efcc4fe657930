// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import test from 'node:test';
import { startTestServer } from './support/server.js';

async function startWithMessage(t) {
  const server = await startTestServer(t);
  const [ada, grace, tomas] = [await server.chat('ada'), await server.chat('grace'), await server.chat('tomas')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  const { message } = await grace.socket.ask('send', 'Helo @ada', 'general');
  return { server, ada, grace, tomas, message };
}

test('who wrote a message can change it', async (t) => {
  const { ada, grace, message } = await startWithMessage(t);
  const changed = ada.socket.next('message:changed');
  const answer = await grace.socket.ask('message:edit', { id: message.id, content: 'Hello' });
  assert.equal(answer.success, true);
  const { editedAt, ...rest } = answer.message;
  const { mentions, ...unchanged } = message;
  assert.deepEqual(mentions, [ada.userId]);
  assert.deepEqual(rest, { ...unchanged, content: 'Hello' });
  assert.ok(editedAt >= message.timestamp);
  assert.deepEqual((await changed)[0], answer.message);
  const { messages } = await ada.socket.ask('room:history', { roomId: 'general' });
  assert.deepEqual(messages, [answer.message]);
});

test('who wrote a message, or an admin, can delete it', async (t) => {
  const { ada, grace, message } = await startWithMessage(t);
  const { message: another } = await grace.socket.ask('send', 'And this', 'general');
  for (const [{ socket }, { id, seq }] of [[grace, message], [ada, another]]) {
    const changed = grace.socket.next('message:changed');
    const answer = await socket.ask('message:delete', { id });
    const { seq: place, content, deleted } = answer.message;
    assert.deepEqual([answer.success, place, content, deleted], [true, seq, '', true]);
    assert.deepEqual((await changed)[0], answer.message);
    assert.equal((await socket.ask('message:delete', { id })).code, 'not_found');
    assert.equal((await grace.socket.ask('message:edit', { id, content: 'Back?' })).code, 'not_found');
  }
  const { messages } = await ada.socket.ask('room:history', { roomId: 'general' });
  assert.deepEqual(messages.map((each) => [each.seq, each.content, each.deleted]), [[1, '', true], [2, '', true]]);
});

test('what was deleted comes back by no change that was asked for at the same time', async (t) => {
  const { server, ada, grace, message: { id } } = await startWithMessage(t);
  const [removed, edited] = await Promise.all([
    grace.socket.ask('message:delete', { id }),
    grace.socket.ask('message:edit', { id, content: 'Back?' }),
  ]);
  assert.equal(removed.success, true);
  assert.equal(edited.code, 'not_found');
  const { content, deleted, editedAt } = await server.store.messages.byId(id);
  assert.deepEqual([content, deleted, editedAt], ['', true, undefined]);
  assert.deepEqual((await ada.socket.ask('search', { query: 'back' })).messages, []);
});

test('who is not in the room finds no message in it, admin or not', async (t) => {
  const { server, ada, grace, message: { id, content } } = await startWithMessage(t);
  for (const { socket } of [ada, grace])
    await socket.ask('room:leave', 'general');
  assert.equal((await ada.socket.ask('message:delete', { id })).code, 'not_found');
  assert.equal((await grace.socket.ask('message:delete', { id })).code, 'not_found');
  assert.equal((await grace.socket.ask('message:edit', { id, content: 'From afar' })).code, 'not_found');
  assert.equal((await server.store.messages.byId(id)).content, content);
});

test('nobody else can', async (t) => {
  const { server, ada, grace, tomas, message } = await startWithMessage(t);
  const { id } = message;
  assert.equal((await ada.socket.ask('message:edit', { id, content: 'Mine' })).code, 'forbidden');
  assert.equal((await tomas.socket.ask('message:edit', { id, content: 'Mine' })).code, 'not_found');
  await tomas.socket.ask('room:join', 'general');
  assert.equal((await tomas.socket.ask('message:delete', { id })).code, 'forbidden');
  assert.equal((await grace.socket.ask('message:edit', { id, content: 'x'.repeat(5000) })).code, 'too_large');
  assert.equal((await grace.socket.ask('message:edit', { id: 'nothing', content: 'x' })).code, 'not_found');
  assert.equal((await server.store.messages.byId(id)).content, message.content);
});
