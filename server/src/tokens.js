// SPDX-License-Identifier: GPL-3.0-or-later
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, errors, jwtVerify } from 'jose';
import { ChatError } from './errors.js';

const ALGORITHM = 'HS256';
const KEY_BYTES = 32;

// A token that expired may still be exchanged for a week, so that a computer that slept does not ask for the password
// again; a month after the password was last given it is asked for in any case.
const REFRESH_GRACE_S = 7 * 24 * 3600;
const MAX_SESSION_S = 30 * 24 * 3600;

/**
 * Signed tokens. They only say who someone is: what that person may do is looked up each time, so the claim `isAdmin`
 * is there for clients to read and decides nothing here.
 */
export class Tokens {
  #key;
  #lifetime;

  /**
   * @param {Uint8Array} key
   * @param {number} lifetime in seconds
   */
  constructor(key, lifetime) {
    this.#key = key;
    this.#lifetime = lifetime;
  }

  /**
   * @param {import('./store/users.js').User} user
   * @param {number} [signedInAt] when the password was given, in seconds
   */
  async issue(user, signedInAt = Math.floor(Date.now() / 1000)) {
    const now = Math.floor(Date.now() / 1000);
    const expiresAt = now + this.#lifetime;
    const token = await new SignJWT({ username: user.username, isAdmin: user.isAdmin, auth_time: signedInAt })
      .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
      .setSubject(user.id).setIssuedAt(now).setExpirationTime(expiresAt).sign(this.#key);
    return { token, expiresAt: expiresAt * 1000 };
  }

  /** @returns {Promise<import('jose').JWTPayload>} the claims of a token that is good now */
  verify(token) {
    return this.#verify(token, 0);
  }

  /** @returns {Promise<import('jose').JWTPayload>} the claims of a token that may be exchanged for a new one */
  async verifyForRefresh(token) {
    const claims = await this.#verify(token, REFRESH_GRACE_S);
    if (typeof claims.auth_time !== 'number' || claims.auth_time + MAX_SESSION_S < Date.now() / 1000)
      throw new ChatError('unauthorized', 'It is time to sign in again.');
    return claims;
  }

  async #verify(token, clockTolerance) {
    if (typeof token !== 'string' || token === '')
      throw new ChatError('unauthorized', 'A token is needed.');
    try {
      const { payload } = await jwtVerify(token, this.#key, {
        algorithms: [ALGORITHM], clockTolerance, requiredClaims: ['sub', 'iat', 'exp'],
      });
      return payload;
    } catch (error) {
      const reason = error instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid.';
      throw new ChatError('unauthorized', reason);
    }
  }
}

/**
 * The key that signs this server's tokens; made at the first start, readable by its owner only.
 *
 * @param {string} directory
 * @returns {Uint8Array}
 */
export function loadKey(directory) {
  const path = join(directory, 'token-key');
  if (!existsSync(path)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    writeFileSync(path, randomBytes(KEY_BYTES), { mode: 0o600, flag: 'wx' });
  }
  const key = readFileSync(path);
  if (key.length !== KEY_BYTES)
    throw new Error(`${path} is no key of ${KEY_BYTES} bytes.`);
  return new Uint8Array(key);
}
