/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The messages of a room. It knows no room: what it shows is a ChatTimeline, and what it wants done it says by signals. */

#include "config.h"

#include <adwaita.h>
#include <math.h>

#include "enfilade-focus.h"
#include "enfilade-jump-button.h"
#include "enfilade-scroll-pin.h"
#include "enfilade-timeline-edge.h"
#include "enfilade-timeline-focus.h"
#include "enfilade-timeline-rows.h"
#include "enfilade-timeline-sight.h"
#include "enfilade-timeline-view.h"

/* In pixels. */
#define LEAST_WIDTH 240
#define LEAST_HEIGHT 80
#define NATURAL_WIDTH 860
#define NATURAL_HEIGHT 320

/* Two are common, more than three were never seen. */
#define MAX_ROUNDS 6

struct _EnfiladeTimelineView
{
  GtkWidget              parent_instance;

  GtkWidget             *overlay;
  GtkScrolledWindow     *scroller;
  GtkListView           *list;
  EnfiladeTimelineEdge  *older;
  EnfiladeTimelineEdge  *newer;
  GtkRevealer           *jump;
  GtkWidget             *jump_button;
  GMenuModel            *message_menu;

  EnfiladeTimelineRows  *rows;
  EnfiladeScrollPin     *pin;
  EnfiladeTimelineFocus *focus;
  ChatTimeline          *timeline;
  guint                  n_new;
  gboolean               can_reply;
  gboolean               has_newer;

  /* The view goes to the end as soon as it has the newest message. */
  gboolean               newest_wanted;

  /* What the focus goes to when the view stands where it goes to. */
  gboolean               focus_shown;
  gboolean               focus_newest;
};

G_DEFINE_FINAL_TYPE (EnfiladeTimelineView, enfilade_timeline_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_AT_NEWEST,
  PROP_CAN_REPLY,
  PROP_HAS_NEWER,
  PROP_LOADING_NEWER,
  PROP_LOADING_OLDER,
  PROP_N_NEW,
  PROP_NEWER_ERROR,
  PROP_OLDER_ERROR,
  PROP_TIMELINE,
  N_PROPS
};

enum
{
  DISCARD,
  EDIT,
  LOAD_NEWER,
  LOAD_OLDER,
  MARK_UNREAD,
  MOVED,
  REPLY,
  RETRY,
  SHOW_MESSAGE,
  SHOW_NEWEST,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* ---- Rows ---- */

/* What is asked of the rows is asked of us, by the same name. */
static void
asked_cb (EnfiladeTimelineView *self,
          const char           *what,
          ChatMessage          *message)
{
  g_signal_emit_by_name (self, what, message);
}

static void
show_message_cb (EnfiladeTimelineView *self,
                 const char           *id)
{
  g_signal_emit (self, signals[SHOW_MESSAGE], 0, id);
}

/* ---- What is new below the view ---- */

static void
jump_cb (EnfiladeTimelineView *self)
{
  enfilade_timeline_view_scroll_to_newest (self);
}

/* Who never goes further up never needs it. */
static void
ensure_jump_button (EnfiladeTimelineView *self)
{
  if (self->jump_button != NULL)
    return;

  self->jump_button = enfilade_jump_button_new ();
  enfilade_jump_button_set_n_new (ENFILADE_JUMP_BUTTON (self->jump_button), self->n_new);
  g_signal_connect_object (self->jump_button, "clicked", G_CALLBACK (jump_cb), self, G_CONNECT_SWAPPED);
  gtk_revealer_set_child (self->jump, self->jump_button);
}

/* Who came to the button by the keyboard goes on among the messages. On the way to the newest it stays until that has its place. */
static void
update_jump (EnfiladeTimelineView *self)
{
  gboolean needed = !enfilade_scroll_pin_get_pinned (self->pin) || self->focus_newest;

  if (needed)
    ensure_jump_button (self);
  else if (enfilade_focus_is_inside (GTK_WIDGET (self->jump)))
    enfilade_timeline_focus_take (self->focus);

  gtk_revealer_set_reveal_child (self->jump, needed);
  gtk_widget_set_can_target (GTK_WIDGET (self->jump), needed);
  gtk_widget_set_can_focus (GTK_WIDGET (self->jump), needed);
}

static void
pinned_cb (EnfiladeTimelineView *self)
{
  update_jump (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AT_NEWEST]);
}

