/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The children of a list view are in no order, and more than what is in view; so each question goes through all of them. They are
 * some dozens. */

#include "config.h"

#include "enfilade-message-row.h"
#include "enfilade-scroll-pin.h"
#include "enfilade-timeline-sight.h"

static gboolean
get_bounds (GtkWidget       *child,
            GtkWidget       *scroller,
            graphene_rect_t *bounds)
{
  return gtk_widget_get_mapped (child) &&
         gtk_widget_compute_bounds (child, scroller, bounds) &&
         bounds->size.height > 0;
}

static gboolean
is_in_view (const graphene_rect_t *bounds,
            GtkWidget             *scroller)
{
  return bounds->origin.y < gtk_widget_get_height (scroller) && bounds->origin.y + bounds->size.height > 0;
}

static ChatMessage *
get_message (GtkWidget *child)
{
  GtkWidget *row = gtk_widget_get_first_child (child);

  return ENFILADE_IS_MESSAGE_ROW (row) ? enfilade_message_row_get_message (ENFILADE_MESSAGE_ROW (row)) : NULL;
}

/* The row of a message, where it has one just now. */
GtkWidget *
enfilade_timeline_sight_find_row (GtkWidget   *list,
                                  ChatMessage *message)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (get_message (child) == message)
        return gtk_widget_get_first_child (child);
    }

  return NULL;
}

/* The row that has a widget in it, or is that widget. */
GtkWidget *
enfilade_timeline_sight_find_around (GtkWidget *list,
                                     GtkWidget *widget)
{
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      if (widget == child || gtk_widget_is_ancestor (widget, child))
        return gtk_widget_get_first_child (child);
    }

  return NULL;
}

/* Whether a row shows what is not in its place, or no more, which GTK 4.8 lets the row with the focus do. */
gboolean
enfilade_timeline_sight_is_stale (GtkWidget *list,
                                  GtkWidget *row)
{
  GtkListItem *list_item = row != NULL ? enfilade_scroll_pin_get_marked (row) : NULL;
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  g_autoptr(GObject) item = NULL;

  if (list_item == NULL || model == NULL)
    return FALSE;

  item = g_list_model_get_item (model, gtk_list_item_get_position (list_item));

  return item != gtk_list_item_get_item (list_item);
}

/* Whether nothing of a row is outside of the view. */
gboolean
enfilade_timeline_sight_is_whole (GtkWidget *row,
                                  GtkWidget *scroller)
{
  graphene_rect_t bounds;

  return get_bounds (row, scroller, &bounds) &&
         bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (scroller);
}

/* The lowest row of any kind that is in view. */
GtkWidget *
enfilade_timeline_sight_get_lowest (GtkWidget *list,
                                    GtkWidget *scroller)
{
  GtkListItem *lowest = NULL;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkListItem *list_item = enfilade_scroll_pin_get_marked (gtk_widget_get_first_child (child));
      graphene_rect_t bounds;

      if (list_item == NULL || !get_bounds (child, scroller, &bounds) || !is_in_view (&bounds, scroller) ||
          enfilade_timeline_sight_is_stale (list, gtk_list_item_get_child (list_item)))
        continue;
      if (lowest == NULL || gtk_list_item_get_position (list_item) > gtk_list_item_get_position (lowest))
        lowest = list_item;
    }

  return lowest != NULL ? gtk_list_item_get_child (lowest) : NULL;
}

/* The message at the top of the view, and how much of it is above the view. */
ChatMessage *
enfilade_timeline_sight_get_top (GtkWidget *list,
                                 GtkWidget *scroller,
                                 double    *offset)
{
  ChatMessage *top = NULL;
  double top_y = 0;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      ChatMessage *message = get_message (child);
      graphene_rect_t bounds;

      if (message == NULL || !get_bounds (child, scroller, &bounds) || !is_in_view (&bounds, scroller))
        continue;
      if (top != NULL && bounds.origin.y >= top_y)
        continue;

      top = message;
      top_y = bounds.origin.y;
    }

  *offset = -top_y;
  return top;
}

/* The lowest message whose end is in view: so far was read. */
ChatMessage *
enfilade_timeline_sight_get_read (GtkWidget *list,
                                  GtkWidget *scroller)
{
  ChatMessage *read = NULL;
  double read_y = 0;
  GtkWidget *child;

  for (child = gtk_widget_get_first_child (list); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      ChatMessage *message = get_message (child);
      graphene_rect_t bounds;
      double end;

      if (message == NULL || !get_bounds (child, scroller, &bounds))
        continue;

      end = bounds.origin.y + bounds.size.height;
      if (end <= 0 || end > gtk_widget_get_height (scroller) || (read != NULL && end <= read_y))
        continue;

      read = message;
      read_y = end;
    }

  return read;
}
