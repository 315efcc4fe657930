// SPDX-License-Identifier: GPL-3.0-or-later
import { sql } from 'kysely';
import { notificationsMigration } from './notifications.js';
import { searchMigration } from './search.js';

/**
 * The steps from an empty database to today's tables, in order of their names. A step that was once released is never
 * changed; a change of the tables is a new step. Only types that SQLite and PostgreSQL share are used, but for the words
 * of messages; booleans are integers because SQLite has none.
 */
export const migrations = {
  '001-first-light': {
    async up(db) {
      await db.schema.createTable('users')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('username', 'text', (column) => column.notNull())
        .addColumn('username_key', 'text', (column) => column.notNull().unique())
        .addColumn('password_hash', 'text')
        .addColumn('is_admin', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('is_disabled', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('tokens_valid_from', 'bigint', (column) => column.notNull().defaultTo(0))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('last_seen', 'bigint')
        .execute();

      await db.schema.createTable('rooms')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('name_key', 'text', (column) => column.notNull())
        .addColumn('topic', 'text')
        .addColumn('is_private', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('last_seq', 'bigint', (column) => column.notNull().defaultTo(0))
        .addColumn('created_by', 'text', (column) => column.references('users.id'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      // Names of private rooms may repeat: that one is taken must not be found out by trying.
      await db.schema.createIndex('rooms_public_name').on('rooms').column('name_key')
        .unique().where(sql.ref('is_private'), '=', sql.lit(0)).execute();

      await db.schema.createTable('memberships')
        .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.id'))
        .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('joined_at', 'bigint', (column) => column.notNull())
        .addColumn('read_seq', 'bigint', (column) => column.notNull().defaultTo(0))
        .addPrimaryKeyConstraint('memberships_key', ['room_id', 'user_id'])
        .execute();
      await db.schema.createIndex('memberships_user').on('memberships').column('user_id').execute();

      await db.schema.createTable('invitations')
        .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.id'))
        .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('invited_by', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('invitations_key', ['room_id', 'user_id'])
        .execute();

      await db.schema.createTable('messages')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('room_id', 'text', (column) => column.notNull().references('rooms.id'))
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addColumn('sender_id', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('content', 'text', (column) => column.notNull())
        .addColumn('timestamp', 'bigint', (column) => column.notNull())
        .addColumn('client_id', 'text')
        .addColumn('reply_to', 'text')
        .addColumn('edited_at', 'bigint')
        .addColumn('deleted_at', 'bigint')
        .execute();
      // The sender is in the index so that unread messages are counted without reading them.
      await db.schema.createIndex('messages_order').on('messages')
        .columns(['room_id', 'seq', 'sender_id']).unique().execute();
      await db.schema.createIndex('messages_delivery').on('messages')
        .columns(['sender_id', 'client_id']).unique().execute();

      await db.schema.createTable('mentions')
        .addColumn('message_id', 'text', (column) => column.notNull().references('messages.id'))
        .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('room_id', 'text', (column) => column.notNull())
        .addColumn('seq', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('mentions_key', ['message_id', 'user_id'])
        .execute();
      await db.schema.createIndex('mentions_unread').on('mentions')
        .columns(['user_id', 'room_id', 'seq']).execute();

      await db.schema.createTable('notifications')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('user_id', 'text', (column) => column.notNull().references('users.id'))
        .addColumn('type', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('title', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('is_read', 'integer', (column) => column.notNull().defaultTo(0))
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('room_id', 'text')
        .addColumn('message_id', 'text')
        .execute();
      await db.schema.createIndex('notifications_user').on('notifications')
        .columns(['user_id', 'created_at']).execute();

      await db.schema.createTable('alerts')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('cause', 'text', (column) => column.notNull())
        .addColumn('severity', 'text', (column) => column.notNull())
        .addColumn('message', 'text', (column) => column.notNull())
        .addColumn('timestamp', 'bigint', (column) => column.notNull())
        .addColumn('cleared_at', 'bigint')
        .addColumn('cleared_by', 'text')
        .execute();
    },
  },
  '002-search': searchMigration,
  '003-notifications-follow': notificationsMigration,
};
