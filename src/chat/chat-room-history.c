/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was said in a room before: the newest when it is opened, older when one scrolls up, and what was missed while away. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-room-private.h"
#include "chat-session-private.h"

#define PAGE 40
#define GAP_PAGE 100
#define ANSWER_WITHIN_MS 10000

/* Not all rooms at the same moment. */
#define AGAIN_AFTER_MIN_MS 1000
#define AGAIN_AFTER_MAX_MS 3000

/* Who missed more than this does not read it all: the timeline begins anew at its end, and the rest is there to scroll to. */
#define MAX_GAP_PAGES 10

static gboolean
chat_room_can_ask_history (ChatRoom *self)
{
  return self->session != NULL && self->present &&
         (chat_session_get_features (self->session) & CHAT_FEATURE_HISTORY) != 0;
}

static ChatHistory *
finish_history (GObject       *source,
                GAsyncResult  *result,
                GError       **error)
{
  ChatSession *session = CHAT_SESSION (source);
  g_autoptr(SioValue) answer = chat_session_call_finish (session, result, error);

  if (answer == NULL)
    return NULL;

  return chat_protocol_read_history (answer, chat_session_get_user_id (session), error);
}

static gint64
chat_room_get_oldest_seq (ChatRoom *self)
{
  ChatMessage *first = chat_timeline_get_first (self->timeline);

  return first != NULL ? chat_message_get_seq (first) : CHAT_NO_SEQ;
}

/* Before the first message that is here it would stand wrong, and move with each page that one scrolls up to: it waits until what
 * was read before it is here too. */
void
chat_room_show_marker (ChatRoom *self)
{
  if (self->marker_after != CHAT_NO_SEQ && (!self->has_older || chat_room_get_oldest_seq (self) <= self->marker_after + 1))
    chat_timeline_set_unread_after (self->timeline, self->marker_after);
}

static gboolean
catch_up_again_cb (gpointer user_data)
{
  ChatRoom *self = user_data;

  self->history_source = 0;
  if (self->present)
    chat_room_catch_up (self);

  return G_SOURCE_REMOVE;
}

/* Who is in many rooms asks for many at once. A server that is busy is asked again, so that no hole stays; what else goes wrong
 * would go wrong again. */
static void
chat_room_catch_up_later (ChatRoom     *self,
                          const GError *error)
{
  gboolean is_busy = g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) ||
                     g_error_matches (error, CHAT_ERROR, CHAT_ERROR_TIMED_OUT);

  if (is_busy && self->present && self->session != NULL && self->history_source == 0)
    self->history_source = g_timeout_add ((guint) g_random_int_range (AGAIN_AFTER_MIN_MS, AGAIN_AFTER_MAX_MS),
                                          catch_up_again_cb, self);
}

static void
newest_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;
  g_autoptr(ChatHistory) history = NULL;
  g_autoptr(GError) error = NULL;

  history = finish_history (source, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading_newest = FALSE;
  if (history == NULL)
    {
      g_message ("%s", error->message);
      chat_room_set_has_older (self, TRUE);
      chat_room_catch_up_later (self, error);
      return;
    }

  chat_room_add_history (self, history->messages);
  chat_room_set_has_older (self, history->has_more);
  self->history_loaded = TRUE;
  self->gap_after = CHAT_NO_SEQ;
  chat_room_update_marker (self);
}

static void
chat_room_load_newest (ChatRoom *self)
{
  g_autoptr(SioValue) arguments = NULL;

  if (!chat_room_can_ask_history (self) || self->loading_newest)
    return;

  self->loading_newest = TRUE;
  arguments = chat_protocol_write_history_before (self->id, CHAT_NO_SEQ, PAGE);
  chat_session_call_async (self->session, "room:history", arguments, ANSWER_WITHIN_MS, newest_cb, g_object_ref (self));
}

typedef struct
{
  ChatRoom *room;
  guint     n_pages;
} GapRequest;

