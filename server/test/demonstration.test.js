// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { furnish } from '../src/demonstration/demonstration.js';
import { readConversation } from '../src/demonstration/script.js';
import { checkPassword } from '../src/passwords.js';
import { openStore } from '../src/store/store.js';
import { temporaryDirectory } from './support/server.js';

test('the demonstration is furnished once, with passwords that nobody else has', async (t) => {
  const directory = temporaryDirectory(t);
  await furnish(directory);
  const file = join(directory, 'demo-passwords.json');
  const passwords = JSON.parse(readFileSync(file, 'utf8'));
  assert.deepEqual(Object.keys(passwords), ['mira', 'tomas', 'yuki', 'amara', 'jon']);
  assert.equal(new Set(Object.values(passwords)).size, 5);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  await furnish(directory);
  assert.deepEqual(JSON.parse(readFileSync(file, 'utf8')), passwords);
  assert.deepEqual(readdirSync(directory).sort(), ['demo-passwords.json', 'enfilade.sqlite']);

  const store = await openStore(directory);
  t.after(() => store.close());
  const users = await store.users.all();
  assert.deepEqual(users.filter((user) => user.isAdmin).map((user) => user.username), ['mira']);
  const tomas = users.find((user) => user.username === 'tomas');
  assert.equal(await checkPassword(passwords.tomas, tomas.passwordHash), true);

  const rooms = new Map((await store.rooms.listFor(tomas.id)).map((room) => [room.name, room]));
  assert.equal(rooms.size, 6);
  assert.ok(rooms.get('General').lastSeq >= 60);
  assert.deepEqual([rooms.get('General').unread, rooms.get('General').mentions], [7, 1]);
  assert.equal(rooms.get('Kitchen').unread, 0);
  assert.equal(rooms.get('Reading club').isMember, false);
  assert.equal(rooms.get('Retreat').isPrivate, true);
  const notifications = await store.notifications.recent(tomas.id, 50);
  assert.ok(notifications.some((notification) => !notification.read && notification.kind === 'mention'));
  assert.deepEqual(await store.alerts.open(), []);
});

test('each conversation is in order and in the past', (t) => {
  const folder = new URL('../demonstration/', import.meta.url);
  // One minute after midnight, when “yesterday” is as close as it can be.
  const now = new Date(2026, 5, 15, 0, 1).getTime();
  const files = readdirSync(folder);
  assert.equal(files.length, 6);
  for (const file of files) {
    const { members, messages, unread } = readConversation(readFileSync(new URL(file, folder), 'utf8'), now);
    messages.forEach((message, index) => {
      assert.ok(members.includes(message.who), `${file}: ${message.who}`);
      assert.ok(message.timestamp < now, `${file}: ${message.content}`);
      assert.ok(index === 0 || message.timestamp >= messages[index - 1].timestamp, `${file}: ${message.content}`);
      assert.ok(message.answers === undefined || messages[message.answers], `${file}: ${message.content}`);
    });
    for (const [who, count] of unread)
      assert.ok(messages.slice(-count).every((message) => message.who !== who), `${file}: ${who}`);
  }
});
