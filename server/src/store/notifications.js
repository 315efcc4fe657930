// SPDX-License-Identifier: GPL-3.0-or-later
import { randomUUID } from 'node:crypto';

const EXCERPT_LENGTH = 200;

/**
 * The protocol's AppNotification.
 *
 * @typedef {object} Notification
 * @property {string} id
 * @property {'info'|'warning'|'success'|'error'} type
 * @property {'mention'|'reply'|'invite'|'system'} kind
 * @property {string} title
 * @property {string} message
 * @property {boolean} read
 * @property {number} createdAt
 * @property {string} [roomId]
 * @property {string} [messageId]
 *
 * @typedef {Omit<Notification, 'id'|'read'|'createdAt'|'message'> & { userId: string, message?: string, createdAt?: number }
 *   } NotificationFields
 */

export class Notifications {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /**
   * One that is about a message says what that says at this moment.
   *
   * @param {NotificationFields} fields
   * @returns {Promise<Notification|undefined>} undefined when the message was deleted
   */
  add({ userId, type, kind, title, message = '', roomId = null, messageId = null, createdAt = Date.now() }) {
    return this.#db.transaction().execute(async (tx) => {
      const about = messageId && await tx.selectFrom('messages').select(['content', 'deletedAt'])
        .where('id', '=', messageId).executeTakeFirstOrThrow();
      if (about && about.deletedAt !== null)
        return undefined;
      const text = about ? excerpt(about.content) : message;
      const row = { id: randomUUID(), userId, type, kind, title, message: text, isRead: 0, createdAt, roomId, messageId };
      await tx.insertInto('notifications').values(row).execute();
      return toNotification(row);
    });
  }

  /** @returns {Promise<Notification[]>} newest first */
  async recent(userId, limit) {
    const rows = await this.#db.selectFrom('notifications').selectAll()
      .where('userId', '=', userId).orderBy('createdAt', 'desc').orderBy('id').limit(limit).execute();
    return rows.map(toNotification);
  }

  /** @returns {Promise<boolean>} whether it was this user's and unread */
  async markRead(userId, id) {
    const updated = await this.#db.updateTable('notifications').set({ isRead: 1 })
      .where('userId', '=', userId).where('id', '=', id).where('isRead', '=', 0).executeTakeFirst();
    return Number(updated.numUpdatedRows) === 1;
  }

  /** @returns {Promise<string[]>} the ids of those that were unread */
  async markAllRead(userId) {
    const rows = await this.#db.updateTable('notifications').set({ isRead: 1 })
      .where('userId', '=', userId).where('isRead', '=', 0).returning('id').execute();
    return rows.map((row) => row.id);
  }
}

/** Lets the notifications about a message say what it says now. */
export async function rewriteNotifications(tx, { id, content }) {
  await tx.updateTable('notifications').set({ message: excerpt(content) }).where('messageId', '=', id).execute();
}

/**
 * Lets what a message said not outlive it.
 *
 * @returns {Promise<{ id: string, userId: string }[]>} those that were unread
 */
export async function withdrawNotifications(tx, messageId) {
  const rows = await tx.deleteFrom('notifications').where('messageId', '=', messageId)
    .returning(['id', 'userId', 'isRead']).execute();
  return rows.filter((row) => row.isRead === 0).map(({ id, userId }) => ({ id, userId }));
}

/** Makes true what was stored before notifications followed their messages. */
export const notificationsMigration = {
  async up(db) {
    await db.schema.createIndex('notifications_message').ifNotExists().on('notifications').column('message_id').execute();
    const changed = await db.selectFrom('messages').select(['id', 'content', 'deletedAt'])
      .where((eb) => eb.or([eb('deletedAt', 'is not', null), eb('editedAt', 'is not', null)])).execute();
    for (const { id, content, deletedAt } of changed) {
      if (deletedAt === null)
        await rewriteNotifications(db, { id, content });
      else
        await withdrawNotifications(db, id);
    }
  },
};

function excerpt(content) {
  const characters = [...content.replace(/\s+/g, ' ').trim()];
  return characters.length <= EXCERPT_LENGTH
    ? characters.join('')
    : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}

function toNotification({ id, type, kind, title, message, isRead, createdAt, roomId, messageId }) {
  return {
    id, type, kind, title, message, read: isRead === 1, createdAt,
    ...(roomId && { roomId }),
    ...(messageId && { messageId }),
  };
}
