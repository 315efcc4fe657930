/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keeps a list at its end while it is there, and leaves it alone while it is not. Where the list is not all there is, and more
 * comes below its last row, its end is no place to stay.
 *
 * GtkListView holds the view by an anchor: one item, and where in the view it stands. While a reader looks at something old that
 * is just right: whatever is put in above or below, the anchor stays. At the end it is wrong: the anchor stays where it was, and
 * what was appended lies below the view.
 *
 * The moment to put that right is after the list was allocated and before the frame is painted. Earlier GTK does not know the
 * rows' heights, and says so with a warning; inside the list's own allocation it does not listen to its adjustment; later a frame
 * was painted that jumps. So the owner calls enfilade_scroll_pin_settle() in its own size_allocate(): a value set there moves
 * the anchor, and the list is allocated once more before anything is painted. */

#include "config.h"

#include "enfilade-scroll-pin.h"

#include <math.h>

/* Less is not seen. */
#define TOLERANCE 0.5

/* Rows stand at whole pixels, so that a list puts what it was told up to one pixel elsewhere. */
#define ROUNDING 1.5

/* So near to the end somebody who scrolls down means the end. */
#define SNAP_DISTANCE 24

/* Rows that have never been measured get the median height; measuring them may ask for a few rounds. */
#define SETTLE_FRAMES 3

struct _EnfiladeScrollPin
{
  GObject        parent_instance;

  GtkWidget     *owner;
  GtkListView   *list;
  GtkAdjustment *adjustment;
  GListModel    *model;

  gboolean       pinned;
  gboolean       open_ended;

  /* What the last allocation left, to tell a person's scrolling from the layout's own. */
  double         value;
  double         upper;
  double         page_size;
  double         laid_out_value;
  gboolean       items_changed;
  gboolean       moving;
  gboolean       adjusting;

  /* The row that is to be seen, and how far below the top of the view; NAN stands for a quarter of it. */
  guint          target;
  double         target_y;

  /* Whether somebody goes to the end and is not there yet. */
  gboolean       end_wanted;

  guint          settle_frames;
  guint          tick_id;
  guint          near_start_id;
  guint          near_end_id;
  guint          arrived_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeScrollPin, enfilade_scroll_pin, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_PINNED,
  N_PROPS
};

enum
{
  ARRIVED,
  NEAR_END,
  NEAR_START,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static double
get_gap (EnfiladeScrollPin *self)
{
  return gtk_adjustment_get_upper (self->adjustment)
         - gtk_adjustment_get_page_size (self->adjustment)
         - gtk_adjustment_get_value (self->adjustment);
}

static gboolean
geometry_changed (EnfiladeScrollPin *self)
{
  return self->items_changed || self->moving ||
         self->upper != gtk_adjustment_get_upper (self->adjustment) ||
         self->page_size != gtk_adjustment_get_page_size (self->adjustment);
}

static void
remember_geometry (EnfiladeScrollPin *self)
{
  self->value = gtk_adjustment_get_value (self->adjustment);
  self->upper = gtk_adjustment_get_upper (self->adjustment);
  self->page_size = gtk_adjustment_get_page_size (self->adjustment);
  self->items_changed = FALSE;
  self->laid_out_value = self->value;
}

static void
set_pinned (EnfiladeScrollPin *self,
            gboolean           pinned)
{
  pinned = pinned && !self->open_ended;
  if (self->pinned == pinned)
    return;

  self->pinned = pinned;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PINNED]);
}

static void
set_value (EnfiladeScrollPin *self,
           double             value)
{
  self->adjusting = TRUE;
  gtk_adjustment_set_value (self->adjustment, value);
  self->adjusting = FALSE;
}

