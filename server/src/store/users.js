// SPDX-License-Identifier: GPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { ChatError } from '../errors.js';

/**
 * @typedef {object} User
 * @property {string} id
 * @property {string} username
 * @property {string|null} passwordHash
 * @property {boolean} isAdmin
 * @property {boolean} isDisabled
 * @property {number} tokensValidFrom tokens that were issued earlier are void
 * @property {number|null} lastSeen
 */

// A mention ends where a name can end, so a name neither begins nor ends with punctuation.
const USERNAME = /^[\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]{0,30}[\p{L}\p{M}\p{N}_])?$/u;

/** Names that differ only in case or in Unicode composition are the same name. */
export const usernameKey = (username) => username.normalize('NFKC').toLowerCase();

export class Users {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {{ username: string, passwordHash: string, isAdmin?: boolean }} fields
   * @returns {Promise<User>}
   */
  async add({ username, passwordHash, isAdmin = false }) {
    if (!USERNAME.test(username))
      throw new ChatError('invalid', 'A name has 1 to 32 letters, digits, “_”, “.” or “-”.');
    if (await this.byName(username))
      throw new ChatError('conflict', `There is already someone named “${username}”.`);
    const id = randomUUID();
    await this.#db.insertInto('users').values({
      id, username, usernameKey: usernameKey(username), passwordHash, isAdmin: Number(isAdmin), createdAt: Date.now(),
    }).execute();
    return this.byId(id);
  }

  /** @returns {Promise<User|undefined>} */
  async byId(id) {
    return toUser(await this.#db.selectFrom('users').selectAll().where('id', '=', id).executeTakeFirst());
  }

  /** @returns {Promise<User|undefined>} */
  async byName(username) {
    return toUser(await this.#db.selectFrom('users').selectAll()
      .where('usernameKey', '=', usernameKey(username)).executeTakeFirst());
  }

  /** @returns {Promise<User[]>} */
  async all() {
    const rows = await this.#db.selectFrom('users').selectAll().orderBy('usernameKey').execute();
    return rows.map(toUser);
  }

  /** @returns {Promise<string[]>} */
  async disabledIds() {
    const rows = await this.#db.selectFrom('users').select('id').where('isDisabled', '=', 1).execute();
    return rows.map((row) => row.id);
  }

  /**
   * @param {string} id
   * @param {Partial<Pick<User, 'passwordHash'|'isAdmin'|'isDisabled'|'tokensValidFrom'|'lastSeen'>>} changes
   */
  async update(id, changes) {
    const values = Object.fromEntries(Object.entries(changes)
      .map(([key, value]) => [key, typeof value === 'boolean' ? Number(value) : value]));
    await this.#db.updateTable('users').set(values).where('id', '=', id).execute();
  }
}

function toUser(row) {
  return row && { ...row, isAdmin: row.isAdmin === 1, isDisabled: row.isDisabled === 1 };
}
