/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent from a room: on the disk first, then in the timeline, then on its way. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"

/* Servers end the connection on which more than a megabyte comes at once, which is their default, and one character may be six
 * on the wire: what is longer would be sent again and again, and never arrive. */
#define MAX_OUTGOING_BYTES (128 * 1024)

/* FALSE, with the reason in words, when @content cannot be sent. */
static gboolean
chat_room_check_content (ChatRoom    *self,
                         const char  *content,
                         GError     **error)
{
  guint max_length = chat_session_get_max_content_length (self->session);

  if (*content == '\0')
    g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, _("The message is empty."));
  else if (strnlen (content, MAX_OUTGOING_BYTES + 1) > MAX_OUTGOING_BYTES)
    g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_TOO_LARGE, _("The message is too long."));
  else if (max_length > 0 && (gulong) g_utf8_strlen (content, -1) > max_length)
    g_set_error (error, CHAT_ERROR, CHAT_ERROR_TOO_LARGE,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The message is too long: a message has at most %u character.",
                              "The message is too long: a message has at most %u characters.", max_length),
                 max_length);
  else
    return TRUE;

  return FALSE;
}

/* (transfer full) (nullable): @content as it can be sent */
static char *
chat_room_prepare_content (ChatRoom    *self,
                           const char  *content,
                           GError     **error)
{
  g_autofree char *text = NULL;

  if (!self->can_send || self->session == NULL)
    {
      const char *reason = chat_room_get_cannot_send_reason (self);

      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_NOT_JOINED, reason != NULL ? reason : _("You were signed out."));
      return NULL;
    }

  if (!g_utf8_validate (content, -1, NULL))
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, _("The message is not text."));
      return NULL;
    }

  text = g_strstrip (g_strdup (content));

  return chat_room_check_content (self, text, error) ? g_steal_pointer (&text) : NULL;
}

/* ---- The draft that is sent ---- */

typedef struct
{
  ChatMessage *message;
  char        *draft;
  char        *draft_reply_to;
  int          draft_cursor;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  g_object_unref (sending->message);
  g_free (sending->draft);
  g_free (sending->draft_reply_to);
  g_free (sending);
}

/* On the disk the draft goes in the moment in which the message is there. */
static Sending *
chat_room_take_draft (ChatRoom    *self,
                      ChatMessage *message)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->message = g_object_ref (message);
  sending->draft = g_strdup (self->draft);
  sending->draft_reply_to = g_strdup (self->draft_reply_to);
  sending->draft_cursor = self->draft_cursor;

  chat_room_set_draft (self, NULL, 0, NULL);
  self->n_queueing++;

  return sending;
}

/* @taken: whether the message is on the disk. If not, the draft is there still. */
static void
chat_room_end_draft (ChatRoom      *self,
                     const Sending *sending,
                     gboolean       taken)
{
  self->n_queueing--;

  if (!taken && !self->draft_waits && self->draft == NULL)
    chat_room_set_draft (self, sending->draft, sending->draft_cursor, sending->draft_reply_to);

  if (self->n_queueing > 0 || !self->draft_waits)
    return;

  /* What was written behind a message that could not be taken, its writer puts together with it. */
  self->draft_waits = FALSE;
  if (taken && self->session != NULL)
    chat_store_put_draft (self->session->store, self->id, self->draft, self->draft_cursor, self->draft_reply_to);
}

/* ---- Sending ---- */

/* It is in the outbox. */
static void
chat_room_show_outgoing (ChatRoom    *self,
                         ChatMessage *message)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();

  g_ptr_array_add (messages, message);
  chat_room_window_add_newest (self, messages);
  chat_room_note_last (self, message);
  if (self->session != NULL)
    chat_session_deliver (self->session, self);
}

