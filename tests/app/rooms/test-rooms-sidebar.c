/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-room-private.h"
#include "chat-session-private.h"
#include "enfilade-room-row.h"
#include "enfilade-rooms-sidebar.h"
#include "test-app.h"

typedef struct
{
  ChatSession          *session;
  EnfiladeRoomsSidebar *sidebar;
  ChatRoom             *chosen;
  ChatRoom             *looked_at;
} Fixture;

static void
room_chosen (Fixture  *fixture,
             ChatRoom *room)
{
  fixture->chosen = room;
}

static void
room_selected (Fixture  *fixture,
               ChatRoom *room)
{
  fixture->looked_at = room;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  fixture->session = test_new_session ();
  fixture->sidebar = g_object_ref_sink (g_object_new (ENFILADE_TYPE_ROOMS_SIDEBAR, NULL));
  g_signal_connect_swapped (fixture->sidebar, "room-chosen", G_CALLBACK (room_chosen), fixture);
  g_signal_connect_swapped (fixture->sidebar, "room-selected", G_CALLBACK (room_selected), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->sidebar);
  g_object_unref (fixture->session);
}

static void
assert_state (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpstr (enfilade_rooms_sidebar_get_state (fixture->sidebar), ==, expected);
}

static void
search (Fixture    *fixture,
        const char *text)
{
  GtkWidget *entry = test_find_widget (fixture->sidebar, "search");

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_emit_by_name (entry, "search-changed");
}