/* The layout is not the place to load something: what comes of it may resize. */
static gboolean
emit_near_start (gpointer user_data)
{
  EnfiladeScrollPin *self = user_data;

  self->near_start_id = 0;
  g_signal_emit (self, signals[NEAR_START], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
emit_near_end (gpointer user_data)
{
  EnfiladeScrollPin *self = user_data;

  self->near_end_id = 0;
  g_signal_emit (self, signals[NEAR_END], 0);

  return G_SOURCE_REMOVE;
}

static gboolean
emit_arrived (gpointer user_data)
{
  EnfiladeScrollPin *self = user_data;

  self->arrived_id = 0;
  g_signal_emit (self, signals[ARRIVED], 0);

  return G_SOURCE_REMOVE;
}

/* Two pages; where there is much, never so much that the ends meet: what is loaded at one end may be dropped at the other. */
static double
get_nearness (EnfiladeScrollPin *self)
{
  double page_size = gtk_adjustment_get_page_size (self->adjustment);
  double outside = gtk_adjustment_get_upper (self->adjustment) - page_size;

  return MIN (2 * page_size, MAX (page_size, outside / 3));
}

/**
 * enfilade_scroll_pin_check_ends:
 * @self: a pin
 *
 * Emits near-start soon when little is left above, as when the page is not full, and near-end when little is left below where
 * that is not all.
 */
void
enfilade_scroll_pin_check_ends (EnfiladeScrollPin *self)
{
  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  if (gtk_adjustment_get_page_size (self->adjustment) <= 0 || self->items_changed || self->model == NULL)
    return;

  if (self->near_start_id == 0 && gtk_adjustment_get_value (self->adjustment) <= get_nearness (self))
    self->near_start_id = g_idle_add (emit_near_start, self);

  if (self->near_end_id == 0 && self->open_ended && get_gap (self) <= get_nearness (self))
    self->near_end_id = g_idle_add (emit_near_end, self);
}

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       user_data)
{
  EnfiladeScrollPin *self = user_data;

  if (self->pinned && get_gap (self) > TOLERANCE)
    {
      gtk_widget_queue_allocate (self->owner);
      self->settle_frames = SETTLE_FRAMES;
    }

  if (self->settle_frames-- > 0)
    return G_SOURCE_CONTINUE;

  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static void
ensure_tick (EnfiladeScrollPin *self)
{
  self->settle_frames = SETTLE_FRAMES;
  if (self->tick_id == 0)
    self->tick_id = gtk_widget_add_tick_callback (self->owner, tick_cb, self, NULL);
}

/* The list may have been allocated alone; this makes the owner's turn come before the frame is painted. */
static void
geometry_cb (EnfiladeScrollPin *self)
{
  if (!self->pinned && self->target == GTK_INVALID_LIST_POSITION)
    return;

  gtk_widget_queue_allocate (self->owner);
  ensure_tick (self);
}

static void
value_changed_cb (EnfiladeScrollPin *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);
  gboolean upwards = value < self->value;

  if (self->adjusting || geometry_changed (self))
    return;

  self->value = value;
  self->target = GTK_INVALID_LIST_POSITION;

  if (self->pinned)
    set_pinned (self, get_gap (self) <= ROUNDING);
  else if (!upwards && get_gap (self) <= SNAP_DISTANCE)
    set_pinned (self, TRUE);

  enfilade_scroll_pin_check_ends (self);
}

/**
 * enfilade_scroll_pin_mark_row:
 * @row: the child of a list item
 * @list_item: its list item
 *
 * Lets the row's position be known: GTK 4.8 tells which child a list item has, but not the other way.
 */
void
enfilade_scroll_pin_mark_row (GtkWidget   *row,
                              GtkListItem *list_item)
{
  g_return_if_fail (GTK_IS_WIDGET (row));
  g_return_if_fail (GTK_IS_LIST_ITEM (list_item));

  g_object_set_data (G_OBJECT (row), "enfilade-list-item", list_item);
}

/**
 * enfilade_scroll_pin_get_marked:
 * @row: (nullable): the child of a list item
 *
 * Returns: (transfer none) (nullable): its list item, where the row was marked
 */
GtkListItem *
enfilade_scroll_pin_get_marked (GtkWidget *row)
{
  return row != NULL ? g_object_get_data (G_OBJECT (row), "enfilade-list-item") : NULL;
}

static GtkWidget *
find_row (EnfiladeScrollPin *self,
          guint              position)
{
  GtkWidget *row;

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *list_item = enfilade_scroll_pin_get_marked (gtk_widget_get_first_child (row));

      if (list_item != NULL && gtk_list_item_get_position (list_item) == position)
        return row;
    }

  return NULL;
}

