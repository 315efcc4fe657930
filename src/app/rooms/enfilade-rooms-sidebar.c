/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of rooms, what finds one in it, and who is signed in. */

#include "config.h"

#include "enfilade-rooms-sidebar.h"

#include <glib/gi18n.h>

#include "enfilade-connection-bar.h"
#include "enfilade-connection-text.h"
#include "enfilade-initials.h"
#include "enfilade-late-menu.h"
#include "enfilade-notifications-popover.h"
#include "enfilade-room-row.h"
#include "enfilade-room-search.h"
#include "enfilade-rooms-status.h"
#include "enfilade-tooltip.h"

struct _EnfiladeRoomsSidebar
{
  AdwBin                 parent_instance;

  GtkWidget             *dashboard_button;
  GtkWidget             *new_button;
  EnfiladeTooltip       *new_tooltip;
  GtkMenuButton         *primary_button;
  GMenuModel            *primary_menu;
  GtkMenuButton         *bell;
  EnfiladeTooltip       *bell_tooltip;
  GtkLabel              *bell_badge;
  AdwWindowTitle        *title;
  GtkSearchEntry        *search;
  GtkStack              *states;
  GtkListView           *list;
  EnfiladeConnectionBar *connection_bar;
  GtkWidget             *avatar;
  GtkLabel              *username;
  GtkLabel              *connection;
  GtkImage              *connection_icon;

  /* Made when there are no rooms to show. */
  GtkWidget             *status;
  const char            *state;

  ChatSession           *session;
  GSignalGroup          *session_signals;
  GSignalGroup          *notifications_signals;
  GtkFilterListModel    *filtered;
  GtkCustomFilter       *filter;
  GtkSingleSelection    *selection;
  ChatRoom              *room;
  gboolean               folded;
  gboolean               selecting;
};

enum
{
  PROP_0,
  PROP_FOLDED,
  PROP_ROOM,
  PROP_SESSION,
  N_PROPS,
};

enum
{
  ROOM_CHOSEN,
  ROOM_SELECTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EnfiladeRoomsSidebar, enfilade_rooms_sidebar, ADW_TYPE_BIN)

/* ── The list ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static gboolean
matches_search (gpointer item,
                gpointer user_data)
{
  EnfiladeRoomsSidebar *self = user_data;

  return enfilade_room_search_rank (chat_room_get_name (item), gtk_editable_get_text (GTK_EDITABLE (self->search))) > 0;
}

static const char *
choose_state (EnfiladeRoomsSidebar *self)
{
  ChatConnection connection;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->filtered)) > 0)
    return "list";
  if (self->session == NULL)
    return "loading";
  if (g_list_model_get_n_items (G_LIST_MODEL (chat_session_get_rooms (self->session))) > 0)
    return "no-results";

  connection = chat_session_get_connection (self->session);
  if (connection == CHAT_CONNECTION_ONLINE)
    return "empty";
  if (connection == CHAT_CONNECTION_CONNECTING && chat_session_get_problem (self->session) == NULL)
    return "loading";

  return "failed";
}

/* A plain server knows no creating: its rooms are joined by a name that one was told. */
static gboolean
can_create_rooms (EnfiladeRoomsSidebar *self)
{
  return (chat_session_get_features (self->session) & CHAT_FEATURE_ROOMS) != 0;
}

static void
show_status (EnfiladeRoomsSidebar *self)
{
  EnfiladeRoomsStatus *status;

  if (self->status == NULL)
    {
      self->status = enfilade_rooms_status_new ();
      gtk_stack_add_named (self->states, self->status, "status");
    }

  status = ENFILADE_ROOMS_STATUS (self->status);
  if (g_str_equal (self->state, "failed"))
    enfilade_rooms_status_show_failed (status, chat_session_get_problem (self->session));
  else if (g_str_equal (self->state, "empty"))
    enfilade_rooms_status_show_empty (status, can_create_rooms (self));
  else
    enfilade_rooms_status_show_no_results (status);
}

