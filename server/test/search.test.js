// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import test from 'node:test';
import Database from 'better-sqlite3';
import { databasePath, openStore } from '../src/store/store.js';
import { startTestServer, temporaryDirectory } from './support/server.js';

const NOON = 1_700_000_000_000;

async function startWithMessages(t, contents, options) {
  const server = await startTestServer(t, options);
  const ada = await server.chat('ada');
  await ada.socket.ask('room:join', 'general');
  const add = (content, more = {}) =>
    server.store.messages.add({ roomId: 'general', senderId: ada.userId, content, ...more });
  for (const [index, content] of contents.entries())
    await add(content, { timestamp: NOON + index });
  /** What is found, or why not. */
  const search = async (query, more = {}, { socket } = ada) => {
    const answer = await socket.ask('search', { query, ...more });
    return answer.success ? answer.messages.map((message) => message.content) : answer.code;
  };
  return { server, ada, add, search };
}

test('the feature is named, and a message is found as it is in the history', async (t) => {
  const { ada, search } = await startWithMessages(t, ['The kettle is on']);
  assert.ok(ada.session.features.includes('search'));
  const { message } = await ada.socket.ask('send', 'Who takes tea, @ada?', 'general', { clientId: randomUUID() });
  const answer = await ada.socket.ask('search', { query: 'tea', limit: 10 });
  assert.deepEqual(answer, { success: true, messages: [message], hasMore: false });
  assert.deepEqual(message.mentions, [ada.userId]);
  assert.deepEqual(await search('nothing'), []);
});

test('all words have to match, the last one as far as it is written', async (t) => {
  const { search } = await startWithMessages(t, ['the release is planned', 'a plan for the release', 'planning']);
  assert.deepEqual(await search('release plan'), ['a plan for the release', 'the release is planned']);
  assert.deepEqual(await search('plan'), ['planning', 'a plan for the release', 'the release is planned']);
  assert.deepEqual(await search('p'), ['planning', 'a plan for the release', 'the release is planned']);
  assert.deepEqual(await search('plan the'), ['a plan for the release']);
  assert.deepEqual(await search('release nothing'), []);
  assert.deepEqual(await search('lease'), []);
});

test('case and accents make no difference', async (t) => {
  const { search } = await startWithMessages(t,
    ['Ein CAFÉ in der Straße', 'cafe\u0301 crème', 'Ο ΟΔΟΣ', 'ЁЛКА', 'İstanbul', 'ﬁsh １２３', 'Việt Nam', 'שָׁלוֹם']);
  for (const query of ['cafe', 'CAFÉ', 'cafe\u0301', 'Café'])
    assert.deepEqual(await search(query), ['cafe\u0301 crème', 'Ein CAFÉ in der Straße'], query);
  for (const [query, found] of [['STRASSE', 'Ein CAFÉ in der Straße'], ['οδός', 'Ο ΟΔΟΣ'], ['οδοσ', 'Ο ΟΔΟΣ'], ['елка', 'ЁЛКА'],
    ['istanbul', 'İstanbul'], ['fish 123', 'ﬁsh １２３'], ['viet nam', 'Việt Nam'], ['שלום', 'שָׁלוֹם']])
    assert.deepEqual(await search(query), [found], query);
});

test('words are found in scripts that put no spaces between them', async (t) => {
  const { search } = await startWithMessages(t,
    ['我们明天在图书馆见面', '明日は図書館で会いましょう', '도서관에서 만나요', 'พบกันที่ห้องสมุด', 'ガラス', 'カラス', 'GTK4を使う']);
  for (const [query, found] of [['图书馆', ['我们明天在图书馆见面']], ['馆图', []], ['明天 见面', ['我们明天在图书馆见面']],
    ['図書館', ['明日は図書館で会いましょう']], ['会い', ['明日は図書館で会いましょう']], ['도서관', ['도서관에서 만나요']],
    ['서관', ['도서관에서 만나요']], ['ห้องสมุด', ['พบกันที่ห้องสมุด']], ['ガラス', ['ガラス']], ['gtk4', ['GTK4を使う']],
    ['使う', ['GTK4を使う']], ['明', ['明日は図書館で会いましょう', '我们明天在图书馆见面']]])
    assert.deepEqual(await search(query), found, query);
});

test('what stands together in a query stands together in what is found', async (t) => {
  const { search } = await startWithMessages(t, ['see example.org/a-page', 'a page of an example', "it's done"]);
  assert.deepEqual(await search('example.org'), ['see example.org/a-page']);
  assert.deepEqual(await search('a-page'), ['a page of an example', 'see example.org/a-page']);
  assert.deepEqual(await search("it's"), ["it's done"]);
});