/* ---- What is not loaded yet ---- */

static void
near_start_cb (EnfiladeTimelineView *self)
{
  /* After a failure only the person asks again: the server would be asked for ever. */
  if (self->timeline != NULL && !enfilade_timeline_edge_get_loading (self->older) &&
      enfilade_timeline_edge_get_error (self->older) == NULL)
    g_signal_emit (self, signals[LOAD_OLDER], 0);
}

static void
near_end_cb (EnfiladeTimelineView *self)
{
  if (self->timeline != NULL && !enfilade_timeline_edge_get_loading (self->newer) &&
      enfilade_timeline_edge_get_error (self->newer) == NULL)
    g_signal_emit (self, signals[LOAD_NEWER], 0);
}

static void
load_older_again_cb (EnfiladeTimelineView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_OLDER_ERROR]);
  g_signal_emit (self, signals[LOAD_OLDER], 0);
}

static void
load_newer_again_cb (EnfiladeTimelineView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NEWER_ERROR]);
  g_signal_emit (self, signals[LOAD_NEWER], 0);
}

static void
edge_left_cb (EnfiladeTimelineView *self)
{
  enfilade_timeline_focus_take (self->focus);
}

/* Who has gone away from an end and comes back asks again, and meanwhile does not want to hear of it. */
static void
forget_errors_far_away (EnfiladeTimelineView *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);
  double outside = gtk_adjustment_get_upper (adjustment) - page;
  double far = MIN (3 * page, outside / 2);

  if (gtk_adjustment_get_value (adjustment) > far)
    enfilade_timeline_view_set_older_error (self, NULL);
  if (outside - gtk_adjustment_get_value (adjustment) > far)
    enfilade_timeline_view_set_newer_error (self, NULL);
}

static void
value_changed_cb (EnfiladeTimelineView *self)
{
  forget_errors_far_away (self);
  /* Who scrolls has changed their mind. */
  self->newest_wanted = FALSE;
  g_signal_emit (self, signals[MOVED], 0);
}

/* ---- A message that was looked for ---- */

/* A screen reader reads what has the focus. */
static void
focus_shown (EnfiladeTimelineView *self)
{
  ChatMessage *message = enfilade_timeline_rows_get_shown (self->rows);
  GtkWidget *row = message != NULL ? enfilade_timeline_sight_find_row (GTK_WIDGET (self->list), message) : NULL;

  if (row != NULL)
    enfilade_timeline_focus_grab (self->focus, row);
}

static void
arrived_cb (EnfiladeTimelineView *self)
{
  if (self->focus_shown)
    focus_shown (self);
  self->focus_shown = FALSE;
  self->focus_newest = FALSE;
  update_jump (self);
}

static guint
find_position (EnfiladeTimelineView *self,
               ChatMessage          *message)
{
  GListModel *model = G_LIST_MODEL (self->timeline);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; message != NULL && i < n_items; i++)
    {
      g_autoptr(ChatTimelineItem) item = g_list_model_get_item (model, i);

      if (chat_timeline_item_get_message (item) == message)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* ---- Focus ---- */

/* Tab goes through the controls of one message and then on, not through every message: for those there are the arrow keys. */
static gboolean
focus_from_list (EnfiladeTimelineView *self,
                 GtkDirectionType      direction)
{
  GtkWidget *row = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  if (row != NULL && gtk_widget_child_focus (row, direction))
    return TRUE;

  return direction == GTK_DIR_TAB_FORWARD &&
         gtk_revealer_get_reveal_child (self->jump) &&
         gtk_widget_grab_focus (self->jump_button);
}

static gboolean
enfilade_timeline_view_focus (GtkWidget        *widget,
                              GtkDirectionType  direction)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (widget);
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (!by_tab)
    return GTK_WIDGET_CLASS (enfilade_timeline_view_parent_class)->focus (widget, direction);

  if (gtk_widget_get_focus_child (GTK_WIDGET (self->list)) != NULL)
    return focus_from_list (self, direction);

  if (gtk_widget_get_focus_child (widget) == NULL || direction == GTK_DIR_TAB_BACKWARD)
    return enfilade_timeline_focus_enter (self->focus);

  return FALSE;
}