static void
update_state (EnfiladeRoomsSidebar *self)
{
  gboolean has_page;

  self->state = choose_state (self);
  has_page = g_str_equal (self->state, "list") || g_str_equal (self->state, "loading");
  if (!has_page)
    show_status (self);

  gtk_stack_set_visible_child_name (self->states, has_page ? self->state : "status");
}

static guint
find_position (EnfiladeRoomsSidebar *self,
               ChatRoom             *room)
{
  GListModel *model = G_LIST_MODEL (self->selection);
  guint n_items = g_list_model_get_n_items (model);

  for (guint i = 0; room != NULL && i < n_items; i++)
    {
      g_autoptr(ChatRoom) each = g_list_model_get_item (model, i);

      if (each == room)
        return i;
    }

  return GTK_INVALID_LIST_POSITION;
}

/* The open room is the truth, and the selection follows it: a room that moves in the list, or that the search hides for a
 * while, stays open. Folded there is no selection, so that a tap on the room that was open opens it again. */
static void
update_selection (EnfiladeRoomsSidebar *self)
{
  guint position = self->folded ? GTK_INVALID_LIST_POSITION : find_position (self, self->room);

  if (gtk_single_selection_get_selected (self->selection) == position)
    return;

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, position);
  self->selecting = FALSE;
}

static void
items_changed (EnfiladeRoomsSidebar *self)
{
  update_selection (self);
  update_state (self);
}

static void
choose (EnfiladeRoomsSidebar *self,
        ChatRoom             *room)
{
  g_signal_emit (self, signals[ROOM_CHOSEN], 0, room);
}

static void
selected_changed (EnfiladeRoomsSidebar *self)
{
  ChatRoom *room = gtk_single_selection_get_selected_item (self->selection);

  /* GtkSingleSelection also says so when the list changed under it; what a person did always selects something else. Where only
   * one of list and room is shown, walking over the rooms leads nowhere yet. */
  if (self->selecting || room == NULL || self->folded ||
      find_position (self, self->room) == gtk_single_selection_get_selected (self->selection))
    return;

  g_signal_emit (self, signals[ROOM_SELECTED], 0, room);
}

/* Beside its text a row is only what the list has put around it. */
static EnfiladeRoomRow *
find_row (EnfiladeRoomsSidebar *self,
          GtkWidget            *picked)
{
  GtkWidget *row = picked != NULL ? gtk_widget_get_ancestor (picked, ENFILADE_TYPE_ROOM_ROW) : NULL;

  if (row == NULL && picked != NULL && picked != GTK_WIDGET (self->list))
    row = gtk_widget_get_first_child (picked);

  return ENFILADE_IS_ROOM_ROW (row) ? ENFILADE_ROOM_ROW (row) : NULL;
}

/* A click means the room and not the list, also on the room that is open; a button in the row means itself. */
static void
list_released (EnfiladeRoomsSidebar *self,
               int                   n_presses,
               double                x,
               double                y,
               GtkGestureClick      *gesture)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  EnfiladeRoomRow *row = find_row (self, picked);

  if (row != NULL && gtk_widget_get_ancestor (picked, GTK_TYPE_BUTTON) == NULL)
    choose (self, enfilade_room_row_get_room (row));
}

static void
popup_menu_at (EnfiladeRoomsSidebar *self,
               double                x,
               double                y,
               GtkGesture           *gesture)
{
  EnfiladeRoomRow *row = find_row (self, gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT));

  if (row == NULL)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->list), GTK_WIDGET (row), x, y, &x, &y);
  enfilade_room_row_popup_menu_at (row, x, y);
}

static void
list_secondary_pressed (EnfiladeRoomsSidebar *self,
                        int                   n_presses,
                        double                x,
                        double                y,
                        GtkGesture           *gesture)
{
  popup_menu_at (self, x, y, gesture);
}

static void
list_long_pressed (EnfiladeRoomsSidebar *self,
                   double                x,
                   double                y,
                   GtkGesture           *gesture)
{
  popup_menu_at (self, x, y, gesture);
}

static void
row_activated (EnfiladeRoomsSidebar *self,
               guint                 position)
{
  g_autoptr(ChatRoom) room = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (room != NULL)
    choose (self, room);
}

