/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moves the window by a page, towards what is older or what is newer: what is kept is read, what lies in a hole is asked of the
 * server and then read. Where that fails the end says why, until it may be asked again. */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "chat-room-private.h"
#include "chat-session-private.h"

/* What is stored costs nothing to fetch, but each message on the screen is a row: so many fill a window, and the view asks again. */
#define STORED_PAGE 20

typedef enum
{
  OLDER,
  NEWER,
} Direction;

static Direction
direction_of (GTask *task)
{
  return (Direction) GPOINTER_TO_INT (g_task_get_task_data (task));
}

static gboolean
has_more (ChatRoom  *self,
          Direction  direction)
{
  return direction == OLDER ? self->has_older : self->has_newer;
}

static gboolean
is_loading (ChatRoom  *self,
            Direction  direction)
{
  return direction == OLDER ? self->loading_older : self->loading_newer;
}

static void
set_loading (ChatRoom  *self,
             Direction  direction,
             gboolean   loading)
{
  if (direction == OLDER)
    chat_room_set_loading_older (self, loading);
  else
    chat_room_set_loading_newer (self, loading);
}

static void
set_error (ChatRoom   *self,
           Direction   direction,
           const char *error)
{
  if (direction == OLDER)
    chat_room_set_older_error (self, error);
  else
    chat_room_set_newer_error (self, error);
}

/* ---- From the store ---- */

/* TRUE when there was something in the store. */
static gboolean
read_older (ChatRoom *self)
{
  ChatMessage *first = chat_timeline_get_first (self->timeline);
  g_autoptr(GPtrArray) page = NULL;
  ChatSpan stretch;
  ChatPlace place;

  if (first == NULL || chat_message_get_id (first) == NULL)
    {
      /* What came last was asked for again. */
      if (self->newest_seq != CHAT_NO_SEQ)
        chat_room_fill_window (self, NULL);

      return self->newest_seq != CHAT_NO_SEQ;
    }

  chat_room_find_stretch (self, first, &stretch);
  chat_store_place_of (first, &place);
  page = chat_store_read_before (chat_room_get_store (self), self->id, &place, stretch.first, STORED_PAGE);
  if (page->len == 0)
    return FALSE;

  chat_room_adopt (self, page);
  if (!self->following)
    chat_room_trim_end (self);
  chat_room_update_edges (self);
  chat_room_show_marker (self);
  chat_room_verify (self);

  return TRUE;
}

/* TRUE when there was something in the store, or the end was reached. */
static gboolean
read_newer (ChatRoom *self)
{
  ChatMessage *last = chat_timeline_get_last_confirmed (self->timeline);
  g_autoptr(GPtrArray) page = NULL;
  ChatSpan stretch;
  ChatPlace place;

  if (last == NULL)
    {
      chat_room_fill_window (self, NULL);
      return TRUE;
    }

  chat_room_find_stretch (self, last, &stretch);
  chat_store_place_of (last, &place);
  page = chat_store_read_after (chat_room_get_store (self), self->id, &place, stretch.last, CHAT_ROOM_PAGE + 1);

  /* At the newest end of its stretch the window is either at the end of all, or a hole begins there. */
  if (page->len > CHAT_ROOM_PAGE)
    g_ptr_array_set_size (page, CHAT_ROOM_PAGE);
  else if (!chat_room_has_newer_stretch (self, &stretch))
    chat_room_attach (self);

  chat_room_adopt (self, page);
  chat_room_trim_start (self);
  chat_room_verify (self);

  return page->len > 0 || !self->has_newer;
}

static gboolean
read_page (ChatRoom  *self,
           Direction  direction)
{
  return direction == OLDER ? read_older (self) : read_newer (self);
}

/* ---- From the server ---- */

