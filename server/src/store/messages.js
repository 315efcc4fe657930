// SPDX-License-Identifier: GPL-3.0-or-later
import { randomUUID } from 'node:crypto';
import { ChatError } from '../errors.js';
import { mentionedNames } from '../mentions.js';
import { rewriteNotifications, withdrawNotifications } from './notifications.js';
import { findMessages, forgetMessage, indexMessage } from './search.js';
import { usernameKey } from './users.js';

/**
 * A message as it is stored, already in the shape of the protocol's ChatMessage.
 *
 * @typedef {object} Message
 * @property {string} id
 * @property {string} roomId
 * @property {number} seq counts up by one in its room
 * @property {string} senderId
 * @property {string} senderName
 * @property {string} content
 * @property {number} timestamp
 * @property {string} [clientId]
 * @property {string} [replyTo]
 * @property {number} [editedAt]
 * @property {boolean} [deleted]
 * @property {string[]} [mentions] the ids of the members whom it names
 */

export class Messages {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /**
   * Stores a message of a member, once for each (sender, clientId). When this returns, the message is on the disk.
   *
   * @param {{ roomId: string, senderId: string, content: string, clientId?: string, replyTo?: string,
   *           timestamp?: number }} fields
   * @returns {Promise<{ message: Message, isNew: boolean }>}
   */
  add({ roomId, senderId, content, clientId = null, replyTo = null, timestamp = Date.now() }) {
    return this.#db.transaction().execute(async (tx) => {
      const earlier = clientId && await selectOne(tx, { senderId, clientId });
      if (earlier)
        return { message: earlier, isNew: false };
      await requireMember(tx, senderId, roomId);
      if (replyTo)
        await requireInRoom(tx, replyTo, roomId);
      const { lastSeq: seq } = await tx.updateTable('rooms').set((eb) => ({ lastSeq: eb('lastSeq', '+', 1) }))
        .where('id', '=', roomId).returning('lastSeq').executeTakeFirstOrThrow();
      const id = randomUUID();
      await tx.insertInto('messages')
        .values({ id, roomId, seq, senderId, content, timestamp, clientId, replyTo }).execute();
      await storeMentions(tx, { id, roomId, seq, content });
      await indexMessage(tx, { id, roomId, senderId, content, timestamp });
      // Who writes in a room has seen what is there.
      await tx.updateTable('memberships').set({ readSeq: seq })
        .where('roomId', '=', roomId).where('userId', '=', senderId).execute();
      return { message: await selectOne(tx, { id }), isNew: true };
    });
  }

  /**
   * A message that is deleted keeps its place and loses what it said, for good: who asks for a change may have seen it before.
   *
   * @param {string} id
   * @param {{ content: string, editedAt?: number, deletedAt?: number }} changes
   * @returns {Promise<{ message: Message, withdrawn: { id: string, userId: string }[] }>} with the unread notifications that are
   *   no more
   */
  change(id, changes) {
    return this.#db.transaction().execute(async (tx) => {
      const changed = await tx.updateTable('messages').set(changes)
        .where('id', '=', id).where('deletedAt', 'is', null)
        .returning(['id', 'roomId', 'seq', 'senderId', 'content', 'timestamp', 'deletedAt']).executeTakeFirst();
      if (!changed)
        throw new ChatError('not_found', 'There is no such message.');
      await tx.deleteFrom('mentions').where('messageId', '=', id).execute();
      await storeMentions(tx, changed);
      let withdrawn = [];
      if (changed.deletedAt === null) {
        await indexMessage(tx, changed);
        await rewriteNotifications(tx, changed);
      } else {
        await forgetMessage(tx, id);
        withdrawn = await withdrawNotifications(tx, id);
      }
      return { message: await selectOne(tx, { id }), withdrawn };
    });
  }

  /** @returns {Promise<Message|undefined>} */
  byId(id) {
    return selectOne(this.#db, { id });
  }

  /**
   * A stretch of a room, oldest first: the newest messages, those before or after a number, or those around one.
   *
   * @param {string} roomId
   * @param {{ before?: number, after?: number, around?: number, limit: number }} window
   * @returns {Promise<{ messages: Message[], hasMoreBefore: boolean, hasMoreAfter: boolean }>}
   */
  async history(roomId, { before, after, around, limit }) {
    const rows = around === undefined
      ? await this.#stretch(roomId, { before, after, limit })
      : [
        ...await this.#stretch(roomId, { before: around, limit: Math.floor(limit / 2) }),
        ...await this.#stretch(roomId, { after: around - 1, limit: Math.ceil(limit / 2) }),
      ];
    const { lastSeq } = await this.#db.selectFrom('rooms').select('lastSeq')
      .where('id', '=', roomId).executeTakeFirstOrThrow();
    // Nothing is ever taken out of a room, so its numbers have no holes and begin with one.
    const oldest = rows[0]?.seq ?? Math.min(after ?? 0, lastSeq) + 1;
    const newest = rows.at(-1)?.seq ?? Math.min(before ?? Infinity, lastSeq + 1) - 1;
    return {
      messages: await withMentions(this.#db, rows),
      hasMoreBefore: oldest > 1,
      hasMoreAfter: newest < lastSeq,
    };
  }

  /**
   * What was said in rooms that a user is in, newest first.
   *
   * @param {string} userId
   * @param {{ query: string, roomId?: string, senderId?: string, before?: number, limit: number }} search `before` is a time
   * @returns {Promise<{ messages: Message[], hasMore: boolean }>} at most `limit`, and what was said in the last one's millisecond
   */
  async search(userId, { roomId, ...search }) {
    let memberships = this.#db.selectFrom('memberships').select('roomId').where('userId', '=', userId);
    if (roomId !== undefined)
      memberships = memberships.where('roomId', '=', roomId);
    const roomIds = (await memberships.execute()).map((row) => row.roomId);
    const { ids, hasMore } = await findMessages(this.#db, { roomIds, ...search });
    const rows = ids.length === 0 ? [] : await messageQuery(this.#db).where('messages.id', 'in', ids).execute();
    rows.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
    return { messages: await withMentions(this.#db, rows), hasMore };
  }

  async #stretch(roomId, { before, after, limit }) {
    let query = messageQuery(this.#db).where('messages.roomId', '=', roomId)
      .orderBy('messages.seq', after === undefined ? 'desc' : 'asc').limit(limit);
    if (before !== undefined)
      query = query.where('messages.seq', '<', before);
    if (after !== undefined)
      query = query.where('messages.seq', '>', after);
    const rows = await query.execute();
    return after === undefined ? rows.reverse() : rows;
  }
}

function messageQuery(db) {
  return db.selectFrom('messages').innerJoin('users', 'users.id', 'messages.senderId')
    .selectAll('messages').select('users.username as senderName');
}

async function selectOne(db, fields) {
  let query = messageQuery(db);
  for (const [column, value] of Object.entries(fields))
    query = query.where(`messages.${column}`, '=', value);
  return (await withMentions(db, await query.execute()))[0];
}

async function requireMember(db, userId, roomId) {
  const row = await db.selectFrom('memberships').select('userId')
    .where('userId', '=', userId).where('roomId', '=', roomId).executeTakeFirst();
  if (!row)
    throw new ChatError('forbidden', 'Only members of a room write in it.');
}

async function requireInRoom(db, messageId, roomId) {
  const row = await db.selectFrom('messages').select('id')
    .where('id', '=', messageId).where('roomId', '=', roomId).executeTakeFirst();
  if (!row)
    throw new ChatError('invalid', 'The message that this answers is not in the room.');
}

async function storeMentions(db, { id, roomId, seq, content }) {
  const keys = mentionedNames(content).map(usernameKey);
  if (keys.length === 0)
    return;
  const members = await db.selectFrom('memberships').innerJoin('users', 'users.id', 'memberships.userId')
    .select('users.id').where('memberships.roomId', '=', roomId).where('users.usernameKey', 'in', keys).execute();
  if (members.length > 0) {
    await db.insertInto('mentions')
      .values(members.map((member) => ({ messageId: id, userId: member.id, roomId, seq }))).execute();
  }
}

async function withMentions(db, rows) {
  const mentions = rows.length === 0 ? [] : await db.selectFrom('mentions').select(['messageId', 'userId'])
    .where('messageId', 'in', rows.map((row) => row.id)).execute();
  return rows.map((row) => toMessage(row, mentions
    .filter((mention) => mention.messageId === row.id).map((mention) => mention.userId)));
}

/** What a message does not have is left out, as the protocol's optional fields are. */
function toMessage(row, mentions) {
  const message = {
    id: row.id,
    content: row.content,
    senderId: row.senderId,
    senderName: row.senderName,
    roomId: row.roomId,
    timestamp: row.timestamp,
    seq: row.seq,
  };
  for (const key of ['clientId', 'replyTo', 'editedAt']) {
    if (row[key] !== null)
      message[key] = row[key];
  }
  if (row.deletedAt !== null)
    message.deleted = true;
  if (mentions.length > 0)
    message.mentions = mentions;
  return message;
}
