/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was missed. It is asked for page by page, from the number up to which nothing is missing. As long as the server does not give
 * it there is a hole, and the window has none: it ends before the hole, or begins behind it, and that end says why. */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"

/* Not all rooms at the same moment. */
#define AGAIN_AFTER_MIN_MS 1000
#define AGAIN_AFTER_MAX_MS 3000

/* With each failure in a row the pause is twice as long, up to some four minutes: a room whose server cannot answer asks it a dozen
 * times in an hour. */
#define MAX_DOUBLINGS 7

/* Who missed more than this does not read it all: the room goes on at its end, and the rest is loaded when one scrolls to it. */
#define MAX_GAP_PAGES 10

/* ---- Failures ---- */

static gboolean
ask_again_cb (gpointer user_data)
{
  ChatRoom *self = user_data;

  self->history_source = 0;
  if (!self->present || self->session == NULL)
    return G_SOURCE_REMOVE;

  /* Where nothing is missing it was a page that failed: whoever has that end of the window in view asks for it. */
  if (self->gap_after != CHAT_NO_SEQ || self->newest_seq == CHAT_NO_SEQ)
    chat_room_catch_up (self);
  else
    {
      chat_room_set_older_error (self, NULL);
      chat_room_set_newer_error (self, NULL);
    }

  return G_SOURCE_REMOVE;
}

static gboolean
is_busy (const GError *error)
{
  return g_error_matches (error, CHAT_ERROR, CHAT_ERROR_RATE_LIMITED) ||
         g_error_matches (error, CHAT_ERROR, CHAT_ERROR_TIMED_OUT);
}

/* Who is in many rooms asks for many at once: a server that is busy is asked again soon. What else goes wrong may go wrong again, and
 * is asked for again after a growing pause, so that no hole stays; a new connection asks at once. */
void
chat_room_ask_again_later (ChatRoom     *self,
                           const GError *error)
{
  guint pause = (guint) g_random_int_range (AGAIN_AFTER_MIN_MS, AGAIN_AFTER_MAX_MS);

  if (!self->present || self->session == NULL)
    return;

  if (!is_busy (error))
    pause <<= MIN (self->n_failures++, MAX_DOUBLINGS);
  if (self->history_source == 0)
    self->history_source = g_timeout_add (pause, ask_again_cb, self);
}

/* The server answers, or there is a connection on which it was not asked yet. */
void
chat_room_forget_failures (ChatRoom *self)
{
  self->n_failures = 0;
  g_clear_pointer (&self->gap_error, g_free);
  g_clear_handle_id (&self->history_source, g_source_remove);
  chat_room_set_older_error (self, NULL);
  chat_room_set_newer_error (self, NULL);
}

/* ---- The hole ---- */

/* What was in the gap may have come page by page, as the reader went there. */
static void
advance_gap (ChatRoom *self)
{
  ChatSpan stretch;

  if (self->gap_after != CHAT_NO_SEQ && chat_store_find_span (self->session->store, self->id, self->gap_after, &stretch))
    self->gap_after = MAX (self->gap_after, stretch.last);
}

/* Returns: FALSE when the window does not go up to the gap, or over it */
static gboolean
end_before_gap (ChatRoom *self)
{
  ChatMessage *last = chat_timeline_get_last_confirmed (self->timeline);
  gint64 seq = last != NULL ? chat_message_get_seq (last) : CHAT_NO_SEQ;
  ChatSpan stretch;

  chat_room_find_stretch (self, chat_timeline_get_first (self->timeline), &stretch);
  if (seq < stretch.last || stretch.last != self->gap_after)
    return FALSE;

  chat_room_end_window (self);

  return TRUE;
}

/* Takes the window to one side of the gap. */
static void
leave_gap (ChatRoom *self)
{
  gint64 oldest = chat_room_get_oldest_seq (self);

  advance_gap (self);
  if (self->newest_seq == CHAT_NO_SEQ)
    {
      /* Not even the newest is here. */
      chat_room_update_edges (self);
      chat_room_set_older_error (self, self->gap_error);
    }
  else if (oldest > self->gap_after ||
           (self->gap_after >= self->newest_seq && self->last_seq <= MAX (self->newest_seq, self->answered_seq)))
    {
      /* The window is behind the gap, and whoever goes up to it asks for it there; or nobody has told of anything that is missing. */
    }
  else if (self->following && self->newest_seq > self->gap_after)
    {
      /* Who reads on at the end goes along; who reads elsewhere stays there. */
      chat_room_fill_window (self, NULL);
      chat_room_set_older_error (self, self->gap_error);
    }
  else if (end_before_gap (self))
    {
      chat_room_set_newer_error (self, self->gap_error);
    }
}

static void
stored_before_leaving_cb (GObject      *source,
                          GAsyncResult *result,
                          gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;

  if (chat_store_flush_finish (CHAT_STORE (source), result, NULL) &&
      self->session != NULL && self->timeline != NULL && self->gap_error != NULL)
    leave_gap (self);
}

/* Takes the window to one side of the gap, if there is one that the server does not close. */
void
chat_room_leave_gap (ChatRoom *self)
{
  if (self->gap_error != NULL && self->session != NULL && self->timeline != NULL)
    chat_store_flush_async (self->session->store, NULL, stored_before_leaving_cb, g_object_ref (self));
}

