// SPDX-License-Identifier: GPL-3.0-or-later
const LEVELS = ['silent', 'error', 'warning', 'info', 'debug'];

/**
 * Lines on standard error; standard output is kept for what other programs read.
 *
 * @param {string} level the least important level that is still written
 * @param {(line: string) => void} [write]
 */
export function createLog(level, write = (line) => process.stderr.write(`${line}\n`)) {
  const threshold = LEVELS.indexOf(level);
  const log = {};
  for (const [rank, name] of LEVELS.entries()) {
    log[name] = (message, details = {}) => {
      if (rank === 0 || rank > threshold)
        return;
      const fields = Object.entries(details).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
      write(`${new Date().toISOString()} ${name}: ${message}${fields.join('')}`);
    };
  }
  return log;
}

export const LOG_LEVELS = LEVELS;
