// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * The Socket.IO rooms into which sockets are put. A chat room's name never stands alone, so that a room whose id is
 * somebody's id is not that person's mailbox.
 */
export const audience = {
  /** all sockets that follow a chat room */
  room: (roomId) => `room:${roomId}`,
  /** those of them that were written to the seed and know the older form of a message too */
  seedRoom: (roomId) => `seed-room:${roomId}`,
  /** all sockets of a person in this namespace */
  user: (userId) => `user:${userId}`,
  seedUser: (userId) => `seed-user:${userId}`,
  /** all sockets that know our extensions */
  extended: 'extended',
  /** all that do not */
  seed: 'seed',
  admins: 'admins',
};

/** A client that knows our extensions says so when it connects. */
export function isExtended(socket, config) {
  return !config.plain && socket.handshake.auth.protocol != null;
}

/** Lets all sockets of a person follow a chat room. */
export function follow(namespace, userId, roomId) {
  namespace.in(audience.user(userId)).socketsJoin(audience.room(roomId));
  namespace.in(audience.seedUser(userId)).socketsJoin(audience.seedRoom(roomId));
}

export function unfollow(namespace, userId, roomId) {
  namespace.in(audience.user(userId)).socketsLeave([audience.room(roomId), audience.seedRoom(roomId)]);
}

/**
 * Lets one socket follow exactly these chat rooms. A recovered connection comes with the rooms that it had, which may
 * have become others while it was away.
 */
export function followExactly(socket, roomIds, isSeed) {
  const wanted = new Set(roomIds.map(audience.room));
  if (isSeed)
    roomIds.forEach((roomId) => wanted.add(audience.seedRoom(roomId)));
  for (const name of [...socket.rooms]) {
    if (/^(seed-)?room:/.test(name) && !wanted.has(name))
      socket.leave(name);
  }
  socket.join([...wanted]);
}