static void
queued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  ChatMessage *message = sending->message;
  GError *error = NULL;
  gboolean taken = chat_outbox_add_finish (CHAT_OUTBOX (source), result, &error);

  chat_room_end_draft (self, sending, taken);
  if (!taken)
    {
      g_task_return_error (task, error);
      return;
    }

  chat_room_show_outgoing (self, message);
  if (!self->wanted && self->session != NULL)
    chat_outbox_fail (self->session->outbox, message, _("You left the room."));
  /* The room is gone, and what was written in it stays for a person to decide. */
  if (self->session != NULL && chat_room_list_find (self->session->rooms, self->id) == NULL)
    {
      chat_room_update_undelivered (self);
      chat_room_list_add (self->session->rooms, self);
    }
  g_task_return_pointer (task, g_object_ref (message), g_object_unref);
}

/**
 * chat_room_send_async:
 * @self: a room
 * @content: what is to be said
 * @reply_to: (nullable): the id of the message that this one answers
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the sending
 * @callback: called when the message is on the disk and in the timeline, or cannot be sent; in that case nothing has changed
 * @user_data: for @callback
 *
 * Sends a message, now or when the connection is back, whatever becomes of this program meanwhile. It was the draft of the room: that
 * is empty from now on, on the disk from the moment in which the message is there, and is as it was where that fails.
 */
void
chat_room_send_async (ChatRoom            *self,
                      const char          *content,
                      const char          *reply_to,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(ChatMessage) message = NULL;
  g_autofree char *client_id = NULL;
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (content != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_send_async);
  g_task_set_check_cancellable (task, FALSE);

  text = chat_room_prepare_content (self, content, &error);
  if (text == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  client_id = g_uuid_string_random ();
  message = chat_message_new_outgoing (client_id, self->id, chat_session_get_user_id (self->session),
                                       chat_session_get_username (self->session), text, g_get_real_time () / 1000);
  chat_message_set_reply_to (message, reply_to);
  self->typing_told_at = 0;
  g_task_set_task_data (task, chat_room_take_draft (self, message), sending_free);
  chat_outbox_add_async (self->session->outbox, message, NULL, queued_cb, g_steal_pointer (&task));
}

/**
 * chat_room_send_finish:
 * @self: a room
 * @result: what was given to the callback
 * @error: return location for a #GError, in words
 *
 * Returns: (nullable) (transfer full): the message, which waits now
 */
ChatMessage *
chat_room_send_finish (ChatRoom      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
can_be_retried (ChatMessage *message)
{
  ChatDelivery delivery = chat_message_get_delivery (message);

  return delivery == CHAT_DELIVERY_FAILED || delivery == CHAT_DELIVERY_UNCONFIRMED;
}

static void
queued_again_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;
  ChatOutbox *outbox = CHAT_OUTBOX (source);
  g_autoptr(GError) error = NULL;

  if (self->session == NULL)
    return;

  if (!chat_outbox_add_finish (outbox, result, &error))
    chat_session_report (self->session, error);
  else if (self->wanted)
    chat_session_deliver (self->session, self);
  else
    chat_session_give_up (self->session, self, _("You left the room."));
}

/**
 * chat_room_retry:
 * @self: a room
 * @message: a message of it that failed, or that was not confirmed
 *
 * Sends a message again. It keeps its client id, so a server that has it already stores it once.
 */
void
chat_room_retry (ChatRoom    *self,
                 ChatMessage *message)
{
  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  if (self->session != NULL && can_be_retried (message))
    chat_outbox_add_async (self->session->outbox, message, NULL, queued_again_cb, g_object_ref (self));
}

/**
 * chat_room_discard:
 * @self: a room
 * @message: a message of it that was not sent
 *
 * Gives a message up. One that is on its way or that the server has is not touched.
 */
void
chat_room_discard (ChatRoom    *self,
                   ChatMessage *message)
{
  g_autoptr(ChatMessage) keep = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  if (self->session == NULL ||
      (!can_be_retried (message) && !chat_outbox_is_unsent (self->session->outbox, message)))
    return;

  keep = g_object_ref (message);
  chat_outbox_remove (self->session->outbox, message);
  if (self->timeline != NULL)
    chat_timeline_remove (self->timeline, message);
  chat_room_find_last (self);
}
