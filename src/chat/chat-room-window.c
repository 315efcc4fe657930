/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which stretch of what was said is in the timeline. It is read from the store, is at most a few pages long, and has no hole; how it
 * moves when the reader comes near to one of its ends is in chat-room-pages.c. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* More than a list view builds rows for. */
#define WINDOW_MAX 240

/* The stretch without a hole in which @message stands, or, where it is NULL, the newest one. A server that does not count has no
 * holes that anybody could know of, and those of a server that keeps no history nobody can fill. */
void
chat_room_find_stretch (ChatRoom    *self,
                        ChatMessage *message,
                        ChatSpan    *stretch)
{
  ChatStore *store = chat_room_get_store (self);
  gint64 seq = message != NULL ? chat_message_get_seq (message) : CHAT_NO_SEQ;

  stretch->first = G_MININT64;
  stretch->last = G_MAXINT64;

  if (self->present && !chat_room_has_history (self))
    return;

  if (message == NULL)
    {
      if (chat_store_find_newest_span (store, self->id, stretch))
        stretch->last = G_MAXINT64;
    }
  else if (seq != CHAT_NO_SEQ && !chat_store_find_span (store, self->id, seq, stretch))
    {
      stretch->first = seq;
      stretch->last = seq;
    }
}

gint64
chat_room_get_oldest_seq (ChatRoom *self)
{
  ChatMessage *first = self->timeline != NULL ? chat_timeline_get_first (self->timeline) : NULL;

  return first != NULL ? chat_message_get_seq (first) : CHAT_NO_SEQ;
}

static gboolean
has_stored_older (ChatRoom       *self,
                  ChatMessage    *first,
                  const ChatSpan *stretch)
{
  g_autoptr(GPtrArray) older = NULL;
  ChatPlace place;

  chat_store_place_of (first, &place);
  older = chat_store_read_before (chat_room_get_store (self), self->id, &place, stretch->first, 1);

  return older->len > 0;
}

/* Whether there is something newer than @stretch: it is here, or the server has told of it and can be asked. Without a connection the
 * window goes on at the newest end, where that comes when there is one. */
gboolean
chat_room_has_newer_stretch (ChatRoom       *self,
                             const ChatSpan *stretch)
{
  ChatSpan newest;

  if (stretch->last == G_MAXINT64)
    return FALSE;

  if (chat_store_find_newest_span (chat_room_get_store (self), self->id, &newest) && newest.first > stretch->last)
    return TRUE;

  return self->last_seq > MAX (self->newest_seq, self->answered_seq) && chat_room_can_ask_history (self);
}

/* Whether there is more before the window. */
void
chat_room_update_edges (ChatRoom *self)
{
  ChatMessage *first = self->timeline != NULL ? chat_timeline_get_first (self->timeline) : NULL;
  gboolean has_older = FALSE;
  ChatSpan stretch;

  if (self->session == NULL)
    return;

  if (first != NULL && chat_message_get_id (first) != NULL)
    {
      chat_room_find_stretch (self, first, &stretch);
      has_older = has_stored_older (self, first, &stretch) ||
                  (chat_message_get_seq (first) != CHAT_NO_SEQ && stretch.first != CHAT_SPAN_FROM_BEGINNING &&
                   (chat_room_has_history (self) || !self->session->mode_known));
    }
  else if (self->newest_seq == CHAT_NO_SEQ)
    {
      /* Not even the newest is here, and it was asked for. */
      has_older = self->gap_error != NULL;
    }

  chat_room_set_has_older (self, has_older);
}

void
chat_room_adopt (ChatRoom  *self,
                 GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);

      chat_room_name_sender (self, message);
      /* What the list of rooms shows and what the window shows is one. */
      if (self->last_message != NULL &&
          g_strcmp0 (chat_message_get_id (self->last_message), chat_message_get_id (message)) == 0 &&
          chat_message_get_id (message) != NULL)
        chat_room_set_last_message (self, message);
    }

  chat_timeline_add_many (self->timeline, messages);
}

/* What is not sent yet stands at the newest end, and nowhere else. */
static void
chat_room_adopt_waiting (ChatRoom *self)
{
  g_autoptr(GPtrArray) waiting = chat_outbox_list (self->session->outbox, self->id);

  chat_timeline_add_many (self->timeline, waiting);
}

