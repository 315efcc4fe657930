// SPDX-License-Identifier: GPL-3.0-or-later
// What a client does that knows the basic protocol only: the flows of its two managers, on the official client.

const TIMEOUT_MS = 5000;

/** Keeps the members of the rooms it is in, by what joining answered and by `room:update`. */
export class RoomManager {
  #socket;
  #rooms = new Map();

  constructor(socket) {
    this.#socket = socket;
  }

  async joinRoom(roomId) {
    if (!this.#socket.connected)
      return { success: false, roomId, error: 'Not connected' };
    try {
      const result = await this.#socket.timeout(TIMEOUT_MS).emitWithAck('room:join', roomId);
      if (result.success && result.members)
        this.#rooms.set(roomId, result.members);
      return result;
    } catch (error) {
      return { success: false, roomId, error: error.message };
    }
  }

  async leaveRoom(roomId) {
    if (!this.#socket.connected)
      return { success: false, roomId };
    const result = await this.#socket.timeout(TIMEOUT_MS).emitWithAck('room:leave', roomId);
    if (result.success)
      this.#rooms.delete(roomId);
    return result;
  }

  /** Asks for no answer. */
  leaveAllRooms() {
    for (const roomId of this.#rooms.keys())
      this.#socket.emit('room:leave', roomId);
    this.#rooms.clear();
  }

  isInRoom(roomId) {
    return this.#rooms.has(roomId);
  }

  membersOf(roomId) {
    return (this.#rooms.get(roomId) ?? []).map((member) => member.username).sort();
  }

  listen({ onUpdate, onMessage }) {
    this.#socket.on('room:update', (update) => {
      const members = this.#rooms.get(update.roomId);
      if (members && update.type === 'member_joined')
        members.push(update.member);
      else if (members)
        this.#rooms.set(update.roomId, members.filter((member) => member.userId !== update.member.userId));
      onUpdate?.(update);
    });
    this.#socket.on('room:message', (message) => onMessage?.(message));
  }
}

/** Knows one current room, to which it sends, and keeps what comes as `message`. */
export class ChatNamespaceManager {
  #socket;
  #messages = new Map();
  currentRoom = null;

  constructor(socket) {
    this.#socket = socket;
    socket.on('message', (message) => this.#messages.set(message.roomId, [...this.messagesOf(message.roomId), message]));
  }

  joinRoom(roomId) {
    return new Promise((resolve) => {
      this.#socket.emit('room:join', roomId, (result) => {
        if (result.success)
          this.currentRoom = roomId;
        resolve(result.success);
      });
    });
  }

  sendMessage(content) {
    if (this.currentRoom)
      this.#socket.emit('send', content, this.currentRoom);
  }

  messagesOf(roomId) {
    return this.#messages.get(roomId) ?? [];
  }
}
