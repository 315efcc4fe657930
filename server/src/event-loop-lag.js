// SPDX-License-Identifier: GPL-3.0-or-later
const STEP_MS = 50;

/**
 * How long things had to wait for the event loop, at worst. The histogram of node:perf_hooks forgets where it was when
 * it is reset, and with it a standstill that begins right then.
 */
export class EventLoopLag {
  #worst = 0;
  #expected;
  #timer;

  constructor() {
    this.#expected = performance.now() + STEP_MS;
    this.#timer = setInterval(() => this.#note(), STEP_MS);
  }

  /** @returns {number} the longest wait since this was last asked, in milliseconds */
  take() {
    this.#note();
    const worst = this.#worst;
    this.#worst = 0;
    return worst;
  }

  stop() {
    clearInterval(this.#timer);
  }

  #note() {
    const now = performance.now();
    this.#worst = Math.max(this.#worst, now - this.#expected);
    this.#expected = now + STEP_MS;
  }
}
