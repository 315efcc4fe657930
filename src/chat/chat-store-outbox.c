/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was written here and that no server has confirmed. It is on the disk before it is shown or sent. */

#include "config.h"

#include "chat-store-drafts-private.h"
#include "chat-store-record-private.h"
#include "chat-store-spans-private.h"

/* What became of it, as the column `state` says it. */
enum
{
  STATE_WAITING = 0,
  STATE_FAILED = 1,
  STATE_UNCONFIRMED = 2,
};

typedef struct
{
  ChatRecord *record;
  char       *room_id;
  char       *error;
  int         state;
  ChatSent    sent;
  gboolean    takes_draft;
} Outgoing;

static int
state_of (ChatMessage *message)
{
  switch (chat_message_get_delivery (message))
    {
    case CHAT_DELIVERY_FAILED:
      return STATE_FAILED;

    case CHAT_DELIVERY_UNCONFIRMED:
      return STATE_UNCONFIRMED;

    case CHAT_DELIVERY_RECEIVED:
    case CHAT_DELIVERY_SENT:
    case CHAT_DELIVERY_WAITING:
    default:
      return STATE_WAITING;
    }
}

static Outgoing *
outgoing_new (ChatMessage *message,
              ChatSent     sent)
{
  Outgoing *outgoing = g_new0 (Outgoing, 1);

  outgoing->record = chat_record_new (message);
  outgoing->room_id = g_strdup (chat_message_get_room_id (message));
  outgoing->error = g_strdup (chat_message_get_error (message));
  outgoing->state = state_of (message);
  outgoing->sent = sent;

  return outgoing;
}

static void
outgoing_free (gpointer data)
{
  Outgoing *outgoing = data;

  g_clear_pointer (&outgoing->record, chat_record_free);
  g_free (outgoing->room_id);
  g_free (outgoing->error);
  g_free (outgoing);
}

static ChatMessage *
read_outgoing (sqlite3_stmt *statement,
               const char   *user_id,
               const char   *username)
{
  g_autofree char *client_id = chat_statement_dup_text (statement, 0);
  g_autofree char *room_id = chat_statement_dup_text (statement, 1);
  g_autofree char *content = chat_statement_dup_text (statement, 2);
  g_autofree char *reply_to = chat_statement_dup_text (statement, 3);
  g_autofree char *error = chat_statement_dup_text (statement, 6);
  ChatMessage *message = chat_message_new_outgoing (client_id, room_id, user_id, username, content,
                                                    chat_statement_get_number (statement, 4, 0));
  gint64 state = chat_statement_get_number (statement, 5, STATE_WAITING);
  gboolean sent_once = chat_statement_get_number (statement, 7, CHAT_SENT_NOT) == CHAT_SENT_ONCE;

  chat_message_set_reply_to (message, reply_to);
  if (state == STATE_FAILED)
    chat_message_set_delivery (message, CHAT_DELIVERY_FAILED, error);
  else if (state == STATE_UNCONFIRMED || sent_once)
    chat_message_set_delivery (message, CHAT_DELIVERY_UNCONFIRMED, NULL);

  return message;
}

/* (transfer full) (element-type ChatMessage): in the order in which they were written, by the user that is named. One that went out
 * without its id, and was not confirmed before the program ended, is not confirmed. */
GPtrArray *
chat_store_list_outbox (ChatStore  *self,
                        const char *user_id,
                        const char *username)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  if (self->reader == NULL)
    return g_steal_pointer (&messages);

  statement = chat_database_prepare (self->reader,
                                     "SELECT client_id, room_id, content, reply_to, timestamp, state, error, sent"
                                     " FROM outbox ORDER BY number", &error);
  while (chat_statement_next (statement, &error))
    g_ptr_array_add (messages, read_outgoing (statement, user_id, username));

  if (error != NULL)
    chat_store_report (self, error);

  return g_steal_pointer (&messages);
}

/* (transfer full) (element-type utf8): the client ids of those that may have gone out with them */
GHashTable *
chat_store_list_sent_with_id (ChatStore *self)
{
  g_autoptr(GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GError) error = NULL;
  sqlite3_stmt *statement = NULL;

  g_return_val_if_fail (CHAT_IS_STORE (self), NULL);

  if (self->reader == NULL)
    return g_steal_pointer (&ids);

  statement = chat_database_prepare (self->reader, "SELECT client_id FROM outbox WHERE sent = ?", &error);
  chat_statement_bind_number (statement, 1, CHAT_SENT_WITH_ID);
  while (chat_statement_next (statement, &error))
    g_hash_table_add (ids, chat_statement_dup_text (statement, 0));

  if (error != NULL)
    chat_store_report (self, error);

  return g_steal_pointer (&ids);
}

static gboolean
add_outgoing (ChatDatabase  *database,
              gpointer       data,
              GError       **error)
{
  Outgoing *outgoing = data;
  sqlite3_stmt *statement =
    chat_database_prepare (database, "INSERT INTO outbox (client_id, room_id, content, reply_to, timestamp, sent)"
                                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                                     " ON CONFLICT (client_id) DO UPDATE SET state = 0, sent = excluded.sent, error = NULL", error);

  chat_statement_bind_text (statement, 1, outgoing->record->client_id);
  chat_statement_bind_text (statement, 2, outgoing->room_id);
  chat_statement_bind_text (statement, 3, outgoing->record->content);
  chat_statement_bind_text (statement, 4, outgoing->record->reply_to);
  chat_statement_bind_number (statement, 5, outgoing->record->timestamp);
  chat_statement_bind_number (statement, 6, outgoing->sent);

  return chat_statement_do (statement, error) &&
         (!outgoing->takes_draft || chat_store_drafts_remove (database, outgoing->room_id, error));
}

