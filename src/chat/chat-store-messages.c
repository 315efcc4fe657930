/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The messages that the server has. */

#include "config.h"

#include "chat-message-private.h"
#include "chat-store-record-private.h"
#include "chat-store-spans-private.h"

#define THIS_ROOM \
  "message.room = (SELECT number FROM room WHERE id = ?1)"

/* What goes to the writer at once: the messages of a room, and what they leave no hole in. */
typedef struct
{
  char      *room_id;
  GPtrArray *records;
  ChatSpan   span;
  gboolean   has_span;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->room_id);
  g_ptr_array_unref (page->records);
  g_free (page);
}

static Page *
page_new (const char     *room_id,
          GPtrArray      *messages,
          const ChatSpan *span)
{
  Page *page = g_new0 (Page, 1);

  page->room_id = g_strdup (room_id);
  page->records = g_ptr_array_new_with_free_func ((GDestroyNotify) chat_record_free);
  page->has_span = span != NULL;
  if (span != NULL)
    page->span = *span;

  for (guint i = 0; i < messages->len; i++)
    g_ptr_array_add (page->records, chat_record_new (g_ptr_array_index (messages, i)));

  return page;
}

static gboolean
put_page (ChatDatabase  *database,
          gpointer       data,
          GError       **error)
{
  Page *page = data;
  gint64 room = 0;

  if (!chat_record_find_room (database, page->room_id, &room, error))
    return FALSE;

  for (guint i = 0; i < page->records->len; i++)
    {
      if (!chat_record_put (database, room, g_ptr_array_index (page->records, i), error))
        return FALSE;
    }

  return !page->has_span || chat_store_spans_add (database, room, &page->span, error);
}

/**
 * chat_store_put_messages:
 * @self: a store
 * @room_id: the room of all of them
 * @messages: (element-type ChatMessage): messages that the server has, in any order
 * @span: (nullable): of which numbers nothing is missing any more, once these are here
 *
 * Keeps messages. One that is there already is as it is now.
 */
void
chat_store_put_messages (ChatStore      *self,
                         const char     *room_id,
                         GPtrArray      *messages,
                         const ChatSpan *span)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL && messages != NULL);

  chat_store_write (self, put_page, page_new (room_id, messages, span), page_free);
}

void
chat_store_put_messages_async (ChatStore           *self,
                               const char          *room_id,
                               GPtrArray           *messages,
                               const ChatSpan      *span,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (room_id != NULL && messages != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_store_put_messages_async);
  chat_store_write_task (self, put_page, page_new (room_id, messages, span), page_free, CHAT_STORE_KEPT, task);
}

gboolean
chat_store_put_messages_finish (ChatStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static GPtrArray *
read_messages (ChatStore    *self,
               sqlite3_stmt *statement,
               const char   *room_id,
               GError       *error)
{
  g_autoptr(GError) problem = error;
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);

  while (chat_statement_next (statement, &problem))
    g_ptr_array_add (messages, chat_record_read_message (statement, room_id));

  if (problem != NULL)
    chat_store_report (self, problem);

  return g_steal_pointer (&messages);
}

static void
reverse (GPtrArray *array)
{
  for (guint i = 0; i < array->len / 2; i++)
    {
      gpointer first = array->pdata[i];

      array->pdata[i] = array->pdata[array->len - 1 - i];
      array->pdata[array->len - 1 - i] = first;
    }
}

/**
 * chat_store_read_before:
 * @self: a store
 * @room_id: a room
 * @before: (nullable): where to end, or %NULL for the newest
 * @not_before: the least place that may be read: where a stretch without holes begins
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type ChatMessage): the messages next before @before, oldest first
 */