static void
test_states (Fixture       *fixture,
             gconstpointer  user_data)
{
  assert_state (fixture, "loading");

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_CONNECTING);
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  assert_state (fixture, "loading");

  chat_session_set_problem (fixture->session, "No server answers at this address. <really>");
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  assert_state (fixture, "failed");

  chat_session_set_problem (fixture->session, NULL);
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_ONLINE);
  assert_state (fixture, "empty");

  test_add_room (fixture->session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  assert_state (fixture, "list");

  search (fixture, "zzz");
  assert_state (fixture, "no-results");
  search (fixture, "");
  assert_state (fixture, "list");

  enfilade_rooms_sidebar_set_session (fixture->sidebar, NULL);
  assert_state (fixture, "loading");
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  user_data)
{
  GListModel *rooms = enfilade_rooms_sidebar_get_rooms (fixture->sidebar);
  g_autofree char *found = NULL;

  test_add_room (fixture->session, "Café", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (fixture->session, "Decafeinated", CHAT_MEMBERSHIP_JOINED, 0, 0);
  test_add_room (fixture->session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  g_assert_cmpuint (g_list_model_get_n_items (rooms), ==, 3);

  search (fixture, "CAFE");
  found = test_list_names (rooms);
  g_assert_cmpstr (found, ==, "Café Decafeinated");

  g_signal_emit_by_name (test_find_widget (fixture->sidebar, "search"), "activate");
  g_assert_nonnull (fixture->chosen);
  g_assert_cmpstr (chat_room_get_name (fixture->chosen), ==, "Café");
}

/* The notifications have a list of their own. */
static GtkWidget *
get_list (Fixture *fixture)
{
  return test_find_widget (test_find_widget (fixture->sidebar, "states"), "list");
}

static GtkSelectionModel *
get_selection (Fixture *fixture)
{
  return gtk_list_view_get_model (GTK_LIST_VIEW (get_list (fixture)));
}

static ChatRoom *
get_selected (Fixture *fixture)
{
  return gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (get_selection (fixture)));
}

static void
test_selection (Fixture       *fixture,
                gconstpointer  user_data)
{
  ChatRoom *a = test_add_room (fixture->session, "A", CHAT_MEMBERSHIP_JOINED, 0, 0);
  ChatRoom *b = test_add_room (fixture->session, "B", CHAT_MEMBERSHIP_JOINED, 0, 0);

  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  g_assert_null (get_selected (fixture));

  /* A person walks over the rooms with the keyboard: the window shows the room, and the keyboard stays in the list. */
  gtk_selection_model_select_item (get_selection (fixture), 0, TRUE);
  g_assert_true (fixture->looked_at == a);
  g_assert_null (fixture->chosen);
  fixture->looked_at = NULL;

  /* Enter goes to the room. */
  g_signal_emit_by_name (get_list (fixture), "activate", 0);
  g_assert_true (fixture->chosen == a);
  fixture->chosen = NULL;

  /* The window opens another: the selection follows, and nobody is asked again. */
  enfilade_rooms_sidebar_set_room (fixture->sidebar, b);
  g_assert_true (get_selected (fixture) == b);
  g_assert_null (fixture->looked_at);

  /* A message moves its room to the top: it stays selected, and nothing is opened. */
  test_add_message (b, "ana", "Up we go");
  g_assert_true (get_selected (fixture) == b);
  g_assert_null (fixture->looked_at);

  /* The search hides the open room, and shows it again. */
  search (fixture, "A");
  g_assert_null (get_selected (fixture));
  search (fixture, "");
  g_assert_true (get_selected (fixture) == b);
  g_assert_null (fixture->looked_at);

  /* Folded nothing is selected, and walking over the list leads nowhere yet. */
  g_object_set (fixture->sidebar, "folded", TRUE, NULL);
  g_assert_null (get_selected (fixture));
  gtk_selection_model_select_item (get_selection (fixture), 0, TRUE);
  g_assert_null (fixture->looked_at);
  g_assert_null (fixture->chosen);
  g_object_set (fixture->sidebar, "folded", FALSE, NULL);
  g_assert_true (get_selected (fixture) == b);
}

static void
test_account (Fixture       *fixture,
              gconstpointer  user_data)
{
  GtkLabel *connection = GTK_LABEL (test_find_widget (fixture->sidebar, "connection"));
  GtkLabel *username = GTK_LABEL (test_find_widget (fixture->sidebar, "username"));
  GtkWidget *new_button = test_find_widget (fixture->sidebar, "new_button");
  GtkWidget *dashboard_button = test_find_widget (fixture->sidebar, "dashboard_button");

  chat_session_set_user (fixture->session, "u1", "mira");
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  g_assert_cmpstr (gtk_label_get_label (username), ==, "mira");
  g_assert_false (gtk_widget_get_visible (dashboard_button));
  gtk_test_accessible_assert_property (new_button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Join Room");

  chat_session_set_features (fixture->session, CHAT_FEATURE_ROOMS);
  gtk_test_accessible_assert_property (new_button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Create Room");

  chat_session_set_connection (fixture->session, CHAT_CONNECTION_ONLINE);
  g_assert_cmpstr (gtk_label_get_label (connection), ==, "Online");
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  g_assert_cmpstr (gtk_label_get_label (connection), ==, "Offline");
}

static void
assert_title (Fixture    *fixture,
              const char *expected)
{
  g_assert_cmpstr (adw_window_title_get_title (ADW_WINDOW_TITLE (test_find_widget (fixture->sidebar, "title"))), ==, expected);
}

static void
flushed (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  chat_store_flush_finish (CHAT_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

/* The server's name is there at once in the next run, with or without the server. */
static void
test_title (Fixture       *fixture,
            gconstpointer  user_data)
{
  g_autoptr(ChatSession) again = NULL;
  gboolean is_flushed = FALSE;

  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  assert_title (fixture, "Rooms");
  chat_session_set_server (fixture->session, "Wayfare", 0);
  assert_title (fixture, "Wayfare");

  chat_store_flush_async (chat_session_get_store (fixture->session), NULL, flushed, &is_flushed);
  test_wait_for (is_flushed);
  again = chat_session_new_with_store (chat_session_get_credentials (fixture->session), chat_session_get_store (fixture->session));
  enfilade_rooms_sidebar_set_session (fixture->sidebar, again);
  assert_title (fixture, "Wayfare");

  /* A plain server has no name. */
  chat_session_set_server (again, NULL, 0);
  assert_title (fixture, "Rooms");
}

static void
test_bell (Fixture       *fixture,
           gconstpointer  user_data)
{
  ChatNotificationList *notifications = chat_session_get_notifications (fixture->session);
  g_autoptr(ChatNotification) notification = chat_notification_new ("n1", CHAT_NOTIFICATION_INFO, "Hello", "There", FALSE, 1);
  GtkWidget *bell = test_find_widget (fixture->sidebar, "bell");
  GtkWidget *badge = test_find_widget (fixture->sidebar, "bell_badge");

  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  gtk_test_accessible_assert_property (bell, GTK_ACCESSIBLE_PROPERTY_LABEL, "Notifications");
  g_assert_false (gtk_widget_get_visible (badge));

  chat_notification_list_add (notifications, notification);
  gtk_test_accessible_assert_property (bell, GTK_ACCESSIBLE_PROPERTY_LABEL, "Notifications, 1 unread");
  g_assert_true (gtk_widget_get_visible (badge));

  chat_notification_list_mark_all_read (notifications);
  gtk_test_accessible_assert_property (bell, GTK_ACCESSIBLE_PROPERTY_LABEL, "Notifications");
}

static void
note_place (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  char **place = user_data;

  g_free (*place);
  *place = g_variant_print (parameter, FALSE);
}

static void
activate_notification (GtkWidget        *bell,
                       ChatNotification *notification,
                       const char       *room_id,
                       const char       *message_id)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (bell));
  chat_notification_set_place (notification, "mention", room_id, message_id);
  g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (bell)), "notification-activated", notification);
}

/* To what was said, where it is known; else to the room, if it has one. */
static void
test_place_of_a_notification (Fixture       *fixture,
                              gconstpointer  user_data)
{
  static const GActionEntry entries[] = { { "open-message", note_place, "(ss)" }, { "open-room", note_place, "s" } };
  g_autoptr(ChatNotification) notification = chat_notification_new ("n1", CHAT_NOTIFICATION_INFO, "Ada", "@mira", FALSE, 1);
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  GtkWidget *bell = test_find_widget (fixture->sidebar, "bell");
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  g_autofree char *place = NULL;

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), &place);
  gtk_widget_insert_action_group (GTK_WIDGET (window), "app", G_ACTION_GROUP (actions));
  gtk_window_set_child (window, GTK_WIDGET (fixture->sidebar));
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  gtk_window_present (window);

  activate_notification (bell, notification, NULL, NULL);
  g_assert_null (place);
  activate_notification (bell, notification, "general", NULL);
  g_assert_cmpstr (place, ==, "'general'");
  activate_notification (bell, notification, "general", "m7");
  g_assert_cmpstr (place, ==, "('general', 'm7')");

  gtk_window_set_child (window, NULL);
  gtk_window_destroy (window);
  test_drain ();
}

