/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is among the messages, and that nothing moves when it comes to be elsewhere. */

#include "config.h"

#include "enfilade-timeline-focus.h"

#include "enfilade-timeline-sight.h"

struct _EnfiladeTimelineFocus
{
  GObject            parent_instance;

  GtkListView       *list;
  GtkScrolledWindow *scroller;
  EnfiladeScrollPin *pin;
  GtkRoot           *root;
  ChatTimeline      *timeline;

  gboolean           pointer_down;
  gboolean           grabbing;
  guint              later_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeTimelineFocus, enfilade_timeline_focus, G_TYPE_OBJECT)

/* Scrolling a row into view that was clicked would move what the person is about to select. */
static void
focus_widget_cb (EnfiladeTimelineFocus *self)
{
  if (self->pointer_down || self->grabbing)
    enfilade_scroll_pin_hold (self->pin);
}

static gboolean
pointer_cb (EnfiladeTimelineFocus *self,
            GdkEvent              *event)
{
  switch ((int) gdk_event_get_event_type (event))
    {
    case GDK_BUTTON_PRESS:
    case GDK_TOUCH_BEGIN:
      self->pointer_down = TRUE;
      break;

    case GDK_BUTTON_RELEASE:
    case GDK_TOUCH_END:
    case GDK_TOUCH_CANCEL:
      self->pointer_down = FALSE;
      break;

    /* The menu that a press has opened takes the release for itself. */
    case GDK_KEY_PRESS:
      self->pointer_down = FALSE;
      break;

    default:
      break;
    }

  return GDK_EVENT_PROPAGATE;
}

/* ---- A message that had the focus, and is gone ---- */

/* FALSE while there is nothing that could take the focus from the row of a message that is gone. */
static gboolean
leave_stale_row (EnfiladeTimelineFocus *self)
{
  GtkWidget *list = GTK_WIDGET (self->list);
  GtkWidget *focus = self->root != NULL ? gtk_root_get_focus (self->root) : NULL;
  GtkWidget *lowest = NULL;

  if (focus == NULL || !enfilade_timeline_sight_is_stale (list, enfilade_timeline_sight_find_around (list, focus)))
    return TRUE;

  lowest = enfilade_timeline_sight_get_lowest (list, GTK_WIDGET (self->scroller));
  if (lowest != NULL)
    enfilade_timeline_focus_grab (self, lowest);

  return lowest != NULL;
}

static gboolean
later_cb (gpointer user_data)
{
  EnfiladeTimelineFocus *self = user_data;

  self->later_id = 0;
  leave_stale_row (self);

  return G_SOURCE_REMOVE;
}

/* GTK 4.8 holds on to the row that has the focus, also when its message goes, and shows it in the place of another one that comes
 * there. So the focus is given to a message that is there; where all are new, when they have got their places. */
static void
items_changed_cb (EnfiladeTimelineFocus *self)
{
  if (!leave_stale_row (self) && self->later_id == 0)
    self->later_id = g_idle_add (later_cb, self);
}

/* ---- GObject ---- */

static void
enfilade_timeline_focus_dispose (GObject *object)
{
  EnfiladeTimelineFocus *self = ENFILADE_TIMELINE_FOCUS (object);

  g_clear_handle_id (&self->later_id, g_source_remove);
  enfilade_timeline_focus_set_root (self, NULL);
  enfilade_timeline_focus_set_timeline (self, NULL);

  G_OBJECT_CLASS (enfilade_timeline_focus_parent_class)->dispose (object);
}

static void
enfilade_timeline_focus_class_init (EnfiladeTimelineFocusClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = enfilade_timeline_focus_dispose;
}

static void
enfilade_timeline_focus_init (EnfiladeTimelineFocus *self)
{
}

/* ---- Public ---- */

/**
 * enfilade_timeline_focus_new:
 * @owner: the view that all of it is in, which disposes of the focus before itself
 * @list: the rows
 * @scroller: around @list
 * @pin: what holds @list in its place
 *
 * Returns: (transfer full): the focus among the rows
 */
