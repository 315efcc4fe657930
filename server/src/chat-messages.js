// SPDX-License-Identifier: GPL-3.0-or-later
import { audience } from './audience.js';
import { ChatError } from './errors.js';
import { answer } from './handlers.js';
import { notificationsAbout } from './message-notifications.js';
import { LIMITS } from './protocol.js';
import { schemas } from './schemas.js';
import { toBasicMessage, toRoomMessage } from './wire.js';

/** What a client says in rooms, and what it asks about what was said. */
export function registerMessageHandlers(socket, services) {
  const { config, log } = services;
  const on = (event, schema, handle, options = {}) =>
    answer(socket, event, schema, (...args) => handle(socket, services, ...args), { log, ...options });

  // The basic protocol answers neither; there the echo tells that a message arrived.
  const quiet = { isQuiet: config.plain };
  on('send', schemas.send, sendArguments, quiet);
  on('room:message', schemas.roomMessage, send, quiet);
  on('typing', schemas.room, typing, quiet);
  if (config.plain)
    return;
  on('room:history', schemas.history, history);
  on('search', schemas.search, search);
  on('room:read', schemas.read, read);
  on('message:edit', schemas.edit, edit);
  on('message:delete', schemas.message, remove);
}

function sendArguments(socket, services, content, roomId, options) {
  return send(socket, services, { content, roomId, ...options });
}

async function send(socket, services, { content, roomId, clientId, replyTo }) {
  const { limits, stats, store } = services;
  const { userId: senderId } = socket.data;
  limits.take('message', senderId);
  checkLength(content);
  const { message, isNew } = await store.messages.add({
    content: storable(content), roomId, senderId, clientId: clientId ?? null, replyTo: replyTo ?? null,
  });
  if (isNew) {
    stats.noteMessage();
    broadcast(services, message);
    socket.to(audience.user(senderId)).except(audience.seedUser(senderId)).emit('room:read', roomId, message.seq);
    for (const notification of await notificationsAbout(message, store))
      await services.notify(notification);
  }
  return { message };
}

/** Half a surrogate pair cannot be stored as UTF-8. It is replaced here, so that all get what is stored. */
function storable(content) {
  return Buffer.from(content).toString();
}

/** Lengths are counted in characters as Unicode counts them, so that an emoji of one code point is one. */
function checkLength(content) {
  const { maxContentLength } = LIMITS;
  const isShort = content.length <= maxContentLength;
  // A character has at most two units, so what is longer than that need not be counted.
  if (!isShort && (content.length > 2 * maxContentLength || [...content].length > maxContentLength))
    throw new ChatError('too_large', `A message has at most ${maxContentLength} characters.`);
}

function broadcast({ chat, config }, message) {
  const { roomId } = message;
  chat.to(audience.room(roomId)).emit('message', config.plain ? toBasicMessage(message) : message);
  chat.to(audience.seedRoom(roomId)).emit('room:message', toRoomMessage(message));
}

async function typing(socket, { config, limits, store }, roomId) {
  const { userId, username } = socket.data;
  if (!limits.allows('typing', `${userId} ${roomId}`))
    return;
  await requireMember(store, userId, roomId);
  socket.to(audience.room(roomId)).except(audience.user(userId))
    .emit('typing', config.plain ? { userId, username } : { userId, username, roomId });
}

async function history(socket, { limits, store }, { roomId, ...window }) {
  const { userId } = socket.data;
  limits.take('ask', userId);
  await requireMember(store, userId, roomId);
  const { messages, hasMoreBefore, hasMoreAfter } = await store.messages.history(roomId, window);
  const hasMore = (window.after === undefined && hasMoreBefore)
    || ((window.after ?? window.around) !== undefined && hasMoreAfter);
  return { messages, hasMore, hasMoreBefore, hasMoreAfter };
}

async function search(socket, { limits, store }, request) {
  const { userId } = socket.data;
  limits.take('search', userId);
  if (request.roomId !== undefined)
    await requireMember(store, userId, request.roomId);
  return store.messages.search(userId, request);
}

async function read(socket, { limits, store }, roomId, seq, { unread } = {}) {
  const { userId } = socket.data;
  limits.take('ask', userId);
  await requireMember(store, userId, roomId);
  const readSeq = await store.rooms.markRead(userId, roomId, seq, { back: unread === true });
  if (readSeq === undefined)
    return;
  const devices = socket.to(audience.user(userId)).except(audience.seedUser(userId));
  if (unread)
    devices.emit('room:read', roomId, readSeq, { unread });
  else
    devices.emit('room:read', roomId, readSeq);
}

async function edit(socket, services, { id, content }) {
  const message = await findMessage(socket, services, id);
  if (message.senderId !== socket.data.userId)
    throw new ChatError('forbidden', 'Only who wrote a message changes it.');
  checkLength(content);
  return change(services, id, { content: storable(content), editedAt: Date.now() });
}

async function remove(socket, services, { id }) {
  const message = await findMessage(socket, services, id);
  const { userId } = socket.data;
  if (message.senderId !== userId && !(await services.store.users.byId(userId)).isAdmin)
    throw new ChatError('forbidden', 'Only who wrote a message, or an admin, deletes it.');
  return change(services, id, { content: '', deletedAt: Date.now() });
}

async function findMessage(socket, { limits, store }, id) {
  const { userId } = socket.data;
  limits.take('message', userId);
  const message = await store.messages.byId(id);
  if (!message || message.deleted || !(await store.rooms.isMember(userId, message.roomId)))
    throw new ChatError('not_found', 'There is no such message.');
  return message;
}

async function change({ chat, notifications, store }, id, changes) {
  const { message, withdrawn } = await store.messages.change(id, changes);
  chat.to(audience.room(message.roomId)).except(audience.seed).emit('message:changed', message);
  // Whoever sees them still shall not be called to something that is gone.
  for (const { id: notificationId, userId } of withdrawn)
    notifications.to(audience.user(userId)).emit('notification:read', notificationId);
  return { message };
}

async function requireMember(store, userId, roomId) {
  await store.rooms.visibleTo(userId, roomId);
  if (!(await store.rooms.isMember(userId, roomId)))
    throw new ChatError('forbidden', 'Only members of a room can do this.');
}