static void
gap_request_free (GapRequest *request)
{
  g_object_unref (request->room);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (GapRequest, gap_request_free)

static void chat_room_ask_gap (ChatRoom *self,
                               guint     n_pages);

/* Only what the server has is thrown away, to be loaded again when one scrolls there; what waits here stays. */
static void
chat_room_start_anew (ChatRoom *self)
{
  g_autoptr(GPtrArray) waiting = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *rows = G_LIST_MODEL (self->timeline);

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr(ChatTimelineItem) row = g_list_model_get_item (rows, i);
      ChatMessage *message = chat_timeline_item_get_message (row);

      if (message != NULL && chat_message_get_seq (message) == CHAT_NO_SEQ)
        g_ptr_array_add (waiting, g_object_ref (message));
    }

  chat_timeline_clear (self->timeline);
  chat_timeline_add_many (self->timeline, waiting);
  self->newest_seq = CHAT_NO_SEQ;
  self->gap_after = CHAT_NO_SEQ;
  self->history_loaded = FALSE;
  chat_room_update_last_message (self);
  chat_room_load_newest (self);
}

static gint64
newest_seq_of (GPtrArray *messages)
{
  gint64 seq = CHAT_NO_SEQ;

  for (guint i = 0; i < messages->len; i++)
    seq = MAX (seq, chat_message_get_seq (g_ptr_array_index (messages, i)));

  return seq;
}

static void
gap_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr(GapRequest) request = user_data;
  ChatRoom *self = request->room;
  g_autoptr(ChatHistory) history = NULL;
  g_autoptr(GError) error = NULL;
  gint64 newest = CHAT_NO_SEQ;

  history = finish_history (source, result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->loading_gap = FALSE;
  if (history == NULL)
    {
      /* The gap stays noted: it is closed when the server has time, or by the next connection. */
      g_message ("%s", error->message);
      chat_room_catch_up_later (self, error);
      return;
    }

  newest = newest_seq_of (history->messages);
  chat_room_add_history (self, history->messages);

  if (!history->has_more || newest <= self->gap_after)
    {
      self->gap_after = CHAT_NO_SEQ;
    }
  else if (request->n_pages + 1 < MAX_GAP_PAGES)
    {
      self->gap_after = newest;
      chat_room_ask_gap (self, request->n_pages + 1);
    }
  else
    {
      chat_room_start_anew (self);
    }
}

static void
chat_room_ask_gap (ChatRoom *self,
                   guint     n_pages)
{
  g_autoptr(SioValue) arguments = NULL;
  GapRequest *request = NULL;

  if (!chat_room_can_ask_history (self))
    return;

  self->loading_gap = TRUE;
  request = g_new0 (GapRequest, 1);
  request->room = g_object_ref (self);
  request->n_pages = n_pages;
  arguments = chat_protocol_write_history_after (self->id, self->gap_after, GAP_PAGE);
  chat_session_call_async (self->session, "room:history", arguments, ANSWER_WITHIN_MS, gap_cb, request);
}

void
chat_room_close_gap (ChatRoom *self)
{
  if (self->gap_after != CHAT_NO_SEQ && !self->loading_gap)
    chat_room_ask_gap (self, 0);
}

/* Loads what is not here yet of what was said last. */
void
chat_room_catch_up (ChatRoom *self)
{
  if (self->history_loaded)
    chat_room_close_gap (self);
  else
    chat_room_load_newest (self);
}

static void
older_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  g_autoptr(ChatHistory) history = NULL;
  GError *error = NULL;

  history = finish_history (source, result, &error);
  chat_room_set_loading_older (self, FALSE);

  if (history == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  chat_room_add_history (self, history->messages);
  chat_room_set_has_older (self, history->has_more && history->messages->len > 0);
  chat_room_show_marker (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * chat_room_load_older_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the loading
 * @callback: called when the messages are in the timeline
 * @user_data: for @callback
 *
 * Loads the messages before the oldest one that is here. Does nothing when there are none, or when they are being loaded.
 */
void
chat_room_load_older_async (ChatRoom            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  g_autoptr(SioValue) arguments = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_load_older_async);

  if (!self->has_older || self->loading_older)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (!chat_room_can_ask_history (self))
    {
      g_task_return_new_error (task, CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server."));
      return;
    }

  chat_room_set_loading_older (self, TRUE);
  arguments = chat_protocol_write_history_before (self->id, chat_room_get_oldest_seq (self), PAGE);
  chat_session_call_async (self->session, "room:history", arguments, ANSWER_WITHIN_MS, older_cb, g_steal_pointer (&task));
}

gboolean
chat_room_load_older_finish (ChatRoom      *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
