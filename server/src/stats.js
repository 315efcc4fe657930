// SPDX-License-Identifier: GPL-3.0-or-later
import { hostname } from 'node:os';
import { EventLoopLag } from './event-loop-lag.js';

const WINDOW_S = 60;

/** What the server does right now, measured, not estimated. */
export class Stats {
  #io;
  #presence;
  #lag = new EventLoopLag();
  #cpu = process.cpuUsage();
  #cpuAt = performance.now();
  #measured = { cpu: 0, eventLoopLag: 0 };
  /** Messages of each of the last sixty seconds, by second. */
  #seconds = new Map();

  constructor({ io, presence }) {
    this.#io = io;
    this.#presence = presence;
  }

  noteMessage() {
    const second = Math.floor(performance.now() / 1000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    for (const old of this.#seconds.keys()) {
      if (old > second - WINDOW_S)
        break;
      this.#seconds.delete(old);
    }
  }

  /** Messages that were stored in the last minute. */
  get messageRate() {
    const since = Math.floor(performance.now() / 1000) - WINDOW_S;
    let count = 0;
    for (const [second, messages] of this.#seconds)
      count += second > since ? messages : 0;
    return count;
  }

  /** Closes the time over which processor use and lag are taken; called once for each round of the statistics. */
  measure() {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#cpu);
    this.#measured = {
      cpu: round((user + system) / 10 / (now - this.#cpuAt)),
      eventLoopLag: round(this.#lag.take()),
    };
    this.#cpu = process.cpuUsage();
    this.#cpuAt = now;
    return { ...this.#measured, rss: process.memoryUsage.rss(), messageRate: this.messageRate };
  }

  /** The protocol's SystemStats. */
  snapshot({ basic = false } = {}) {
    const { rooms } = this.#io.of('/chat').adapter;
    const stats = {
      connectedUsers: this.#presence.count,
      activeRooms: [...rooms.keys()].filter((name) => name.startsWith('room:')).length,
      messageRate: this.messageRate,
    };
    if (basic)
      return stats;
    return {
      ...stats,
      nodes: [{
        id: `${hostname()}:${process.pid}`,
        uptime: Math.round(process.uptime()),
        connections: this.#io.engine.clientsCount,
        cpu: this.#measured.cpu,
        rss: process.memoryUsage.rss(),
        eventLoopLag: this.#measured.eventLoopLag,
      }],
    };
  }

  stop() {
    this.#lag.stop();
  }
}

function round(number) {
  return Number.isFinite(number) ? Math.round(number * 10) / 10 : 0;
}