GPtrArray *
chat_store_read_before (ChatStore       *self,
                        const char      *room_id,
                        const ChatPlace *before,
                        gint64           not_before,
                        guint            limit)
{
  GPtrArray *messages = NULL;
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);
  g_return_val_if_fail (room_id != NULL, NULL);

  if (self->reader == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);

  statement = chat_database_prepare (self->reader,
                                     "SELECT " CHAT_RECORD_COLUMNS " FROM " CHAT_RECORD_TABLES " WHERE " THIS_ROOM
                                     " AND (message.place, message.number) < (?2, ?3) AND message.place >= ?4"
                                     " ORDER BY message.place DESC, message.number DESC LIMIT ?5", &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, before != NULL ? before->place : G_MAXINT64);
  chat_statement_bind_number (statement, 3, before != NULL ? before->number : G_MAXINT64);
  chat_statement_bind_number (statement, 4, not_before);
  chat_statement_bind_number (statement, 5, limit);

  messages = read_messages (self, statement, room_id, error);
  reverse (messages);

  return messages;
}

/**
 * chat_store_read_after:
 * @self: a store
 * @room_id: a room
 * @after: where to begin
 * @not_after: the greatest place that may be read: where a stretch without holes ends
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type ChatMessage): the messages next after @after, oldest first
 */
GPtrArray *
chat_store_read_after (ChatStore       *self,
                       const char      *room_id,
                       const ChatPlace *after,
                       gint64           not_after,
                       guint            limit)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);
  g_return_val_if_fail (room_id != NULL && after != NULL, NULL);

  if (self->reader == NULL)
    return g_ptr_array_new_with_free_func (g_object_unref);

  statement = chat_database_prepare (self->reader,
                                     "SELECT " CHAT_RECORD_COLUMNS " FROM " CHAT_RECORD_TABLES " WHERE " THIS_ROOM
                                     " AND (message.place, message.number) > (?2, ?3) AND message.place <= ?4"
                                     " ORDER BY message.place, message.number LIMIT ?5", &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, after->place);
  chat_statement_bind_number (statement, 3, after->number);
  chat_statement_bind_number (statement, 4, not_after);
  chat_statement_bind_number (statement, 5, limit);

  return read_messages (self, statement, room_id, error);
}

static ChatMessage *
first_of (GPtrArray *messages)
{
  g_autoptr(GPtrArray) found = messages;

  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

/* (transfer full) (nullable): a message by what the server calls it */
ChatMessage *
chat_store_find_message (ChatStore  *self,
                         const char *room_id,
                         const char *id)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);
  g_return_val_if_fail (room_id != NULL && id != NULL, NULL);

  if (self->reader == NULL)
    return NULL;

  statement = chat_database_prepare (self->reader,
                                     "SELECT " CHAT_RECORD_COLUMNS " FROM " CHAT_RECORD_TABLES " WHERE " THIS_ROOM " AND message.id = ?2",
                                     &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_text (statement, 2, id);

  return first_of (read_messages (self, statement, room_id, error));
}

/* (transfer full) (nullable): the first message of the room that was said at @timestamp or later */
ChatMessage *
chat_store_find_first_since (ChatStore  *self,
                             const char *room_id,
                             gint64      timestamp)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);
  g_return_val_if_fail (room_id != NULL, NULL);

  if (self->reader == NULL)
    return NULL;

  statement = chat_database_prepare (self->reader,
                                     "SELECT " CHAT_RECORD_COLUMNS " FROM " CHAT_RECORD_TABLES " WHERE " THIS_ROOM
                                     " AND message.timestamp >= ?2 ORDER BY message.timestamp, message.number LIMIT 1", &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, timestamp);

  return first_of (read_messages (self, statement, room_id, error));
}

static gint64
read_seq (ChatStore  *self,
          const char *sql,
          const char *room_id,
          gint64      timestamp)
{
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = chat_database_prepare (self->reader, sql, &error);
  gint64 seq = CHAT_NO_SEQ;

  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, timestamp);
  if (chat_statement_next (statement, &error))
    seq = chat_statement_get_number (statement, 0, CHAT_NO_SEQ);
  chat_statement_end (statement);

  if (error != NULL)
    chat_store_report (self, error);

  return seq;
}