/* Who went to the very top: what stood behind the first row goes on standing there. */
static void
hold_behind_first (EnfiladeScrollPin *self,
                   guint              position)
{
  GtkWidget *first = find_row (self, 0);
  double list_y = 0;
  int height = 0;

  if (first == NULL || !gtk_widget_translate_coordinates (GTK_WIDGET (self->list), self->owner, 0, 0, NULL, &list_y))
    return;

  gtk_widget_measure (first, GTK_ORIENTATION_VERTICAL, gtk_widget_get_width (GTK_WIDGET (self->list)), NULL, &height, NULL, NULL);
  if (gtk_adjustment_get_value (self->adjustment) > height)
    return;

  self->target = position;
  self->target_y = round (list_y + height - gtk_adjustment_get_value (self->adjustment));
}

/* The row that is to be seen stays the same one. */
static void
move_target (EnfiladeScrollPin *self,
             guint              position,
             guint              removed,
             guint              added)
{
  if (self->target == GTK_INVALID_LIST_POSITION || position > self->target)
    return;

  if (position + removed <= self->target)
    self->target += added - removed;
  else
    self->target = GTK_INVALID_LIST_POSITION;
}

/* Where the list has not scrolled since it was laid out, its rows stand where they are seen. */
static void
hold_highest (EnfiladeScrollPin *self,
              guint              first_kept)
{
  double highest = gtk_adjustment_get_page_size (self->adjustment);
  GtkWidget *row;

  for (row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      GtkListItem *list_item = enfilade_scroll_pin_get_marked (gtk_widget_get_first_child (row));
      guint position = list_item != NULL ? gtk_list_item_get_position (list_item) : GTK_INVALID_LIST_POSITION;
      graphene_rect_t bounds;

      if (position == GTK_INVALID_LIST_POSITION || position < first_kept || !gtk_widget_get_child_visible (row) ||
          !gtk_widget_compute_bounds (row, self->owner, &bounds) || bounds.origin.y >= highest)
        continue;

      highest = bounds.origin.y;
      self->target = position;
      self->target_y = bounds.origin.y;
    }
}

/* The list's anchor holds the place, but not always: it may be a row that stays the first one, as the name of a day does, and then
 * what is put in behind it moves all that is read. */
static void
hold_place (EnfiladeScrollPin *self,
            guint              position,
            guint              added)
{
  if (self->laid_out_value == gtk_adjustment_get_value (self->adjustment))
    hold_highest (self, position + added);
  else if (position == 1)
    hold_behind_first (self, position + added);
}

static void
items_changed_cb (EnfiladeScrollPin *self,
                  guint              position,
                  guint              removed,
                  guint              added)
{
  gboolean held = self->pinned || self->target != GTK_INVALID_LIST_POSITION || geometry_changed (self);

  move_target (self, position, removed, added);
  if (!held && removed == 0 && position <= 1)
    hold_place (self, position, added);
  self->items_changed = TRUE;
  geometry_cb (self);
}

static void
model_changed_cb (EnfiladeScrollPin *self)
{
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (self->list));

  if (self->model == model)
    return;

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);

  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
}

static double
get_target_y (EnfiladeScrollPin *self)
{
  if (isnan (self->target_y))
    return floor (gtk_adjustment_get_page_size (self->adjustment) / 4);

  return self->target_y;
}

static void
arrive (EnfiladeScrollPin *self)
{
  if (self->arrived_id == 0)
    self->arrived_id = g_idle_add (emit_arrived, self);
}

static gboolean
settle_target (EnfiladeScrollPin *self)
{
  GtkWidget *row = find_row (self, self->target);
  graphene_rect_t bounds;
  double value;

  /* Only rows in view are allocated, so first it has to come to one of the edges. */
  if (row == NULL || !gtk_widget_get_child_visible (row))
    {
      self->moving = TRUE;
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", self->target);
      return TRUE;
    }

  if (!gtk_widget_compute_bounds (row, self->owner, &bounds))
    return FALSE;

  value = gtk_adjustment_get_value (self->adjustment)
          + bounds.origin.y
          - get_target_y (self);
  value = CLAMP (value, 0, gtk_adjustment_get_upper (self->adjustment) - gtk_adjustment_get_page_size (self->adjustment));
  if (ABS (value - gtk_adjustment_get_value (self->adjustment)) > TOLERANCE)
    {
      set_value (self, value);
      return TRUE;
    }

  /* From here on the list's anchor holds it, also when something is put in above. */
  self->target = GTK_INVALID_LIST_POSITION;
  arrive (self);
  return FALSE;
}

