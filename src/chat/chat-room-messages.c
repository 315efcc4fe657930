/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes into a room, and what is sent from it. */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "chat-room-private.h"
#include "chat-session-private.h"

/* Servers end the connection on which more than a megabyte comes at once, which is their default, and one character may be six
 * on the wire: what is longer would be sent again and again, and never arrive. */
#define MAX_OUTGOING_BYTES (128 * 1024)

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

static void
chat_room_note_seq (ChatRoom *self,
                    gint64    seq)
{
  self->newest_seq = MAX (self->newest_seq, seq);
  self->last_seq = MAX (self->last_seq, seq);
}

static void
chat_room_name_sender (ChatRoom    *self,
                       ChatMessage *message)
{
  ChatMember *member = NULL;

  if (chat_message_get_sender_name (message) != NULL)
    return;

  member = chat_member_list_find (self->members, chat_message_get_sender_id (message));
  if (member != NULL)
    chat_message_set_sender_name (message, chat_member_get_username (member));
  else if (chat_message_get_own (message))
    chat_message_set_sender_name (message, chat_session_get_username (self->session));
}

/* A member's name may come after what the member said. */
void
chat_room_name_senders (ChatRoom *self)
{
  GListModel *rows = G_LIST_MODEL (self->timeline);

  for (guint i = 0; self->session != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message != NULL)
        chat_room_name_sender (self, message);
    }
}

/* Makes @pending the message that the server has stored. Where the echo came in another row before, that row goes. */
void
chat_room_confirm (ChatRoom    *self,
                   ChatMessage *pending,
                   ChatMessage *stored)
{
  ChatMessage *double_row = chat_timeline_find (self->timeline, chat_message_get_id (stored));

  if (double_row != NULL && double_row != pending)
    chat_timeline_remove (self->timeline, double_row);

  chat_message_confirm (pending,
                        chat_message_get_id (stored),
                        chat_message_get_timestamp (stored),
                        chat_message_get_seq (stored));
  chat_message_update (pending, stored);
  chat_session_message_confirmed (self->session, pending);
  chat_timeline_reorder (self->timeline, pending);
  chat_room_note_seq (self, chat_message_get_seq (stored));
  chat_room_update_last_message (self);
  chat_session_deliver (self->session, self);
}

/* The message of ours that @message is the echo of, if it is one. */
static ChatMessage *
chat_room_find_pending (ChatRoom    *self,
                        ChatMessage *message)
{
  const char *client_id = chat_message_get_client_id (message);
  ChatMessage *pending = NULL;

  if (client_id != NULL && chat_message_get_own (message))
    pending = chat_timeline_find_by_client_id (self->timeline, client_id);

  if (pending != NULL)
    return chat_message_get_delivery (pending) == CHAT_DELIVERY_RECEIVED ? NULL : pending;

  return chat_session_find_echoed (self->session, self, message);
}

/* Takes in a message that may be here already: in this very form, or as one of ours that waits. TRUE when it was. */
gboolean
chat_room_absorb (ChatRoom    *self,
                  ChatMessage *message)
{
  ChatMessage *pending = NULL;
  ChatMessage *known = chat_timeline_find (self->timeline, chat_message_get_id (message));

  chat_room_note_seq (self, chat_message_get_seq (message));

  if (known != NULL)
    {
      /* A message may come as `message` and as `room:message`, and the second has the name that the first lacks. */
      if (chat_message_get_sender_name (known) == NULL && chat_message_get_sender_name (message) != NULL)
        chat_message_set_sender_name (known, chat_message_get_sender_name (message));
      return TRUE;
    }

  pending = chat_room_find_pending (self, message);
  if (pending == NULL)
    return FALSE;

  chat_room_confirm (self, pending, message);
  return TRUE;
}

static gboolean
leaves_gap (ChatRoom    *self,
            ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);

  return self->history_loaded && seq != CHAT_NO_SEQ && self->newest_seq != CHAT_NO_SEQ && seq > self->newest_seq + 1;
}

static void
chat_room_count_unread (ChatRoom    *self,
                        ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);

  if (chat_message_get_own (message) || (seq != CHAT_NO_SEQ && seq <= self->read_seq))
    return;

  chat_room_set_unread (self, self->unread + 1, self->mentions + (chat_message_get_mentions_me (message) ? 1 : 0));
}

/* A message that comes live. */
void
chat_room_receive (ChatRoom    *self,
                   ChatMessage *message)
{
  gint64 before = self->newest_seq;
  gboolean gap = leaves_gap (self, message);

  if (chat_room_absorb (self, message))
    return;

  chat_room_drop_typist (self, chat_message_get_sender_id (message));
  chat_room_name_sender (self, message);
  if (!chat_timeline_add (self->timeline, message))
    return;

  chat_room_update_last_message (self);
  chat_room_count_unread (self, message);

  if (gap && self->gap_after == CHAT_NO_SEQ)
    {
      self->gap_after = before;
      chat_room_close_gap (self);
    }

  if (!chat_message_get_own (message))
    chat_session_message_received (self->session, self, message);
}

