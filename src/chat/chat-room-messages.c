/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes into a room. All of it goes to the store; what belongs to the window goes there too. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* How many live messages are known again when they come a second time, in the other form. */
#define N_RECENT_IDS 64

void
chat_room_note_seq (ChatRoom *self,
                    gint64    seq)
{
  self->newest_seq = MAX (self->newest_seq, seq);
  self->last_seq = MAX (self->last_seq, seq);
}

void
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

  if (self->last_message != NULL && self->session != NULL)
    chat_room_name_sender (self, self->last_message);

  for (guint i = 0; rows != NULL && self->session != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message != NULL)
        chat_room_name_sender (self, message);
    }
}

/* What waits will be the newest once it is sent. What failed, or may have, can stay so for long: it is as old as it is. */
static gboolean
is_given_up (ChatMessage *message)
{
  return chat_message_get_delivery (message) == CHAT_DELIVERY_FAILED ||
         chat_message_get_delivery (message) == CHAT_DELIVERY_UNCONFIRMED;
}

static gboolean
is_newer (ChatMessage *message,
          ChatMessage *last)
{
  if ((is_given_up (last) && chat_message_get_id (message) != NULL) ||
      (is_given_up (message) && chat_message_get_id (last) != NULL))
    return chat_message_get_timestamp (message) >= chat_message_get_timestamp (last);

  return chat_message_compare (last, message) <= 0;
}

/* The newest message of the room is what the list of rooms shows of it. */
void
chat_room_note_last (ChatRoom    *self,
                     ChatMessage *message)
{
  if (self->last_message == NULL || is_newer (message, self->last_message))
    chat_room_set_last_message (self, message);
}

/* Looks for the newest message anew, after one was taken away or given up. */
void
chat_room_find_last (ChatRoom *self)
{
  ChatStore *store = chat_room_get_store (self);
  g_autoptr(GPtrArray) newest = NULL;
  ChatMessage *waiting = NULL;
  ChatMessage *last = NULL;

  if (store == NULL)
    return;

  waiting = chat_outbox_get_last (self->session->outbox, self->id);
  newest = chat_store_read_before (store, self->id, NULL, G_MININT64, 1);

  if (self->timeline != NULL && !self->has_newer && chat_timeline_get_last_confirmed (self->timeline) != NULL)
    last = chat_timeline_get_last_confirmed (self->timeline);
  else if (newest->len > 0)
    last = g_ptr_array_index (newest, 0);
  if (waiting != NULL && (last == NULL || is_newer (waiting, last)))
    last = waiting;

  chat_room_set_last_message (self, last);
}

/* Which of the messages that are shown have that id: the window's and the list's may be two objects. */
static void
chat_room_apply_newer (ChatRoom    *self,
                       ChatMessage *message)
{
  const char *id = chat_message_get_id (message);
  ChatMessage *known = self->timeline != NULL ? chat_timeline_find (self->timeline, id) : NULL;

  if (known != NULL && chat_message_update (known, message))
    chat_timeline_reorder (self->timeline, known);

  if (self->last_message != NULL && self->last_message != known &&
      g_strcmp0 (chat_message_get_id (self->last_message), id) == 0)
    chat_message_update (self->last_message, message);
}

static gboolean
chat_room_is_recent (ChatRoom   *self,
                     const char *id)
{
  return g_queue_find_custom (&self->recent_ids, id, (GCompareFunc) g_strcmp0) != NULL;
}

static void
chat_room_note_recent (ChatRoom   *self,
                       const char *id)
{
  if (chat_room_is_recent (self, id))
    return;

  g_queue_push_tail (&self->recent_ids, g_strdup (id));
  if (g_queue_get_length (&self->recent_ids) > N_RECENT_IDS)
    g_free (g_queue_pop_head (&self->recent_ids));
}

