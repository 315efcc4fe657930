/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the store keeps of a room, for the next time. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* A room changes with each message: it is written once for all changes of such a time. What is lost when the program is killed
 * within it, the server and the messages themselves know. */
#define KEEP_AFTER_MS 200

ChatStore *
chat_room_get_store (ChatRoom *self)
{
  return self->session != NULL ? self->session->store : NULL;
}

static void
chat_room_restore_draft (ChatRoom *self)
{
  g_autofree char *text = NULL;
  g_autofree char *reply_to = NULL;
  int cursor = 0;

  if (chat_room_read_draft (self, &text, &cursor, &reply_to))
    chat_room_set_draft (self, text, cursor, reply_to);
}

/* As it was when the program ended. */
void
chat_room_restore (ChatRoom             *self,
                   const ChatStoredRoom *stored)
{
  ChatSpan newest;

  chat_room_set_name (self, stored->name);
  chat_room_set_member_count (self, stored->member_count);
  chat_room_set_topic (self, stored->topic);
  chat_room_set_is_private (self, stored->is_private);

  self->last_seq = stored->last_seq;
  self->read_seq = stored->read_seq;
  self->told_read_seq = stored->told_read_seq;
  if (stored->read_doubts != NULL)
    g_array_append_vals (self->read_doubts, stored->read_doubts->data, stored->read_doubts->len);
  self->read = stored->read;
  self->view = stored->view;
  self->view_offset = stored->view_offset;
  self->has_view = stored->has_view;
  self->wanted = stored->joined;
  self->kept_wanted = self->wanted;

  if (chat_store_find_newest_span (self->session->store, self->id, &newest))
    {
      self->newest_seq = newest.last;
      self->gap_after = newest.last;
      self->last_seq = MAX (self->last_seq, newest.last);
      chat_outbox_set_all_sent_after (self->session->outbox, self->id, newest.last);
    }

  chat_room_find_last (self);
  chat_room_recount (self);
  chat_room_restore_draft (self);
  if (self->wanted)
    chat_room_set_membership (self, CHAT_MEMBERSHIP_JOINED, NULL);

  /* Nothing of this is news to the store. */
  g_clear_handle_id (&self->keep_source, g_source_remove);
}

/* The server tells of fewer messages than are here: it was set up anew, and what is kept is of another time. What is not sent yet
 * stays. */
static void
begin_anew (ChatRoom *self)
{
  ChatStore *store = chat_room_get_store (self);

  g_message ("The server begins the room %s anew", self->id);
  chat_store_clear_room (store, self->id);
  self->last_seq = CHAT_NO_SEQ;
  self->newest_seq = CHAT_NO_SEQ;
  self->answered_seq = CHAT_NO_SEQ;
  self->gap_after = CHAT_NO_SEQ;
  self->marker_after = CHAT_NO_SEQ;
  self->read_seq = CHAT_NO_SEQ;
  chat_room_heard_read (self, CHAT_NO_SEQ);
  self->has_view = FALSE;
  g_array_set_size (self->verified, 0);
  chat_room_forget_failures (self);

  if (self->timeline != NULL)
    {
      g_autoptr(GPtrArray) waiting = chat_outbox_list (self->session->outbox, self->id);

      chat_timeline_clear (self->timeline);
      chat_timeline_add_many (self->timeline, waiting);
      chat_room_set_has_newer (self, FALSE);
      chat_room_set_has_older (self, FALSE);
    }

  chat_room_set_last_message (self, chat_outbox_get_last (self->session->outbox, self->id));
  chat_room_keep_soon (self);
}

/* At the beginning of a connection the server tells of messages up to @last_seq. What it told of before and does not have any more, as
 * after a backup was restored, is not unread, nor was it read: those numbers come again. */
void
chat_room_go_back (ChatRoom *self,
                   gint64    last_seq)
{
  if (last_seq < self->newest_seq)
    {
      begin_anew (self);
      return;
    }

  if (last_seq >= self->last_seq)
    return;

  self->last_seq = last_seq;
  self->answered_seq = MIN (self->answered_seq, last_seq);
  self->read_seq = MIN (self->read_seq, last_seq);
  chat_room_forget_told_after (self, last_seq);
}

/* Writes what changed. */
void
chat_room_keep (ChatRoom *self)
{
  ChatStore *store = chat_room_get_store (self);
  ChatStoredRoom stored = { 0 };

  if (self->keep_source == 0)
    return;

  g_clear_handle_id (&self->keep_source, g_source_remove);
  if (store == NULL)
    return;

  stored.id = self->id;
  stored.name = self->name;
  stored.topic = self->topic;
  stored.is_private = self->is_private;
  stored.member_count = self->member_count;
  stored.joined = self->wanted;
  self->kept_wanted = self->wanted;
  stored.last_seq = self->last_seq;
  stored.read_seq = self->read_seq;
  stored.told_read_seq = self->told_read_seq;
  stored.read_doubts = self->read_doubts;
  stored.read = self->read;
  chat_store_put_room (store, &stored);
}