static void
search_changed (EnfiladeRoomsSidebar *self)
{
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  update_state (self);
}

static void
search_activated (EnfiladeRoomsSidebar *self)
{
  g_autoptr(ChatRoom) room = g_list_model_get_item (G_LIST_MODEL (self->selection), 0);

  if (room == NULL)
    return;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  choose (self, room);
}

static void
search_stopped (EnfiladeRoomsSidebar *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  enfilade_rooms_sidebar_focus_list (self);
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
menu_activated (GtkWidget  *widget,
                const char *action_name,
                GVariant   *parameter)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (ENFILADE_IS_ROOM_ROW (row))
    enfilade_room_row_popup_menu (ENFILADE_ROOM_ROW (row));
}

/* ── The session ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
update_account (EnfiladeRoomsSidebar *self)
{
  ChatConnection connection = chat_session_get_connection (self->session);
  const char *username = chat_session_get_username (self->session);
  const char *server = chat_session_get_server_name (self->session);
  g_autofree char *text = enfilade_connection_text_short (connection);

  adw_window_title_set_title (self->title, server != NULL && server[0] != '\0' ? server : _("Rooms"));
  enfilade_initials_set_name (self->avatar, username != NULL ? username : "");
  gtk_label_set_label (self->username, username != NULL ? username : "");
  gtk_label_set_label (self->connection, text);
  gtk_image_set_from_icon_name (self->connection_icon, connection == CHAT_CONNECTION_ONLINE ? "enfilade-online-symbolic"
                                                                                           : "enfilade-offline-symbolic");
  if (connection == CHAT_CONNECTION_ONLINE)
    gtk_widget_add_css_class (GTK_WIDGET (self->connection_icon), "success");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->connection_icon), "success");
  gtk_widget_set_visible (self->dashboard_button, chat_session_get_admin (self->session) != NULL);
}

static void
unread_changed (EnfiladeRoomsSidebar *self)
{
  guint unread = 0;
  g_autofree char *badge = NULL;
  g_autofree char *label = NULL;

  if (self->session != NULL)
    unread = chat_notification_list_get_unread (chat_session_get_notifications (self->session));

  badge = unread > 9 ? g_strdup ("9+") : g_strdup_printf ("%u", unread);
  label = unread == 0 ? g_strdup (_("Notifications"))
                      : g_strdup_printf (ngettext ("Notifications, %u unread", "Notifications, %u unread", unread), unread);
  gtk_label_set_label (self->bell_badge, badge);
  gtk_widget_set_visible (GTK_WIDGET (self->bell_badge), unread > 0);
  g_object_set (self->bell_tooltip, "text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bell), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
notification_activated (EnfiladeRoomsSidebar *self,
                        ChatNotification     *notification)
{
  const char *room_id = chat_notification_get_room_id (notification);
  const char *message_id = chat_notification_get_message_id (notification);

  gtk_menu_button_popdown (self->bell);
  if (room_id != NULL && message_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-message", "(ss)", room_id, message_id);
  else if (room_id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "app.open-room", "s", room_id);
}

static void
update_notifications (EnfiladeRoomsSidebar *self)
{
  GtkPopover *popover = gtk_menu_button_get_popover (self->bell);

  if (popover != NULL)
    enfilade_notifications_popover_set_notifications (ENFILADE_NOTIFICATIONS_POPOVER (popover),
                                                      self->session != NULL ? chat_session_get_notifications (self->session) : NULL);
}

static void
create_notifications (GtkMenuButton *bell,
                      gpointer       user_data)
{
  EnfiladeRoomsSidebar *self = user_data;
  GtkWidget *popover;

  if (gtk_menu_button_get_popover (bell) != NULL)
    return;

  popover = enfilade_notifications_popover_new ();
  g_signal_connect_object (popover, "notification-activated", G_CALLBACK (notification_activated), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (bell, popover);
  update_notifications (self);
}

static void
update_new_room (EnfiladeRoomsSidebar *self)
{
  const char *label = can_create_rooms (self) ? _("Create Room") : _("Join Room");

  g_object_set (self->new_tooltip, "text", label, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->new_button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static void
connection_bar_left (EnfiladeRoomsSidebar *self)
{
  if (!gtk_widget_child_focus (GTK_WIDGET (self->states), GTK_DIR_TAB_FORWARD))
    enfilade_rooms_sidebar_focus_search (self);
}

static void
session_changed (EnfiladeRoomsSidebar *self)
{
  if (self->session == NULL)
    return;

  update_account (self);
  update_new_room (self);
  update_state (self);
}

void
enfilade_rooms_sidebar_set_session (EnfiladeRoomsSidebar *self,
                                    ChatSession          *session)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self));
  g_return_if_fail (session == NULL || CHAT_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  g_signal_group_set_target (self->session_signals, session);
  g_signal_group_set_target (self->notifications_signals, session != NULL ? chat_session_get_notifications (session) : NULL);
  update_notifications (self);
  gtk_filter_list_model_set_model (self->filtered, session != NULL ? G_LIST_MODEL (chat_session_get_rooms (session)) : NULL);
  session_changed (self);
  unread_changed (self);
  update_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* ── The object ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void
set_folded (EnfiladeRoomsSidebar *self,
            gboolean              folded)
{
  if (self->folded == folded)
    return;

  self->folded = folded;
  gtk_widget_set_visible (GTK_WIDGET (self->connection_bar), folded);
  update_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
}

static void
enfilade_rooms_sidebar_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  EnfiladeRoomsSidebar *self = ENFILADE_ROOMS_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_ROOM:
      g_value_set_object (value, self->room);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_rooms_sidebar_set_property (GObject      *object,
                                     guint         prop_id,
                                     const GValue *value,
                                     GParamSpec   *pspec)
{
  EnfiladeRoomsSidebar *self = ENFILADE_ROOMS_SIDEBAR (object);

  switch (prop_id)
    {
    case PROP_FOLDED:
      set_folded (self, g_value_get_boolean (value));
      break;
    case PROP_ROOM:
      enfilade_rooms_sidebar_set_room (self, g_value_get_object (value));
      break;
    case PROP_SESSION:
      enfilade_rooms_sidebar_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_rooms_sidebar_dispose (GObject *object)
{
  EnfiladeRoomsSidebar *self = ENFILADE_ROOMS_SIDEBAR (object);

  g_clear_object (&self->session_signals);
  g_clear_object (&self->notifications_signals);
  if (self->filtered != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->filtered, self);
      g_signal_handlers_disconnect_by_data (self->selection, self);
      gtk_custom_filter_set_filter_func (self->filter, NULL, NULL, NULL);
    }
  g_clear_object (&self->selection);
  g_clear_object (&self->filtered);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  g_clear_object (&self->room);

  G_OBJECT_CLASS (enfilade_rooms_sidebar_parent_class)->dispose (object);
}

static void
enfilade_rooms_sidebar_class_init (EnfiladeRoomsSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = enfilade_rooms_sidebar_dispose;
  object_class->get_property = enfilade_rooms_sidebar_get_property;
  object_class->set_property = enfilade_rooms_sidebar_set_property;

  properties[PROP_FOLDED] =
    g_param_spec_boolean ("folded", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ROOM_CHOSEN] = g_signal_new ("room-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, CHAT_TYPE_ROOM);
  signals[ROOM_SELECTED] = g_signal_new ("room-selected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, CHAT_TYPE_ROOM);

  gtk_widget_class_install_action (widget_class, "rooms.menu", NULL, menu_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "rooms.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "rooms.menu", NULL);

  g_type_ensure (ENFILADE_TYPE_CONNECTION_BAR);
  g_type_ensure (ENFILADE_TYPE_TOOLTIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/chat/enfilade/Enfilade/rooms/enfilade-rooms-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, avatar);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, bell);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, bell_badge);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, bell_tooltip);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, connection);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, connection_bar);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, connection_icon);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, dashboard_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, list);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, new_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, new_tooltip);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, primary_button);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, states);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, title);
  gtk_widget_class_bind_template_child (widget_class, EnfiladeRoomsSidebar, username);
  gtk_widget_class_bind_template_callback (widget_class, connection_bar_left);
  gtk_widget_class_bind_template_callback (widget_class, list_long_pressed);
  gtk_widget_class_bind_template_callback (widget_class, list_released);
  gtk_widget_class_bind_template_callback (widget_class, list_secondary_pressed);
  gtk_widget_class_bind_template_callback (widget_class, row_activated);
  gtk_widget_class_bind_template_callback (widget_class, row_bind);
  gtk_widget_class_bind_template_callback (widget_class, row_setup);
  gtk_widget_class_bind_template_callback (widget_class, row_unbind);
  gtk_widget_class_bind_template_callback (widget_class, search_activated);
  gtk_widget_class_bind_template_callback (widget_class, search_changed);
  gtk_widget_class_bind_template_callback (widget_class, search_stopped);
}

static void
enfilade_rooms_sidebar_init (EnfiladeRoomsSidebar *self)
{
  const char *watched[] = {
    "notify::connection", "notify::problem", "notify::username", "notify::server-name", "notify::admin", "notify::features",
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  enfilade_late_menu_attach (self->primary_button, self->primary_menu);
  gtk_menu_button_set_create_popup_func (self->bell, create_notifications, self, NULL);

  self->filter = gtk_custom_filter_new (matches_search, self, NULL);
  self->filtered = gtk_filter_list_model_new (NULL, GTK_FILTER (g_object_ref (self->filter)));
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->filtered));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_swapped (self->selection, "notify::selected", G_CALLBACK (selected_changed), self);
  g_signal_connect_swapped (self->selection, "items-changed", G_CALLBACK (items_changed), self);

  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_group_connect_swapped (self->session_signals, watched[i], G_CALLBACK (session_changed), self);

  self->notifications_signals = g_signal_group_new (CHAT_TYPE_NOTIFICATION_LIST);
  g_signal_group_connect_swapped (self->notifications_signals, "notify::unread", G_CALLBACK (unread_changed), self);
  unread_changed (self);
  update_state (self);
}

/**
 * enfilade_rooms_sidebar_set_room:
 * @self: the sidebar
 * @room: (nullable): the room that is open
 *
 * Marks the room in the list.
 */
