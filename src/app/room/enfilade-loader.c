/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline is a window on what was said. It is moved from here: a page when the reader comes near to one of its ends, or all of
 * it when the reader goes to a message, a date or the newest. */

#include "config.h"

#include "chat-error.h"
#include "chat-session.h"
#include "enfilade-focus-watch.h"
#include "enfilade-loader.h"

struct _EnfiladeLoader
{
  GObject               parent_instance;

  EnfiladeTimelineView *timeline;
  ChatRoom             *room;
  GSignalGroup         *room_signals;
  GSignalGroup         *session_signals;
  GCancellable         *cancellable;

  /* One goes to one place at a time; and who has gone on to something else meanwhile has the focus there. */
  GCancellable         *jump;
  EnfiladeFocusWatch   *watch;
  gboolean              writing;
};

G_DEFINE_FINAL_TYPE (EnfiladeLoader, enfilade_loader, G_TYPE_OBJECT)

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_of_interest (EnfiladeLoader *self,
                GObject        *room,
                GError         *error)
{
  return self->room == CHAT_ROOM (room) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* ---- Pages ---- */

static void
loaded_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(EnfiladeLoader) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean loaded = chat_room_load_finish (CHAT_ROOM (object), result, &error);

  /* What went wrong the room tells. */
  if (loaded && is_of_interest (self, object, error))
    enfilade_timeline_view_check_ends (self->timeline);
}