static gboolean
keep_cb (gpointer user_data)
{
  ChatRoom *self = user_data;

  chat_room_keep (self);

  return G_SOURCE_REMOVE;
}

void
chat_room_keep_soon (ChatRoom *self)
{
  if (self->keep_source == 0 && self->session != NULL)
    self->keep_source = g_timeout_add (KEEP_AFTER_MS, keep_cb, self);

  /* A plain server does not know in which rooms one was: what waits to be sent in this one would never be seen again. */
  if (self->wanted != self->kept_wanted)
    chat_room_keep (self);
}

/**
 * chat_room_keep_view:
 * @self: a room
 * @top: (nullable): the message at the top of the reader's view, or %NULL when the reader is at the newest
 * @offset: how many pixels of it are above the view
 *
 * Keeps where the reader is, for the next time the room is opened.
 */
void
chat_room_keep_view (ChatRoom    *self,
                     ChatMessage *top,
                     double       offset)
{
  ChatStore *store = NULL;
  ChatPlace view = { 0, 0 };
  gboolean has_view = FALSE;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (top == NULL || CHAT_IS_MESSAGE (top));

  /* What is not sent yet is at the newest end. */
  has_view = top != NULL && chat_message_get_id (top) != NULL;
  if (has_view)
    chat_store_place_of (top, &view);

  store = chat_room_get_store (self);
  if (store == NULL ||
      (self->has_view == (guint) has_view && self->view.place == view.place && self->view.number == view.number &&
       self->view_offset == offset))
    return;

  self->has_view = has_view;
  self->view = view;
  self->view_offset = has_view ? offset : 0;
  chat_store_put_view (store, self->id, has_view ? &view : NULL, self->view_offset);
}

/**
 * chat_room_get_view:
 * @self: a room
 * @offset: (out): how many pixels of the message are above the view
 *
 * Returns: (transfer none) (nullable): the message that was at the top when the reader left, when it is in the timeline; %NULL when
 *   the reader was at the newest
 */
ChatMessage *
chat_room_get_view (ChatRoom *self,
                    double   *offset)
{
  GListModel *rows = NULL;

  g_return_val_if_fail (CHAT_IS_ROOM (self), NULL);
  g_return_val_if_fail (offset != NULL, NULL);

  *offset = self->view_offset;
  if (!self->has_view)
    return NULL;

  rows = G_LIST_MODEL (chat_room_get_timeline (self));
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);
      ChatPlace place;

      if (message == NULL || chat_message_get_id (message) == NULL)
        continue;

      chat_store_place_of (message, &place);
      if (place.place == self->view.place &&
          (place.number == self->view.number || chat_message_get_seq (message) != CHAT_NO_SEQ))
        return message;
    }

  return NULL;
}

/**
 * chat_room_keep_draft:
 * @self: a room
 * @text: what was begun to be written; empty when there is nothing
 * @cursor: where the cursor is in it, in characters
 * @reply_to: (nullable): the id of the message that it answers
 *
 * Keeps what was begun to be written, for the next time the room is opened. While a message is on its way to the disk that is what
 * comes after it, and is written when the message is.
 */
void
chat_room_keep_draft (ChatRoom   *self,
                      const char *text,
                      int         cursor,
                      const char *reply_to)
{
  ChatStore *store = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));
  g_return_if_fail (text != NULL);

  store = chat_room_get_store (self);
  if (store == NULL)
    return;

  chat_room_set_draft (self, *text != '\0' ? text : NULL, cursor, reply_to);
  if (self->n_queueing > 0)
    self->draft_waits = TRUE;
  else
    chat_store_put_draft (store, self->id, text, cursor, reply_to);
}

/**
 * chat_room_read_draft:
 * @self: a room
 * @text: (out) (transfer full): what was begun to be written
 * @cursor: (out): where the cursor was in it, in characters
 * @reply_to: (out) (nullable) (transfer full): the id of the message that it answers
 *
 * Returns: whether something was begun
 */
gboolean
chat_room_read_draft (ChatRoom  *self,
                      char     **text,
                      int       *cursor,
                      char     **reply_to)
{
  ChatStore *store = NULL;

  g_return_val_if_fail (CHAT_IS_ROOM (self), FALSE);
  g_return_val_if_fail (text != NULL && cursor != NULL && reply_to != NULL, FALSE);

  /* What was kept a moment ago is not in the store yet. */
  if (self->draft_known)
    {
      if (self->draft == NULL)
        return FALSE;

      *text = g_strdup (self->draft);
      *cursor = self->draft_cursor;
      *reply_to = g_strdup (self->draft_reply_to);
      return TRUE;
    }

  store = chat_room_get_store (self);

  return store != NULL && chat_store_read_draft (store, self->id, text, cursor, reply_to);
}