test('nothing in a query is an operator', async (t) => {
  const { server, search } = await startWithMessages(t, ['this and that or near', '"quoted" words: room']);
  assert.deepEqual(await search('AND'), ['this and that or near']);
  assert.deepEqual(await search('this OR nothing'), []);
  assert.deepEqual(await search('NEAR(this that)'), []);
  assert.deepEqual(await search('"quoted" room'), ['"quoted" words: room']);
  for (const query of ['"', '*', '" OR "', 'words : x', '^this -that', ')', "'; drop table messages; --", '🎉', '!?', '\ud800'])
    assert.ok(Array.isArray(await search(query)), query);
  assert.deepEqual(await search('!?'), []);
  assert.deepEqual(server.logged.filter((line) => line.includes(' error: ')), []);
});

test('only what was said in rooms that one is in is found', async (t) => {
  const { server, add, search } = await startWithMessages(t, ['a secret']);
  const grace = await server.chat('grace');
  assert.deepEqual(await search('secret', {}, grace), []);
  assert.equal(await search('secret', { roomId: 'general' }, grace), 'forbidden');
  assert.equal(await search('secret', { roomId: 'nowhere' }, grace), 'not_found');
  const { room } = await grace.socket.ask('room:create', { name: 'Mine', isPrivate: true });
  await add('a secret of mine', { roomId: room.id, senderId: grace.userId });
  assert.deepEqual(await search('secret', {}, grace), ['a secret of mine']);
  assert.deepEqual(await search('secret'), ['a secret']);
  assert.equal(await search('secret', { roomId: room.id }), 'not_found');
  await grace.socket.ask('room:join', 'general');
  assert.deepEqual(await search('secret', {}, grace), ['a secret of mine', 'a secret']);
  assert.deepEqual(await search('secret', { roomId: 'general' }, grace), ['a secret']);
  await grace.socket.ask('room:leave', 'general');
  assert.deepEqual(await search('secret', {}, grace), ['a secret of mine']);
});

test('one person’s words are found when they are asked for', async (t) => {
  const { server, ada, add, search } = await startWithMessages(t, ['from ada']);
  const grace = await server.chat('grace');
  await grace.socket.ask('room:join', 'general');
  await add('from grace', { senderId: grace.userId });
  assert.deepEqual(await search('from', { senderId: ada.userId }), ['from ada']);
  assert.deepEqual(await search('from', { senderId: grace.userId }), ['from grace']);
  assert.deepEqual(await search('from', { senderId: 'nobody' }), []);
});

test('the index follows edits, and what was deleted is never found', async (t) => {
  const { ada, search } = await startWithMessages(t, []);
  const { message } = await ada.socket.ask('send', 'before', 'general');
  assert.deepEqual(await search('before'), ['before']);
  await ada.socket.ask('message:edit', { id: message.id, content: 'afterwards' });
  assert.deepEqual(await search('before'), []);
  assert.deepEqual(await search('after'), ['afterwards']);
  await ada.socket.ask('message:delete', { id: message.id });
  assert.deepEqual(await search('after'), []);
});

test('page by page everything is found once, also what was said in the same millisecond', async (t) => {
  const { ada, add } = await startWithMessages(t, []);
  const times = [1, 2, 2, 3, 5, 5, 5, 5, 5, 5, 5, 8, 9, 9, 9];
  for (const [index, time] of [...times.entries()].reverse())
    await add(`page ${index}`, { timestamp: NOON + time });
  const seen = [];
  const sizes = [];
  for (let before, hasMore = true; hasMore; before = seen.at(-1).timestamp) {
    const answer = await ada.socket.ask('search', { query: 'page', limit: 3, before });
    assert.equal(answer.success, true);
    seen.push(...answer.messages);
    sizes.push(answer.messages.length);
    hasMore = answer.hasMore;
  }
  assert.deepEqual(seen.map((message) => message.timestamp - NOON), [...times].reverse());
  assert.equal(new Set(seen.map((message) => message.id)).size, times.length);
  assert.deepEqual(sizes, [3, 8, 3, 1]);
});

