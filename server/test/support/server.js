// SPDX-License-Identifier: GPL-3.0-or-later
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { hashPassword } from '../../src/passwords.js';
import { startServer } from '../../src/server.js';
import { openStore } from '../../src/store/store.js';
import { Tokens, loadKey } from '../../src/tokens.js';
import { Client } from './client.js';

const CHEAP = { N: 16, r: 1, p: 1 };

export const PASSWORD = 'correct horse';

/** A directory that is gone after the test. */
export function temporaryDirectory(t) {
  const directory = mkdtempSync(join(tmpdir(), 'enfilade-test-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/**
 * A server in this process with the people ada (admin), grace and tomas and the public rooms general and design.
 *
 * @param {import('node:test').TestContext} t
 * @param {Record<string, any>} [changes] to the configuration
 */
export async function startTestServer(t, changes = {}) {
  const data = temporaryDirectory(t);
  const config = { ...readConfiguration([], {}).config, port: 0, data, presenceGraceMs: 20, roundMs: 100, ...changes };
  const logged = [];
  const log = createLog('debug', (line) => logged.push(line));
  const store = await openStore(data);
  const users = {};
  for (const username of ['ada', 'grace', 'tomas']) {
    users[username] = await store.users.add({
      username, passwordHash: await hashPassword(PASSWORD, CHEAP), isAdmin: username === 'ada',
    });
  }
  await store.rooms.create({ name: 'General' });
  await store.rooms.create({ name: 'Design' });
  const server = await startServer(config, { log, store });
  const tokens = new Tokens(loadKey(data), config.tokenLifetime);
  const clients = [];
  t.after(async () => {
    clients.forEach((client) => client.close());
    await server.close();
    await store.close();
  });
  return {
    url: server.url,
    data,
    store,
    users,
    logged,
    tokens,
    token: async (username) => (await tokens.issue(users[username])).token,
    /** @param {{ protocol?: number, token?: string } & Record<string, any>} [options] */
    async client(username, { token, ...options } = {}) {
      const client = new Client(server.url, { token: token ?? (await tokens.issue(users[username])).token, ...options });
      clients.push(client);
      return client;
    },
    /** The client of a person, connected to `/chat` and, when extended, with its session. */
    async chat(username, options = {}) {
      const client = await this.client(username, options);
      const socket = client.socket('/chat');
      const session = options.protocol === null || changes.plain ? undefined : socket.next('session');
      await socket.opened();
      return { client, socket, session: (await session)?.[0], userId: users[username].id };
    },
  };
}
