// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notificationsAbout } from '../message-notifications.js';
import { hashPassword } from '../passwords.js';
import { databasePath, openStore } from '../store/store.js';
import { readConversation } from './script.js';

const ADMIN = 'mira';
const PEOPLE = [ADMIN, 'tomas', 'yuki', 'amara', 'jon'];
const ROOMS = ['general', 'design', 'kitchen', 'release-planning', 'reading-club', 'retreat'];
const FOLDER = new URL('../../demonstration/', import.meta.url);

/**
 * Gives a server that has no database yet people, rooms and a week of conversations to look at. The passwords are made
 * here and now, and kept in `demo-passwords.json` as { name: password }, for the owner of the directory only.
 *
 * @param {string} directory
 * @param {number} [now]
 */
export async function furnish(directory, now = Date.now()) {
  if (existsSync(databasePath(directory)))
    return;
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Made beside and put in place at the end: who interrupts the first start gets the whole of it at the second.
  const workshop = mkdtempSync(join(directory, 'new-'));
  try {
    const passwords = Object.fromEntries(PEOPLE.map((name) => [name, randomBytes(12).toString('hex')]));
    const store = await openStore(workshop);
    await fill(store, passwords, now).finally(() => store.close());
    writeFileSync(join(directory, 'demo-passwords.json'), `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
    renameSync(databasePath(workshop), databasePath(directory));
  } finally {
    rmSync(workshop, { recursive: true, force: true });
  }
}

async function fill(store, passwords, now) {
  const hashes = await Promise.all(PEOPLE.map((name) => hashPassword(passwords[name])));
  const people = new Map();
  for (const [index, username] of PEOPLE.entries()) {
    const user = await store.users.add({ username, passwordHash: hashes[index], isAdmin: username === ADMIN });
    people.set(username, user.id);
  }
  for (const name of ROOMS)
    await play(readConversation(readFileSync(new URL(`${name}.txt`, FOLDER), 'utf8'), now), people, store);
}

async function play({ name, topic, isPrivate, members, unread, messages }, people, store) {
  const [createdBy, ...others] = members.map((member) => people.get(member));
  const room = await store.rooms.create({ name, topic, isPrivate, createdBy });
  for (const userId of others)
    await store.rooms.join(userId, room.id);

  const stored = [];
  for (const { who, timestamp, answers, content } of messages) {
    const { message } = await store.messages.add({
      roomId: room.id, senderId: people.get(who), content, timestamp, replyTo: stored[answers]?.id,
    });
    stored.push(message);
  }
  const readBy = new Map(members.map((member) => [people.get(member), stored.length - (unread.get(member) ?? 0)]));
  for (const [userId, seq] of readBy)
    await store.rooms.markRead(userId, room.id, seq);
  for (const message of stored)
    await notify(message, readBy, store);
}

/** What someone has read in the room is no news in the list of notifications either. */
async function notify(message, readBy, store) {
  for (const fields of await notificationsAbout(message, store)) {
    const { id } = await store.notifications.add({ ...fields, createdAt: message.timestamp });
    if (message.seq <= readBy.get(fields.userId))
      await store.notifications.markRead(fields.userId, id);
  }
}