static GtkWidget *
find_row (GtkWidget *ancestor)
{
  if (ENFILADE_IS_ROOM_ROW (ancestor))
    return ancestor;

  for (GtkWidget *child = gtk_widget_get_first_child (ancestor); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* As GTK does when it was pressed there. */
static void
press (GtkWidget *list,
       GType      gesture_type,
       guint      button,
       GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (list);
  double x, y;

  g_assert_true (gtk_widget_translate_coordinates (widget, list, 2, 2, &x, &y));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GtkGestureSingle) gesture = g_list_model_get_item (controllers, i);

      if (!G_TYPE_CHECK_INSTANCE_TYPE (gesture, gesture_type) || gtk_gesture_single_get_button (gesture) != button)
        continue;

      if (gesture_type == GTK_TYPE_GESTURE_CLICK)
        g_signal_emit_by_name (gesture, "pressed", 1, x, y);
      else
        g_signal_emit_by_name (gesture, "pressed", x, y);
      return;
    }

  g_assert_not_reached ();
}

static GtkWidget *
get_menu (GtkWidget *row)
{
  GtkWidget *last = gtk_widget_get_last_child (row);

  return GTK_IS_POPOVER (last) ? last : NULL;
}

static void
assert_menu_opens (GtkWidget *row)
{
  test_wait_for (get_menu (row) != NULL && gtk_widget_get_mapped (get_menu (row)));
  gtk_popover_popdown (GTK_POPOVER (get_menu (row)));
  test_wait_for (!gtk_widget_get_mapped (get_menu (row)));
}