void
enfilade_rooms_sidebar_set_room (EnfiladeRoomsSidebar *self,
                                 ChatRoom             *room)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self));
  g_return_if_fail (room == NULL || CHAT_IS_ROOM (room));

  if (!g_set_object (&self->room, room))
    return;

  update_selection (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM]);
}

/**
 * enfilade_rooms_sidebar_get_rooms:
 * @self: the sidebar
 *
 * Returns: (transfer none): the rooms as they are shown, without those that the search hides
 */
GListModel *
enfilade_rooms_sidebar_get_rooms (EnfiladeRoomsSidebar *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self), NULL);

  return G_LIST_MODEL (self->filtered);
}

/**
 * enfilade_rooms_sidebar_get_state:
 * @self: the sidebar
 *
 * Returns: which of its faces the sidebar shows: "list", "loading", "empty", "no-results" or "failed"
 */
const char *
enfilade_rooms_sidebar_get_state (EnfiladeRoomsSidebar *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self), NULL);

  return self->state;
}

/**
 * enfilade_rooms_sidebar_show_notifications:
 * @self: the sidebar
 *
 * Opens the list of notifications below its bell.
 */
void
enfilade_rooms_sidebar_show_notifications (EnfiladeRoomsSidebar *self)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self));

  gtk_menu_button_popup (self->bell);
}

gboolean
enfilade_rooms_sidebar_is_searching (EnfiladeRoomsSidebar *self)
{
  g_return_val_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self), FALSE);

  return gtk_editable_get_text (GTK_EDITABLE (self->search))[0] != '\0';
}

void
enfilade_rooms_sidebar_focus_search (EnfiladeRoomsSidebar *self)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
enfilade_rooms_sidebar_focus_list (EnfiladeRoomsSidebar *self)
{
  g_return_if_fail (ENFILADE_IS_ROOMS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->list));
}