static void
enfilade_timeline_view_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (enfilade_timeline_view_parent_class)->root (widget);

  enfilade_timeline_focus_set_root (ENFILADE_TIMELINE_VIEW (widget)->focus, gtk_widget_get_root (widget));
}

static void
enfilade_timeline_view_unroot (GtkWidget *widget)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (widget);

  if (self->focus != NULL)
    enfilade_timeline_focus_set_root (self->focus, NULL);

  GTK_WIDGET_CLASS (enfilade_timeline_view_parent_class)->unroot (widget);
}

/* ---- Layout ---- */

static void
enfilade_timeline_view_measure (GtkWidget      *widget,
                                GtkOrientation  orientation,
                                int             for_size,
                                int            *minimum,
                                int            *natural,
                                int            *minimum_baseline,
                                int            *natural_baseline)
{
  /* What is scrolled fits into any size, and to ask all of its texts takes longer than to show them. */
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? LEAST_WIDTH : LEAST_HEIGHT;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? NATURAL_WIDTH : NATURAL_HEIGHT;
}

static void
enfilade_timeline_view_size_allocate (GtkWidget *widget,
                                      int        width,
                                      int        height,
                                      int        baseline)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (widget);
  guint rounds = 0;

  /* GTK allocates nothing that was not asked. */
  gtk_widget_measure (self->overlay, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);

  /* Each round may bring rows into view that were never measured, and so move the end. */
  do
    gtk_widget_allocate (self->overlay, width, height, baseline, NULL);
  while (enfilade_scroll_pin_settle (self->pin) && ++rounds < MAX_ROUNDS);

  /* Who listens to the pin may have changed something above the list. Where nobody did this costs nothing. */
  gtk_widget_allocate (self->overlay, width, height, baseline, NULL);

  enfilade_timeline_rows_present_menu (self->rows);
}

/* ---- Public ---- */

ChatTimeline *
enfilade_timeline_view_get_timeline (EnfiladeTimelineView *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), NULL);

  return self->timeline;
}

static void
show_timeline (EnfiladeTimelineView *self,
               ChatMessage          *top,
               double                offset)
{
  g_autoptr(GtkNoSelection) model = NULL;
  guint position = GTK_INVALID_LIST_POSITION;
  guint unread = G_MAXUINT;

  if (self->timeline != NULL)
    {
      model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->timeline)));
      position = find_position (self, top);
      unread = chat_timeline_get_unread_position (self->timeline);
    }

  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (model));
  if (position != GTK_INVALID_LIST_POSITION)
    enfilade_scroll_pin_open_at (self->pin, position, -offset);
  else if (unread != G_MAXUINT)
    enfilade_scroll_pin_open_at (self->pin, unread, NAN);
  else
    enfilade_scroll_pin_open (self->pin);
}

/**
 * enfilade_timeline_view_open:
 * @self: a timeline view
 * @timeline: (nullable): what to show
 * @has_newer: whether the timeline ends before the newest message
 * @top: (nullable): the message that stands at the top
 * @offset: how much of it is above the view, in pixels
 *
 * The view opens at @top, else at the first unread message where there is one, else at the newest.
 */
void
enfilade_timeline_view_open (EnfiladeTimelineView *self,
                             ChatTimeline         *timeline,
                             gboolean              has_newer,
                             ChatMessage          *top,
                             double                offset)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));
  g_return_if_fail (timeline == NULL || CHAT_IS_TIMELINE (timeline));
  g_return_if_fail (top == NULL || CHAT_IS_MESSAGE (top));

  if (self->timeline == timeline)
    return;

  g_set_object (&self->timeline, timeline);
  enfilade_timeline_rows_set_timeline (self->rows, timeline);
  enfilade_timeline_focus_set_timeline (self->focus, timeline);
  enfilade_timeline_rows_set_shown (self->rows, NULL);
  self->newest_wanted = FALSE;
  self->focus_shown = FALSE;
  self->focus_newest = FALSE;
  enfilade_timeline_view_set_n_new (self, 0);
  enfilade_timeline_view_set_has_newer (self, has_newer);
  show_timeline (self, top, offset);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TIMELINE]);
}

