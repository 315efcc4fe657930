/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Goes to a room by a few letters of its name, without a hand leaving the keyboard. */

#include "config.h"

#include "enfilade-room-switcher.h"

#include <glib/gi18n.h>

#include "enfilade-room-search.h"
#include "enfilade-room-row.h"

struct _EnfiladeRoomSwitcher
{
  AdwWindow           parent_instance;

  GtkSearchEntry     *search;
  GtkStack           *states;
  GtkListView        *list;

  GListModel         *rooms;
  GListStore         *results;
  GtkSingleSelection *selection;
};

enum
{
  ROOM_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeRoomSwitcher, enfilade_room_switcher, ADW_TYPE_WINDOW)

static void
update (EnfiladeRoomSwitcher *self)
{
  g_autoptr(GPtrArray) found = enfilade_room_search_find (self->rooms, gtk_editable_get_text (GTK_EDITABLE (self->search)));

  g_list_store_splice (self->results, 0, g_list_model_get_n_items (G_LIST_MODEL (self->results)), found->pdata, found->len);
  gtk_single_selection_set_selected (self->selection, found->len > 0 ? 0 : GTK_INVALID_LIST_POSITION);
  gtk_stack_set_visible_child_name (self->states, found->len > 0 ? "list" : "no-results");
}

static void
choose (EnfiladeRoomSwitcher *self,
        guint                 position)
{
  g_autoptr(ChatRoom) room = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (room == NULL)
    return;

  g_signal_emit (self, signals[ROOM_CHOSEN], 0, room);
  gtk_window_close (GTK_WINDOW (self));
}

static void
search_activated (EnfiladeRoomSwitcher *self)
{
  choose (self, gtk_single_selection_get_selected (self->selection));
}

/* Up and Down move through the rooms while the letters go on into the entry. */
static gboolean
key_pressed (EnfiladeRoomSwitcher *self,
             guint                 keyval,
             guint                 keycode,
             GdkModifierType       modifiers)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->results));
  guint selected = gtk_single_selection_get_selected (self->selection);

  if ((modifiers & gtk_accelerator_get_default_mod_mask ()) != 0 || n_items == 0)
    return GDK_EVENT_PROPAGATE;

  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    selected = (selected + 1) % n_items;
  else if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    selected = (selected + n_items - 1) % n_items;
  else
    return GDK_EVENT_PROPAGATE;

  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);

  return GDK_EVENT_STOP;
}

static void
row_setup (GtkSignalListItemFactory *factory,
           GtkListItem              *item,
           gpointer                  user_data)
{
  gtk_list_item_set_child (item, enfilade_room_row_new ());
}

static void
row_bind (GtkSignalListItemFactory *factory,
          GtkListItem              *item,
          gpointer                  user_data)
{
  enfilade_room_row_set_room (ENFILADE_ROOM_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
row_unbind (GtkSignalListItemFactory *factory,
            GtkListItem              *item,
            gpointer                  user_data)
{
  enfilade_room_row_set_room (ENFILADE_ROOM_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
enfilade_room_switcher_dispose (GObject *object)
{
  EnfiladeRoomSwitcher *self = ENFILADE_ROOM_SWITCHER (object);

  g_clear_object (&self->selection);
  g_clear_object (&self->results);
  g_clear_object (&self->rooms);

  G_OBJECT_CLASS (enfilade_room_switcher_parent_class)->dispose (object);
}

static void
enfilade_room_switcher_class_init (EnfiladeRoomSwitcherClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = enfilade_room_switcher_dispose;

  signals[ROOM_CHOSEN] = g_signal_new ("room-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, CHAT_TYPE_ROOM);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/rooms/enfilade-room-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomSwitcher, list);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomSwitcher, search);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomSwitcher, states);
  gtk_widget_class_bind_template_callback (widget_class, choose);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
enfilade_room_switcher_init (EnfiladeRoomSwitcher *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
  self->results = g_list_store_new (CHAT_TYPE_ROOM);
  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->results)));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
}

/**
 * enfilade_room_switcher_new:
 * @rooms: a list of #ChatRoom
 *
 * Returns: (transfer none): a dialog that finds one of them
 */
EnfiladeRoomSwitcher *
enfilade_room_switcher_new (GListModel *rooms)
{
  EnfiladeRoomSwitcher *self;

  g_return_val_if_fail (G_IS_LIST_MODEL (rooms), NULL);

  self = g_object_new (ENFILADE_TYPE_ROOM_SWITCHER, NULL);
  self->rooms = g_object_ref (rooms);
  g_signal_connect_object (rooms, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return self;
}

void
enfilade_room_switcher_set_query (EnfiladeRoomSwitcher *self,
                                  const char           *query)
{
  g_return_if_fail (ENFILADE_IS_ROOM_SWITCHER (self));
  g_return_if_fail (query != NULL);

  gtk_editable_set_text (GTK_EDITABLE (self->search), query);
  update (self);
}

/**
 * enfilade_room_switcher_get_results:
 * @self: the switcher
 *
 * Returns: (transfer none): the rooms that fit what was typed, the best first
 */
GListModel *
enfilade_room_switcher_get_results (EnfiladeRoomSwitcher *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOM_SWITCHER (self), NULL);

  return G_LIST_MODEL (self->results);
}