EnfiladeTimelineFocus *
enfilade_timeline_focus_new (GtkWidget         *owner,
                             GtkListView       *list,
                             GtkScrolledWindow *scroller,
                             EnfiladeScrollPin *pin)
{
  EnfiladeTimelineFocus *self = NULL;
  GtkEventController *pointer = NULL;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list), NULL);
  g_return_val_if_fail (GTK_IS_SCROLLED_WINDOW (scroller), NULL);
  g_return_val_if_fail (ENFILADE_IS_SCROLL_PIN (pin), NULL);

  self = g_object_new (ENFILADE_TYPE_TIMELINE_FOCUS, NULL);
  self->list = list;
  self->scroller = scroller;
  self->pin = pin;

  pointer = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (pointer, GTK_PHASE_CAPTURE);
  g_signal_connect_object (pointer, "event", G_CALLBACK (pointer_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (owner, pointer);

  return self;
}

/**
 * enfilade_timeline_focus_set_timeline:
 * @self: a focus
 * @timeline: (nullable): what the rows show
 */
void
enfilade_timeline_focus_set_timeline (EnfiladeTimelineFocus *self,
                                      ChatTimeline          *timeline)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_FOCUS (self));
  g_return_if_fail (timeline == NULL || CHAT_IS_TIMELINE (timeline));

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, items_changed_cb, self);

  g_set_object (&self->timeline, timeline);
  /* Behind the list, which has its rows in order then. */
  if (timeline != NULL)
    g_signal_connect_object (timeline, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

/**
 * enfilade_timeline_focus_set_root:
 * @self: a focus
 * @root: (nullable): the window that the rows are in
 */
void
enfilade_timeline_focus_set_root (EnfiladeTimelineFocus *self,
                                  GtkRoot               *root)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_FOCUS (self));
  g_return_if_fail (root == NULL || GTK_IS_ROOT (root));

  if (self->root != NULL)
    g_signal_handlers_disconnect_by_func (self->root, focus_widget_cb, self);

  /* It outlives the view that is in it. */
  self->root = root;
  if (root == NULL)
    return;

  g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (focus_widget_cb), self, G_CONNECT_SWAPPED);
  /* Else a message is selected as a whole whenever it gets the focus. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (root)), "gtk-label-select-on-focus", FALSE, NULL);
}

/**
 * enfilade_timeline_focus_enter:
 * @self: a focus
 *
 * Gives the focus to the lowest message in view: by itself GTK would begin with the oldest of all.
 *
 * Returns: whether there is one
 */
gboolean
enfilade_timeline_focus_enter (EnfiladeTimelineFocus *self)
{
  GtkWidget *lowest = NULL;

  g_return_val_if_fail (ENFILADE_IS_TIMELINE_FOCUS (self), FALSE);

  lowest = enfilade_timeline_sight_get_lowest (GTK_WIDGET (self->list), GTK_WIDGET (self->scroller));

  return lowest != NULL && gtk_widget_grab_focus (lowest);
}

/**
 * enfilade_timeline_focus_take:
 * @self: a focus
 *
 * Takes the focus from something above the messages that goes away, to the lowest one in view. Nothing moves for it.
 */
void
enfilade_timeline_focus_take (EnfiladeTimelineFocus *self)
{
  GtkWidget *lowest = NULL;

  g_return_if_fail (ENFILADE_IS_TIMELINE_FOCUS (self));

  lowest = enfilade_timeline_sight_get_lowest (GTK_WIDGET (self->list), GTK_WIDGET (self->scroller));
  if (lowest != NULL)
    enfilade_timeline_focus_grab (self, lowest);
}

/**
 * enfilade_timeline_focus_grab:
 * @self: a focus
 * @row: a row that stands where it should
 *
 * Gives the focus to a row without scrolling for it.
 */
void
enfilade_timeline_focus_grab (EnfiladeTimelineFocus *self,
                              GtkWidget             *row)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_FOCUS (self));
  g_return_if_fail (GTK_IS_WIDGET (row));

  self->grabbing = TRUE;
  gtk_widget_grab_focus (row);
  self->grabbing = FALSE;
}