void
enfilade_timeline_view_set_timeline (EnfiladeTimelineView *self,
                                     ChatTimeline         *timeline)
{
  enfilade_timeline_view_open (self, timeline, FALSE, NULL, 0);
}

gboolean
enfilade_timeline_view_get_at_newest (EnfiladeTimelineView *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), FALSE);

  return enfilade_scroll_pin_get_pinned (self->pin);
}

guint
enfilade_timeline_view_get_n_new (EnfiladeTimelineView *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), 0);

  return self->n_new;
}

/**
 * enfilade_timeline_view_set_can_reply:
 * @self: a timeline view
 * @can_reply: whether messages can be answered here
 */
void
enfilade_timeline_view_set_can_reply (EnfiladeTimelineView *self,
                                      gboolean              can_reply)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  can_reply = !!can_reply;
  if (self->can_reply == can_reply)
    return;

  self->can_reply = can_reply;
  enfilade_timeline_rows_set_can_reply (self->rows, can_reply);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REPLY]);
}

/**
 * enfilade_timeline_view_set_n_new:
 * @self: a timeline view
 * @n_new: how many messages below the view are new
 */
void
enfilade_timeline_view_set_n_new (EnfiladeTimelineView *self,
                                  guint                 n_new)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  if (self->n_new == n_new)
    return;

  self->n_new = n_new;
  if (self->jump_button != NULL)
    enfilade_jump_button_set_n_new (ENFILADE_JUMP_BUTTON (self->jump_button), n_new);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_NEW]);
}

static void
scroll_to_end (EnfiladeTimelineView *self)
{
  self->newest_wanted = FALSE;
  self->focus_shown = FALSE;
  self->focus_newest = enfilade_focus_is_inside (GTK_WIDGET (self->jump));
  enfilade_scroll_pin_scroll_to_end (self->pin);
}

/**
 * enfilade_timeline_view_set_has_newer:
 * @self: a timeline view
 * @has_newer: whether the timeline ends before the newest message
 */
void
enfilade_timeline_view_set_has_newer (EnfiladeTimelineView *self,
                                      gboolean              has_newer)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  has_newer = !!has_newer;
  if (self->has_newer == has_newer)
    return;

  self->has_newer = has_newer;
  enfilade_scroll_pin_set_open_ended (self->pin, has_newer);
  if (!has_newer && self->newest_wanted)
    scroll_to_end (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_NEWER]);
}

/* What came may not have filled the page. */
static void
loading_cb (EnfiladeTimelineView *self,
            GParamSpec           *pspec,
            EnfiladeTimelineEdge *edge)
{
  if (!enfilade_timeline_edge_get_loading (edge))
    enfilade_timeline_view_check_ends (self);

  g_object_notify_by_pspec (G_OBJECT (self), properties[edge == self->older ? PROP_LOADING_OLDER : PROP_LOADING_NEWER]);
}

void
enfilade_timeline_view_set_loading_older (EnfiladeTimelineView *self,
                                          gboolean              loading_older)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  enfilade_timeline_edge_set_loading (self->older, loading_older);
}

void
enfilade_timeline_view_set_loading_newer (EnfiladeTimelineView *self,
                                          gboolean              loading_newer)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  enfilade_timeline_edge_set_loading (self->newer, loading_newer);
}

static void
set_edge_error (EnfiladeTimelineView *self,
                EnfiladeTimelineEdge *edge,
                const char           *error,
                guint                 property)
{
  if (g_strcmp0 (enfilade_timeline_edge_get_error (edge), error) == 0)
    return;

  enfilade_timeline_edge_set_error (edge, error);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/**
 * enfilade_timeline_view_set_older_error:
 * @self: a timeline view
 * @older_error: (nullable): why older messages could not be loaded, in words
 */
void
enfilade_timeline_view_set_older_error (EnfiladeTimelineView *self,
                                        const char           *older_error)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  set_edge_error (self, self->older, older_error, PROP_OLDER_ERROR);
}

