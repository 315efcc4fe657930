// SPDX-License-Identifier: GPL-3.0-or-later
import { ChatError, describeError } from './errors.js';
import { readArguments } from './schemas.js';

/**
 * Answers one event of a socket. Whatever comes in and whatever the handler throws, the process goes on, and a client
 * that asked for an answer gets exactly one.
 *
 * @param {import('socket.io').Socket} socket
 * @param {string} event
 * @param {import('zod').ZodType[]} schema
 * @param {(...args: any[]) => Promise<object|void>|object|void} handle what it returns is the answer's further fields
 * @param {{ log: object, about?: (args: unknown[]) => object, isQuiet?: boolean }} options `about` are fields that a
 *   refusal carries too; a quiet handler gives no answer, even to who asks for one
 */
export function answer(socket, event, schema, handle, { log, about = () => ({}), isQuiet = false }) {
  socket.on(event, async (...args) => {
    const callback = typeof args.at(-1) === 'function' ? args.pop() : undefined;
    const acknowledge = isQuiet ? undefined : callback;
    try {
      const result = await handle(...readArguments(schema, args));
      acknowledge?.({ success: true, ...result });
    } catch (error) {
      if (error instanceof ChatError)
        log.debug(`${event} refused`, { user: socket.data.username, code: error.code, reason: error.message });
      else
        log.error(`${event} failed`, { user: socket.data.username, error: error.stack });
      acknowledge?.({ success: false, ...about(args), ...describeError(error) });
    }
  });
}

/**
 * Lets into a namespace who has a good token, and puts down on the socket who that is.
 *
 * @param {import('socket.io').Namespace} namespace
 * @param {{ accounts: import('./accounts.js').Accounts, config: object,
 *           limits: import('./rate-limits.js').RateLimits, log: object }} services
 * @param {(user: import('./store/users.js').User) => void} [check] throws what refuses a connection of this user
 */
export function admit(namespace, { accounts, config, limits, log }, check = () => {}) {
  namespace.use(async (socket, next) => {
    try {
      const user = await accounts.byToken(socket.handshake.auth.token);
      // Whoever knows a lost connection's secret id could else take it over under another name.
      if (socket.recovered && socket.data.userId !== user.id)
        throw new ChatError('unauthorized', 'The connection belongs to someone else.');
      check(user);
      // What a connection is told first is kept for its recovery. A plain server tells nothing, and could not say how long to wait.
      if (!config.plain)
        limits.take('connect', `${namespace.name} ${user.id}`);
      socket.data = { userId: user.id, username: user.username };
      next();
    } catch (error) {
      if (error instanceof ChatError)
        log.debug('connection refused', { namespace: namespace.name, code: error.code });
      else
        log.error('connection failed', { namespace: namespace.name, error: error.stack });
      const { error: message, ...data } = describeError(error);
      next(Object.assign(new Error(message), config.plain ? {} : { data }));
    }
  });
}