/* The number of the last message that is here of before @timestamp, and of the first since then; CHAT_NO_SEQ where there is none. */
void
chat_store_find_around_time (ChatStore  *self,
                             const char *room_id,
                             gint64      timestamp,
                             gint64     *before,
                             gint64     *since)
{
  g_return_if_fail (CHAT_IS_STORE (self));

  *before = CHAT_NO_SEQ;
  *since = CHAT_NO_SEQ;
  if (self->reader == NULL)
    return;

  *before = read_seq (self, "SELECT seq FROM message WHERE " THIS_ROOM " AND timestamp < ?2 AND seq IS NOT NULL"
                            " ORDER BY timestamp DESC LIMIT 1", room_id, timestamp);
  *since = read_seq (self, "SELECT seq FROM message WHERE " THIS_ROOM " AND timestamp >= ?2 AND seq IS NOT NULL"
                           " ORDER BY timestamp LIMIT 1", room_id, timestamp);
}

static gint64
read_count (ChatStore    *self,
            sqlite3_stmt *statement,
            gint64       *second,
            GError       *error)
{
  g_autoptr(GError) problem = error;
  gint64 count = 0;

  if (chat_statement_next (statement, &problem))
    {
      count = chat_statement_get_number (statement, 0, 0);
      if (second != NULL)
        *second = chat_statement_get_number (statement, 1, 0);
    }
  chat_statement_end (statement);

  if (problem != NULL)
    chat_store_report (self, problem);

  return count;
}

static gint64
count_between (ChatStore  *self,
               const char *sql,
               const char *room_id,
               gint64      after,
               gint64      to)
{
  sqlite3_stmt *statement = NULL;
  GError *error = NULL;

  if (self->reader == NULL)
    return 0;

  statement = chat_database_prepare (self->reader, sql, &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, after);
  chat_statement_bind_number (statement, 3, to);

  return read_count (self, statement, NULL, error);
}

/* How many of the messages after @after_seq, up to @to_seq, are the user's own. */
guint
chat_store_count_own (ChatStore  *self,
                      const char *room_id,
                      gint64      after_seq,
                      gint64      to_seq)
{
  g_return_val_if_fail (CHAT_IS_STORE (self), 0);

  return (guint) count_between (self, "SELECT count (*) FROM message WHERE " THIS_ROOM " AND place > ?2 AND place <= ?3 AND flags & 1",
                                room_id, after_seq, to_seq);
}

/* Of those that somebody else wrote, and that still say it. */
guint
chat_store_count_mentions (ChatStore  *self,
                           const char *room_id,
                           gint64      after_place,
                           gint64      to_place)
{
  g_return_val_if_fail (CHAT_IS_STORE (self), 0);

  return (guint) count_between (self, "SELECT count (*) FROM message WHERE " THIS_ROOM " AND place > ?2 AND place <= ?3 AND flags & 2"
                                      " AND flags & 5 = 0",
                                room_id, after_place, to_place);
}

/* For servers that do not count: how many of others came after a message. No more than @limit are looked at. */
guint
chat_store_count_since (ChatStore       *self,
                        const char      *room_id,
                        const ChatPlace *after,
                        guint           *mentions,
                        guint            limit)
{
  sqlite3_stmt *statement = NULL;
  gint64 n_mentions = 0;
  gint64 count = 0;
  GError *error = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), 0);
  g_return_val_if_fail (after != NULL && mentions != NULL, 0);

  *mentions = 0;
  if (self->reader == NULL)
    return 0;

  statement = chat_database_prepare (self->reader,
                                     "SELECT count (*), total (flags & 2) / 2 FROM (SELECT flags FROM message WHERE " THIS_ROOM
                                     " AND (place, number) > (?2, ?3) AND flags & 1 = 0 LIMIT ?4)", &error);
  chat_statement_bind_text (statement, 1, room_id);
  chat_statement_bind_number (statement, 2, after->place);
  chat_statement_bind_number (statement, 3, after->number);
  chat_statement_bind_number (statement, 4, limit);
  count = read_count (self, statement, &n_mentions, error);
  *mentions = (guint) n_mentions;

  return (guint) count;
}