/**
 * enfilade_timeline_view_set_newer_error:
 * @self: a timeline view
 * @newer_error: (nullable): why newer messages could not be loaded, in words
 */
void
enfilade_timeline_view_set_newer_error (EnfiladeTimelineView *self,
                                        const char           *newer_error)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  set_edge_error (self, self->newer, newer_error, PROP_NEWER_ERROR);
}

/**
 * enfilade_timeline_view_scroll:
 * @self: a timeline view
 * @scroll: a page backward or forward, or to the start or end
 *
 * Scrolls without moving the focus: for the keyboard while it writes.
 */
void
enfilade_timeline_view_scroll (EnfiladeTimelineView *self,
                               GtkScrollType         scroll)
{
  GtkAdjustment *adjustment;
  double value, page;

  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  value = gtk_adjustment_get_value (adjustment);
  page = gtk_adjustment_get_page_increment (adjustment);

  switch ((int) scroll)
    {
    case GTK_SCROLL_PAGE_BACKWARD:
      gtk_adjustment_set_value (adjustment, value - page);
      break;

    case GTK_SCROLL_PAGE_FORWARD:
      gtk_adjustment_set_value (adjustment, value + page);
      break;

    case GTK_SCROLL_START:
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_lower (adjustment));
      break;

    case GTK_SCROLL_END:
      enfilade_timeline_view_scroll_to_newest (self);
      break;

    default:
      break;
    }
}

/**
 * enfilade_timeline_view_scroll_to_newest:
 * @self: a timeline view
 *
 * Goes to the newest message and stays there. By show-newest it asks for what is not in the timeline.
 */
void
enfilade_timeline_view_scroll_to_newest (EnfiladeTimelineView *self)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  self->newest_wanted = self->has_newer;
  if (!self->has_newer)
    scroll_to_end (self);

  g_signal_emit (self, signals[SHOW_NEWEST], 0);
}

/**
 * enfilade_timeline_view_show_message:
 * @self: a timeline view
 * @id: what the server calls a message
 * @with_focus: whether it gets the focus, so that a screen reader reads it
 *
 * Goes to a message that was looked for, and marks it for a moment.
 *
 * Returns: whether it is in the timeline
 */
gboolean
enfilade_timeline_view_show_message (EnfiladeTimelineView *self,
                                     const char           *id,
                                     gboolean              with_focus)
{
  ChatMessage *message;
  GtkWidget *row;

  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  message = self->timeline != NULL ? chat_timeline_find (self->timeline, id) : NULL;
  if (message == NULL)
    return FALSE;

  self->newest_wanted = FALSE;
  enfilade_timeline_rows_set_shown (self->rows, message);

  row = enfilade_timeline_sight_find_row (GTK_WIDGET (self->list), message);
  if (row != NULL && enfilade_timeline_sight_is_whole (row, GTK_WIDGET (self->scroller)))
    {
      if (with_focus)
        focus_shown (self);
      return TRUE;
    }

  self->focus_shown = with_focus;
  enfilade_scroll_pin_open_at (self->pin, find_position (self, message), NAN);

  return TRUE;
}

/**
 * enfilade_timeline_view_get_place:
 * @self: a timeline view
 * @top: (out) (transfer none) (nullable): the message at the top of the view; %NULL when the view is at the newest
 * @offset: (out): how much of the message is above the view, in pixels
 *
 * Returns: whether there is a place to tell of: the view may not be laid out
 */
gboolean
enfilade_timeline_view_get_place (EnfiladeTimelineView  *self,
                                  ChatMessage          **top,
                                  double                *offset)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), FALSE);
  g_return_val_if_fail (top != NULL, FALSE);
  g_return_val_if_fail (offset != NULL, FALSE);

  *top = NULL;
  *offset = 0;
  if (enfilade_timeline_view_get_at_newest (self))
    return TRUE;

  if (enfilade_scroll_pin_is_settled (self->pin))
    *top = enfilade_timeline_sight_get_top (GTK_WIDGET (self->list), GTK_WIDGET (self->scroller), offset);

  return *top != NULL;
}

