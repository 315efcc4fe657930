/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which stretches of a room are here without a hole. A server counts the messages of a room by one, so a stretch is two numbers; what
 * lies between two stretches was not loaded yet. */

#include "config.h"

#include "chat-store-spans-private.h"

/* Adds @span to those of the room, and makes one of all that touch it. */
gboolean
chat_store_spans_add (ChatDatabase    *database,
                      gint64           room,
                      const ChatSpan  *span,
                      GError         **error)
{
  ChatSpan merged = *span;
  sqlite3_stmt *statement =
    chat_database_prepare (database,
                           "SELECT min (first), max (last) FROM span WHERE room = ? AND first <= ? AND last >= ?", error);

  chat_statement_bind_number (statement, 1, room);
  chat_statement_bind_number (statement, 2, span->last + 1);
  chat_statement_bind_number (statement, 3, span->first - 1);
  if (!chat_statement_next (statement, error))
    return FALSE;

  merged.first = MIN (merged.first, chat_statement_get_number (statement, 0, merged.first));
  merged.last = MAX (merged.last, chat_statement_get_number (statement, 1, merged.last));
  chat_statement_end (statement);

  statement = chat_database_prepare (database, "DELETE FROM span WHERE room = ? AND first >= ? AND last <= ?", error);
  chat_statement_bind_number (statement, 1, room);
  chat_statement_bind_number (statement, 2, merged.first);
  chat_statement_bind_number (statement, 3, merged.last);
  if (!chat_statement_do (statement, error))
    return FALSE;

  statement = chat_database_prepare (database, "INSERT INTO span (room, first, last) VALUES (?, ?, ?)", error);
  chat_statement_bind_number (statement, 1, room);
  chat_statement_bind_number (statement, 2, merged.first);
  chat_statement_bind_number (statement, 3, merged.last);

  return chat_statement_do (statement, error);
}

static gboolean
read_span (ChatStore    *self,
           sqlite3_stmt *statement,
           ChatSpan     *span,
           GError       *error)
{
  g_autoptr(GError) problem = error;
  gboolean found = chat_statement_next (statement, problem == NULL ? &problem : NULL);

  if (found)
    {
      span->first = chat_statement_get_number (statement, 0, 0);
      span->last = chat_statement_get_number (statement, 1, 0);
      chat_statement_end (statement);
    }

  if (problem != NULL)
    chat_store_report (self, problem);

  return found;
}

/* The stretch in which the number @seq is. */
gboolean
chat_store_find_span (ChatStore  *self,
                      const char *room_id,
                      gint64      seq,
                      ChatSpan   *span)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), FALSE);

  if (self->reader == NULL)
    return FALSE;

  statement = chat_database_prepare (self->reader,
                                     "SELECT first, last FROM span WHERE room = (SELECT number FROM room WHERE id = ?1)"
                                     " AND first <= ?2 AND last >= ?2 ORDER BY first DESC LIMIT 1", &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, seq);

  return read_span (self, statement, span, error);
}

gboolean
chat_store_find_newest_span (ChatStore  *self,
                             const char *room_id,
                             ChatSpan   *span)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), FALSE);

  if (self->reader == NULL)
    return FALSE;

  statement = chat_database_prepare (self->reader,
                                     "SELECT first, last FROM span WHERE room = (SELECT number FROM room WHERE id = ?)"
                                     " ORDER BY first DESC LIMIT 1", &error);
  chat_statement_bind_text (statement, 1, room_id);

  return read_span (self, statement, span, error);
}

/* How many of the numbers after @after_seq, up to @to_seq, are in no stretch. */
gint64
chat_store_count_missing (ChatStore  *self,
                          const char *room_id,
                          gint64      after_seq,
                          gint64      to_seq)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;
  gint64 here = 0;

  g_return_val_if_fail (CHAT_IS_STORE (self), 0);

  if (self->reader == NULL || to_seq <= after_seq)
    return 0;

  statement = chat_database_prepare (self->reader,
                                     "SELECT sum (min (last, ?3) - max (first, ?2) + 1) FROM span"
                                     " WHERE room = (SELECT number FROM room WHERE id = ?1) AND first <= ?3 AND last >= ?2",
                                     &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, after_seq + 1);
  chat_statement_bind_number (statement, 3, to_seq);
  if (chat_statement_next (statement, &error))
    here = chat_statement_get_number (statement, 0, 0);
  chat_statement_end (statement);

  if (error != NULL)
    chat_store_report (self, error);

  return MAX (to_seq - after_seq - here, 0);
}
