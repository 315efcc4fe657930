/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages on their way out. With `delivery` a server stores each client id once, so the same message is sent until the server
 * has answered, one at a time in each room, which keeps their order. A plain server answers with nothing but the echo: there a
 * message goes out once. What a server is, it says itself, and may say late: how a message went out is written down before it does,
 * and what may have arrived under its id goes out without it only when a person says so. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-room-list-private.h"
#include "chat-room-private.h"
#include "chat-session-private.h"

#define ANSWER_WITHIN_MS 10000
#define AGAIN_AFTER_MS 1000

typedef struct
{
  ChatRoom    *room;
  ChatMessage *message;
  /* Whether it goes out with its id, or without. */
  ChatSent     sent;
} Sending;

static Sending *
sending_new (ChatRoom    *room,
             ChatMessage *message,
             ChatSent     sent)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->room = g_object_ref (room);
  sending->message = g_object_ref (message);
  sending->sent = sent;

  return sending;
}

static void
sending_free (Sending *sending)
{
  g_object_unref (sending->room);
  g_object_unref (sending->message);
  g_free (sending);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sending, sending_free)

static gboolean
chat_session_has_delivery (ChatSession *self)
{
  return (self->features & CHAT_FEATURE_DELIVERY) != 0;
}

static gboolean
again_cb (gpointer user_data)
{
  ChatRoom *room = user_data;

  room->send_source = 0;
  if (room->session != NULL)
    chat_session_deliver (room->session, room);

  return G_SOURCE_REMOVE;
}

static void
chat_session_deliver_later (ChatRoom *room,
                            guint     delay_ms)
{
  if (room->send_source == 0)
    room->send_source = g_timeout_add (delay_ms, again_cb, room);
}

/* The server refused, or answered what cannot be read. @retry_after_ms is what tells one from the other: a refusal has one. */
static void
chat_session_sending_failed (ChatSession  *self,
                             Sending      *sending,
                             const GError *error,
                             guint         retry_after_ms)
{
  chat_outbox_mark_unsent (self->outbox, sending->message);

  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) && retry_after_ms > 0)
    {
      chat_session_deliver_later (sending->room, retry_after_ms);
      return;
    }

  if (retry_after_ms == 0)
    g_message ("%s", error->message);

  chat_outbox_fail (self->outbox, sending->message,
                    retry_after_ms > 0 ? error->message : _("The server’s answer could not be understood."));
  chat_session_deliver (self, sending->room);
}

/* Nobody knows what became of it. In a room that was left meanwhile it would wait for ever. */
static void
chat_session_wait_again (ChatSession *self,
                         Sending     *sending)
{
  chat_outbox_mark_unsent (self->outbox, sending->message);
  if (!sending->room->wanted)
    chat_outbox_fail (self->outbox, sending->message, _("You left the room."));
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  ChatSession *self = CHAT_SESSION (source);
  g_autoptr(Sending) sending = user_data;
  g_autoptr(SioValue) answer = NULL;
  g_autoptr(ChatMessage) stored = NULL;
  g_autoptr(GError) error = NULL;
  guint retry_after_ms = 0;

  answer = chat_session_call_finish (self, result, &error);

  /* The echo was faster, or a person gave the message up. */
  if (!chat_outbox_is_waiting (self->outbox, sending->message))
    return;

  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_TIMED_OUT))
    {
      chat_session_wait_again (self, sending);
      chat_session_deliver_later (sending->room, AGAIN_AFTER_MS);
      return;
    }

  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      /* It is sent again when the room was joined again. */
      chat_session_wait_again (self, sending);
      return;
    }

  if (answer != NULL)
    stored = chat_protocol_read_send_result (answer, self->user_id, &retry_after_ms, &error);

  if (stored != NULL)
    chat_room_confirm (sending->room, sending->message, stored);
  else
    chat_session_sending_failed (self, sending, error, retry_after_ms);
}

/* A message may outlive the server that it was written for: the words go out all the same. */
static const char *
chat_session_get_reply_to (ChatSession *self,
                           ChatMessage *message)
{
  return (self->features & CHAT_FEATURE_REPLIES) != 0 ? chat_message_get_reply_to (message) : NULL;
}

/* @sending: (transfer full) */
static void
chat_session_send_with_id (ChatSession *self,
                           Sending     *sending)
{
  ChatMessage *message = sending->message;
  g_autoptr(SioValue) arguments =
    chat_protocol_write_send (chat_message_get_content (message), sending->room->id, chat_message_get_client_id (message),
                              chat_session_get_reply_to (self, message));

  chat_outbox_mark_sent (self->outbox, message, CHAT_SENT_WITH_ID);
  chat_session_call_async (self, "send", arguments, ANSWER_WITHIN_MS, sent_cb, sending);
}

static gboolean
chat_session_send_once (ChatSession *self,
                        Sending     *sending)
{
  ChatRoom *room = sending->room;
  g_autoptr(SioValue) arguments = chat_protocol_write_send (chat_message_get_content (sending->message), room->id, NULL, NULL);

  if (!chat_session_emit (self, "send", arguments, SIO_EMIT_NO_BUFFER))
    return FALSE;

  chat_outbox_mark_sent (self->outbox, sending->message, CHAT_SENT_ONCE);
  chat_outbox_set_sent_after (self->outbox, sending->message, MAX (room->newest_seq, room->last_seq));

  return TRUE;
}

