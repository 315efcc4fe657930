// SPDX-License-Identifier: GPL-3.0-or-later
import { audience } from './audience.js';

/**
 * Who is there. A connection that comes back within the grace time was never gone, so that a change of the network
 * does not make everyone blink.
 */
export class Presence {
  #chat;
  #store;
  #log;
  #graceMs;
  /** @type {Map<string, { sockets: number, timer?: NodeJS.Timeout }>} */
  #people = new Map();

  constructor({ chat, store, log, graceMs }) {
    this.#chat = chat;
    this.#store = store;
    this.#log = log;
    this.#graceMs = graceMs;
  }

  get count() {
    return this.#people.size;
  }

  isOnline(userId) {
    return this.#people.has(userId);
  }

  arrive(userId) {
    const person = this.#people.get(userId);
    if (person) {
      clearTimeout(person.timer);
      person.sockets += 1;
      return;
    }
    this.#people.set(userId, { sockets: 1 });
    this.#announce(userId, true);
  }

  depart(userId) {
    const person = this.#people.get(userId);
    person.sockets -= 1;
    if (person.sockets === 0)
      person.timer = setTimeout(() => this.#leave(userId), this.#graceMs);
  }

  /** Ends all waiting, for the server's stop. */
  stop() {
    for (const { timer } of this.#people.values())
      clearTimeout(timer);
  }

  #leave(userId) {
    this.#people.delete(userId);
    this.#announce(userId, false);
  }

  async #announce(userId, online) {
    const lastSeen = Date.now();
    try {
      await this.#store.users.update(userId, { lastSeen });
      const rooms = (await this.#store.rooms.joinedBy(userId)).map(audience.room);
      // Those who share a room learn of it; without a room `to` would mean everyone.
      if (rooms.length > 0 && online === this.isOnline(userId))
        this.#tell(rooms, { userId, online, lastSeen });
    } catch (error) {
      this.#log.error('presence could not be told', { error: error.stack });
    }
  }

  #tell(rooms, presence) {
    this.#chat.to(rooms).except(audience.user(presence.userId)).except(audience.seed).emit('presence', presence);
  }
}