static gboolean
settle_end (EnfiladeScrollPin *self)
{
  if (self->pinned && get_gap (self) > TOLERANCE)
    {
      set_value (self, gtk_adjustment_get_upper (self->adjustment));
      return TRUE;
    }

  if (self->end_wanted)
    arrive (self);
  self->end_wanted = FALSE;
  return FALSE;
}

/**
 * enfilade_scroll_pin_settle:
 * @self: a pin
 *
 * To be called by the owner in its size_allocate(), after it has allocated the list.
 *
 * Returns: whether the list has to be allocated once more
 */
gboolean
enfilade_scroll_pin_settle (EnfiladeScrollPin *self)
{
  gboolean moved;

  g_return_val_if_fail (ENFILADE_IS_SCROLL_PIN (self), FALSE);

  self->moving = FALSE;
  if (self->model == NULL || g_list_model_get_n_items (self->model) == 0)
    {
      remember_geometry (self);
      return FALSE;
    }

  moved = self->target != GTK_INVALID_LIST_POSITION ? settle_target (self) : settle_end (self);
  remember_geometry (self);

  if (get_gap (self) <= TOLERANCE && self->target == GTK_INVALID_LIST_POSITION)
    set_pinned (self, TRUE);

  enfilade_scroll_pin_check_ends (self);

  return moved;
}

static void
go_to (EnfiladeScrollPin *self,
       guint              position)
{
  self->items_changed = TRUE;

  /* So that the rows made first are those that will be seen. */
  if (self->model != NULL && position < g_list_model_get_n_items (self->model))
    gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);

  gtk_widget_queue_allocate (self->owner);
  ensure_tick (self);
}

/**
 * enfilade_scroll_pin_open:
 * @self: a pin
 *
 * Begins at the end, after the list got another model.
 */
void
enfilade_scroll_pin_open (EnfiladeScrollPin *self)
{
  guint n_items;

  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  model_changed_cb (self);
  n_items = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;

  /* Where there is more below, the last row is a row as any other. */
  if (self->open_ended && n_items > 0)
    {
      enfilade_scroll_pin_open_at (self, n_items - 1, gtk_adjustment_get_page_size (self->adjustment));
      return;
    }

  self->target = GTK_INVALID_LIST_POSITION;
  set_pinned (self, TRUE);
  go_to (self, n_items - 1);
}

/**
 * enfilade_scroll_pin_open_at:
 * @self: a pin
 * @position: the item to begin at
 * @y: where its row begins, in pixels below the top of the view, or %NAN for a place with a little of what is before it above
 *
 * Begins at an item, after the list got another model, or goes there. It stands there in the next frame that is painted; then
 * arrived is emitted.
 */
void
enfilade_scroll_pin_open_at (EnfiladeScrollPin *self,
                             guint              position,
                             double             y)
{
  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  model_changed_cb (self);
  g_return_if_fail (self->model != NULL && position < g_list_model_get_n_items (self->model));

  self->end_wanted = FALSE;
  g_clear_handle_id (&self->arrived_id, g_source_remove);
  self->target = position;
  self->target_y = isnan (y) ? y : round (y);
  set_pinned (self, FALSE);
  go_to (self, position);
}

/**
 * enfilade_scroll_pin_set_open_ended:
 * @self: a pin
 * @open_ended: whether more comes below the last item of the list, which is not there yet
 */
void
enfilade_scroll_pin_set_open_ended (EnfiladeScrollPin *self,
                                    gboolean           open_ended)
{
  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  if (self->open_ended == !!open_ended)
    return;

  self->open_ended = !!open_ended;
  if (open_ended)
    set_pinned (self, FALSE);

  /* Whether the view is at the end now is known when what came with this has its place. */
  gtk_widget_queue_allocate (self->owner);
  ensure_tick (self);
}

/**
 * enfilade_scroll_pin_scroll_to_end:
 * @self: a pin
 *
 * Goes to the end and stays there. When the end is in view, arrived is emitted.
 */
