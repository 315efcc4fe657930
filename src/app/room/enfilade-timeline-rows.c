/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "enfilade-day-row.h"
#include "enfilade-message-gestures.h"
#include "enfilade-message-menu.h"
#include "enfilade-message-row.h"
#include "enfilade-scroll-pin.h"
#include "enfilade-timeline-rows.h"
#include "enfilade-timeline-sight.h"
#include "enfilade-unread-row.h"

/* So long a message that was looked for is marked; the style fades it in this time. In milliseconds. */
#define SHOWN_TIME 2000

struct _EnfiladeTimelineRows
{
  GObject              parent_instance;

  GtkListView         *list;
  EnfiladeMessageMenu *menu;
  ChatTimeline        *timeline;

  /* What is pointed out. */
  ChatMessage         *shown;
  guint                shown_id;
};

G_DEFINE_FINAL_TYPE (EnfiladeTimelineRows, enfilade_timeline_rows, G_TYPE_OBJECT)

enum
{
  ASKED,
  SHOW_MESSAGE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* What a row or the menu may ask for. */
static const char * const row_wishes[] = { "retry", "edit", "discard" };
static const char * const menu_wishes[] = { "retry", "edit", "discard", "reply", "mark-unread" };

/* ---- What is asked for ---- */

typedef struct
{
  EnfiladeTimelineRows *rows;
  const char           *what;
} Wish;

static void
wish_free (gpointer  data,
           GClosure *closure)
{
  Wish *wish = data;

  g_object_unref (wish->rows);
  g_free (wish);
}

static Wish *
wish_new (EnfiladeTimelineRows *self,
          const char           *what)
{
  Wish *wish = g_new (Wish, 1);

  wish->rows = g_object_ref (self);
  wish->what = what;

  return wish;
}

static void
row_asked_cb (EnfiladeMessageRow *row,
              Wish               *wish)
{
  g_signal_emit (wish->rows, signals[ASKED], 0, wish->what, enfilade_message_row_get_message (row));
}

static void
menu_asked_cb (EnfiladeMessageMenu *menu,
               ChatMessage         *message,
               Wish                *wish)
{
  g_signal_emit (wish->rows, signals[ASKED], 0, wish->what, message);
}

static void
row_show_message_cb (EnfiladeMessageRow   *row,
                     const char           *id,
                     EnfiladeTimelineRows *self)
{
  g_signal_emit (self, signals[SHOW_MESSAGE], 0, id);
}

static void
row_menu_cb (EnfiladeMessageRow   *row,
             double                x,
             double                y,
             EnfiladeTimelineRows *self)
{
  enfilade_message_menu_popup (self->menu, row, x, y);
}

/* ---- Rows ---- */

static GtkWidget *
create_message_row (EnfiladeTimelineRows *self)
{
  GtkWidget *row = enfilade_message_row_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (row_wishes); i++)
    g_signal_connect_data (row, row_wishes[i], G_CALLBACK (row_asked_cb), wish_new (self, row_wishes[i]), wish_free, 0);
  g_signal_connect_object (row, "show-message", G_CALLBACK (row_show_message_cb), self, 0);
  g_signal_connect_object (row, "menu", G_CALLBACK (row_menu_cb), self, 0);

  return row;
}

static GtkWidget *
ensure_row (EnfiladeTimelineRows *self,
            GtkListItem          *list_item,
            ChatTimelineKind      kind)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  switch (kind)
    {
    case CHAT_TIMELINE_DAY:
      if (!ENFILADE_IS_DAY_ROW (row))
        row = enfilade_day_row_new ();
      break;

    case CHAT_TIMELINE_UNREAD:
      if (!ENFILADE_IS_UNREAD_ROW (row))
        row = enfilade_unread_row_new ();
      break;

    case CHAT_TIMELINE_MESSAGE:
    default:
      if (!ENFILADE_IS_MESSAGE_ROW (row))
        row = create_message_row (self);
      break;
    }

  if (row != gtk_list_item_get_child (list_item))
    gtk_list_item_set_child (list_item, row);
  enfilade_scroll_pin_mark_row (row, list_item);

  return row;
}