static void
load_older_cb (EnfiladeLoader *self)
{
  if (self->room == NULL || !chat_room_get_has_older (self->room) || chat_room_get_loading_older (self->room))
    return;

  chat_room_load_older_async (self->room, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
load_newer_cb (EnfiladeLoader *self)
{
  if (self->room == NULL || !chat_room_get_has_newer (self->room) || chat_room_get_loading_newer (self->room))
    return;

  chat_room_load_newer_async (self->room, self->cancellable, loaded_cb, g_object_ref (self));
}

static void stop_jump (EnfiladeLoader *self);

static void
show_newest_cb (EnfiladeLoader *self)
{
  stop_jump (self);
  if (self->room != NULL)
    chat_room_show_newest (self->room);
}

static void
update_loading (EnfiladeLoader *self)
{
  enfilade_timeline_view_set_loading_older (self->timeline, chat_room_get_loading_older (self->room));
  enfilade_timeline_view_set_loading_newer (self->timeline, chat_room_get_loading_newer (self->room));
}

static void
update_ends (EnfiladeLoader *self)
{
  enfilade_timeline_view_set_has_newer (self->timeline, chat_room_get_has_newer (self->room));
  enfilade_timeline_view_check_ends (self->timeline);
}

/* What failed is asked for again by itself where it is in view: when the room has forgotten the failure, or there is a connection. */
static void
update_errors (EnfiladeLoader *self)
{
  enfilade_timeline_view_set_older_error (self->timeline, self->room != NULL ? chat_room_get_older_error (self->room) : NULL);
  enfilade_timeline_view_set_newer_error (self->timeline, self->room != NULL ? chat_room_get_newer_error (self->room) : NULL);
  enfilade_timeline_view_check_ends (self->timeline);
}

static void
connection_changed (EnfiladeLoader *self,
                    GParamSpec     *pspec,
                    ChatSession    *session)
{
  if (chat_session_get_connection (session) == CHAT_CONNECTION_ONLINE)
    enfilade_timeline_view_check_ends (self->timeline);
}

/* ---- Places ---- */

static void
stop_jump (EnfiladeLoader *self)
{
  g_cancellable_cancel (self->jump);
  g_clear_object (&self->jump);
  g_clear_object (&self->watch);
}

/* Returns: (transfer none): what stops the jump that begins */
static GCancellable *
begin_jump (EnfiladeLoader *self)
{
  stop_jump (self);
  self->jump = g_cancellable_new ();
  self->watch = enfilade_focus_watch_new (GTK_WIDGET (self->timeline));
  self->writing = FALSE;

  return self->jump;
}

static void
shown_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(EnfiladeLoader) self = user_data;
  g_autoptr(ChatMessage) message = NULL;
  g_autoptr(GError) error = NULL;
  gboolean with_focus;

  message = chat_room_show_finish (CHAT_ROOM (object), result, &error);
  if (!is_of_interest (self, object, error))
    return;

  with_focus = !self->writing && !enfilade_focus_watch_has_left (self->watch);
  stop_jump (self);
  if (message != NULL)
    enfilade_timeline_view_show_message (self->timeline, chat_message_get_id (message), with_focus);
  else
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/**
 * enfilade_loader_show_message:
 * @self: a loader
 * @id: what the server calls the message
 *
 * Goes to a message of the room. As with all such jumps, what was to be gone to before is not gone to any more, and the message gets
 * the focus unless the person has gone on to something else when it is here.
 */
void
enfilade_loader_show_message (EnfiladeLoader *self,
                              const char     *id)
{
  g_return_if_fail (ENFILADE_IS_LOADER (self));
  g_return_if_fail (id != NULL);

  if (self->room != NULL)
    chat_room_show_message_async (self->room, id, begin_jump (self), shown_cb, g_object_ref (self));
}

/**
 * enfilade_loader_show_unread:
 * @self: a loader
 *
 * Goes to the first message that is unread.
 */
void
enfilade_loader_show_unread (EnfiladeLoader *self)
{
  g_return_if_fail (ENFILADE_IS_LOADER (self));

  if (self->room != NULL)
    chat_room_show_unread_async (self->room, begin_jump (self), shown_cb, g_object_ref (self));
}

/**
 * enfilade_loader_show_date:
 * @self: a loader
 * @date: a time
 *
 * Goes to the first message that was said then or later.
 */
void
enfilade_loader_show_date (EnfiladeLoader *self,
                           GDateTime      *date)
{
  g_return_if_fail (ENFILADE_IS_LOADER (self));
  g_return_if_fail (date != NULL);

  if (self->room != NULL)
    chat_room_show_date_async (self->room, date, begin_jump (self), shown_cb, g_object_ref (self));
}

/**
 * enfilade_loader_keep_focus:
 * @self: a loader
 *
 * The person writes: if they have asked to go somewhere, the view goes there without the focus.
 */
void
enfilade_loader_keep_focus (EnfiladeLoader *self)
{
  g_return_if_fail (ENFILADE_IS_LOADER (self));

  self->writing = TRUE;
}

/**
 * enfilade_loader_set_room:
 * @self: a loader
 * @room: (nullable): the room that the timeline shows
 */
void
enfilade_loader_set_room (EnfiladeLoader *self,
                          ChatRoom       *room)
{
  g_return_if_fail (ENFILADE_IS_LOADER (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (self->room == room)
    return;

  stop_jump (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  g_set_object (&self->room, room);
  g_signal_group_set_target (self->room_signals, room);
  g_signal_group_set_target (self->session_signals, room != NULL ? chat_room_get_session (room) : NULL);
  update_errors (self);
  if (room != NULL)
    {
      update_loading (self);
      update_ends (self);
    }
}

/* ---- GObject ---- */

static void
enfilade_loader_dispose (GObject *object)
{
  EnfiladeLoader *self = ENFILADE_LOADER (object);

  stop_jump (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->room_signals);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->room);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (enfilade_loader_parent_class)->dispose (object);
}

static void
enfilade_loader_class_init (EnfiladeLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_loader_dispose;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
watch (EnfiladeLoader *self,
       const char     *signal,
       gpointer        callback)
{
  g_signal_group_connect_swapped (self->room_signals, signal, callback, self);
}

static void
enfilade_loader_init (EnfiladeLoader *self)
{
  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  watch (self, "notify::has-newer", update_ends);
  watch (self, "notify::has-older", update_ends);
  watch (self, "notify::membership", update_ends);
  watch (self, "notify::loading-newer", update_loading);
  watch (self, "notify::loading-older", update_loading);
  watch (self, "notify::newer-error", update_errors);
  watch (self, "notify::older-error", update_errors);

  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "notify::connection", G_CALLBACK (connection_changed), self);
}

/**
 * enfilade_loader_new:
 * @timeline: the view of what is loaded
 *
 * Returns: (transfer full): a loader for no room
 */
EnfiladeLoader *
enfilade_loader_new (EnfiladeTimelineView *timeline)
{
  EnfiladeLoader *self;

  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (timeline), NULL);

  self = g_object_new (ENFILADE_TYPE_LOADER, NULL);
  self->timeline = g_object_ref (timeline);
  g_signal_connect_object (timeline, "load-older", G_CALLBACK (load_older_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "load-newer", G_CALLBACK (load_newer_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "show-newest", G_CALLBACK (show_newest_cb), self, G_CONNECT_SWAPPED);

  return self;
}
