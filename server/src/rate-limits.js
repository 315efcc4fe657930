// SPDX-License-Identifier: GPL-3.0-or-later
import { ChatError } from './errors.js';

/**
 * How much one person may do at once (`burst`) and for how long one must wait for each further time (`everyMs`).
 * Bursts are as large as an honest client needs after a time offline: all its rooms to join, a full outbox to send.
 */
export const RATE_LIMITS = {
  connect: { burst: 120, everyMs: 500 },
  message: { burst: 60, everyMs: 100 },
  join: { burst: 200, everyMs: 50 },
  create: { burst: 10, everyMs: 10_000 },
  ask: { burst: 200, everyMs: 20 },
  search: { burst: 20, everyMs: 250 },
  typing: { burst: 1, everyMs: 2_000 },
  signIn: { burst: 10, everyMs: 6_000 },
  signInFromAddress: { burst: 100, everyMs: 1_000 },
};

const SWEEP_EVERY = 1000;

/** Token buckets, in memory: a restart forgives. */
export class RateLimits {
  #limits;
  #buckets = new Map();
  #taken = 0;

  /** @param {Partial<typeof RATE_LIMITS>} [changes] */
  constructor(changes = {}) {
    this.#limits = { ...RATE_LIMITS, ...changes };
  }

  /** Takes one, or throws `rate_limited`. */
  take(kind, key) {
    const retryAfterMs = this.#tryTake(kind, key);
    if (retryAfterMs > 0)
      throw new ChatError('rate_limited', 'Too much at once. Try again in a moment.', { retryAfterMs });
  }

  /** Takes one and says whether there was one, for what is dropped quietly. */
  allows(kind, key) {
    return this.#tryTake(kind, key) === 0;
  }

  giveBack(kind, key) {
    const bucket = this.#buckets.get(`${kind} ${key}`);
    if (bucket)
      bucket.level = Math.min(bucket.level + 1, this.#limits[kind].burst);
  }

  #tryTake(kind, key) {
    const { burst, everyMs } = this.#limits[kind];
    const now = performance.now();
    const name = `${kind} ${key}`;
    const bucket = this.#buckets.get(name) ?? { kind, level: burst, at: now };
    bucket.level = Math.min(burst, bucket.level + (now - bucket.at) / everyMs);
    bucket.at = now;
    this.#buckets.set(name, bucket);
    if (++this.#taken % SWEEP_EVERY === 0)
      this.#sweep(now);
    if (bucket.level < 1)
      return Math.max(1, Math.ceil((1 - bucket.level) * everyMs));
    bucket.level -= 1;
    return 0;
  }

  /** A bucket that is full again says nothing that a missing one does not. */
  #sweep(now) {
    for (const [name, { kind, level, at }] of this.#buckets) {
      const { burst, everyMs } = this.#limits[kind];
      if (level + (now - at) / everyMs >= burst)
        this.#buckets.delete(name);
    }
  }
}
