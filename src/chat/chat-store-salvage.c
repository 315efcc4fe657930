/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "chat-error.h"
#include "chat-store-salvage-private.h"

/* (transfer full): the file whose being there says that @path was found damaged while it was in use */
char *
chat_store_damage_mark (const char *path)
{
  return g_strconcat (path, "-damaged", NULL);
}

static gboolean
move (const char  *from,
      const char  *to,
      GError     **error)
{
  if (g_rename (from, to) == 0 || errno == ENOENT)
    return TRUE;

  g_set_error (error, CHAT_ERROR, CHAT_ERROR_STORE,
               _("The conversations on this computer are damaged, and cannot be set aside: %s"), g_strerror (errno));

  return FALSE;
}

/* Moves the files of a store away. Returns: (transfer full) (nullable): where the store is now. */
char *
chat_store_set_aside (const char  *path,
                      GError     **error)
{
  /* What SQLite appends to the name of its file for those that belong to it. */
  static const char *suffixes[] = { "", "-wal", "-shm" };
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *mark = chat_store_damage_mark (path);
  g_autofree char *aside = g_strdup_printf ("%s-aside-%s-%06x", path, time, g_random_int () & 0xffffff);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *from = g_strconcat (path, suffixes[i], NULL);
      g_autofree char *to = g_strconcat (aside, suffixes[i], NULL);

      if (!move (from, to, error))
        return NULL;
    }

  g_unlink (mark);

  return g_steal_pointer (&aside);
}

/* Row by row, as far as they can be read. Two statements with the same columns. */
static void
copy_rows (ChatDatabase *from,
           ChatDatabase *to,
           const char   *select,
           const char   *insert)
{
  sqlite3_stmt *source = chat_database_prepare (from, select, NULL);

  while (chat_statement_next (source, NULL))
    {
      sqlite3_stmt *target = chat_database_prepare (to, insert, NULL);

      for (int i = 0; target != NULL && i < sqlite3_column_count (source); i++)
        sqlite3_bind_value (target, i + 1, sqlite3_column_value (source, i));
      chat_statement_do (target, NULL);
    }
}

/* Whatever goes wrong here, the file was lost before. */
void
chat_store_salvage (ChatDatabase *database,
                    const char   *aside)
{
  g_autoptr(ChatDatabase) damaged = chat_database_open (aside, TRUE, NULL);

  if (damaged == NULL)
    return;

  copy_rows (damaged, database,
             "SELECT client_id, room_id, content, reply_to, timestamp, state, sent, error FROM outbox ORDER BY number",
             "INSERT OR IGNORE INTO outbox (client_id, room_id, content, reply_to, timestamp, state, sent, error)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
  copy_rows (damaged, database,
             "SELECT room_id, text, cursor, reply_to FROM draft",
             "INSERT OR IGNORE INTO draft (room_id, text, cursor, reply_to) VALUES (?, ?, ?, ?)");
}