/* The list listens for its rows: for the pointer, the finger and the keyboard; and what is around a row is of it. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  user_data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = get_list (fixture), *row;

  test_add_room (fixture->session, "A", CHAT_MEMBERSHIP_JOINED, 0, 0);
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 600);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (fixture->sidebar));
  gtk_window_present (GTK_WINDOW (window));
  test_wait_for (find_row (list) != NULL && gtk_widget_get_width (find_row (list)) > 0);
  row = find_row (list);

  press (list, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_SECONDARY, row);
  assert_menu_opens (row);
  press (list, GTK_TYPE_GESTURE_CLICK, GDK_BUTTON_SECONDARY, gtk_widget_get_parent (row));
  assert_menu_opens (row);
  press (list, GTK_TYPE_GESTURE_LONG_PRESS, GDK_BUTTON_PRIMARY, row);
  assert_menu_opens (row);

  gtk_widget_grab_focus (gtk_widget_get_parent (row));
  gtk_widget_activate_action (GTK_WIDGET (fixture->sidebar), "rooms.menu", NULL);
  assert_menu_opens (row);
  g_assert_null (fixture->chosen);

  gtk_window_set_child (GTK_WINDOW (window), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Folded there is nowhere to write: the rooms are what one goes on with. */
static void
test_try_now (Fixture       *fixture,
              gconstpointer  user_data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button;

  test_add_room (fixture->session, "A", CHAT_MEMBERSHIP_JOINED, 0, 0);
  enfilade_rooms_sidebar_set_session (fixture->sidebar, fixture->session);
  g_object_set (fixture->sidebar, "folded", TRUE, NULL);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (fixture->sidebar));
  gtk_window_present (GTK_WINDOW (window));
  chat_session_set_connection (fixture->session, CHAT_CONNECTION_RECONNECTING);
  chat_session_set_next_attempt (fixture->session, g_get_monotonic_time () + G_TIME_SPAN_HOUR);
  button = test_find_widget (fixture->sidebar, "retry_button");
  test_wait_for (gtk_widget_get_mapped (button));
  g_assert_true (gtk_widget_grab_focus (button));

  chat_session_set_next_attempt (fixture->session, 0);
  test_drain ();
  g_assert_nonnull (gtk_root_get_focus (GTK_ROOT (window)));
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (window)), get_list (fixture)));

  gtk_window_destroy (GTK_WINDOW (window));
  test_drain ();
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/rooms-sidebar/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/rooms-sidebar/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/rooms-sidebar/selection", Fixture, NULL, set_up, test_selection, tear_down);
  g_test_add ("/rooms-sidebar/account", Fixture, NULL, set_up, test_account, tear_down);
  g_test_add ("/rooms-sidebar/title", Fixture, NULL, set_up, test_title, tear_down);
  g_test_add ("/rooms-sidebar/bell", Fixture, NULL, set_up, test_bell, tear_down);
  g_test_add ("/rooms-sidebar/place-of-a-notification", Fixture, NULL, set_up, test_place_of_a_notification, tear_down);
  g_test_add ("/rooms-sidebar/menu", Fixture, NULL, set_up, test_menu, tear_down);
  g_test_add ("/rooms-sidebar/try-now", Fixture, NULL, set_up, test_try_now, tear_down);

  return g_test_run ();
}