/**
 * enfilade_timeline_view_get_read:
 * @self: a timeline view
 *
 * Returns: (transfer none) (nullable): the lowest message whose end is in view, when the view is laid out
 */
ChatMessage *
enfilade_timeline_view_get_read (EnfiladeTimelineView *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), NULL);

  if (!enfilade_scroll_pin_is_settled (self->pin))
    return NULL;

  return enfilade_timeline_sight_get_read (GTK_WIDGET (self->list), GTK_WIDGET (self->scroller));
}

/**
 * enfilade_timeline_view_check_ends:
 * @self: a timeline view
 *
 * Emits load-older or load-newer soon when the reader is near to that end: for when there is more to load than there was.
 */
void
enfilade_timeline_view_check_ends (EnfiladeTimelineView *self)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_VIEW (self));

  enfilade_scroll_pin_check_ends (self->pin);
}

/**
 * enfilade_timeline_view_get_pin:
 * @self: a timeline view
 *
 * Returns: (transfer none): what keeps the view where it is
 */
EnfiladeScrollPin *
enfilade_timeline_view_get_pin (EnfiladeTimelineView *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_VIEW (self), NULL);

  return self->pin;
}

/* ---- GObject ---- */

static void
enfilade_timeline_view_dispose (GObject *object)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (object);

  if (self->pin != NULL)
    {
      enfilade_timeline_view_set_timeline (self, NULL);
      g_object_run_dispose (G_OBJECT (self->focus));
      g_clear_object (&self->focus);
      g_signal_handlers_disconnect_by_data (self->pin, self);
      g_object_run_dispose (G_OBJECT (self->pin));
      g_clear_object (&self->pin);
    }
  if (self->rows != NULL)
    g_object_run_dispose (G_OBJECT (self->rows));
  g_clear_object (&self->rows);
  gtk_widget_dispose_template (GTK_WIDGET (self), ENFILADE_TYPE_TIMELINE_VIEW);

  G_OBJECT_CLASS (enfilade_timeline_view_parent_class)->dispose (object);
}