static void
mark_shown (EnfiladeTimelineRows *self,
            GtkWidget            *row)
{
  if (self->shown != NULL && enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (row)) == self->shown)
    gtk_widget_add_css_class (row, "shown");
  else
    gtk_widget_remove_css_class (row, "shown");
}

static void
setup_cb (EnfiladeTimelineRows *self,
          GtkListItem          *list_item)
{
  gtk_list_item_set_activatable (list_item, FALSE);
  gtk_list_item_set_selectable (list_item, FALSE);
}

static void
update_quoted (EnfiladeTimelineRows *self,
               EnfiladeMessageRow   *row)
{
  ChatMessage *message = enfilade_message_row_get_message (row);
  const char *reply_to = message != NULL ? chat_message_get_reply_to (message) : NULL;

  enfilade_message_row_set_quoted (row, reply_to != NULL && self->timeline != NULL
                                          ? chat_timeline_find (self->timeline, reply_to) : NULL);
}

/* What a message answers may come or go while its row stays. */
static void
update_all_quoted (EnfiladeTimelineRows *self)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (GTK_WIDGET (self->list)); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *row = gtk_widget_get_first_child (child);

      if (ENFILADE_IS_MESSAGE_ROW (row))
        update_quoted (self, ENFILADE_MESSAGE_ROW (row));
    }
}

static void
bind_cb (EnfiladeTimelineRows *self,
         GtkListItem          *list_item)
{
  ChatTimelineItem *item = gtk_list_item_get_item (list_item);
  GtkWidget *row = ensure_row (self, list_item, chat_timeline_item_get_kind (item));

  if (ENFILADE_IS_MESSAGE_ROW (row))
    {
      enfilade_message_row_set_item (ENFILADE_MESSAGE_ROW (row), item);
      update_quoted (self, ENFILADE_MESSAGE_ROW (row));
      mark_shown (self, row);
    }
  else if (ENFILADE_IS_DAY_ROW (row))
    enfilade_day_row_set_date (ENFILADE_DAY_ROW (row), chat_timeline_item_get_date (item));
}

static void
unbind_cb (EnfiladeTimelineRows *self,
           GtkListItem          *list_item)
{
  GtkWidget *row = gtk_list_item_get_child (list_item);

  if (ENFILADE_IS_MESSAGE_ROW (row))
    enfilade_message_row_set_item (ENFILADE_MESSAGE_ROW (row), NULL);
  else if (ENFILADE_IS_DAY_ROW (row))
    enfilade_day_row_set_date (ENFILADE_DAY_ROW (row), NULL);
}

/**
 * enfilade_timeline_rows_set_timeline:
 * @self: rows
 * @timeline: (nullable): where what a message answers is looked for
 */
void
enfilade_timeline_rows_set_timeline (EnfiladeTimelineRows *self,
                                     ChatTimeline         *timeline)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_ROWS (self));
  g_return_if_fail (timeline == NULL || CHAT_IS_TIMELINE (timeline));

  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_func (self->timeline, update_all_quoted, self);

  g_set_object (&self->timeline, timeline);
  if (timeline != NULL)
    g_signal_connect_object (timeline, "items-changed", G_CALLBACK (update_all_quoted), self, G_CONNECT_SWAPPED);
}

void
enfilade_timeline_rows_set_can_reply (EnfiladeTimelineRows *self,
                                      gboolean              can_reply)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_ROWS (self));

  enfilade_message_menu_set_can_reply (self->menu, can_reply);
}

ChatMessage *
enfilade_timeline_rows_get_shown (EnfiladeTimelineRows *self)
{
  g_return_val_if_fail (ENFILADE_IS_TIMELINE_ROWS (self), NULL);

  return self->shown;
}

static void
mark_row_of (EnfiladeTimelineRows *self,
             ChatMessage          *message)
{
  GtkWidget *row = message != NULL ? enfilade_timeline_sight_find_row (GTK_WIDGET (self->list), message) : NULL;

  if (row != NULL)
    mark_shown (self, row);
}

