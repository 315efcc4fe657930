/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Read is what stood before the eyes of somebody who looked: in a window that is used, in a timeline that is shown, and for long
 * enough. Where the reader is, the room keeps for the next time. */

#include "config.h"

#include "enfilade-reader.h"

/* What flew by was not read. In milliseconds. */
#define READING_TIME 500

/* So long after the last movement the place is kept. In milliseconds. */
#define KEEP_DELAY 400

struct _EnfiladeReader
{
  GObject               parent_instance;

  EnfiladeTimelineView *timeline;
  ChatRoom             *room;
  GSignalGroup         *room_signals;

  /* What was in view when the look began: so far it was read when the look ends. */
  ChatMessage          *looked_at;
  gboolean              looked_at_newest;
  guint                 look_id;
  guint                 keep_id;

  /* Who marks something as unread goes on looking at it for a while. */
  gboolean              paused;
};

G_DEFINE_FINAL_TYPE (EnfiladeReader, enfilade_reader, G_TYPE_OBJECT)

/* ---- What was read ---- */

static gboolean
is_looking (EnfiladeReader *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self->timeline));

  return self->room != NULL && !self->paused &&
         GTK_IS_WINDOW (root) && gtk_window_is_active (GTK_WINDOW (root)) &&
         gtk_widget_get_mapped (GTK_WIDGET (self->timeline));
}

static void
mark_read_to (EnfiladeReader *self,
              ChatMessage    *message)
{
  if (message == NULL || self->looked_at == NULL)
    return;

  /* What came into view only a moment ago was not read yet. */
  if (chat_message_compare (self->looked_at, message) < 0)
    message = self->looked_at;
  chat_room_mark_read_to (self->room, message);
}

static gboolean
look_cb (gpointer user_data)
{
  EnfiladeReader *self = user_data;
  ChatMessage *message = enfilade_timeline_view_get_read (self->timeline);
  gboolean again = message != self->looked_at;

  self->look_id = 0;
  if (is_looking (self))
    {
      if (self->looked_at_newest && enfilade_timeline_view_get_at_newest (self->timeline))
        chat_room_mark_read (self->room);
      else
        mark_read_to (self, message);
    }

  g_clear_object (&self->looked_at);
  if (again)
    enfilade_reader_look (self);

  return G_SOURCE_REMOVE;
}

/**
 * enfilade_reader_look:
 * @self: a reader
 *
 * Something else may be in view, or the window be used again: what is seen is read soon.
 */
void
enfilade_reader_look (EnfiladeReader *self)
{
  gboolean at_newest;

  g_return_if_fail (ENFILADE_IS_READER (self));

  if (self->look_id != 0 || !is_looking (self))
    return;

  at_newest = enfilade_timeline_view_get_at_newest (self->timeline);
  if (!at_newest && chat_room_get_unread (self->room) == 0)
    return;

  self->looked_at_newest = at_newest;
  g_set_object (&self->looked_at, enfilade_timeline_view_get_read (self->timeline));
  self->look_id = g_timeout_add (READING_TIME, look_cb, self);
}

static void
stop_looking (EnfiladeReader *self)
{
  g_clear_handle_id (&self->look_id, g_source_remove);
  g_clear_object (&self->looked_at);
}

/* From here on nothing is read until the reader comes back, or writes. */
static void
mark_unread_from (EnfiladeReader *self,
                  ChatMessage    *message)
{
  if (self->room == NULL)
    return;

  stop_looking (self);
  self->paused = TRUE;
  chat_room_mark_unread_from (self->room, message);
}

/**
 * enfilade_reader_resume:
 * @self: a reader
 *
 * The reader came back, or wrote: what they marked as unread before is read again when it is seen.
 */
void
enfilade_reader_resume (EnfiladeReader *self)
{
  g_return_if_fail (ENFILADE_IS_READER (self));

  self->paused = FALSE;
  enfilade_reader_look (self);
}

static void
update_unread (EnfiladeReader *self)
{
  enfilade_timeline_view_set_n_new (self->timeline, chat_room_get_unread (self->room));
  enfilade_reader_look (self);
}

/* ---- Where the reader is ---- */

/**
 * enfilade_reader_keep_place:
 * @self: a reader
 *
 * Keeps where the reader is, for when there is no later.
 */
