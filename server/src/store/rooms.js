// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { ChatError } from '../errors.js';

// With what makes it another one than its neighbour's it stays well below what an id may have.
const MAX_SLUG_LENGTH = 64;

/**
 * @typedef {object} Room
 * @property {string} id
 * @property {string} name
 * @property {string|null} topic
 * @property {boolean} isPrivate
 * @property {number} lastSeq the number of the newest message, 0 when there is none
 * @property {number} memberCount
 *
 * @typedef {{ userId: string, username: string, joinedAt: number }} Member
 */

export class Rooms {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {{ name: string, topic?: string, isPrivate?: boolean, createdBy?: string }} fields
   * @returns {Promise<Room>}
   */
  async create({ name, topic = null, isPrivate = false, createdBy = null }) {
    const nameKey = name.normalize('NFKC').toLowerCase();
    return this.#db.transaction().execute(async (tx) => {
      const taken = !isPrivate && await tx.selectFrom('rooms').select('id')
        .where('nameKey', '=', nameKey).where('isPrivate', '=', 0).executeTakeFirst();
      if (taken)
        throw new ChatError('conflict', `There is already a room named “${name}”.`);
      const id = isPrivate ? randomUUID() : await freeId(tx, name);
      const now = Date.now();
      await tx.insertInto('rooms')
        .values({ id, name, nameKey, topic, isPrivate: Number(isPrivate), createdBy, createdAt: now }).execute();
      if (createdBy)
        await tx.insertInto('memberships').values({ roomId: id, userId: createdBy, joinedAt: now }).execute();
      return selectRoom(tx, id);
    });
  }

  /** @returns {Promise<Room|undefined>} */
  byId(id) {
    return selectRoom(this.#db, id);
  }

  /**
   * The room, when this user may know that it exists.
   *
   * @returns {Promise<Room>}
   */
  async visibleTo(userId, roomId) {
    const room = await this.byId(roomId);
    if (!room || (room.isPrivate && !(await this.isMember(userId, roomId)) && !(await this.#isInvited(userId, roomId))))
      throw new ChatError('not_found', 'There is no such room.');
    return room;
  }

  /**
   * All rooms that a user may see, with what is unread in those that the user is in.
   *
   * @returns {Promise<(Room & { isMember: boolean, readSeq?: number, unread?: number, mentions?: number })[]>}
   */
  async listFor(userId) {
    const rows = await roomQuery(this.#db)
      .leftJoin('memberships as own', (join) => join.onRef('own.roomId', '=', 'rooms.id').on('own.userId', '=', userId))
      .leftJoin('invitations as invited', (join) => join
        .onRef('invited.roomId', '=', 'rooms.id').on('invited.userId', '=', userId))
      .select('own.readSeq')
      .select((eb) => eb.selectFrom('messages').select((count) => count.fn.countAll().as('n'))
        .whereRef('messages.roomId', '=', 'rooms.id').whereRef('messages.seq', '>', 'own.readSeq')
        .where('messages.senderId', '<>', userId).as('unread'))
      .select((eb) => eb.selectFrom('mentions').innerJoin('messages', 'messages.id', 'mentions.messageId')
        .select((count) => count.fn.countAll().as('n'))
        .whereRef('mentions.roomId', '=', 'rooms.id').whereRef('mentions.seq', '>', 'own.readSeq')
        .where('mentions.userId', '=', userId).where('messages.senderId', '<>', userId).as('mentions'))
      .where((eb) => eb.or([
        eb('rooms.isPrivate', '=', 0), eb('own.userId', 'is not', null), eb('invited.userId', 'is not', null),
      ]))
      .orderBy('rooms.createdAt').orderBy('rooms.id')
      .execute();
    return rows.map(({ readSeq, unread, mentions, ...row }) => {
      const isMember = readSeq !== null;
      return { ...toRoom(row), isMember, ...(isMember ? { readSeq, unread, mentions } : {}) };
    });
  }

  async isMember(userId, roomId) {
    const row = await this.#db.selectFrom('memberships').select('userId')
      .where('roomId', '=', roomId).where('userId', '=', userId).executeTakeFirst();
    return row !== undefined;
  }

  /** @returns {Promise<Member[]>} in the order in which they joined */
  members(roomId) {
    return selectMembers(this.#db, roomId);
  }

  /** @returns {Promise<string[]>} the ids of the rooms that this user is in */
  async joinedBy(userId) {
    const rows = await this.#db.selectFrom('memberships').select('roomId').where('userId', '=', userId).execute();
    return rows.map((row) => row.roomId);
  }

  /**
   * @param {number} [joinedAt]
   * @returns {Promise<{ member: Member, memberCount: number }|undefined>} who came, undefined when the user was there
   */
  join(userId, roomId, joinedAt = Date.now()) {
    return this.#db.transaction().execute(async (tx) => {
      // What was written before one came is history, not unread.
      const added = await tx.insertInto('memberships').columns(['roomId', 'userId', 'joinedAt', 'readSeq'])
        .expression((eb) => eb.selectFrom('rooms')
          .select(['id', sql.val(userId).as('userId'), sql.val(joinedAt).as('joinedAt'), 'lastSeq'])
          .where('id', '=', roomId))
        .onConflict((conflict) => conflict.columns(['roomId', 'userId']).doNothing())
        .executeTakeFirst();
      await tx.deleteFrom('invitations').where('roomId', '=', roomId).where('userId', '=', userId).execute();
      if (Number(added.numInsertedOrUpdatedRows) === 0)
        return undefined;
      const members = await selectMembers(tx, roomId);
      return { member: members.find((each) => each.userId === userId), memberCount: members.length };
    });
  }

  /** @returns {Promise<{ member: Member, memberCount: number }|undefined>} who left, undefined when the user was not there */
  leave(userId, roomId) {
    return this.#db.transaction().execute(async (tx) => {
      const members = await selectMembers(tx, roomId);
      const member = members.find((each) => each.userId === userId);
      await tx.deleteFrom('memberships').where('roomId', '=', roomId).where('userId', '=', userId).execute();
      return member && { member, memberCount: members.length - 1 };
    });
  }

  /** @returns {Promise<boolean>} whether the invitation is new */
  async invite(userId, roomId, invitedBy) {
    const added = await this.#db.insertInto('invitations').values({ roomId, userId, invitedBy, createdAt: Date.now() })
      .onConflict((conflict) => conflict.columns(['roomId', 'userId']).doNothing()).executeTakeFirst();
    return Number(added.numInsertedOrUpdatedRows) === 1;
  }

  async #isInvited(userId, roomId) {
    const row = await this.#db.selectFrom('invitations').select('userId')
      .where('roomId', '=', roomId).where('userId', '=', userId).executeTakeFirst();
    return row !== undefined;
  }

  /**
   * What was read stays read, whichever device says so last, unless the user wants to read it again.
   *
   * @param {{ back?: boolean }} [options] back: what came after `seq` is unread again
   * @returns {Promise<number|undefined>} up to where the user has read now, undefined when that did not change
   */
  async markRead(userId, roomId, seq, { back = false } = {}) {
    const room = await this.byId(roomId);
    const readSeq = Math.min(seq, room.lastSeq);
    const updated = await this.#db.updateTable('memberships').set({ readSeq })
      .where('roomId', '=', roomId).where('userId', '=', userId).where('readSeq', back ? '>' : '<', readSeq).executeTakeFirst();
    return Number(updated.numUpdatedRows) === 1 ? readSeq : undefined;
  }
}

