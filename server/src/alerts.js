// SPDX-License-Identifier: GPL-3.0-or-later
import { EventEmitter } from 'node:events';

const WINDOW_MS = 60_000;
const MIB = 1024 * 1024;

/**
 * Watches for what an admin has to know and raises one alert for it. A cause is raised again only when its alert was
 * cleared and the condition had ended in between. Emits `alert` with the protocol's SystemAlert.
 */
export class AlertMonitor extends EventEmitter {
  #config;
  #store;
  #log;
  #failures = [];
  #active = new Set();

  constructor({ config, store, log }) {
    super();
    this.#config = config;
    this.#store = store;
    this.#log = log;
  }

  noteSignInFailure(username, address) {
    const now = Date.now();
    this.#failures = this.#failures.filter((failure) => failure.at > now - WINDOW_MS);
    this.#failures.push({ at: now, username, address });
    this.#checkSignIns();
  }

  /** @param {{ messageRate: number, eventLoopLag: number, rss: number }} measured */
  check({ messageRate, eventLoopLag, rss }) {
    const { alertMessageRate, alertEventLoopLag, alertMemory } = this.#config;
    this.#checkSignIns();
    this.#observe('message-rate', messageRate >= alertMessageRate, 'medium',
      () => `${messageRate} messages in the last minute.`);
    this.#observe('event-loop-lag', eventLoopLag >= alertEventLoopLag, 'high',
      () => `The server answers slowly: its event loop lags by ${Math.round(eventLoopLag)} ms.`);
    this.#observe('memory', rss >= alertMemory * MIB, 'critical',
      () => `The server uses ${Math.round(rss / MIB)} MiB of memory.`);
  }

  #checkSignIns() {
    const since = Date.now() - WINDOW_MS;
    const recent = this.#failures.filter((failure) => failure.at > since);
    this.#observe('sign-in-failures', recent.length >= this.#config.alertSignInFailures, 'high', () => {
      const { username, address } = recent.at(-1);
      return `${recent.length} failed sign-ins in the last minute, the last one as “${username}” from ${address}.`;
    });
  }

  #observe(cause, isActive, severity, describe) {
    const wasActive = this.#active.has(cause);
    if (!isActive)
      this.#active.delete(cause);
    else if (!wasActive) {
      this.#active.add(cause);
      this.#raise({ cause, severity, message: describe() });
    }
  }

  async #raise(fields) {
    try {
      const alert = await this.#store.alerts.raise(fields);
      if (!alert)
        return;
      this.#log.warning('alert', { severity: alert.severity, message: alert.message });
      this.emit('alert', alert);
    } catch (error) {
      this.#active.delete(fields.cause);
      this.#log.error('an alert could not be stored', { error: error.stack });
    }
  }
}