void
chat_room_receive_changed (ChatRoom    *self,
                           ChatMessage *message)
{
  ChatMessage *known = chat_timeline_find (self->timeline, chat_message_get_id (message));

  if (known != NULL)
    chat_message_update (known, message);
}

/* Returns how many were new. */
guint
chat_room_add_history (ChatRoom  *self,
                       GPtrArray *messages)
{
  g_autoptr(GPtrArray) fresh = g_ptr_array_new ();
  guint n_added = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);

      if (!g_str_equal (chat_message_get_room_id (message), self->id) || chat_room_absorb (self, message))
        continue;

      chat_room_name_sender (self, message);
      g_ptr_array_add (fresh, message);
    }

  n_added = chat_timeline_add_many (self->timeline, fresh);
  chat_room_update_last_message (self);

  return n_added;
}

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

/**
 * chat_room_send:
 * @self: a room
 * @content: what is to be said
 * @error: return location for a #GError, in words
 *
 * Sends a message, now or when the connection is back. It is in the timeline when this returns.
 *
 * Returns: (nullable) (transfer none): the message, or %NULL when it cannot be sent; then nothing has changed
 */
ChatMessage *
chat_room_send (ChatRoom    *self,
                const char  *content,
                GError     **error)
{
  return chat_room_send_reply (self, content, NULL, error);
}

/**
 * chat_room_send_reply:
 * @self: a room
 * @content: what is to be said
 * @reply_to: (nullable): the id of the message that this one answers
 * @error: return location for a #GError, in words
 *
 * Sends a message as [method@Room.send] does, in answer to another one of the room.
 *
 * Returns: (nullable) (transfer none): the message, or %NULL when it cannot be sent; then nothing has changed
 */
ChatMessage *
chat_room_send_reply (ChatRoom    *self,
                      const char  *content,
                      const char  *reply_to,
                      GError     **error)
{
  g_autoptr(ChatMessage) message = NULL;
  g_autofree char *client_id = NULL;
  g_autofree char *text = NULL;
  const char *user_id = NULL;

  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);
  g_return_val_if_fail (content != NULL, NULL);

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
  if (!chat_room_check_content (self, text, error))
    return NULL;

  client_id = g_uuid_string_random ();
  user_id = chat_session_get_user_id (self->session);
  message = chat_message_new_outgoing (client_id, self->id, user_id != NULL ? user_id : "",
                                       chat_session_get_username (self->session), text, now_ms ());
  chat_message_set_own (message, TRUE);
  chat_message_set_reply_to (message, reply_to);
  chat_timeline_add (self->timeline, message);
  chat_room_update_last_message (self);
  self->typing_told_at = 0;
  chat_session_queue (self->session, self, message);

  return message;
}

static gboolean
can_be_retried (ChatMessage *message)
{
  ChatDelivery delivery = chat_message_get_delivery (message);

  return delivery == CHAT_DELIVERY_FAILED || delivery == CHAT_DELIVERY_UNCONFIRMED;
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
    chat_session_queue (self->session, self, message);
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

  if (!can_be_retried (message) && (self->session == NULL || !chat_session_unqueue (self->session, message)))
    return;

  keep = g_object_ref (message);
  chat_timeline_remove (self->timeline, message);
  chat_room_update_last_message (self);
}

/**
 * chat_room_mark_read:
 * @self: a room
 *
 * Says that all that is in the room was seen.
 */
void
chat_room_mark_read (ChatRoom *self)
{
  g_return_if_fail (CHAT_IS_ROOM (self));

  chat_room_set_unread (self, 0, 0);
  self->read_seq = MAX (self->read_seq, self->newest_seq);
  chat_room_tell_read (self);
  if (self->session != NULL)
    chat_session_room_was_read (self->session, self);
}

/* Also when the room is joined again: what was read meanwhile is told then. */
void
chat_room_tell_read (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = NULL;

  if (self->read_seq <= self->told_read_seq || self->session == NULL || !self->present ||
      !(chat_session_get_features (self->session) & CHAT_FEATURE_READ))
    return;

  arguments = chat_protocol_write_read_mark (self->id, self->read_seq);
  if (chat_session_emit (self->session, "room:read", arguments, SIO_EMIT_NO_BUFFER))
    self->told_read_seq = self->read_seq;
}

/* Another device has read up to @seq; what came after is still unread here. */
void
chat_room_apply_read (ChatRoom *self,
                      gint64    seq)
{
  GListModel *rows = G_LIST_MODEL (self->timeline);
  guint unread = 0;
  guint mentions = 0;

  self->told_read_seq = MAX (self->told_read_seq, seq);
  if (seq <= self->read_seq)
    return;

  self->read_seq = seq;

  for (guint i = g_list_model_get_n_items (rows); i > 0; i--)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i - 1);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message == NULL || chat_message_get_own (message))
        continue;

      if (chat_message_get_seq (message) <= seq)
        break;

      unread++;
      mentions += chat_message_get_mentions_me (message) ? 1 : 0;
    }

  chat_room_set_unread (self, unread, mentions);
}