function roomQuery(db) {
  return db.selectFrom('rooms')
    .select(['rooms.id', 'rooms.name', 'rooms.topic', 'rooms.isPrivate', 'rooms.lastSeq'])
    .select((eb) => eb.selectFrom('memberships').select((count) => count.fn.countAll().as('n'))
      .whereRef('memberships.roomId', '=', 'rooms.id').as('memberCount'));
}

async function selectRoom(db, id) {
  const row = await roomQuery(db).where('rooms.id', '=', id).executeTakeFirst();
  return row && toRoom(row);
}

function selectMembers(db, roomId) {
  return db.selectFrom('memberships').innerJoin('users', 'users.id', 'memberships.userId')
    .select(['users.id as userId', 'users.username', 'memberships.joinedAt'])
    .where('roomId', '=', roomId).orderBy('joinedAt').orderBy('users.usernameKey').execute();
}

function toRoom(row) {
  return { ...row, isPrivate: row.isPrivate === 1 };
}

/** A public room's id is made to be read and typed. One character of a name can become several letters of it. */
async function freeId(db, name) {
  const slug = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').replace(/^-/, '').slice(0, MAX_SLUG_LENGTH).replace(/-$/, '') || 'room';
  for (let id = slug; ; id = `${slug}-${randomBytes(3).toString('hex')}`) {
    if (!(await db.selectFrom('rooms').select('id').where('id', '=', id).executeTakeFirst()))
      return id;
  }
}
