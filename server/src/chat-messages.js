// SPDX-License-Identifier: GPL-3.0-or-later
import { audience } from './audience.js';
import { LIMITS } from './chat-namespace.js';
import { ChatError } from './errors.js';
import { answer } from './handlers.js';
import { schemas } from './schemas.js';
import { toBasicMessage, toRoomMessage } from './wire.js';

/** What a client says in rooms, and what it asks about what was said. */
export function registerMessageHandlers(socket, services) {
  const { config, log } = services;
  const on = (event, schema, handle) =>
    answer(socket, event, schema, (...args) => handle(socket, services, ...args), { log });

  on('send', schemas.send, (_socket, _services, content, roomId, options) =>
    send(socket, services, { content, roomId, ...options }));
  on('room:message', schemas.roomMessage, send);
  on('typing', schemas.room, typing);
  if (config.plain)
    return;
  on('room:history', schemas.history, history);
  on('room:read', schemas.read, read);
}

async function send(socket, services, { content, roomId, clientId, replyTo }) {
  const { limits, store } = services;
  const { userId: senderId } = socket.data;
  limits.take('message', senderId);
  checkLength(content);
  const { message, isNew } = await store.messages.add({
    // Half a surrogate pair cannot be stored as UTF-8; what is sent to others is what is stored.
    content: Buffer.from(content).toString(), roomId, senderId, clientId: clientId ?? null, replyTo: replyTo ?? null,
  });
  if (isNew) {
    services.stats.noteMessage();
    broadcast(services, message);
    socket.to(audience.user(senderId)).except(audience.seedUser(senderId)).emit('room:read', roomId, message.seq);
    await notifyAbout(services, message);
  }
  return { message };
}

/** Lengths are counted in characters as Unicode counts them, so that an emoji of one code point is one. */
function checkLength(content) {
  const { maxContentLength } = LIMITS;
  if (content.length > maxContentLength && (content.length > 2 * maxContentLength || [...content].length > maxContentLength))
    throw new ChatError('too_large', `A message has at most ${maxContentLength} characters.`);
}

function broadcast({ chat, config }, message) {
  const { roomId } = message;
  chat.to(audience.room(roomId)).emit('message', config.plain ? toBasicMessage(message) : message);
  chat.to(audience.seedRoom(roomId)).emit('room:message', toRoomMessage(message));
}

async function notifyAbout({ notify, store }, message) {
  const { id: messageId, roomId, senderId, senderName, content } = message;
  const answered = message.replyTo && await store.messages.byId(message.replyTo);
  const kinds = new Map((message.mentions ?? []).map((userId) => [userId, 'mention']));
  if (answered && await store.rooms.isMember(answered.senderId, roomId))
    kinds.set(answered.senderId, 'reply');
  kinds.delete(senderId);
  if (kinds.size === 0)
    return;
  const room = await store.rooms.byId(roomId);
  for (const [userId, kind] of kinds) {
    const title = kind === 'reply' ? `${senderName} replied to you in ${room.name}` : `${senderName} mentioned you in ${room.name}`;
    await notify({ userId, type: 'info', kind, title, message: excerpt(content), roomId, messageId });
  }
}

const EXCERPT_LENGTH = 200;

function excerpt(content) {
  const characters = [...content.replace(/\s+/g, ' ').trim()];
  return characters.length <= EXCERPT_LENGTH ? characters.join('') : `${characters.slice(0, EXCERPT_LENGTH - 1).join('')}…`;
}

async function typing(socket, { config, limits, store }, roomId) {
  const { userId, username } = socket.data;
  if (!limits.allows('typing', `${userId} ${roomId}`))
    return;
  await requireMember(store, userId, roomId);
  socket.to(audience.room(roomId)).except(audience.user(userId))
    .emit('typing', config.plain ? { userId, username } : { userId, username, roomId });
}

async function history(socket, { limits, store }, { roomId, before, after, around, limit }) {
  const { userId } = socket.data;
  limits.take('ask', userId);
  await requireMember(store, userId, roomId);
  const window = { before: before ?? undefined, after: after ?? undefined, around: around ?? undefined, limit: limit ?? 50 };
  const { messages, hasMoreBefore, hasMoreAfter } = await store.messages.history(roomId, window);
  const hasMore = window.around !== undefined ? hasMoreBefore || hasMoreAfter
    : window.after !== undefined ? hasMoreAfter : hasMoreBefore;
  return { messages, hasMore, hasMoreBefore, hasMoreAfter };
}

async function read(socket, { limits, store }, roomId, seq) {
  const { userId } = socket.data;
  limits.take('ask', userId);
  await requireMember(store, userId, roomId);
  const readSeq = await store.rooms.markRead(userId, roomId, seq);
  if (readSeq !== undefined)
    socket.to(audience.user(userId)).except(audience.seedUser(userId)).emit('room:read', roomId, readSeq);
}

async function requireMember(store, userId, roomId) {
  await store.rooms.visibleTo(userId, roomId);
  if (!(await store.rooms.isMember(userId, roomId)))
    throw new ChatError('forbidden', 'Only members of a room can do this.');
}
