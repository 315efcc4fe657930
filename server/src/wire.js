// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes in which things leave the server; the basic protocol's ones carry nothing that it does not name.

/** @param {import('./store/rooms.js').Room & { readSeq?: number, unread?: number, mentions?: number }} room */
export function toChatRoom({ id, name, topic, isPrivate, memberCount, lastSeq, readSeq, unread, mentions }) {
  return {
    id, name, memberCount, isPrivate, lastSeq,
    ...(topic && { topic }),
    ...(readSeq !== undefined && { readSeq, unread, mentions }),
  };
}

/** @param {import('./store/messages.js').Message} message */
export function toBasicMessage({ id, content, senderId, roomId, timestamp }) {
  return { id, content, senderId, roomId, timestamp };
}

/** @param {import('./store/messages.js').Message} message */
export function toRoomMessage({ id, roomId, senderId, senderName, content, timestamp }) {
  return { id, roomId, senderId, senderName, content, timestamp };
}

/** @param {import('./store/notifications.js').Notification} notification */
export function toBasicNotification({ id, type, title, message, read, createdAt }) {
  return { id, type, title, message, read, createdAt };
}
