// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { LOG_LEVELS } from './log.js';

export const VERSION = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version;

/** A command line that cannot be followed; its message is the one line that is shown. */
export class UsageError extends Error {}

/**
 * Each option: what it takes, its value when nothing is said, and its line in the help. The environment variable of
 * `--log-level` is ENFILADE_LOG_LEVEL, and so on; the command line wins.
 */
const OPTIONS = {
  host: { takes: 'ADDRESS', value: '127.0.0.1', help: 'address to listen on' },
  port: { takes: 'NUMBER', value: 3001, min: 0, max: 65535, help: 'port to listen on; 0 takes any free one' },
  data: { takes: 'DIRECTORY', value: defaultDataDirectory(), help: 'where the database and the key are kept' },
  name: { takes: 'NAME', value: 'Enfilade', help: 'what people see as the name of this server' },
  demo: { help: 'with people, rooms and messages to look at, made at the first start' },
  plain: { help: 'only the basic protocol: no sign-in by password, no history, no extensions' },
  'cors-origin': { takes: 'ORIGIN', value: [], help: 'web origin that may connect; may be given several times' },
  'trust-proxy': { help: 'behind a reverse proxy: people come from where its X-Forwarded-For says' },
  'log-level': { takes: 'LEVEL', value: 'info', of: LOG_LEVELS, help: `one of ${LOG_LEVELS.join(', ')}` },
  'token-lifetime': { takes: 'SECONDS', value: 43200, min: 1, max: 31536000, help: 'how long a token is good for' },
  'ping-interval': { takes: 'MS', value: 25000, min: 100, max: 600000, help: 'time between heartbeats' },
  'ping-timeout': { takes: 'MS', value: 20000, min: 100, max: 600000, help: 'time to wait for a heartbeat' },
  'recovery-window': { takes: 'SECONDS', value: 120, min: 0, max: 3600, help: 'how long lost connections are recovered' },
  'alert-sign-in-failures': { takes: 'NUMBER', value: 10, min: 1, help: 'failures a minute that raise an alert' },
  'alert-message-rate': { takes: 'NUMBER', value: 600, min: 1, help: 'messages a minute that raise an alert' },
  'alert-event-loop-lag': { takes: 'MS', value: 500, min: 1, help: 'lag of the event loop that raises an alert' },
  'alert-memory': { takes: 'MIB', value: 1024, min: 1, help: 'memory in use that raises an alert' },
};

/**
 * @param {string[]} args
 * @param {Record<string, string|undefined>} environment
 * @returns {{ config: Record<string, any>, words: string[],
 *   flags: Record<'help'|'version'|'admin'|'private', boolean> & { for?: string } }}
 */
export function readConfiguration(args, environment) {
  const { values, positionals } = parse(args);
  const config = {};
  for (const [name, option] of Object.entries(OPTIONS)) {
    const fromEnvironment = environment[environmentName(name)];
    const given = values[name] ?? (fromEnvironment === '' ? undefined : fromEnvironment);
    config[camelCase(name)] = given === undefined ? option.value ?? false : convert(name, option, given);
  }
  const { help = false, version = false, admin = false, private: isPrivate = false, for: member } = values;
  return { config, words: positionals, flags: { help, version, admin, private: isPrivate, for: member } };
}

function parse(args) {
  const options = {
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
    admin: { type: 'boolean' },
    private: { type: 'boolean' },
    for: { type: 'string' },
  };
  for (const [name, option] of Object.entries(OPTIONS))
    options[name] = { type: option.takes ? 'string' : 'boolean', multiple: Array.isArray(option.value) };
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error.message.split('. ')[0].replace(/\.?$/, '.'));
  }
}

function convert(name, option, given) {
  if (!option.takes)
    return given === true || ['1', 'true', 'yes'].includes(given);
  if (Array.isArray(option.value))
    return Array.isArray(given) ? given : given.split(',').map((item) => item.trim());
  if (typeof option.value === 'number') {
    const number = Number(given);
    const { min, max = 1e9 } = option;
    if (!Number.isInteger(number) || number < min || number > max)
      throw new UsageError(`--${name} takes a whole number from ${min} to ${max}, not “${given}”.`);
    return number;
  }
  if (option.of && !option.of.includes(given))
    throw new UsageError(`--${name} takes one of ${option.of.join(', ')}, not “${given}”.`);
  return given;
}

function environmentName(name) {
  return `ENFILADE_${name.toUpperCase().replaceAll('-', '_')}`;
}

function camelCase(name) {
  return name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
}

function defaultDataDirectory() {
  return join(process.env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'enfilade-server');
}

/** The lines of `--help` that tell the options. */
export function describeOptions() {
  return Object.entries(OPTIONS).map(([name, { takes, value, help }]) => {
    const start = `  --${name}${takes ? ` ${takes}` : ''}`.padEnd(36);
    const isTold = value !== undefined && !Array.isArray(value) && name !== 'data';
    return `${start}${help}${isTold ? ` (${value})` : ''}`;
  }).join('\n');
}