/* What came a moment before the window reached the newest end is in the store now. */
static void
topped_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;
  g_autoptr(GPtrArray) newer = NULL;
  ChatMessage *first = NULL;
  ChatSpan stretch;
  ChatPlace place;

  if (!chat_store_flush_finish (CHAT_STORE (source), result, NULL) || self->session == NULL || self->has_newer)
    return;

  first = chat_timeline_get_first (self->timeline);
  if (first != NULL && chat_message_get_id (first) == NULL)
    first = NULL;

  /* In a window that is shorter than a page, and was not cut, the first message may be one that came live, before those that were read. */
  chat_room_find_stretch (self, first, &stretch);
  if (first != NULL && (self->is_cut || chat_timeline_get_n_messages (self->timeline) >= CHAT_ROOM_PAGE))
    {
      chat_store_place_of (first, &place);
      place.number--;
      newer = chat_store_read_after (chat_room_get_store (self), self->id, &place, stretch.last, WINDOW_MAX + CHAT_ROOM_PAGE);
    }
  else
    {
      newer = chat_store_read_before (chat_room_get_store (self), self->id, NULL, stretch.first, CHAT_ROOM_PAGE);
    }

  /* An edit, too, may have come before what it edits was read. */
  for (guint i = newer->len; i > 0; i--)
    {
      ChatMessage *message = g_ptr_array_index (newer, i - 1);
      ChatMessage *known = chat_timeline_find (self->timeline, chat_message_get_id (message));

      if (known == NULL)
        continue;

      chat_message_update (known, message);
      g_ptr_array_remove_index (newer, i - 1);
    }

  chat_room_adopt (self, newer);
  chat_room_update_edges (self);
  chat_room_show_marker (self);
}

/* Looks again for what belongs to the window, once all that came is in the store. */
void
chat_room_top_up (ChatRoom *self)
{
  if (self->timeline != NULL && !self->has_newer)
    chat_store_flush_async (self->session->store, NULL, topped_up_cb, g_object_ref (self));
}

/* The window reaches to the newest end: what is not sent yet stands there, and what is not written yet comes soon. */
void
chat_room_attach (ChatRoom *self)
{
  chat_room_set_has_newer (self, FALSE);
  chat_room_adopt_waiting (self);
  chat_room_top_up (self);
}

/* When the window's end is not the marker's any more it would stand before a message that is not the first one. */
static void
chat_room_check_marker (ChatRoom *self)
{
  if (self->marker_after != CHAT_NO_SEQ && chat_room_get_oldest_seq (self) > self->marker_after + 1)
    chat_timeline_set_unread_after (self->timeline, CHAT_NO_SEQ);
}

void
chat_room_trim_start (ChatRoom *self)
{
  if (chat_timeline_get_n_messages (self->timeline) <= WINDOW_MAX)
    return;

  chat_timeline_trim_start (self->timeline, WINDOW_MAX);
  chat_room_check_marker (self);
  chat_room_set_has_older (self, TRUE);
}

void
chat_room_trim_end (ChatRoom *self)
{
  if (chat_timeline_get_n_messages (self->timeline) <= WINDOW_MAX)
    return;

  chat_timeline_trim_end (self->timeline, WINDOW_MAX);
  chat_room_set_has_newer (self, TRUE);
}

static void
fill (ChatRoom        *self,
      const ChatPlace *around,
      gboolean         at_first_sight)
{
  ChatStore *store = chat_room_get_store (self);
  g_autoptr(GPtrArray) older = NULL;
  g_autoptr(GPtrArray) newer = NULL;
  g_autoptr(ChatMessage) anchor = NULL;
  gboolean has_newer = FALSE;
  ChatSpan stretch;

  g_assert (self->timeline != NULL);

  chat_timeline_clear (self->timeline);
  self->is_cut = FALSE;
  chat_room_set_older_error (self, NULL);
  chat_room_set_newer_error (self, NULL);
  if (store == NULL)
    return;

  if (around != NULL)
    {
      newer = chat_store_read_after (store, self->id, &(ChatPlace) { around->place, around->number - 1 }, G_MAXINT64, 1);
      if (newer->len > 0)
        anchor = g_object_ref (g_ptr_array_index (newer, 0));
      g_clear_pointer (&newer, g_ptr_array_unref);
    }

  chat_room_find_stretch (self, anchor, &stretch);
  if (anchor != NULL)
    {
      ChatPlace place;

      chat_store_place_of (anchor, &place);
      older = chat_store_read_before (store, self->id, &place, stretch.first, CHAT_ROOM_PAGE);
      if (at_first_sight)
        chat_room_keep_screenful_above (older);
      place.number--;
      newer = chat_store_read_after (store, self->id, &place, stretch.last, CHAT_ROOM_PAGE + 1);
      has_newer = newer->len > CHAT_ROOM_PAGE || chat_room_has_newer_stretch (self, &stretch);
      if (newer->len > CHAT_ROOM_PAGE)
        g_ptr_array_set_size (newer, CHAT_ROOM_PAGE);
      chat_room_adopt (self, newer);
    }
  else
    {
      older = chat_store_read_before (store, self->id, NULL, stretch.first, CHAT_ROOM_PAGE);
      if (at_first_sight)
        chat_room_keep_screenful (self, older);
    }

  chat_room_adopt (self, older);
  if (has_newer)
    chat_room_set_has_newer (self, TRUE);
  else
    chat_room_attach (self);

  chat_room_update_edges (self);
  chat_room_show_marker (self);
}

