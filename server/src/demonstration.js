// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from './passwords.js';

const PEOPLE = ['mira', 'tomas', 'yuki', 'amara', 'jon'];

/** Gives an empty server people, rooms and conversations to look at. Does nothing when anybody is there already. */
export async function furnish(store, directory) {
  if ((await store.users.all()).length > 0)
    return;
  const passwords = Object.fromEntries(PEOPLE.map((name) => [name, randomBytes(12).toString('base64url')]));
  writeFileSync(join(directory, 'demo-passwords.json'), `${JSON.stringify(passwords, null, 2)}\n`, { mode: 0o600 });
  const people = await Promise.all(PEOPLE.map(async (username) =>
    store.users.add({ username, passwordHash: await hashPassword(passwords[username]), isAdmin: username === 'mira' })));
  for (const name of ['General', 'Design', 'Kitchen', 'Release planning']) {
    const room = await store.rooms.create({ name, createdBy: people[0].id });
    for (const person of people.slice(1))
      await store.rooms.join(person.id, room.id);
  }
}
