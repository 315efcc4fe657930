// SPDX-License-Identifier: GPL-3.0-or-later
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CamelCasePlugin, Kysely, Migrator, SqliteDialect } from 'kysely';
import { Alerts } from './alerts.js';
import { Messages } from './messages.js';
import { migrations } from './migrations.js';
import { Notifications } from './notifications.js';
import { Rooms } from './rooms.js';
import { Users } from './users.js';

/**
 * Everything that outlives the process.
 *
 * @typedef {object} Store
 * @property {Users} users
 * @property {Rooms} rooms
 * @property {Messages} messages
 * @property {Notifications} notifications
 * @property {Alerts} alerts
 * @property {() => Promise<void>} close
 */

export function databasePath(directory) {
  return join(directory, 'enfilade.sqlite');
}

/**
 * @param {string} directory is made, for its owner only, when it does not exist
 * @returns {Promise<Store>}
 */
export async function openStore(directory) {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = databasePath(directory);
  const sqlite = new Database(path);
  chmodSync(path, 0o600);
  // A commit is on the disk before it returns, so that what was acknowledged outlives the process and the power.
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');

  const db = new Kysely({
    dialect: new SqliteDialect({ database: sqlite }),
    plugins: [new CamelCasePlugin()],
  });
  try {
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
    if (error)
      throw error;
  } catch (error) {
    await db.destroy();
    throw error;
  }

  return {
    users: new Users(db),
    rooms: new Rooms(db),
    messages: new Messages(db),
    notifications: new Notifications(db),
    alerts: new Alerts(db),
    close: () => db.destroy(),
  };
}