/* Makes @pending the message that the server has stored. Where the echo came in another row before, that row goes. */
void
chat_room_confirm (ChatRoom    *self,
                   ChatMessage *pending,
                   ChatMessage *stored)
{
  g_autoptr(ChatMessage) keep = g_object_ref (pending);
  const char *id = chat_message_get_id (stored);
  gint64 before = self->newest_seq;
  gint64 seq = chat_message_get_seq (stored);
  ChatMessage *double_row = self->timeline != NULL ? chat_timeline_find (self->timeline, id) : NULL;

  if (double_row != NULL && double_row != pending)
    chat_timeline_remove (self->timeline, double_row);

  chat_message_confirm (pending, id, chat_message_get_timestamp (stored), seq);
  chat_message_update (pending, stored);
  chat_outbox_confirm (self->session->outbox, pending);
  chat_room_note_recent (self, id);
  if (self->timeline != NULL)
    chat_timeline_reorder (self->timeline, pending);

  chat_room_note_seq (self, seq);
  chat_room_note_last (self, pending);
  chat_room_read_own (self, pending);
  chat_room_recount_soon (self);
  chat_room_keep_soon (self);

  if (seq != CHAT_NO_SEQ && before != CHAT_NO_SEQ && seq > before + 1 && self->gap_after == CHAT_NO_SEQ)
    {
      self->gap_after = before;
      chat_room_close_gap (self);
    }
  chat_room_leave_gap (self);

  chat_session_deliver (self->session, self);
}

/* The message of ours that @message is, if it has its id. */
static ChatMessage *
chat_room_find_pending (ChatRoom    *self,
                        ChatMessage *message)
{
  const char *client_id = chat_message_get_client_id (message);

  if (client_id == NULL || !chat_message_get_own (message))
    return NULL;

  return chat_outbox_find (self->session->outbox, client_id);
}

static gboolean
chat_room_is_known (ChatRoom    *self,
                    ChatMessage *message)
{
  const char *id = chat_message_get_id (message);
  g_autoptr(ChatMessage) stored = NULL;

  if (chat_room_is_recent (self, id) || (self->timeline != NULL && chat_timeline_find (self->timeline, id) != NULL))
    return TRUE;

  chat_room_note_recent (self, id);

  /* What came later than all that is here is not there yet. */
  if (chat_message_get_seq (message) > self->newest_seq && chat_message_get_seq (message) != CHAT_NO_SEQ)
    return FALSE;

  stored = chat_store_find_message (chat_room_get_store (self), self->id, id);

  return stored != NULL;
}

/* The same for what comes in a page: where nothing names it, what is here as a message of its own already is no other. */
static ChatMessage *
chat_room_find_told (ChatRoom    *self,
                     ChatMessage *message)
{
  const char *id = chat_message_get_id (message);
  ChatMessage *pending = chat_room_find_pending (self, message);
  g_autoptr(ChatMessage) stored = NULL;

  if (pending != NULL)
    return pending;

  pending = chat_session_find_told (self->session, self, message);
  if (pending == NULL || chat_room_is_recent (self, id) ||
      (self->timeline != NULL && chat_timeline_find (self->timeline, id) != NULL))
    return NULL;

  stored = chat_store_find_message (self->session->store, self->id, id);

  return stored == NULL ? pending : NULL;
}

static gboolean
leaves_gap (ChatRoom    *self,
            ChatMessage *message)
{
  gint64 seq = chat_message_get_seq (message);

  return seq != CHAT_NO_SEQ && self->newest_seq != CHAT_NO_SEQ && seq > self->newest_seq + 1;
}

static void
chat_room_store_live (ChatRoom    *self,
                      ChatMessage *message)
{
  g_autoptr(GPtrArray) messages = g_ptr_array_new ();
  ChatSpan span = { chat_message_get_seq (message), chat_message_get_seq (message) };

  g_ptr_array_add (messages, message);
  chat_store_put_messages (self->session->store, self->id, messages, span.first != CHAT_NO_SEQ ? &span : NULL);
  if (span.first != CHAT_NO_SEQ)
    chat_room_note_verified (self, &span);
  chat_room_window_add_newest (self, messages);
}

