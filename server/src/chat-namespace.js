// SPDX-License-Identifier: GPL-3.0-or-later
import { toPublicUser } from './accounts.js';
import { audience, followExactly, isExtended } from './audience.js';
import { registerMessageHandlers } from './chat-messages.js';
import { registerRoomHandlers } from './chat-rooms.js';
import { VERSION } from './config.js';
import { admit } from './handlers.js';
import { FEATURES, LIMITS, PROTOCOL } from './protocol.js';
import { toChatRoom } from './wire.js';

/** `/chat`: who may come in, and what each socket is told first. */
export function openChatNamespace(services) {
  const { chat, config, log, presence } = services;

  admit(chat, services);

  chat.on('connection', async (socket) => {
    const { userId } = socket.data;
    const extended = isExtended(socket, config);
    socket.join(audience.user(userId));
    socket.join(extended ? audience.extended : [audience.seed, audience.seedUser(userId)]);
    registerRoomHandlers(socket, services);
    registerMessageHandlers(socket, services);
    presence.arrive(userId);
    socket.on('disconnect', () => presence.depart(userId));
    try {
      await start(socket, extended, services);
    } catch (error) {
      log.error('a session could not start', { user: socket.data.username, error: error.stack });
      socket.disconnect();
    }
  });
}

/** Puts the socket into the rooms of its user and tells an extended client where it is. */
async function start(socket, extended, { store, config }) {
  // On a plain server a socket follows what it joined itself, as on any server that keeps no memberships.
  if (config.plain)
    return;
  const user = await store.users.byId(socket.data.userId);
  const rooms = await store.rooms.listFor(user.id);
  const joined = rooms.filter((room) => room.isMember).map((room) => room.id);
  followExactly(socket, joined, !extended);
  if (extended) {
    socket.emit('session', {
      protocol: PROTOCOL,
      user: toPublicUser(user),
      server: { name: config.name, version: VERSION },
      features: FEATURES,
      limits: LIMITS,
      rooms: rooms.map(toChatRoom),
      joined,
    });
  }
}
