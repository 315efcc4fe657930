// SPDX-License-Identifier: GPL-3.0-or-later

// An address such as ada@example.org mentions nobody, so nothing that belongs to a word stands before the sign.
const MENTION = /(?<![\p{L}\p{M}\p{N}_.-])@([\p{L}\p{M}\p{N}_](?:[\p{L}\p{M}\p{N}_.-]{0,30}[\p{L}\p{M}\p{N}_])?)/gu;

// More names than this in one message are decoration, not a call.
const MAX_MENTIONS = 50;

/**
 * @param {string} content
 * @returns {string[]} the names that follow an @, each once, as they were written
 */
export function mentionedNames(content) {
  const names = new Set();
  for (const [, name] of content.matchAll(MENTION)) {
    names.add(name);
    if (names.size === MAX_MENTIONS)
      break;
  }
  return [...names];
}