/* The gap stays noted. */
static void
chat_room_gap_failed (ChatRoom     *self,
                      const GError *error)
{
  g_message ("%s", error->message);
  if (g_error_matches (error, CHAT_ERROR, CHAT_ERROR_OFFLINE))
    return;

  if (!is_busy (error))
    {
      g_free (self->gap_error);
      self->gap_error = g_strdup (error->message);
      chat_room_leave_gap (self);
    }

  chat_room_ask_again_later (self, error);
}

/* ---- Asking ---- */

/* TRUE when the question ended for a reason that is nobody's concern: the connection or the room is gone. */
static gboolean
is_over (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
newest_stored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(ChatRoom) self = user_data;

  if (!chat_store_flush_finish (CHAT_STORE (source), result, NULL) || self->session == NULL || self->timeline == NULL)
    return;

  /* Who reads on at the end goes along; who reads elsewhere stays there. */
  if (self->following || chat_timeline_get_last_confirmed (self->timeline) == NULL)
    chat_room_fill_window (self, NULL);
  else
    chat_room_end_window (self);

  chat_room_update_marker (self);
}

static void
newest_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ChatRoom *self = CHAT_ROOM (source);
  g_autoptr(GPtrArray) messages = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_more = FALSE;

  if (!chat_room_ask_history_finish (self, result, &messages, &has_more, &error))
    {
      if (is_over (error))
        return;

      self->loading_newest = FALSE;
      chat_room_gap_failed (self, error);
      return;
    }

  self->loading_newest = FALSE;
  self->gap_after = CHAT_NO_SEQ;
  chat_room_forget_failures (self);
  chat_store_flush_async (self->session->store, NULL, newest_stored_cb, g_object_ref (self));
}

static void
chat_room_load_newest (ChatRoom *self)
{
  ChatHistoryWish wish = { CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_ROOM_PAGE };

  if (!chat_room_can_ask_history (self) || self->loading_newest)
    return;

  self->loading_newest = TRUE;
  chat_room_ask_history_async (self, &wish, newest_cb, NULL);
}

static void chat_room_ask_gap (ChatRoom *self,
                               guint     n_pages);

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
  ChatRoom *self = CHAT_ROOM (source);
  guint n_pages = GPOINTER_TO_UINT (user_data);
  g_autoptr(GPtrArray) messages = NULL;
  g_autoptr(GError) error = NULL;
  gboolean has_more = FALSE;
  gint64 newest = CHAT_NO_SEQ;

  if (!chat_room_ask_history_finish (self, result, &messages, &has_more, &error))
    {
      if (is_over (error))
        return;

      self->loading_gap = FALSE;
      chat_room_gap_failed (self, error);
      return;
    }

  self->loading_gap = FALSE;
  newest = newest_seq_of (messages);
  /* Else the window is behind the gap, and there would be a hole between the page and it. */
  if (chat_room_get_oldest_seq (self) <= MAX (self->gap_after, newest + 1))
    chat_room_window_add_newest (self, messages);

  if (!has_more || newest <= self->gap_after)
    {
      self->gap_after = CHAT_NO_SEQ;
      chat_room_update_marker (self);
      chat_room_update_edges (self);
      chat_room_forget_failures (self);
    }
  else if (n_pages + 1 < MAX_GAP_PAGES)
    {
      self->gap_after = newest;
      chat_room_ask_gap (self, n_pages + 1);
    }
  else
    {
      chat_room_load_newest (self);
    }
}

/* What could not be written is shown, and will be missing once the program ends: the gap begins before it. */
static void
begin_gap_on_disk (ChatRoom *self)
{
  ChatSpan span;

  if (!chat_store_find_span (self->session->store, self->id, self->gap_after, &span) &&
      chat_store_find_newest_span (self->session->store, self->id, &span))
    self->gap_after = MIN (self->gap_after, span.last);
}

static void
chat_room_ask_gap (ChatRoom *self,
                   guint     n_pages)
{
  ChatHistoryWish wish = { CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_ROOM_GAP_PAGE };

  if (!chat_room_can_ask_history (self))
    return;

  advance_gap (self);
  if (n_pages == 0)
    begin_gap_on_disk (self);
  self->loading_gap = TRUE;
  wish.after = self->gap_after;
  chat_room_ask_history_async (self, &wish, gap_cb, GUINT_TO_POINTER (n_pages));
}

void
chat_room_close_gap (ChatRoom *self)
{
  if (self->gap_after != CHAT_NO_SEQ && !self->loading_gap && !self->loading_newest)
    chat_room_ask_gap (self, 0);
}

/* The server told up to where the room goes. A connection that was recovered should have brought everything up to there, and does
 * not always: what is said while the server makes it is in neither what was missed nor what comes live. */
void
chat_room_find_missing (ChatRoom *self)
{
  if (!self->present || self->newest_seq == CHAT_NO_SEQ || self->last_seq <= self->newest_seq ||
      self->gap_after != CHAT_NO_SEQ)
    return;

  self->gap_after = self->newest_seq;
  chat_room_close_gap (self);
}

/* Loads what is not here yet of what was said last. */
void
chat_room_catch_up (ChatRoom *self)
{
  if (self->newest_seq == CHAT_NO_SEQ)
    chat_room_load_newest (self);
  else
    chat_room_close_gap (self);

  chat_room_update_edges (self);
  chat_room_verify (self);
}

