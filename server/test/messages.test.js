// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import { startTestServer } from './support/server.js';

test('a message reaches all in the room, its sender included, and is acknowledged', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace, tomas] = [await server.chat('ada'), await server.chat('grace'), await server.chat('tomas')];
  await ada.socket.ask('room:join', 'general');
  await grace.socket.ask('room:join', 'general');
  const echo = ada.socket.next('message');
  const arrival = grace.socket.next('message');
  const clientId = randomUUID();
  const answer = await ada.socket.ask('send', 'Good morning', 'general', { clientId });
  assert.equal(answer.success, true);
  const { id, timestamp, ...rest } = answer.message;
  assert.deepEqual(rest, {
    content: 'Good morning', senderId: ada.userId, senderName: 'ada', roomId: 'general', seq: 1, clientId,
  });
  assert.ok(Math.abs(Date.now() - timestamp) < 60_000);
  assert.deepEqual((await echo)[0], answer.message);
  assert.deepEqual((await arrival)[0], answer.message);
  await tomas.socket.ask('room:list');
  assert.deepEqual(tomas.socket.all('message'), []);
});

test('a message that is sent again is stored and shown once', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  const clientId = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => socket.ask('send', 'Once', 'general', { clientId })));
  answers.push(await socket.ask('send', 'Once', 'general', { clientId }));
  assert.equal(new Set(answers.map((answer) => answer.message.id)).size, 1);
  const { messages } = await socket.ask('room:history', { roomId: 'general' });
  assert.equal(messages.length, 1);
  assert.equal(socket.all('message').length, 1);
});

test('the clientId of another sender is no repeat', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  const clientId = randomUUID();
  for (const { socket } of [ada, grace]) {
    await socket.ask('room:join', 'general');
    assert.equal((await socket.ask('send', 'Mine', 'general', { clientId })).success, true);
  }
  assert.equal((await ada.socket.ask('room:history', { roomId: 'general' })).messages.length, 2);
});

test('messages of one sender keep their order', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  const contents = Array.from({ length: 50 }, (_, index) => `message ${index}`);
  await Promise.all(contents.map((content) => socket.ask('send', content, 'general', { clientId: randomUUID() })));
  const { messages } = await socket.ask('room:history', { roomId: 'general', limit: 100 });
  assert.deepEqual(messages.map((message) => message.content), contents);
  assert.deepEqual(messages.map((message) => message.seq), contents.map((_, index) => index + 1));
  assert.deepEqual(socket.all('message').map(([message]) => message.content), contents);
});

test('only members write, and only what fits', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  assert.equal((await socket.ask('send', 'Hello?', 'general')).code, 'forbidden');
  await socket.ask('room:join', 'general');
  assert.equal((await socket.ask('send', ' \n', 'general')).code, 'invalid');
  assert.equal((await socket.ask('send', 'x'.repeat(4001), 'general')).code, 'too_large');
  assert.equal((await socket.ask('send', '👋'.repeat(4001), 'general')).code, 'too_large');
  assert.equal((await socket.ask('send', '👋'.repeat(4000), 'general')).success, true);
  assert.equal((await socket.ask('room:message', { roomId: 'general', content: 'The older form' })).success, true);
  assert.equal((await socket.ask('room:history', { roomId: 'general' })).messages.length, 2);
});

test('half a surrogate pair is stored as it is shown', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  const { message } = await socket.ask('send', 'broken \ud83d here', 'general');
  assert.equal(message.content, 'broken \ufffd here');
  const { messages } = await socket.ask('room:history', { roomId: 'general' });
  assert.equal(messages[0].content, message.content);
});

test('who answers and who is named is told, once each', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  const notifications = grace.client.socket('/notifications');
  await notifications.opened();
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');

  const mention = notifications.next('notification');
  const { message } = await ada.socket.ask('send', 'Over to you, @Grace. Not grace@example.org, @nobody.', 'general');
  assert.deepEqual(message.mentions, [grace.userId]);
  const [{ kind, roomId, messageId, read }] = await mention;
  assert.deepEqual([kind, roomId, messageId, read], ['mention', 'general', message.id, false]);

  const { message: question } = await grace.socket.ask('send', 'What time?', 'general');
  const reply = notifications.next('notification');
  const options = { clientId: randomUUID(), replyTo: question.id };
  const answer = await ada.socket.ask('send', '@grace at noon', 'general', options);
  assert.equal(answer.message.replyTo, question.id);
  assert.equal((await reply)[0].kind, 'reply');
  await grace.socket.ask('room:list');
  assert.equal(notifications.all('notification').length, 2);
});

test('an answer is to a message of the same room', async (t) => {
  const server = await startTestServer(t);
  const { socket } = await server.chat('ada');
  await socket.ask('room:join', 'general');
  await socket.ask('room:join', 'design');
  const { message } = await socket.ask('send', 'Here', 'general');
  const answer = await socket.ask('send', 'There', 'design', { clientId: randomUUID(), replyTo: message.id });
  assert.deepEqual([answer.success, answer.code], [false, 'invalid']);
});

test('typing is told to the others in the room, and not too often', async (t) => {
  const server = await startTestServer(t);
  const [ada, grace] = [await server.chat('ada'), await server.chat('grace')];
  for (const { socket } of [ada, grace])
    await socket.ask('room:join', 'general');
  const typing = grace.socket.next('typing');
  ada.socket.emit('typing', 'general');
  assert.deepEqual((await typing)[0], { userId: ada.userId, username: 'ada', roomId: 'general' });
  ada.socket.emit('typing', 'general');
  ada.socket.emit('typing', 'design');
  const [message] = await Promise.all([grace.socket.next('message'), ada.socket.ask('send', 'Done', 'general')]);
  assert.equal(message[0].content, 'Done');
  assert.equal(grace.socket.all('typing').length, 1);
  assert.deepEqual(ada.socket.all('typing'), []);
});
