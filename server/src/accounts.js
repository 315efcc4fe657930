// SPDX-License-Identifier: GPL-3.0-or-later
import { ChatError } from './errors.js';
import { checkPassword } from './passwords.js';
import { usernameKey } from './store/users.js';

/**
 * Who someone is, by password or by token. A person who was disabled, or whose tokens were made void, is nobody here,
 * whatever the token says.
 */
export class Accounts {
  #users;
  #tokens;
  #limits;
  #alerts;

  /**
   * @param {{ users: import('./store/users.js').Users, tokens: import('./tokens.js').Tokens,
   *           limits: import('./rate-limits.js').RateLimits, alerts: import('./alerts.js').AlertMonitor }} parts
   */
  constructor({ users, tokens, limits, alerts }) {
    this.#users = users;
    this.#tokens = tokens;
    this.#limits = limits;
    this.#alerts = alerts;
  }

  /** @returns {Promise<{ token: string, expiresAt: number, user: object }>} */
  async signIn(username, password, address) {
    // Only failures are to be slowed down, so what a success took is given back.
    const keys = [['signIn', `${address} ${usernameKey(username)}`], ['signInFromAddress', address]];
    for (const key of keys)
      this.#limits.take(...key);
    const user = await this.#users.byName(username);
    if (!(await checkPassword(password, user?.passwordHash)) || user.isDisabled) {
      this.#alerts.noteSignInFailure(username, address);
      throw new ChatError('unauthorized', 'The name or the password is wrong.');
    }
    for (const key of keys)
      this.#limits.giveBack(...key);
    return this.#signedIn(user);
  }

  async refresh(token) {
    const claims = await this.#tokens.verifyForRefresh(token);
    return this.#signedIn(await this.#holder(claims), claims.auth_time);
  }

  /** @returns {Promise<import('./store/users.js').User>} whose token this is */
  async byToken(token) {
    return this.#holder(await this.#tokens.verify(token));
  }

  async #holder(claims) {
    const user = await this.#users.byId(claims.sub);
    if (!user || user.isDisabled || claims.iat * 1000 < user.tokensValidFrom)
      throw new ChatError('unauthorized', 'The token is not valid any more.');
    return user;
  }

  async #signedIn(user, signedInAt) {
    return { ...await this.#tokens.issue(user, signedInAt), user: toPublicUser(user) };
  }
}

/** What is told about a person to that person. */
export function toPublicUser({ id, username, isAdmin }) {
  return { userId: id, username, isAdmin };
}
