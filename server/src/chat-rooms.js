// SPDX-License-Identifier: GPL-3.0-or-later
import { audience, follow, unfollow } from './audience.js';
import { ChatError } from './errors.js';
import { answer } from './handlers.js';
import { schemas } from './schemas.js';
import { toChatRoom } from './wire.js';

/** What a client asks about rooms: joining, leaving, and with our extensions listing, creating and inviting. */
export function registerRoomHandlers(socket, services) {
  const { config, log } = services;
  const about = ([roomId]) => (typeof roomId === 'string' ? { roomId } : {});
  const on = (event, schema, handle, options = {}) =>
    answer(socket, event, schema, (...args) => handle(socket, services, ...args), { log, ...options });

  on('room:join', schemas.room, join, { about });
  on('room:leave', schemas.room, leave, { about });
  if (config.plain)
    return;
  on('room:list', schemas.nothing, list);
  on('room:create', schemas.createRoom, create);
  on('room:invite', schemas.invite, invite);
}

async function join(socket, services, roomId) {
  const { chat, config, limits, store } = services;
  const { userId } = socket.data;
  limits.take('join', userId);
  const room = await store.rooms.visibleTo(userId, roomId);
  const change = await store.rooms.join(userId, roomId);
  // Told and followed before anything else is asked: who comes or goes from now on is in an update, all others are in
  // the list of members below, and nobody is in both.
  if (change)
    tellOthers(services, roomId, 'member_joined', change);
  if (config.plain)
    socket.join([audience.room(roomId), audience.seedRoom(roomId)]);
  else
    follow(chat, userId, roomId);

  const result = { roomId, roomName: room.name, members: await describeMembers(services, roomId) };
  if (change && !config.plain) {
    socket.to(audience.user(userId)).emit('room:joined', { success: true, ...result });
    await announceCount(services, roomId);
  }
  return result;
}

async function leave(socket, services, roomId) {
  const { chat, limits, store } = services;
  const { userId } = socket.data;
  limits.take('join', userId);
  const { isPrivate } = await store.rooms.visibleTo(userId, roomId);
  const change = await store.rooms.leave(userId, roomId);
  unfollow(chat, userId, roomId);
  if (change) {
    tellOthers(services, roomId, 'member_left', change);
    socket.to(audience.user(userId)).emit('room:left', { roomId });
    await announceCount(services, roomId);
    // Who left a private room sees it no more.
    if (isPrivate)
      chat.to(audience.user(userId)).except(audience.seed).emit('room:removed', { roomId });
  }
  return { roomId };
}

function tellOthers(services, roomId, type, { member, memberCount }) {
  const update = { roomId, type, member: describeMember(services, member), memberCount };
  services.chat.to(audience.room(roomId)).except(audience.user(member.userId)).emit('room:update', update);
}

async function list(socket, { limits, store }) {
  const { userId } = socket.data;
  limits.take('ask', userId);
  return { rooms: (await store.rooms.listFor(userId)).map(toChatRoom) };
}

async function create(socket, services, { name, topic, isPrivate }) {
  const { chat, limits, log, store } = services;
  const { userId, username } = socket.data;
  limits.take('create', userId);
  const room = await store.rooms.create({ name, topic, isPrivate: isPrivate ?? false, createdBy: userId });
  log.info('room created', { room: room.id, by: username });
  follow(chat, userId, room.id);
  const told = room.isPrivate ? audience.user(userId) : [audience.extended, audience.user(userId)];
  chat.to(told).emit('room:changed', toChatRoom(room));
  const result = { success: true, roomId: room.id, roomName: room.name, members: await describeMembers(services, room.id) };
  socket.to(audience.user(userId)).emit('room:joined', result);
  return { room: toChatRoom(room) };
}

async function invite(socket, { chat, limits, notify, store }, roomId, username) {
  const { userId } = socket.data;
  limits.take('create', userId);
  const room = await store.rooms.visibleTo(userId, roomId);
  if (!(await store.rooms.isMember(userId, roomId)))
    throw new ChatError('forbidden', 'Only members of a room invite to it.');
  const guest = await store.users.byName(username);
  if (!guest)
    throw new ChatError('not_found', `There is nobody named “${username}”.`);
  if (await store.rooms.isMember(guest.id, roomId) || !(await store.rooms.invite(guest.id, roomId, userId)))
    return;
  chat.to(audience.user(guest.id)).emit('room:changed', toChatRoom(room));
  await notify({
    userId: guest.id, type: 'info', kind: 'invite', title: room.name, roomId,
    message: `${socket.data.username} invites you to the room.`,
  });
}

async function describeMembers(services, roomId) {
  return (await services.store.rooms.members(roomId)).map((member) => describeMember(services, member));
}

function describeMember({ config, presence }, member) {
  return config.plain ? member : { ...member, online: presence.isOnline(member.userId) };
}

/** Those who are not in a room see in their list how many are. */
async function announceCount({ chat, store }, roomId) {
  const room = await store.rooms.byId(roomId);
  if (!room.isPrivate)
    chat.to(audience.extended).except(audience.room(roomId)).emit('room:changed', toChatRoom(room));
}
