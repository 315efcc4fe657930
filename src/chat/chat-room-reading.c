/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a room was read. How much is unread is never counted up: it follows from up to where the user has read and from what is
 * there. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* For a server that does not count; nobody reads a higher figure. */
#define MAX_COUNT 1000

static gboolean
chat_room_is_counted (ChatRoom *self)
{
  return self->last_seq != CHAT_NO_SEQ;
}

/* Mentions in what is not here yet the server has told of. */
static guint
chat_room_count_mentions (ChatRoom  *self,
                          ChatStore *store)
{
  guint mentions = chat_store_count_mentions (store, self->id, self->read_seq, self->last_seq);
  gint64 missing = chat_store_count_missing (store, self->id, self->read_seq, self->last_seq);
  gint64 told = self->told_mentions;

  if (missing == 0 || told == 0 || self->told_mentions_to <= self->read_seq)
    return mentions;

  told -= chat_store_count_mentions (store, self->id, self->told_mentions_after, self->told_mentions_to);

  return mentions + (guint) CLAMP (told, 0, missing);
}

/* Says anew how much is unread. */
void
chat_room_recount (ChatRoom *self)
{
  ChatStore *store = chat_room_get_store (self);
  guint mentions = 0;
  gint64 unread = 0;

  if (store == NULL)
    return;

  if (!self->wanted || (chat_room_is_counted (self) && self->read_seq == CHAT_NO_SEQ))
    {
      chat_room_set_unread (self, 0, 0);
      return;
    }

  if (!chat_room_is_counted (self))
    {
      unread = chat_store_count_since (store, self->id, &self->read, &mentions, MAX_COUNT);
      chat_room_set_unread (self, (guint) unread, mentions);
      return;
    }

  unread = self->last_seq - self->read_seq;
  if (unread > 0)
    {
      unread -= chat_store_count_own (store, self->id, self->read_seq, self->last_seq);
      mentions = chat_room_count_mentions (self, store);
    }

  chat_room_set_unread (self, (guint) CLAMP (unread, 0, G_MAXUINT), mentions);
}

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;

  self->counting = FALSE;
  if (chat_store_flush_finish (CHAT_STORE (source), result, NULL))
    chat_room_recount (self);

  if (self->count_again)
    {
      self->count_again = FALSE;
      chat_room_recount_soon (self);
    }
}

/* Once what came is in the store. */
void
chat_room_recount_soon (ChatRoom *self)
{
  ChatStore *store = chat_room_get_store (self);

  if (store == NULL)
    return;

  /* What is asked for meanwhile is not in the store when that is answered. */
  if (self->counting)
    {
      self->count_again = TRUE;
      return;
    }

  self->counting = TRUE;
  chat_store_flush_async (store, NULL, counted_cb, g_object_ref (self));
}

void
chat_room_set_read (ChatRoom *self,
                    gint64    seq)
{
  if (self->read_seq == seq)
    return;

  self->read_seq = seq;
  chat_room_recount (self);
  chat_room_keep_soon (self);
}

/* Who writes in a room has seen what is there. The server holds it so, too. */
void
chat_room_read_own (ChatRoom    *self,
                    ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);

  if (seq != CHAT_NO_SEQ && seq > self->read_seq)
    {
      if (self->told_read_seq == self->read_seq)
        chat_room_heard_read (self, seq);
      chat_room_set_read (self, seq);
    }
  else if (seq == CHAT_NO_SEQ)
    {
      chat_store_place_of (message, &self->read);
      chat_room_keep_soon (self);
    }
}

/* Up to a message: what came after it is unread. */
static void
chat_room_read_to (ChatRoom    *self,
                   ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);
  ChatPlace place;

  if (chat_message_get_id (message) == NULL)
    return;

  if (chat_room_is_counted (self) && seq != CHAT_NO_SEQ)
    {
      /* Else all is read. */
      if (self->read_seq != CHAT_NO_SEQ)
        chat_room_set_read (self, MAX (self->read_seq, seq));
      return;
    }

  chat_store_place_of (message, &place);
  if (place.place > self->read.place || (place.place == self->read.place && place.number > self->read.number))
    self->read = place;
  chat_room_recount_soon (self);
  chat_room_keep_soon (self);
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

  if (chat_room_is_counted (self))
    {
      /* What is not here yet was not seen, but who is at the end of the room does not look for it. */
      chat_room_set_read (self, MAX (self->read_seq, MAX (self->last_seq, self->newest_seq)));
    }
  else
    {
      ChatMessage *last = self->last_message;

      if (last != NULL && chat_message_get_id (last) != NULL)
        chat_store_place_of (last, &self->read);
      chat_room_set_unread (self, 0, 0);
      chat_room_keep_soon (self);
    }

  chat_room_tell_read (self);
  if (self->session != NULL)
    chat_session_room_was_read (self->session, self);
}

/**
 * chat_room_mark_read_to:
 * @self: a room
 * @message: a message of it
 *
 * Says that what was said up to @message was seen.
 */
void
chat_room_mark_read_to (ChatRoom    *self,
                        ChatMessage *message)
{
  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  chat_room_read_to (self, message);
  chat_room_tell_read (self);
  if (self->unread == 0 && self->session != NULL)
    chat_session_room_was_read (self->session, self);
}

/**
 * chat_room_mark_unread_from:
 * @self: a room
 * @message: a message of it that the server has
 *
 * Says that @message and what came after it is to be read again. On a server that knows it, the user's other devices follow.
 */
void
chat_room_mark_unread_from (ChatRoom    *self,
                            ChatMessage *message)
{
  gint64 seq = CHAT_NO_SEQ;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  if (chat_message_get_id (message) == NULL)
    return;

  seq = chat_message_get_seq (message);
  if (chat_room_is_counted (self) && seq != CHAT_NO_SEQ)
    {
      /* Where nobody said what was read, it was all. */
      if (self->told_read_seq == CHAT_NO_SEQ)
        chat_room_heard_read (self, MAX (self->last_seq, self->newest_seq));
      chat_room_set_read (self, seq - 1);
      chat_room_tell_read (self);
    }
  else
    {
      chat_store_place_of (message, &self->read);
      self->read.number--;
      chat_room_recount (self);
      chat_room_keep_soon (self);
    }

  chat_room_update_marker (self);
}
