/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Going to another stretch of what was said: to a message, to a date, to what is unread. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-room-private.h"
#include "chat-session-private.h"

/* Each question halves what is left: a room of a million messages needs twenty. */
#define MAX_QUESTIONS 40

typedef struct
{
  /* One of these says where to go. */
  char   *id;
  gint64  seq;
  gint64  timestamp;

  guint   n_questions;
  /* Why the server was not asked further. */
  GError *error;
} Jump;

static void
jump_free (gpointer data)
{
  Jump *jump = data;

  g_free (jump->id);
  g_clear_error (&jump->error);
  g_free (jump);
}

static Jump *
jump_new (void)
{
  Jump *jump = g_new0 (Jump, 1);

  jump->seq = CHAT_NO_SEQ;
  jump->timestamp = -1;

  return jump;
}

static void chat_room_jump (ChatRoom *self,
                            GTask    *task);

static void
return_not_found (GTask *task)
{
  Jump *jump = g_task_get_task_data (task);

  if (jump->error != NULL)
    g_task_return_error (task, g_steal_pointer (&jump->error));
  else
    g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_NOT_FOUND, _("The message is not on this computer."));
}

static void
jump_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!chat_store_flush_finish (CHAT_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (self->session == NULL)
    return_not_found (task);
  else
    chat_room_jump (self, g_steal_pointer (&task));
}

static void
jump_asked_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = CHAT_ROOM (source);
  g_autoptr(GPtrArray) messages = NULL;
  Jump *jump = g_task_get_task_data (task);
  gboolean has_more = FALSE;
  GError *error = NULL;

  if (!chat_room_ask_history_finish (self, result, &messages, &has_more, &error))
    {
      if (self->session == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_task_return_error (task, error);
          return;
        }

      /* As without a connection: what is here is shown. */
      g_message ("%s", error->message);
      jump->error = error;
      jump->n_questions = MAX_QUESTIONS;
    }

  chat_store_flush_async (self->session->store, NULL, jump_stored_cb, g_steal_pointer (&task));
}

/* Takes @task. FALSE when the server cannot be asked, or was asked often enough. */
static gboolean
ask_around (ChatRoom *self,
            Jump     *jump,
            gint64    seq,
            GTask    *task)
{
  ChatHistoryWish wish = { CHAT_NO_SEQ, CHAT_NO_SEQ, seq, CHAT_ROOM_PAGE };

  if (!chat_room_can_ask_history (self) || jump->n_questions >= MAX_QUESTIONS)
    return FALSE;

  jump->n_questions++;
  chat_room_ask_history_async (self, &wish, jump_asked_cb, task);

  return TRUE;
}

/* The window is moved so that @message is in it. Returns: (transfer full): the message of the window. */
static ChatMessage *
chat_room_go_to (ChatRoom    *self,
                 ChatMessage *message)
{
  ChatTimeline *timeline = chat_room_get_timeline (self);
  ChatMessage *shown = chat_timeline_find (timeline, chat_message_get_id (message));
  ChatPlace place;

  if (shown == NULL)
    {
      chat_store_place_of (message, &place);
      chat_room_fill_window (self, &place);
      chat_room_verify (self);
      shown = chat_timeline_find (timeline, chat_message_get_id (message));
    }

  return shown != NULL ? g_object_ref (shown) : NULL;
}

static void
return_message (ChatRoom    *self,
                GTask       *task,
                ChatMessage *message)
{
  ChatMessage *shown = chat_room_go_to (self, message);

  if (shown != NULL)
    g_task_return_pointer (task, shown, g_object_unref);
  else
    return_not_found (task);
}

/* A message that was found alone, by a search, is shown with what stands around it. */
static gboolean
is_alone (ChatRoom    *self,
          ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);
  ChatSpan stretch;

  if (seq == CHAT_NO_SEQ || chat_timeline_find (chat_room_get_timeline (self), chat_message_get_id (message)) != NULL)
    return FALSE;

  chat_room_find_stretch (self, message, &stretch);

  return (stretch.first > CHAT_SPAN_FROM_BEGINNING && seq - stretch.first < CHAT_ROOM_PAGE / 4) ||
         (seq > stretch.last - CHAT_ROOM_PAGE / 4 && stretch.last < self->last_seq);
}

static void
jump_to_id (ChatRoom *self,
            Jump     *jump,
            GTask    *task)
{
  g_autoptr(ChatMessage) message = chat_store_find_message (self->session->store, self->id, jump->id);

  if (message == NULL)
    {
      return_not_found (task);
      g_object_unref (task);
      return;
    }

  if (jump->n_questions == 0 && is_alone (self, message) && ask_around (self, jump, chat_message_get_seq (message), task))
    return;

  return_message (self, task, message);
  g_object_unref (task);
}

static ChatMessage *
find_since_seq (ChatRoom *self,
                gint64    seq)
{
  ChatPlace place = { seq, -1 };
  g_autoptr(GPtrArray) found = chat_store_read_after (self->session->store, self->id, &place, G_MAXINT64, 1);

  return found->len > 0 ? g_object_ref (g_ptr_array_index (found, 0)) : NULL;
}

