// SPDX-License-Identifier: GPL-3.0-or-later
import { randomUUID } from 'node:crypto';

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
 * @typedef {Omit<Notification, 'id'|'read'|'createdAt'> & { userId: string, createdAt?: number }} NotificationFields
 */

export class Notifications {
  #db;

  constructor(db) {
    this.#db = db;
  }

  /**
   * @param {NotificationFields} fields
   * @returns {Promise<Notification>}
   */
  async add({ userId, type, kind, title, message, roomId = null, messageId = null, createdAt = Date.now() }) {
    const row = { id: randomUUID(), userId, type, kind, title, message, isRead: 0, createdAt, roomId, messageId };
    await this.#db.insertInto('notifications').values(row).execute();
    return toNotification(row);
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

function toNotification({ id, type, kind, title, message, isRead, createdAt, roomId, messageId }) {
  return {
    id, type, kind, title, message, read: isRead === 1, createdAt,
    ...(roomId && { roomId }),
    ...(messageId && { messageId }),
  };
}