static gboolean
shown_cb (gpointer user_data)
{
  EnfiladeTimelineRows *self = user_data;

  self->shown_id = 0;
  enfilade_timeline_rows_set_shown (self, NULL);

  return G_SOURCE_REMOVE;
}

/**
 * enfilade_timeline_rows_set_shown:
 * @self: rows
 * @message: (nullable): the message that is pointed out, for a moment
 */
void
enfilade_timeline_rows_set_shown (EnfiladeTimelineRows *self,
                                  ChatMessage          *message)
{
  g_autoptr(ChatMessage) before = NULL;

  g_return_if_fail (ENFILADE_IS_TIMELINE_ROWS (self));
  g_return_if_fail (message == NULL || CHAT_IS_MESSAGE (message));

  g_clear_handle_id (&self->shown_id, g_source_remove);
  if (message != NULL)
    self->shown_id = g_timeout_add (SHOWN_TIME, shown_cb, self);

  before = g_steal_pointer (&self->shown);
  g_set_object (&self->shown, message);
  mark_row_of (self, before);
  mark_row_of (self, message);
}

/**
 * enfilade_timeline_rows_present_menu:
 * @self: rows
 *
 * To be called by the owner in its size_allocate().
 */
void
enfilade_timeline_rows_present_menu (EnfiladeTimelineRows *self)
{
  g_return_if_fail (ENFILADE_IS_TIMELINE_ROWS (self));

  enfilade_message_menu_present (self->menu);
}

/* ---- GObject ---- */

static void
enfilade_timeline_rows_dispose (GObject *object)
{
  EnfiladeTimelineRows *self = ENFILADE_TIMELINE_ROWS (object);

  enfilade_timeline_rows_set_timeline (self, NULL);
  g_clear_handle_id (&self->shown_id, g_source_remove);
  if (self->menu != NULL)
    g_object_run_dispose (G_OBJECT (self->menu));
  g_clear_object (&self->menu);
  g_clear_object (&self->shown);

  G_OBJECT_CLASS (enfilade_timeline_rows_parent_class)->dispose (object);
}

static void
enfilade_timeline_rows_class_init (EnfiladeTimelineRowsClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_timeline_rows_dispose;

  signals[ASKED] = g_signal_new ("asked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 2, G_TYPE_STRING, CHAT_TYPE_MESSAGE);
  signals[SHOW_MESSAGE] = g_signal_new ("show-message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
enfilade_timeline_rows_init (EnfiladeTimelineRows *self)
{
}

static void
create_factory (EnfiladeTimelineRows *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

/**
 * enfilade_timeline_rows_new:
 * @owner: (transfer none): what the menu hangs from
 * @list: (transfer none): the list that gets the rows; like the owner it outlives them
 * @menu: what may be done with a message
 *
 * Returns: (transfer full): rows for a list
 */
EnfiladeTimelineRows *
enfilade_timeline_rows_new (GtkWidget   *owner,
                            GtkListView *list,
                            GMenuModel  *menu)
{
  EnfiladeTimelineRows *self;

  g_return_val_if_fail (GTK_IS_WIDGET (owner), NULL);
  g_return_val_if_fail (GTK_IS_LIST_VIEW (list), NULL);
  g_return_val_if_fail (G_IS_MENU_MODEL (menu), NULL);

  self = g_object_new (ENFILADE_TYPE_TIMELINE_ROWS, NULL);
  self->list = list;
  self->menu = enfilade_message_menu_new (owner, menu);
  for (gsize i = 0; i < G_N_ELEMENTS (menu_wishes); i++)
    g_signal_connect_data (self->menu, menu_wishes[i], G_CALLBACK (menu_asked_cb), wish_new (self, menu_wishes[i]), wish_free, 0);
  create_factory (self);
  enfilade_message_gestures_add (GTK_WIDGET (list));

  return self;
}