static gboolean
chat_session_can_deliver (ChatSession *self,
                          ChatRoom    *room)
{
  return self->started && self->mode_known && room->present && chat_session_can_ask (self);
}

/* The connection broke before it went out, or the server is not what it was taken for: it waits again. */
static void
chat_session_take_back (ChatSession *self,
                        Sending     *sending)
{
  chat_outbox_take_back (self->outbox, sending->message);
  chat_session_wait_again (self, sending);

  /* The next connection may be there already. */
  if (sending->room->present)
    chat_session_deliver_later (sending->room, AGAIN_AFTER_MS);
}

/* It is marked: whatever happens now, it does not go out by itself again to a server that does not know repeats. */
static void
marked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(Sending) sending = user_data;
  ChatSession *self = sending->room->session;
  ChatMessage *message = sending->message;
  gboolean with_id = sending->sent == CHAT_SENT_WITH_ID;
  g_autoptr(GError) error = NULL;
  gboolean marked = chat_store_mark_sent_finish (CHAT_STORE (source), result, &error);

  /* Where it went out under its id before, the server may have told of it meanwhile. */
  if (self == NULL || chat_outbox_find (self->outbox, chat_message_get_client_id (message)) != message)
    return;

  /* A disk that is full keeps nobody from saying something to a server that stores it once in any case. */
  if (!marked && !with_id)
    {
      chat_outbox_fail (self->outbox, message, error->message);
      return;
    }

  if (marked)
    chat_outbox_mark_kept (self->outbox, message, sending->sent);
  if (!chat_session_can_deliver (self, sending->room) || with_id != chat_session_has_delivery (self))
    chat_session_take_back (self, sending);
  else if (with_id)
    chat_session_send_with_id (self, g_steal_pointer (&sending));
  else if (!chat_session_send_once (self, sending))
    chat_session_take_back (self, sending);
}

static void
chat_session_send_next (ChatSession *self,
                        ChatRoom    *room)
{
  ChatMessage *message = NULL;
  Sending *sending = NULL;

  chat_outbox_resume_sent_with_id (self->outbox, room->id);
  if (chat_outbox_is_sending (self->outbox, room->id) || room->send_source != 0)
    return;

  message = chat_outbox_next (self->outbox, room->id);
  if (message == NULL)
    return;

  sending = sending_new (room, message, CHAT_SENT_WITH_ID);
  chat_outbox_mark_leaving (self->outbox, message);
  if (chat_outbox_is_kept_with_id (self->outbox, message))
    chat_session_send_with_id (self, sending);
  else
    chat_store_mark_sent_async (self->store, message, CHAT_SENT_WITH_ID, NULL, marked_cb, sending);
}

static void
chat_session_send_all (ChatSession *self,
                       ChatRoom    *room)
{
  ChatMessage *message = NULL;

  chat_outbox_doubt_sent_with_id (self->outbox, room->id);
  while ((message = chat_outbox_next (self->outbox, room->id)) != NULL)
    {
      chat_outbox_mark_leaving (self->outbox, message);
      chat_store_mark_sent_async (self->store, message, CHAT_SENT_ONCE, NULL, marked_cb,
                                  sending_new (room, message, CHAT_SENT_ONCE));
    }
}

/* Sends what waits in @room, if the server has us in it. */
void
chat_session_deliver (ChatSession *self,
                      ChatRoom    *room)
{
  if (!chat_session_can_deliver (self, room))
    return;

  if (chat_session_has_delivery (self))
    chat_session_send_next (self, room);
  else
    chat_session_send_all (self, room);
}

/* The server said what it is. */
void
chat_session_deliver_all (ChatSession *self)
{
  g_autoptr(GPtrArray) rooms = chat_room_list_snapshot (self->rooms);

  for (guint i = 0; i < rooms->len; i++)
    chat_session_deliver (self, g_ptr_array_index (rooms, i));
}

/* Nothing can be sent to a room that was left. */
void
chat_session_give_up (ChatSession *self,
                      ChatRoom    *room,
                      const char  *reason)
{
  ChatMessage *message = NULL;

  while ((message = chat_outbox_next (self->outbox, room->id)) != NULL)
    chat_outbox_fail (self->outbox, message, reason);
}

void
chat_session_delivery_interrupted (ChatSession *self)
{
  chat_outbox_interrupt (self->outbox);
}

/* The server tells what was said. What went out without its id, room, text and number must find. */
ChatMessage *
chat_session_find_told (ChatSession *self,
                        ChatRoom    *room,
                        ChatMessage *message)
{
  if (chat_message_get_client_id (message) != NULL || !chat_message_get_own (message))
    return NULL;

  return chat_outbox_find_told (self->outbox, room->id, chat_message_get_content (message), chat_message_get_seq (message));
}

/* The echo of what went out without its id names neither that nor, where the token says nothing, us: room, text and order must do. */
ChatMessage *
chat_session_find_echoed (ChatSession *self,
                          ChatRoom    *room,
                          ChatMessage *message)
{
  const char *content = chat_message_get_content (message);
  ChatMessage *pending = NULL;

  if (chat_message_get_client_id (message) != NULL || (self->user_id != NULL && !chat_message_get_own (message)))
    return NULL;

  pending = chat_outbox_find_echoed (self->outbox, room->id, content);
  if (pending != NULL && self->user_id == NULL && !chat_outbox_is_waiting (self->outbox, pending))
    pending = NULL;

  if (pending != NULL && self->user_id == NULL)
    chat_session_set_user (self, chat_message_get_sender_id (message), self->username);

  return pending;
}
