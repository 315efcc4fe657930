/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a room was read. How much is unread is never counted up: it follows from up to where the user has read and from what is
 * there. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* For a server that does not count; nobody reads a higher figure. */
#define MAX_COUNT 1000

/* What was told so shortly before a connection broke may not have arrived. */
#define TOLD_FOR_SURE_US (30 * G_USEC_PER_SEC)

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

static void
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
        self->told_read_seq = seq;
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

/* Also when the room is joined again: what was read meanwhile is told then. */
void
chat_room_tell_read (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = NULL;

  if (self->read_seq == self->told_read_seq || self->read_seq == CHAT_NO_SEQ || self->session == NULL || !self->present ||
      !(chat_session_get_features (self->session) & CHAT_FEATURE_READ))
    return;

  arguments = chat_protocol_write_read_mark (self->id, self->read_seq, self->read_seq < self->told_read_seq);
  if (!chat_session_emit (self->session, "room:read", arguments, SIO_EMIT_NO_BUFFER))
    return;

  self->told_read_seq = self->read_seq;
  self->told_read_at = g_get_monotonic_time ();
  chat_room_keep_soon (self);
}

/* The connection broke: what was told a moment ago is told again. */
void
chat_room_forget_untold (ChatRoom *self)
{
  gint64 told_at = self->told_read_at;

  self->told_read_at = 0;
  if (told_at == 0 || g_get_monotonic_time () - told_at > TOLD_FOR_SURE_US)
    return;

  self->told_read_seq = CHAT_NO_SEQ;
  chat_room_keep_soon (self);
}

/* Another device has read up to @seq, or, where @back, wants to read again what came after it. */
void
chat_room_apply_read (ChatRoom *self,
                      gint64    seq,
                      gboolean  back)
{
  if (!back && seq <= self->read_seq)
    {
      self->told_read_seq = MAX (self->told_read_seq, seq);
      return;
    }

  self->told_read_seq = seq;
  chat_room_set_read (self, seq);
  if (back)
    chat_room_update_marker (self);
}

/* Up to where the user has read, when the server says @server_seq at the beginning of a connection. What was read or marked here
 * without its knowledge stays; else it knows better, since the user has other devices. */
static gint64
chat_room_merge_read (ChatRoom *self,
                      gint64    server_seq)
{
  if (self->read_seq == CHAT_NO_SEQ || self->read_seq == self->told_read_seq)
    return server_seq;

  /* Marked as unread here, and no other device has read further since. */
  if (self->read_seq < self->told_read_seq)
    return server_seq == self->told_read_seq ? self->read_seq : server_seq;

  return MAX (self->read_seq, server_seq);
}

void
chat_room_apply_counts (ChatRoom           *self,
                        const ChatRoomInfo *info)
{
  /* A recovered connection is told of it before the server says how things stand, and that was written down before it heard. */
  if (info->read_seq != CHAT_NOT_SAID && self->told_read_at != 0)
    {
      self->read_seq = MAX (self->read_seq, info->read_seq);
      self->told_read_seq = MAX (self->told_read_seq, info->read_seq);
    }
  else if (info->read_seq != CHAT_NOT_SAID)
    {
      self->read_seq = chat_room_merge_read (self, info->read_seq);
      self->told_read_seq = info->read_seq;
    }
  else if (self->read_seq == CHAT_NO_SEQ && self->last_seq != CHAT_NO_SEQ)
    {
      self->read_seq = MAX (self->last_seq - MAX (info->unread, 0), 0);
    }

  self->told_mentions = MAX (info->mentions, 0);
  self->told_mentions_after = info->read_seq;
  self->told_mentions_to = info->last_seq;
  chat_room_recount (self);
}