static void
end (ChatRoom *self,
     GTask    *task,
     GError   *error)
{
  set_loading (self, direction_of (task), FALSE);

  if (error == NULL)
    {
      set_error (self, direction_of (task), NULL);
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* That there is no connection is said elsewhere, and the next one asks again. */
  if (error->domain == CHAT_ERROR && error->code != CHAT_ERROR_OFFLINE)
    {
      set_error (self, direction_of (task), error->message);
      chat_room_ask_again_later (self, error);
    }
  g_task_return_error (task, error);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  Direction direction = direction_of (task);
  GError *error = NULL;

  if (chat_store_flush_finish (CHAT_STORE (source), result, &error) &&
      self->session != NULL && has_more (self, direction) && !read_page (self, direction))
    {
      chat_room_update_edges (self);
      if (has_more (self, direction))
        error = g_error_new_literal (CHAT_ERROR, CHAT_ERROR_INVALID, _("The server’s answer could not be understood."));
    }

  end (self, task, error);
}

static void
asked_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = CHAT_ROOM (source);
  g_autoptr(GPtrArray) messages = NULL;
  gboolean has_more_there = FALSE;
  GError *error = NULL;

  if (chat_room_ask_history_finish (self, result, &messages, &has_more_there, &error))
    chat_store_flush_async (self->session->store, NULL, stored_cb, g_steal_pointer (&task));
  else
    end (self, task, error);
}

/* Takes @task. */
static void
ask_page (ChatRoom *self,
          GTask    *task)
{
  ChatHistoryWish wish = { CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_NO_SEQ, CHAT_ROOM_PAGE };

  if (direction_of (task) == OLDER)
    wish.before = chat_room_get_oldest_seq (self);
  else
    wish.after = chat_message_get_seq (chat_timeline_get_last_confirmed (self->timeline));

  set_loading (self, direction_of (task), TRUE);
  set_error (self, direction_of (task), NULL);
  chat_room_ask_history_async (self, &wish, asked_cb, task);
}

/* ---- A page ---- */

/* Takes @task. */
static void
load_page (ChatRoom *self,
           GTask    *task)
{
  g_autoptr(GTask) ended = task;
  Direction direction = direction_of (task);

  if (self->session == NULL || !has_more (self, direction) || read_page (self, direction))
    end (self, task, NULL);
  else if (chat_room_can_ask_history (self))
    ask_page (self, g_steal_pointer (&ended));
  else
    end (self, task, g_error_new_literal (CHAT_ERROR, CHAT_ERROR_OFFLINE, _("There is no connection to the server.")));
}

static void
flushed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  ChatRoom *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (chat_store_flush_finish (CHAT_STORE (source), result, &error))
    load_page (self, g_steal_pointer (&task));
  else
    end (self, task, error);
}

/* Takes @task. */
static void
start (ChatRoom  *self,
       Direction  direction,
       GTask     *task)
{
  g_autoptr(GTask) ended = task;

  g_task_set_task_data (task, GINT_TO_POINTER (direction), NULL);

  if (self->session == NULL || self->timeline == NULL || !has_more (self, direction) || is_loading (self, direction))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  /* What is older has been in the store for long; what is newer may have come a moment ago. */
  if (direction == OLDER)
    {
      load_page (self, g_steal_pointer (&ended));
      return;
    }

  set_loading (self, direction, TRUE);
  chat_store_flush_async (self->session->store, NULL, flushed_cb, g_steal_pointer (&ended));
}

/**
 * chat_room_load_older_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the loading
 * @callback: called when the messages are in the timeline
 * @user_data: for @callback
 *
 * Loads the messages before the oldest one of the timeline: from the store, or else from the server. Does nothing when there are
 * none, or when they are being loaded.
 */
void
chat_room_load_older_async (ChatRoom            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_load_older_async);
  start (self, OLDER, task);
}

/**
 * chat_room_load_newer_async:
 * @self: a room
 * @cancellable: (nullable): a cancellable; it ends the waiting, not the loading
 * @callback: called when the messages are in the timeline
 * @user_data: for @callback
 *
 * Loads the messages behind the newest one of the timeline, as [method@Room.load_older_async] does those before the oldest.
 */
void
chat_room_load_newer_async (ChatRoom            *self,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  GTask *task = NULL;

  g_return_if_fail (CHAT_IS_ROOM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chat_room_load_newer_async);
  start (self, NEWER, task);
}

/**
 * chat_room_load_finish:
 * @self: a room
 * @result: what the callback of [method@Room.load_older_async] or [method@Room.load_newer_async] was given
 * @error: return location for a #GError
 *
 * Returns: whether what there is was loaded
 */
gboolean
chat_room_load_finish (ChatRoom      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
