// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Whom a message concerns besides those who read along: those whom it names, and whoever wrote what it answers. Each
 * person is told once.
 *
 * @param {import('./store/messages.js').Message} message
 * @param {import('./store/store.js').Store} store
 * @returns {Promise<import('./store/notifications.js').NotificationFields[]>}
 */
export async function notificationsAbout(message, store) {
  const { id: messageId, roomId, senderId, senderName } = message;
  const kinds = new Map((message.mentions ?? []).map((userId) => [userId, 'mention']));
  const answered = message.replyTo && await store.messages.byId(message.replyTo);
  if (answered && await store.rooms.isMember(answered.senderId, roomId))
    kinds.set(answered.senderId, 'reply');
  kinds.delete(senderId);
  if (kinds.size === 0)
    return [];
  const { name } = await store.rooms.byId(roomId);
  return [...kinds].map(([userId, kind]) => ({
    userId,
    type: 'info',
    kind,
    title: kind === 'reply' ? `${senderName} replied to you in ${name}` : `${senderName} mentioned you in ${name}`,
    roomId,
    messageId,
  }));
}
