// SPDX-License-Identifier: GPL-3.0-or-later
import { readFileSync } from 'node:fs';
import { UsageError } from './config.js';
import { hashPassword } from './passwords.js';
import { readArguments, schemas } from './schemas.js';
import { Tokens, loadKey } from './tokens.js';

const MIN_PASSWORD_LENGTH = 8;

/**
 * What an operator does beside a server, running or not. Each command gets the names that follow it and returns the
 * lines to print.
 */
export const commands = {
  'user add': async ([username], { store, flags, environment }) => {
    const passwordHash = await hashPassword(readPassword(environment));
    const user = await store.users.add({ username, passwordHash, isAdmin: flags.admin });
    return [`${user.username} can sign in now${user.isAdmin ? ', as an admin' : ''}.`];
  },

  'user password': async ([username], { store, environment }) => {
    const user = await requireUser(store, username);
    const passwordHash = await hashPassword(readPassword(environment));
    await store.users.update(user.id, { passwordHash, tokensValidFrom: wholeSecond(Date.now()) });
    return [`${user.username} has a new password, and signs in again everywhere.`];
  },

  'user list': async (_names, { store }) => (await store.users.all()).map((user) =>
    [user.username, user.isAdmin && 'admin', user.isDisabled && 'disabled'].filter(Boolean).join('\t')),

  'user promote': ([username], { store }) => change(store, username, { isAdmin: true }, 'is an admin now'),
  'user demote': ([username], { store }) => change(store, username, { isAdmin: false }, 'is no admin any more'),
  'user enable': ([username], { store }) => change(store, username, { isDisabled: false }, 'may sign in again'),
  'user disable': ([username], { store }) => change(store, username, { isDisabled: true }, 'may not sign in any more'),

  'room add': async ([name], { store, flags }) => {
    // Into a private room one comes by somebody who is in it.
    if (flags.private && flags.for === undefined)
      throw new UsageError('A private room needs someone who is in it: --private --for NAME.');
    const [fields] = readArguments(schemas.createRoom, [{ name, isPrivate: flags.private }]);
    const createdBy = flags.for === undefined ? undefined : (await requireUser(store, flags.for)).id;
    return [(await store.rooms.create({ ...fields, createdBy })).id];
  },

  token: async ([username], { store, config }) => {
    const user = await requireUser(store, username);
    const { token } = await new Tokens(loadKey(config.data), config.tokenLifetime).issue(user);
    return [token];
  },
};

const NAMELESS = ['user list'];

/**
 * @param {string[]} words what was given beside the options
 * @returns {{ run: Function, names: string[] }|undefined} undefined when no command was given
 */
export function findCommand(words) {
  if (words.length === 0)
    return undefined;
  const name = Object.keys(commands).find((candidate) => `${words.join(' ')} `.startsWith(`${candidate} `));
  if (!name)
    throw new UsageError(`There is no command “${words.join(' ')}”.`);
  const names = words.slice(name.split(' ').length);
  const needed = NAMELESS.includes(name) ? 0 : 1;
  if (names.length !== needed)
    throw new UsageError(needed === 1 ? `“${name}” takes one name.` : `“${name}” takes nothing more.`);
  return { run: commands[name], names };
}

/** Tokens know when they were issued to the second only; one that is issued right after the change must be good. */
function wholeSecond(timestamp) {
  return Math.floor(timestamp / 1000) * 1000;
}

async function change(store, username, changes, outcome) {
  const user = await requireUser(store, username);
  await store.users.update(user.id, changes);
  return [`${user.username} ${outcome}.`];
}

async function requireUser(store, username) {
  const user = await store.users.byName(username);
  if (!user)
    throw new UsageError(`There is nobody named “${username}”.`);
  return user;
}

/** A password is never an argument: those can be read by everyone on the machine. */
function readPassword(environment) {
  const password = environment.ENFILADE_PASSWORD ?? readFileSync(0, 'utf8').split('\n')[0];
  if ([...password].length < MIN_PASSWORD_LENGTH)
    throw new UsageError(`A password has at least ${MIN_PASSWORD_LENGTH} characters.`);
  return password;
}