/* A message that comes live. */
void
chat_room_receive (ChatRoom    *self,
                   ChatMessage *message)
{
  gint64 before = self->newest_seq;
  gboolean gap = leaves_gap (self, message);
  ChatMessage *pending = NULL;

  if (self->session == NULL)
    return;

  chat_room_name_sender (self, message);
  if (chat_room_is_known (self, message))
    {
      /* A message may come as `message` and as `room:message`, and the second has the name that the first lacks. */
      if (chat_message_get_sender_name (message) != NULL)
        chat_room_apply_newer (self, message);
      return;
    }

  pending = chat_room_find_pending (self, message);
  if (pending == NULL)
    pending = chat_session_find_echoed (self->session, self, message);
  if (pending != NULL)
    {
      chat_room_confirm (self, pending, message);
      return;
    }

  /* Where nobody said what was read, that is what was there before the first message that came live. */
  if (self->read_seq == CHAT_NO_SEQ && chat_message_get_seq (message) > 0)
    {
      self->read_seq = MAX (before, chat_message_get_seq (message) - 1);
      if (self->told_read_seq == CHAT_NO_SEQ)
        chat_room_heard_read (self, self->read_seq);
    }
  chat_room_note_seq (self, chat_message_get_seq (message));
  chat_room_drop_typist (self, chat_message_get_sender_id (message));
  chat_room_store_live (self, message);
  /* The server has not let us in yet, and nothing was asked for: more may have been said before. */
  if (before == CHAT_NO_SEQ && !self->present)
    chat_room_update_edges (self);
  chat_room_note_last (self, message);
  if (chat_message_get_own (message))
    chat_room_read_own (self, message);
  chat_room_recount (self);
  chat_room_recount_soon (self);
  chat_room_keep_soon (self);

  if (gap && self->gap_after == CHAT_NO_SEQ)
    {
      self->gap_after = before;
      chat_room_close_gap (self);
    }
  chat_room_leave_gap (self);

  if (!chat_message_get_own (message))
    chat_session_message_received (self->session, self, message);
}

/* An edit, or a deletion. Where the server keeps a history it is kept also when the message is not here: a page with the message as it
 * was may be on its way already. */
void
chat_room_receive_changed (ChatRoom    *self,
                           ChatMessage *message)
{
  g_autoptr(GPtrArray) messages = NULL;
  g_autoptr(ChatMessage) stored = NULL;
  const char *id = chat_message_get_id (message);

  if (self->session == NULL)
    return;

  chat_room_name_sender (self, message);
  chat_room_apply_newer (self, message);

  stored = chat_store_find_message (self->session->store, self->id, id);
  if (stored == NULL && !chat_room_has_history (self) &&
      (self->timeline == NULL || chat_timeline_find (self->timeline, id) == NULL) &&
      !chat_room_is_recent (self, id))
    return;

  messages = g_ptr_array_new ();
  g_ptr_array_add (messages, message);
  chat_store_put_messages (self->session->store, self->id, messages, NULL);
  chat_room_recount_soon (self);

  /* The message may be on its way into the window, as it was. */
  if (self->timeline != NULL && chat_timeline_find (self->timeline, id) == NULL)
    chat_room_top_up (self);
}

/**
 * chat_room_add_page:
 * @self: a room
 * @messages: (element-type ChatMessage): messages that the server told when it was asked
 * @span: (nullable): of which numbers nothing is missing any more
 *
 * Takes in a page of what was said. What of it waited here to be confirmed is confirmed. The window is its caller's.
 */
void
chat_room_add_page (ChatRoom       *self,
                    GPtrArray      *messages,
                    const ChatSpan *span)
{
  g_autoptr(GPtrArray) fresh = g_ptr_array_new ();

  for (guint i = 0; i < messages->len; i++)
    {
      ChatMessage *message = g_ptr_array_index (messages, i);
      ChatMessage *pending = chat_room_find_told (self, message);

      chat_room_name_sender (self, message);
      chat_room_apply_newer (self, message);
      if (pending != NULL)
        chat_room_confirm (self, pending, message);
      else
        g_ptr_array_add (fresh, message);

      chat_room_note_seq (self, chat_message_get_seq (message));
      chat_room_note_last (self, pending != NULL ? pending : message);
    }

  chat_store_put_messages (self->session->store, self->id, fresh, span);
  if (span != NULL)
    chat_room_note_verified (self, span);
  chat_room_recount_soon (self);
  chat_room_keep_soon (self);
}