void
enfilade_reader_keep_place (EnfiladeReader *self)
{
  ChatMessage *top = NULL;
  double offset = 0;

  g_return_if_fail (ENFILADE_IS_READER (self));

  g_clear_handle_id (&self->keep_id, g_source_remove);
  if (self->room != NULL && enfilade_timeline_view_get_place (self->timeline, &top, &offset))
    chat_room_keep_view (self->room, top, offset);
}

static gboolean
keep_cb (gpointer user_data)
{
  EnfiladeReader *self = user_data;

  self->keep_id = 0;
  enfilade_reader_keep_place (self);

  return G_SOURCE_REMOVE;
}

static void
moved_cb (EnfiladeReader *self)
{
  if (self->room == NULL)
    return;

  g_clear_handle_id (&self->keep_id, g_source_remove);
  self->keep_id = g_timeout_add (KEEP_DELAY, keep_cb, self);
  enfilade_reader_look (self);
}

static void
at_newest_cb (EnfiladeReader *self)
{
  if (self->room == NULL)
    return;

  chat_room_set_following (self->room, enfilade_timeline_view_get_at_newest (self->timeline));
  moved_cb (self);
}

/* What comes while nobody looks stays beside what was seen last, where the marker will be. */
static void
leave (EnfiladeReader *self)
{
  if (self->room == NULL)
    return;

  stop_looking (self);
  enfilade_reader_keep_place (self);
  chat_room_set_following (self->room, FALSE);
}

static void
enter (EnfiladeReader *self)
{
  ChatTimeline *timeline;
  ChatMessage *top;
  double offset = 0;

  if (self->room == NULL)
    {
      enfilade_timeline_view_set_timeline (self->timeline, NULL);
      return;
    }

  timeline = chat_room_get_timeline (self->room);
  top = chat_room_get_view (self->room, &offset);
  enfilade_timeline_view_open (self->timeline, timeline, chat_room_get_has_newer (self->room), top, offset);
  if (top == NULL && chat_timeline_get_unread_position (timeline) == G_MAXUINT)
    enfilade_timeline_view_scroll_to_newest (self->timeline);

  at_newest_cb (self);
  update_unread (self);
}

/**
 * enfilade_reader_set_room:
 * @self: a reader
 * @room: (nullable): the room that is read
 *
 * Shows the room in the timeline, where the reader left it; or else where the unread messages begin; or else at the newest.
 */
void
enfilade_reader_set_room (EnfiladeReader *self,
                          ChatRoom       *room)
{
  g_return_if_fail (ENFILADE_IS_READER (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (self->room == room)
    return;

  leave (self);
  self->paused = FALSE;
  g_set_object (&self->room, room);
  g_signal_group_set_target (self->room_signals, room);
  enter (self);
}

/* ---- GObject ---- */

static void
enfilade_reader_dispose (GObject *object)
{
  EnfiladeReader *self = ENFILADE_READER (object);

  stop_looking (self);
  g_clear_handle_id (&self->keep_id, g_source_remove);
  g_clear_object (&self->room_signals);
  g_clear_object (&self->room);
  g_clear_object (&self->timeline);

  G_OBJECT_CLASS (enfilade_reader_parent_class)->dispose (object);
}

static void
enfilade_reader_class_init (EnfiladeReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_reader_dispose;
}

static void
enfilade_reader_init (EnfiladeReader *self)
{
  self->room_signals = g_signal_group_new (CHAT_TYPE_ROOM);
  g_signal_group_connect_swapped (self->room_signals, "notify::unread", G_CALLBACK (update_unread), self);
}

/**
 * enfilade_reader_new:
 * @timeline: where is read
 *
 * Returns: (transfer full): a reader of no room
 */
EnfiladeReader *
enfilade_reader_new (EnfiladeTimelineView *timeline)
{
  EnfiladeReader *self;

  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (timeline), NULL);

  self = g_object_new (ENFILADE_TYPE_READER, NULL);
  self->timeline = g_object_ref (timeline);
  g_signal_connect_object (timeline, "mark-unread", G_CALLBACK (mark_unread_from), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "map", G_CALLBACK (enfilade_reader_look), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "moved", G_CALLBACK (moved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (timeline, "notify::at-newest", G_CALLBACK (at_newest_cb), self, G_CONNECT_SWAPPED);

  return self;
}