void
enfilade_scroll_pin_scroll_to_end (EnfiladeScrollPin *self)
{
  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  g_clear_handle_id (&self->arrived_id, g_source_remove);
  self->target = GTK_INVALID_LIST_POSITION;
  self->end_wanted = TRUE;
  set_pinned (self, TRUE);
  gtk_widget_queue_allocate (self->owner);
  ensure_tick (self);
}

/**
 * enfilade_scroll_pin_hold:
 * @self: a pin
 *
 * Undoes what the list has planned but not yet done. A row that gets the focus is scrolled into view as a whole; one that got it
 * by the pointer is where the person looks already.
 */
void
enfilade_scroll_pin_hold (EnfiladeScrollPin *self)
{
  g_return_if_fail (ENFILADE_IS_SCROLL_PIN (self));

  if (geometry_changed (self))
    return;

  self->adjusting = TRUE;
  g_signal_emit_by_name (self->adjustment, "value-changed");
  self->adjusting = FALSE;
}

/**
 * enfilade_scroll_pin_is_settled:
 * @self: a pin
 *
 * Returns: whether the rows stand where they are to stand, so that it makes sense to ask where they are
 */
gboolean
enfilade_scroll_pin_is_settled (EnfiladeScrollPin *self)
{
  g_return_val_if_fail (ENFILADE_IS_SCROLL_PIN (self), FALSE);

  return self->target == GTK_INVALID_LIST_POSITION && !self->items_changed;
}

gboolean
enfilade_scroll_pin_get_pinned (EnfiladeScrollPin *self)
{
  g_return_val_if_fail (ENFILADE_IS_SCROLL_PIN (self), FALSE);

  return self->pinned;
}

static void
enfilade_scroll_pin_dispose (GObject *object)
{
  EnfiladeScrollPin *self = ENFILADE_SCROLL_PIN (object);

  if (self->tick_id != 0)
    gtk_widget_remove_tick_callback (self->owner, self->tick_id);
  self->tick_id = 0;

  g_clear_handle_id (&self->near_start_id, g_source_remove);
  g_clear_handle_id (&self->near_end_id, g_source_remove);
  g_clear_handle_id (&self->arrived_id, g_source_remove);
  g_clear_object (&self->adjustment);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (enfilade_scroll_pin_parent_class)->dispose (object);
}

static void
enfilade_scroll_pin_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  EnfiladeScrollPin *self = ENFILADE_SCROLL_PIN (object);

  switch (prop_id)
    {
    case PROP_PINNED:
      g_value_set_boolean (value, self->pinned);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_scroll_pin_class_init (EnfiladeScrollPinClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_scroll_pin_dispose;
  object_class->get_property = enfilade_scroll_pin_get_property;

  properties[PROP_PINNED] =
    g_param_spec_boolean ("pinned", NULL, NULL, TRUE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ARRIVED] =
    g_signal_new ("arrived", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEAR_END] =
    g_signal_new ("near-end", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[NEAR_START] =
    g_signal_new ("near-start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
enfilade_scroll_pin_init (EnfiladeScrollPin *self)
{
  self->pinned = TRUE;
  self->target = GTK_INVALID_LIST_POSITION;
}

/**
 * enfilade_scroll_pin_new:
 * @owner: (transfer none): the widget that holds the list, calls enfilade_scroll_pin_settle(), and outlives the pin
 * @list: (transfer none): the list
 * @adjustment: (transfer none): its vertical adjustment
 *
 * Returns: (transfer full): a new pin, at the end
 */
EnfiladeScrollPin *
enfilade_scroll_pin_new (GtkWidget     *owner,
                         GtkListView   *list,
                         GtkAdjustment *adjustment)
{
  EnfiladeScrollPin *self;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list), NULL);
  g_return_val_if_fail (GTK_IS_ADJUSTMENT (adjustment), NULL);

  self = g_object_new (ENFILADE_TYPE_SCROLL_PIN, NULL);
  self->owner = owner;
  self->list = list;
  self->adjustment = g_object_ref (adjustment);

  g_signal_connect_object (adjustment, "notify::upper", G_CALLBACK (geometry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "notify::page-size", G_CALLBACK (geometry_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (value_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "notify::model", G_CALLBACK (model_changed_cb), self, G_CONNECT_SWAPPED);
  model_changed_cb (self);

  return self;
}
