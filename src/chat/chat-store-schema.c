/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of ChatStore, as the steps from an empty file to today's. A step that was once released is never changed: a change of
 * the tables is a new step, and tests/chat/store-versions keeps a file of each version to be migrated. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-error.h"
#include "chat-store-schema-private.h"

/*
 * person:  who wrote. Their name is the last that was heard.
 * room:    what the server said of it, how far the user has read, and where the reader left it. A view_place of NULL is the newest.
 * message: what the server has. `number` is its time in milliseconds * 2^20 plus a count of arrivals: it is the order over all rooms,
 *          and the order in a room where nothing else says one. `place` is its order in its room: the server's number, or, where the
 *          server does not count, the time. `flags`: 1 own, 2 mentions the user, 4 deleted.
 * span:    from which to which number a room is here without a hole. What lies between two spans was not loaded.
 * outbox:  what was written here and no server has confirmed. `state`: 0 waits, 1 failed, 2 not confirmed. `sent`: 1 it went out
 *          without its id, so it must not go out by itself again; 2 it may have gone out with its id, so it may go out by itself
 *          only where the server knows repeats. Earlier versions wrote no 2 and take it for 1, which asks a person once too often.
 */
static const char version_1[] =
  "CREATE TABLE person ("
  "  number INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  name TEXT"
  ") STRICT;"

  "CREATE TABLE room ("
  "  number INTEGER PRIMARY KEY,"
  "  id TEXT NOT NULL UNIQUE,"
  "  name TEXT NOT NULL,"
  "  topic TEXT,"
  "  is_private INTEGER NOT NULL DEFAULT 0,"
  "  member_count INTEGER NOT NULL DEFAULT 0,"
  "  joined INTEGER NOT NULL DEFAULT 0,"
  "  last_seq INTEGER,"
  "  read_seq INTEGER,"
  "  told_read_seq INTEGER,"
  "  read_place INTEGER NOT NULL DEFAULT 0,"
  "  read_number INTEGER NOT NULL DEFAULT 0,"
  "  view_place INTEGER,"
  "  view_number INTEGER,"
  "  view_offset REAL NOT NULL DEFAULT 0"
  ") STRICT;"

  "CREATE TABLE message ("
  "  number INTEGER PRIMARY KEY,"
  "  room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,"
  "  place INTEGER NOT NULL,"
  "  seq INTEGER,"
  "  id TEXT NOT NULL,"
  "  client_id TEXT,"
  "  sender INTEGER NOT NULL REFERENCES person,"
  "  content TEXT NOT NULL,"
  "  timestamp INTEGER NOT NULL,"
  "  edited_at INTEGER NOT NULL DEFAULT 0,"
  "  reply_to TEXT,"
  "  flags INTEGER NOT NULL DEFAULT 0"
  ") STRICT;"

  "CREATE UNIQUE INDEX message_order ON message (room, place, number);"
  "CREATE UNIQUE INDEX message_identity ON message (id, room);"
  "CREATE INDEX message_own ON message (room, place) WHERE flags & 1;"
  "CREATE INDEX message_mention ON message (room, place) WHERE flags & 2;"
  "CREATE INDEX message_time ON message (room, timestamp);"

  "CREATE TABLE span ("
  "  room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,"
  "  first INTEGER NOT NULL,"
  "  last INTEGER NOT NULL,"
  "  PRIMARY KEY (room, first)"
  ") STRICT, WITHOUT ROWID;"

  "CREATE TABLE outbox ("
  "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  client_id TEXT NOT NULL UNIQUE,"
  "  room_id TEXT NOT NULL,"
  "  content TEXT NOT NULL,"
  "  reply_to TEXT,"
  "  timestamp INTEGER NOT NULL,"
  "  state INTEGER NOT NULL DEFAULT 0,"
  "  sent INTEGER NOT NULL DEFAULT 0,"
  "  error TEXT"
  ") STRICT;";

