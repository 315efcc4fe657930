// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(scrypt);

/** One guess takes 32 MiB and about a quarter of a second; OWASP names these numbers as equal to N = 2¹⁷, p = 1. */
export const PASSWORD_COST = { N: 2 ** 15, r: 8, p: 3 };

const KEY_BYTES = 32;

/**
 * The hash carries its salt and its cost, so that the cost can grow and older hashes still be checked.
 *
 * @param {string} password
 * @param {{ N: number, r: number, p: number }} [cost]
 */
export async function hashPassword(password, cost = PASSWORD_COST) {
  const salt = randomBytes(16);
  const key = await deriveKey(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join('$');
}

/**
 * @param {string} password
 * @param {string|null|undefined} hash where there is none, a check is made all the same: how long the answer takes
 *   must not tell whether the person exists
 */
export async function checkPassword(password, hash) {
  const [, N, r, p, salt, key] = (hash ?? await decoy()).split('$');
  const expected = Buffer.from(key, 'base64');
  const actual = await deriveKey(password, Buffer.from(salt, 'base64'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(actual, expected) && Boolean(hash);
}

function deriveKey(password, salt, { N, r, p }) {
  return derive(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 128 * r * (N + p + 2) });
}

let decoyHash;

function decoy() {
  decoyHash ??= hashPassword(randomBytes(16).toString('hex'));
  return decoyHash;
}