static void
jump_to_seq (ChatRoom *self,
             Jump     *jump,
             GTask    *task)
{
  g_autoptr(ChatMessage) message = NULL;
  ChatSpan span;

  if (!chat_store_find_span (self->session->store, self->id, jump->seq, &span) && jump->n_questions == 0 &&
      ask_around (self, jump, jump->seq, task))
    return;

  message = find_since_seq (self, jump->seq);
  if (message != NULL)
    return_message (self, task, message);
  else
    return_not_found (task);
  g_object_unref (task);
}

/* The first message since a time is known when the one before it is here too. Else one in the midst of what is not known is asked
 * for, again and again. */
static void
jump_to_time (ChatRoom *self,
              Jump     *jump,
              GTask    *task)
{
  ChatStore *store = self->session->store;
  g_autoptr(ChatMessage) found = chat_store_find_first_since (store, self->id, jump->timestamp);
  gint64 before = CHAT_NO_SEQ;
  gint64 since = CHAT_NO_SEQ;
  ChatSpan span = { 0, 0 };

  /* Where no message has a number there is nothing to ask for, and none would be found in the whole room. */
  if (self->last_seq != CHAT_NO_SEQ)
    chat_store_find_around_time (store, self->id, jump->timestamp, &before, &since);
  if (before == CHAT_NO_SEQ)
    before = CHAT_SPAN_FROM_BEGINNING;
  if (since == CHAT_NO_SEQ)
    since = self->last_seq + 1;

  if (self->last_seq != CHAT_NO_SEQ && before + 1 < since &&
      !(chat_store_find_span (store, self->id, since, &span) && span.first <= before + 1) &&
      ask_around (self, jump, before + (since - before) / 2, task))
    return;

  /* There is nothing so new. */
  if (found == NULL)
    {
      g_autoptr(GPtrArray) newest = chat_store_read_before (store, self->id, NULL, G_MININT64, 1);

      if (newest->len > 0)
        found = g_object_ref (g_ptr_array_index (newest, 0));
    }

  if (found != NULL)
    return_message (self, task, found);
  else
    return_not_found (task);
  g_object_unref (task);
}

/* Takes @task. */
static void
chat_room_jump (ChatRoom *self,
                GTask    *task)
{
  Jump *jump = g_task_get_task_data (task);

  /* Who goes elsewhere meanwhile is not fetched back, and the server asked no further. */
  if (g_task_return_error_if_cancelled (task))
    {
      g_object_unref (task);
      return;
    }

  if (jump->id != NULL)
    jump_to_id (self, jump, task);
  else if (jump->seq != CHAT_NO_SEQ)
    jump_to_seq (self, jump, task);
  else
    jump_to_time (self, jump, task);
}

/* Takes @jump. What came a moment ago counts, too. */
static void
chat_room_start_jump (ChatRoom            *self,
                      Jump                *jump,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, chat_room_start_jump);
  g_task_set_task_data (task, jump, jump_free);

  if (self->session != NULL)
    {
      chat_store_flush_async (self->session->store, NULL, jump_stored_cb, task);
      return;
    }

  return_not_found (task);
  g_object_unref (task);
}

/**
 * chat_room_show_message_async:
 * @self: a room
 * @id: what the server calls the message
 * @cancellable: (nullable): a cancellable
 * @callback: called when the message is in the timeline
 * @user_data: for @callback
 *
 * Moves the timeline to a message that was once loaded.
 */
void
chat_room_show_message_async (ChatRoom            *self,
                              const char          *id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  Jump *jump = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (id != NULL);

  jump = jump_new ();
  jump->id = g_strdup (id);
  chat_room_start_jump (self, jump, cancellable, callback, user_data);
}

/**
 * chat_room_show_unread_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable
 * @callback: called when the message is in the timeline
 * @user_data: for @callback
 *
 * Moves the timeline to the first message that is unread.
 */
void
chat_room_show_unread_async (ChatRoom            *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  Jump *jump = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  jump = jump_new ();
  if (self->read_seq != CHAT_NO_SEQ)
    jump->seq = self->read_seq + 1;
  else
    jump->timestamp = self->read.place + 1;
  chat_room_start_jump (self, jump, cancellable, callback, user_data);
}

/**
 * chat_room_show_date_async:
 * @self: a room
 * @date: a time
 * @cancellable: (nullable): a cancellable
 * @callback: called when the message is in the timeline
 * @user_data: for @callback
 *
 * Moves the timeline to the first message that was said at a time or later, which is loaded where it is not here yet.
 */
void
chat_room_show_date_async (ChatRoom            *self,
                           GDateTime           *date,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  Jump *jump = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (date != NULL);

  jump = jump_new ();
  jump->timestamp = g_date_time_to_unix (date) * 1000;
  chat_room_start_jump (self, jump, cancellable, callback, user_data);
}

/**
 * chat_room_show_finish:
 * @self: a room
 * @result: what was given to the callback
 * @error: return location for a #GError, in words
 *
 * Returns: (nullable) (transfer full): the message, which is in the timeline
 */
ChatMessage *
chat_room_show_finish (ChatRoom      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