/*
 * message_text: the words of each message that is not deleted, for searching; its rowid is the message's number, so newest first is
 *               the index's own order, and a time is a range of rowids. The words come from search_text(), one space between two,
 *               with a sign for the room, the sender and a link. It keeps nothing but the index: what is taken out has to be told
 *               with the words that went in. The prefixes are those that
 *               so many words begin with that their lists would be long to join.
 * draft:        what was begun to be written in a room, with the place of the cursor and the message that it answers.
 */
static const char version_2[] =
  "CREATE VIRTUAL TABLE message_text USING fts5 ("
  "  content, content='', columnsize=0, tokenize='ascii', prefix='2 3 4'"
  ");"

  "INSERT INTO message_text (rowid, content)"
  "  SELECT number, search_text (content, room, sender) FROM message WHERE flags & 4 = 0 ORDER BY number;"

  "CREATE TRIGGER message_text_insert AFTER INSERT ON message WHEN new.flags & 4 = 0 BEGIN"
  "  INSERT INTO message_text (rowid, content) VALUES (new.number, search_text (new.content, new.room, new.sender));"
  "END;"

  "CREATE TRIGGER message_text_delete AFTER DELETE ON message WHEN old.flags & 4 = 0 BEGIN"
  "  INSERT INTO message_text (message_text, rowid, content)"
  "    VALUES ('delete', old.number, search_text (old.content, old.room, old.sender));"
  "END;"

  "CREATE TRIGGER message_text_update AFTER UPDATE OF number, room, sender, content, flags ON message"
  "  WHEN (new.number, new.room, new.sender, new.content, new.flags & 4)"
  "    IS NOT (old.number, old.room, old.sender, old.content, old.flags & 4) BEGIN"
  "  INSERT INTO message_text (message_text, rowid, content)"
  "    SELECT 'delete', old.number, search_text (old.content, old.room, old.sender) WHERE old.flags & 4 = 0;"
  "  INSERT INTO message_text (rowid, content)"
  "    SELECT new.number, search_text (new.content, new.room, new.sender) WHERE new.flags & 4 = 0;"
  "END;"

  "CREATE TABLE draft ("
  "  room_id TEXT PRIMARY KEY,"
  "  text TEXT NOT NULL,"
  "  cursor INTEGER NOT NULL DEFAULT 0,"
  "  reply_to TEXT"
  ") STRICT, WITHOUT ROWID;";

/* account: what is known of the account and is no room's, each by a name. */
static const char version_3[] =
  "CREATE TABLE account ("
  "  name TEXT PRIMARY KEY,"
  "  value TEXT NOT NULL"
  ") STRICT, WITHOUT ROWID;";

/* read_doubt: up to where the server may hold a room to be read instead of told_read_seq, since that may not have arrived; `number`
 *             counts from the oldest on. */
static const char version_4[] =
  "CREATE TABLE read_doubt ("
  "  room INTEGER NOT NULL REFERENCES room ON DELETE CASCADE,"
  "  number INTEGER NOT NULL,"
  "  read_seq INTEGER NOT NULL,"
  "  PRIMARY KEY (room, number)"
  ") STRICT, WITHOUT ROWID;";

static const char *steps[] = { version_1, version_2, version_3, version_4 };

int
chat_store_schema_get_version (void)
{
  return (int) G_N_ELEMENTS (steps);
}

static gboolean
run_step (ChatDatabase  *database,
          int            version,
          GError       **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", version);

  if (!chat_database_run (database, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (chat_database_run (database, steps[version - 1], error) &&
      chat_database_run (database, mark, error) &&
      chat_database_run (database, "COMMIT", error))
    return TRUE;

  chat_database_run (database, "ROLLBACK", NULL);

  return FALSE;
}

gboolean
chat_store_schema_migrate (ChatDatabase  *database,
                           GError       **error)
{
  g_autoptr(GError) problem = NULL;
  int version = (int) chat_database_read_pragma (database, "PRAGMA user_version", &problem);

  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }

  if (version > chat_store_schema_get_version ())
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_STORE,
                           _("The conversations on this computer were kept by a newer version of Enfilade."));
      return FALSE;
    }

  for (version = MAX (version, 0) + 1; version <= chat_store_schema_get_version (); version++)
    {
      if (!run_step (database, version, error))
        return FALSE;
    }

  return TRUE;
}