test('more messages than a millisecond has numbers for are found, too', async (t) => {
  const { server, ada } = await startWithMessages(t, []);
  const db = new Database(databasePath(server.data));
  t.after(() => db.close());
  const { messageId } = await server.store.messages.add({
    roomId: 'general', senderId: ada.userId, content: 'crowded', timestamp: NOON,
  }).then(({ message }) => ({ messageId: message.id }));
  const { document } = db.prepare('select document from message_documents where message_id = ?').get(messageId);
  db.transaction(() => {
    db.pragma('defer_foreign_keys = ON');
    const fill = db.prepare('insert into message_documents (document, message_id) values (?, ?)');
    const source = db.prepare(`insert into messages (id, room_id, seq, sender_id, content, timestamp)
      values (?, 'general', ?, ?, '', ?)`);
    for (let index = 1; index < 2048; index++) {
      source.run(`filler ${index}`, 1000 + index, ada.userId, NOON);
      fill.run(document + index, `filler ${index}`);
    }
  })();
  await server.store.messages.add({ roomId: 'general', senderId: ada.userId, content: 'crowded out', timestamp: NOON });
  const { messages } = await ada.socket.ask('search', { query: 'crowded' });
  assert.deepEqual(messages.map((message) => message.content), ['crowded out', 'crowded']);
});

test('a person in very many rooms finds', async (t) => {
  const { server, ada, add, search } = await startWithMessages(t, ['needle']);
  for (let index = 0; index < 300; index++) {
    const { id } = await server.store.rooms.create({ name: `Room ${index}`, createdBy: ada.userId });
    await add(index === 299 ? 'needle' : 'hay', { roomId: id });
  }
  assert.deepEqual(await search('needle'), ['needle', 'needle']);
});

test('what was said before there was an index is found, and the old database is otherwise as it was', async (t) => {
  const data = temporaryDirectory(t);
  const before = await openStore(data);
  const user = await before.users.add({ username: 'ada', passwordHash: 'none' });
  const room = await before.rooms.create({ name: 'General', createdBy: user.id });
  await before.close();

  const db = new Database(databasePath(data));
  db.exec(`drop table message_words; drop table message_documents;
    delete from kysely_migration where name >= '002-search'`);
  const insert = db.prepare(`insert into messages (id, room_id, seq, sender_id, content, timestamp, deleted_at)
    values (?, ?, ?, ?, ?, ?, ?)`);
  db.transaction(() => {
    for (let index = 0; index < 1300; index++) {
      const isDeleted = index === 7;
      insert.run(`m${index}`, room.id, index + 1, user.id, isDeleted ? '' : `number ${index}`, NOON + index, isDeleted ? 1 : null);
    }
    // More than a millisecond has numbers for.
    for (let index = 0; index < 3000; index++)
      insert.run(`c${index}`, room.id, 2000 + index, user.id, `crowd ${index}`, NOON - 5, null);
  })();
  db.prepare('update rooms set last_seq = 5000').run();
  db.close();

  const after = await openStore(data);
  t.after(() => after.close());
  const find = async (query) =>
    (await after.messages.search(user.id, { query, limit: 100 })).messages.map((message) => message.content);
  const { messages: oldest } = await after.messages.history(room.id, { before: 3, limit: 100 });
  assert.deepEqual(oldest.map((message) => [message.seq, message.content]), [[1, 'number 0'], [2, 'number 1']]);
  assert.deepEqual(await find('number 1234'), ['number 1234']);
  assert.deepEqual(await find('number 129'), [
    ...Array.from({ length: 10 }, (_, index) => `number ${1299 - index}`), 'number 129']);
  assert.deepEqual(await find('crowd 2999'), ['crowd 2999']);
  assert.deepEqual((await find('crowd 0')).length, 1);
  await after.messages.add({ roomId: room.id, senderId: user.id, content: 'someone new', timestamp: NOON - 5 });
  assert.deepEqual(await find('some new'), []);
  assert.deepEqual(await find('new someone'), ['someone new']);
  assert.deepEqual(await find('number 0'), ['number 0']);
  assert.equal((await find('number')).length, 100);
  const { messages } = await after.messages.search(user.id, { query: 'number', before: NOON + 9, limit: 100 });
  assert.deepEqual(messages.map((message) => message.content), [8, 6, 5, 4, 3, 2, 1, 0].map((index) => `number ${index}`));
});

test('a server of the basic protocol does not search', async (t) => {
  const server = await startTestServer(t, { plain: true });
  const { socket } = await server.chat('ada');
  let answer;
  socket.emit('search', { query: 'x' }, (given) => { answer = given; });
  // Asked later and answered, so what was asked before is not answered any more.
  assert.equal((await socket.ask('room:join', 'general')).success, true);
  assert.equal(answer, undefined);
});