static void
enfilade_timeline_view_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_AT_NEWEST:
      g_value_set_boolean (value, enfilade_timeline_view_get_at_newest (self));
      break;

    case PROP_CAN_REPLY:
      g_value_set_boolean (value, self->can_reply);
      break;

    case PROP_HAS_NEWER:
      g_value_set_boolean (value, self->has_newer);
      break;

    case PROP_LOADING_NEWER:
      g_value_set_boolean (value, enfilade_timeline_edge_get_loading (self->newer));
      break;

    case PROP_LOADING_OLDER:
      g_value_set_boolean (value, enfilade_timeline_edge_get_loading (self->older));
      break;

    case PROP_N_NEW:
      g_value_set_uint (value, self->n_new);
      break;

    case PROP_NEWER_ERROR:
      g_value_set_string (value, enfilade_timeline_edge_get_error (self->newer));
      break;

    case PROP_OLDER_ERROR:
      g_value_set_string (value, enfilade_timeline_edge_get_error (self->older));
      break;

    case PROP_TIMELINE:
      g_value_set_object (value, self->timeline);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_timeline_view_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  EnfiladeTimelineView *self = ENFILADE_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_CAN_REPLY:
      enfilade_timeline_view_set_can_reply (self, g_value_get_boolean (value));
      break;

    case PROP_HAS_NEWER:
      enfilade_timeline_view_set_has_newer (self, g_value_get_boolean (value));
      break;

    case PROP_LOADING_NEWER:
      enfilade_timeline_view_set_loading_newer (self, g_value_get_boolean (value));
      break;

    case PROP_LOADING_OLDER:
      enfilade_timeline_view_set_loading_older (self, g_value_get_boolean (value));
      break;

    case PROP_N_NEW:
      enfilade_timeline_view_set_n_new (self, g_value_get_uint (value));
      break;

    case PROP_NEWER_ERROR:
      enfilade_timeline_view_set_newer_error (self, g_value_get_string (value));
      break;

    case PROP_OLDER_ERROR:
      enfilade_timeline_view_set_older_error (self, g_value_get_string (value));
      break;

    case PROP_TIMELINE:
      enfilade_timeline_view_set_timeline (self, g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_AT_NEWEST] =
    g_param_spec_boolean ("at-newest", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_CAN_REPLY] = g_param_spec_boolean ("can-reply", NULL, NULL, FALSE, flags);
  properties[PROP_HAS_NEWER] = g_param_spec_boolean ("has-newer", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING_NEWER] = g_param_spec_boolean ("loading-newer", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING_OLDER] = g_param_spec_boolean ("loading-older", NULL, NULL, FALSE, flags);
  properties[PROP_N_NEW] = g_param_spec_uint ("n-new", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_NEWER_ERROR] = g_param_spec_string ("newer-error", NULL, NULL, NULL, flags);
  properties[PROP_OLDER_ERROR] = g_param_spec_string ("older-error", NULL, NULL, NULL, flags);
  properties[PROP_TIMELINE] = g_param_spec_object ("timeline", NULL, NULL, CHAT_TYPE_TIMELINE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
install_signals (GType type)
{
  signals[DISCARD] =
    g_signal_new ("discard", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[EDIT] =
    g_signal_new ("edit", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[REPLY] =
    g_signal_new ("reply", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[SHOW_MESSAGE] =
    g_signal_new ("show-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[LOAD_NEWER] =
    g_signal_new ("load-newer", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LOAD_OLDER] =
    g_signal_new ("load-older", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[MARK_UNREAD] =
    g_signal_new ("mark-unread", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[MOVED] =
    g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[RETRY] =
    g_signal_new ("retry", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, CHAT_TYPE_MESSAGE);
  signals[SHOW_NEWEST] =
    g_signal_new ("show-newest", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/room/enfilade-timeline-view.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, overlay);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, scroller);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, list);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, older);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, newer);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, jump);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeTimelineView, message_menu);
  gtk_widget_class_bind_template_callback (widget_class, edge_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_newer_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, load_older_again_cb);
}

static void
enfilade_timeline_view_class_init (EnfiladeTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_timeline_view_dispose;
  object_class->get_property = enfilade_timeline_view_get_property;
  object_class->set_property = enfilade_timeline_view_set_property;

  widget_class->focus = enfilade_timeline_view_focus;
  widget_class->measure = enfilade_timeline_view_measure;
  widget_class->root = enfilade_timeline_view_root;
  widget_class->size_allocate = enfilade_timeline_view_size_allocate;
  widget_class->unroot = enfilade_timeline_view_unroot;

  install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
  g_type_ensure (ENFILADE_TYPE_TIMELINE_EDGE);
  bind_template (widget_class);
  gtk_widget_class_set_css_name (widget_class, "timeline-view");
}

static void
enfilade_timeline_view_init (EnfiladeTimelineView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->pin = enfilade_scroll_pin_new (GTK_WIDGET (self), self->list,
                                       gtk_scrolled_window_get_vadjustment (self->scroller));
  g_signal_connect_swapped (self->pin, "notify::pinned", G_CALLBACK (pinned_cb), self);
  g_signal_connect_swapped (self->pin, "near-start", G_CALLBACK (near_start_cb), self);
  g_signal_connect_swapped (self->pin, "near-end", G_CALLBACK (near_end_cb), self);
  g_signal_connect_swapped (self->pin, "arrived", G_CALLBACK (arrived_cb), self);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);

  self->focus = enfilade_timeline_focus_new (GTK_WIDGET (self), self->list, self->scroller, self->pin);
  self->rows = enfilade_timeline_rows_new (GTK_WIDGET (self), self->list, self->message_menu);
  g_signal_connect_swapped (self->rows, "asked", G_CALLBACK (asked_cb), self);
  g_signal_connect_swapped (self->rows, "show-message", G_CALLBACK (show_message_cb), self);

  pinned_cb (self);
  g_signal_connect_object (self->older, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->newer, "notify::loading", G_CALLBACK (loading_cb), self, G_CONNECT_SWAPPED);
}

/**
 * enfilade_timeline_view_new:
 *
 * Returns: (transfer floating): a new view
 */
GtkWidget *
enfilade_timeline_view_new (void)
{
  return g_object_new (ENFILADE_TYPE_TIMELINE_VIEW, NULL);
}