/* Fills the empty window with what stands around a place, or, where @around is NULL, with the newest. */
void
chat_room_fill_window (ChatRoom        *self,
                       const ChatPlace *around)
{
  fill (self, around, FALSE);
}

/* Where the reader left it, or where the unread messages begin, or at the newest. */
void
chat_room_open_window (ChatRoom *self)
{
  ChatPlace unread = { self->read_seq + 1, 0 };
  ChatSpan stretch;

  self->timeline = chat_timeline_new ();
  if (self->session == NULL)
    return;

  if (self->unread > 0 && self->read_seq != CHAT_NO_SEQ)
    self->marker_after = self->read_seq;

  if (self->has_view)
    fill (self, &self->view, TRUE);
  else if (self->unread > CHAT_ROOM_PAGE / 2 && chat_store_find_span (chat_room_get_store (self), self->id, unread.place, &stretch))
    fill (self, &unread, TRUE);
  else
    fill (self, NULL, TRUE);

  chat_room_verify (self);
}

/* Takes out what stands behind @message: there is a hole before it. */
static void
chat_room_cut_behind (ChatRoom    *self,
                      ChatMessage *message)
{
  ChatMessage *last = NULL;

  while ((last = chat_timeline_get_last (self->timeline)) != NULL && chat_message_compare (last, message) > 0)
    chat_timeline_remove (self->timeline, last);
}

/* The newest messages are here, and between them and the window there may be a hole: the window ends before it. */
void
chat_room_end_window (ChatRoom *self)
{
  ChatMessage *first = chat_timeline_get_first (self->timeline);
  ChatMessage *last = NULL;
  ChatSpan stretch;

  chat_room_find_stretch (self, first, &stretch);
  while ((last = chat_timeline_get_last (self->timeline)) != NULL &&
         (chat_message_get_id (last) == NULL || chat_message_get_seq (last) > stretch.last))
    chat_timeline_remove (self->timeline, last);

  chat_room_set_has_newer (self, TRUE);
}

/* Messages that came, or were written, at the newest end. */
void
chat_room_window_add_newest (ChatRoom  *self,
                             GPtrArray *messages)
{
  if (self->timeline == NULL || self->has_newer || messages->len == 0)
    return;

  if (!self->following && chat_timeline_get_n_messages (self->timeline) + messages->len > WINDOW_MAX)
    {
      /* The reader is elsewhere in the window, and it does not grow for what is out of sight. */
      chat_room_cut_behind (self, g_ptr_array_index (messages, 0));
      chat_room_set_has_newer (self, TRUE);
      return;
    }

  chat_timeline_add_many (self->timeline, messages);
  if (self->following)
    chat_room_trim_start (self);
}

static void
newest_flushed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;

  if (chat_store_flush_finish (CHAT_STORE (source), result, NULL) && self->session != NULL && self->has_newer)
    {
      chat_room_fill_window (self, NULL);
      chat_room_verify (self);
    }
}

/**
 * chat_room_show_newest:
 * @self: a room
 *
 * Moves the window to the newest messages, soon.
 */
void
chat_room_show_newest (ChatRoom *self)
{
  g_return_if_fail (CHAT_IS_ROOM (self));

  if (self->has_newer && self->session != NULL)
    chat_store_flush_async (self->session->store, NULL, newest_flushed_cb, g_object_ref (self));
}

/**
 * chat_room_set_following:
 * @self: a room
 * @following: whether the reader is at the newest end and wants to stay there
 *
 * A window that is followed goes along with what comes: its oldest messages leave it. One that is not keeps what is read.
 */
void
chat_room_set_following (ChatRoom *self,
                         gboolean  following)
{
  g_return_if_fail (CHAT_IS_ROOM (self));

  self->following = !!following;
  if (self->following && self->timeline != NULL && !self->has_newer)
    chat_room_trim_start (self);
}
