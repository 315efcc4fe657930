/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was begun to be written, one text for each room. */

#include "config.h"

#include "chat-store-drafts-private.h"

typedef struct
{
  char *room_id;
  char *text;
  char *reply_to;
  int   cursor;
} Draft;

static void
draft_free (gpointer data)
{
  Draft *draft = data;

  g_free (draft->room_id);
  g_free (draft->text);
  g_free (draft->reply_to);
  g_free (draft);
}

gboolean
chat_store_drafts_remove (ChatDatabase  *database,
                          const char    *room_id,
                          GError       **error)
{
  sqlite3_stmt *statement = chat_database_prepare (database, "DELETE FROM draft WHERE room_id = ?", error);

  chat_statement_bind_text (statement, 1, room_id);

  return chat_statement_do (statement, error);
}

static gboolean
put_draft (ChatDatabase  *database,
           gpointer       data,
           GError       **error)
{
  const Draft *draft = data;
  sqlite3_stmt *statement = NULL;

  if (draft->text == NULL)
    return chat_store_drafts_remove (database, draft->room_id, error);

  statement = chat_database_prepare (database, "INSERT OR REPLACE INTO draft (room_id, text, cursor, reply_to) VALUES (?, ?, ?, ?)",
                                     error);
  chat_statement_bind_text (statement, 1, draft->room_id);
  chat_statement_bind_text (statement, 2, draft->text);
  chat_statement_bind_number (statement, 3, draft->cursor);
  chat_statement_bind_text (statement, 4, draft->reply_to);

  return chat_statement_do (statement, error);
}

/**
 * chat_store_put_draft:
 * @self: a store
 * @room_id: a room
 * @text: (nullable): what stands in its composer; nothing of the draft is kept when it is empty
 * @cursor: where the cursor is in it, in characters
 * @reply_to: (nullable): the id of the message that it answers
 *
 * Keeps what was begun to be written.
 */
void
chat_store_put_draft (ChatStore  *self,
                      const char *room_id,
                      const char *text,
                      int         cursor,
                      const char *reply_to)
{
  Draft *draft = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL);

  draft = g_new0 (Draft, 1);
  draft->room_id = g_strdup (room_id);
  if (text != NULL && *text != '\0')
    {
      draft->text = g_strdup (text);
      draft->cursor = cursor;
      draft->reply_to = g_strdup (reply_to);
    }

  chat_store_write (self, put_draft, draft, draft_free);
}

/**
 * chat_store_read_draft:
 * @self: a store
 * @room_id: a room
 * @text: (out) (transfer full): what was begun to be written
 * @cursor: (out): where the cursor was, in characters; always within the text
 * @reply_to: (out) (transfer full) (nullable): the id of the message that it answers
 *
 * Returns: whether there is a draft; when not, nothing is set
 */
gboolean
chat_store_read_draft (ChatStore   *self,
                       const char  *room_id,
                       char       **text,
                       int         *cursor,
                       char       **reply_to)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;
  gboolean found = FALSE;

  g_return_val_if_fail (CHAT_IS_STORE (self), FALSE);
  g_return_val_if_fail (room_id != NULL && text != NULL && cursor != NULL && reply_to != NULL, FALSE);

  if (self->reader == NULL)
    return FALSE;

  statement = chat_database_prepare (self->reader, "SELECT text, cursor, reply_to FROM draft WHERE room_id = ?", &error);
  chat_statement_bind_text (statement, 1, room_id);
  found = chat_statement_next (statement, &error);
  if (found)
    {
      *text = chat_statement_dup_text (statement, 0);
      *cursor = (int) CLAMP (chat_statement_get_number (statement, 1, 0), 0, g_utf8_strlen (*text, -1));
      *reply_to = chat_statement_dup_text (statement, 2);
    }
  chat_statement_end (statement);

  if (error != NULL)
    chat_store_report (self, error);

  return found;
}