/**
 * chat_store_add_outgoing_async:
 * @self: a store
 * @message: a message that was written here, with a client id; or one that is to be sent again
 * @takes_draft: whether it is what was the draft of its room: that goes in the same transaction, so that what was written is never in
 *   both, and never in neither
 * @sent: how it will have gone out when nobody says more, which is %CHAT_SENT_WITH_ID where it is sent with its id at once
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the writing
 * @callback: called when it is on the disk, or could not be written
 * @user_data: for @callback
 */
void
chat_store_add_outgoing_async (ChatStore           *self,
                               ChatMessage         *message,
                               gboolean             takes_draft,
                               ChatSent             sent,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  Outgoing *outgoing = NULL;
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (chat_message_get_client_id (message) != NULL);

  outgoing = outgoing_new (message, sent);
  outgoing->takes_draft = takes_draft;
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_store_add_outgoing_async);
  chat_store_write_task (self, add_outgoing, outgoing, outgoing_free, CHAT_STORE_DURABLE, task);
}

gboolean
chat_store_add_outgoing_finish (ChatStore     *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
mark_sent (ChatDatabase  *database,
           gpointer       data,
           GError       **error)
{
  Outgoing *outgoing = data;
  sqlite3_stmt *statement = chat_database_prepare (database, "UPDATE outbox SET sent = ?2 WHERE client_id = ?1", error);

  chat_statement_bind_text (statement, 1, outgoing->record->client_id);
  chat_statement_bind_number (statement, 2, outgoing->sent);

  return chat_statement_do (statement, error);
}

/* What is marked does not go out by itself again to a server that does not know repeats, whatever happens: so it is marked before it
 * goes out. */
void
chat_store_mark_sent_async (ChatStore           *self,
                            ChatMessage         *message,
                            ChatSent             sent,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (chat_message_get_client_id (message) != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_store_mark_sent_async);
  chat_store_write_task (self, mark_sent, outgoing_new (message, sent), outgoing_free, CHAT_STORE_DURABLE, task);
}

gboolean
chat_store_mark_sent_finish (ChatStore     *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
put_state (ChatDatabase  *database,
           gpointer       data,
           GError       **error)
{
  Outgoing *outgoing = data;
  sqlite3_stmt *statement =
    chat_database_prepare (database, "UPDATE outbox SET state = ?2, error = ?3, sent = ?4 WHERE client_id = ?1", error);

  chat_statement_bind_text (statement, 1, outgoing->record->client_id);
  chat_statement_bind_number (statement, 2, outgoing->state);
  chat_statement_bind_text (statement, 3, outgoing->error);
  chat_statement_bind_number (statement, 4, outgoing->sent);

  return chat_statement_do (statement, error);
}

/* That it failed, that nobody knows, or that it did not go out after all. */
void
chat_store_put_outgoing_state (ChatStore   *self,
                               ChatMessage *message,
                               ChatSent     sent)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (chat_message_get_client_id (message) != NULL);

  chat_store_write (self, put_state, outgoing_new (message, sent), outgoing_free);
}

static gboolean
delete_outgoing (ChatDatabase  *database,
                 const char    *client_id,
                 GError       **error)
{
  sqlite3_stmt *statement = chat_database_prepare (database, "DELETE FROM outbox WHERE client_id = ?", error);

  chat_statement_bind_text (statement, 1, client_id);

  return chat_statement_do (statement, error);
}

static gboolean
remove_outgoing (ChatDatabase  *database,
                 gpointer       data,
                 GError       **error)
{
  return delete_outgoing (database, data, error);
}

/* A person gave it up. */
void
chat_store_remove_outgoing (ChatStore  *self,
                            const char *client_id)
{
  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (client_id != NULL);

  chat_store_write (self, remove_outgoing, g_strdup (client_id), g_free);
}

typedef struct
{
  char     *client_id;
  Outgoing *stored;
  ChatSpan  span;
} Confirmation;

static void
confirmation_free (gpointer data)
{
  Confirmation *confirmation = data;

  g_free (confirmation->client_id);
  outgoing_free (confirmation->stored);
  g_free (confirmation);
}

static gboolean
confirm_outgoing (ChatDatabase  *database,
                  gpointer       data,
                  GError       **error)
{
  Confirmation *confirmation = data;
  gint64 room = 0;

  if (!delete_outgoing (database, confirmation->client_id, error) ||
      !chat_record_find_room (database, confirmation->stored->room_id, &room, error) ||
      !chat_record_put (database, room, confirmation->stored->record, error))
    return FALSE;

  return confirmation->span.last == CHAT_NO_SEQ || chat_store_spans_add (database, room, &confirmation->span, error);
}

/* The server has it: from now on it is a message as all others are. Both or neither, so that it is never there twice. */
void
chat_store_confirm_outgoing (ChatStore   *self,
                             const char  *client_id,
                             ChatMessage *stored)
{
  Confirmation *confirmation = NULL;

  g_return_if_fail (CHAT_IS_STORE (self));
  g_return_if_fail (client_id != NULL);
  g_return_if_fail (chat_message_get_id (stored) != NULL);

  confirmation = g_new0 (Confirmation, 1);
  confirmation->client_id = g_strdup (client_id);
  confirmation->stored = outgoing_new (stored, CHAT_SENT_NOT);
  confirmation->span.first = chat_message_get_seq (stored);
  confirmation->span.last = chat_message_get_seq (stored);
  chat_store_write (self, confirm_outgoing, confirmation, confirmation_free);
}
