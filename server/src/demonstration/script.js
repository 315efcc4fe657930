// SPDX-License-Identifier: GPL-3.0-or-later
const FIRST_LINE = /^(?:(\d+)d (\d\d):(\d\d)|(\d+)m) (\S+?)(?: \^(\d+))?: (.*)$/;
const INDENT = '    ';
const MINUTE_MS = 60_000;

/**
 * A conversation as it is written in demonstration/*.txt: what the room is, an empty line, then a message on each line,
 * as `2d 09:14 mira: text` (two days ago at 9:14) or `25m mira ^1: text` (25 minutes ago, in answer to the message one
 * before). Lines that are indented by four spaces go on with the message above them.
 *
 * @typedef {object} Conversation
 * @property {string} name
 * @property {string} topic
 * @property {boolean} isPrivate
 * @property {string[]} members the first one made the room
 * @property {Map<string, number>} unread how many messages at the end someone has not read
 * @property {{ who: string, timestamp: number, answers?: number, content: string }[]} messages
 *   `answers` is the index of the message that is answered
 */

/**
 * @param {string} text
 * @param {number} now
 * @returns {Conversation}
 */
export function readConversation(text, now) {
  const [head, ...body] = text.split('\n\n');
  const fields = Object.fromEntries(head.split('\n').map((line) => line.split(/: (.*)/)));
  return {
    name: fields.name,
    topic: fields.topic,
    isPrivate: fields.private === 'yes',
    members: fields.members.split(' '),
    unread: new Map((fields.unread ?? '').split(', ').filter(Boolean).map((entry) => {
      const [name, count] = entry.split(' ');
      return [name, Number(count)];
    })),
    messages: readMessages(body.join('\n\n').trimEnd().split('\n'), now),
  };
}

function readMessages(lines, now) {
  const messages = [];
  for (const line of lines) {
    if (line.startsWith(INDENT)) {
      messages.at(-1).content += `\n${line.slice(INDENT.length)}`;
      continue;
    }
    const [, days, hours, minutes, minutesAgo, who, back, content] = FIRST_LINE.exec(line);
    const timestamp = minutesAgo === undefined
      ? daysAgo(now, Number(days), Number(hours), Number(minutes))
      : now - Number(minutesAgo) * MINUTE_MS;
    messages.push({ who, timestamp, content, ...(back && { answers: messages.length - Number(back) }) });
  }
  return messages;
}

/** In the time zone of this machine, so that people of the demonstration write by day. */
function daysAgo(now, days, hours, minutes) {
  const date = new Date(now);
  date.setDate(date.getDate() - days);
  return date.setHours(hours, minutes, 0, 0);
}
