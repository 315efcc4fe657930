// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * Lets a lost connection be recovered once. Socket.IO keeps what it knows of it, and gives a client that tries twice, because its
 * first try broke too, two sockets of the same id: when the server notices that the first is dead, it takes the second out of all
 * rooms, and who is there hears nothing any more. A session that was given away comes back when its socket is gone.
 *
 * @param {import('socket.io').Namespace} namespace of a server with connectionStateRecovery
 */
export function recoverOnce({ adapter }) {
  const restore = adapter.restoreSession.bind(adapter);
  adapter.restoreSession = async (pid, offset) => {
    const session = await restore(pid, offset);
    if (session && !adapter.sessions.delete(pid))
      return null;
    return session;
  };
}

/**
 * Whether anybody would get what is sent to a Socket.IO room: those who are in it, and those who were when their connection was
 * lost, which may be recovered.
 *
 * @param {import('socket.io').Namespace} namespace
 * @param {string} name
 */
export function isHeard({ adapter }, name) {
  return adapter.rooms.has(name) || [...adapter.sessions?.values() ?? []].some((session) => session.rooms.includes(name));
}
