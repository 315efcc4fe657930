// SPDX-License-Identifier: GPL-3.0-or-later
/**
 * What can go wrong by a person's or a client's doing. Anything else that is thrown is a fault of ours and is told to
 * the client as `internal` only, with its details in the log.
 *
 * @typedef {'unauthorized'|'forbidden'|'not_found'|'invalid'|'too_large'|'rate_limited'|'conflict'|'internal'
 *   } ErrorCode
 */

export class ChatError extends Error {
  /**
   * @param {ErrorCode} code
   * @param {string} message a sentence that a person can read
   * @param {{ retryAfterMs?: number }} [details] what the answer carries besides
   */
  constructor(code, message, details = {}) {
    super(message);
    this.name = 'ChatError';
    this.code = code;
    this.details = details;
  }
}

/**
 * The fields of an answer that says no.
 *
 * @param {unknown} error
 */
export function describeError(error) {
  if (error instanceof ChatError)
    return { error: error.message, code: error.code, ...error.details };
  return { error: 'The server could not do this.', code: 'internal' };
}
