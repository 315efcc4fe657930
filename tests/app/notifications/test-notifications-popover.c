/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <adwaita.h>

#include "notifications/enfilade-notification-row.h"
#include "notifications/enfilade-notifications-popover.h"
#include "test-app.h"

static void
add (ChatNotificationList *list,
     const char           *id,
     const char           *title,
     gint64                created_at)
{
  g_autoptr(ChatNotification) notification =
    chat_notification_new (id, CHAT_NOTIFICATION_WARNING, title, "What it says", FALSE, created_at);

  chat_notification_list_add (list, notification);
}

static GtkWidget *
find_child (GtkWidget  *widget,
            GType       type,
            const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type) &&
      (name == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), name) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
test_empty (void)
{
  g_autoptr(ChatNotificationList) list = chat_notification_list_new ();
  GtkWidget *popover = g_object_ref_sink (enfilade_notifications_popover_new ());
  GtkWidget *stack = find_child (popover, GTK_TYPE_STACK, "stack");
  GtkWidget *button = find_child (popover, GTK_TYPE_BUTTON, "mark_all_button");

  enfilade_notifications_popover_set_notifications (ENFILADE_NOTIFICATIONS_POPOVER (popover), list);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "empty");
  g_assert_false (gtk_widget_get_sensitive (button));

  add (list, "a", "First", 1);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "list");
  g_assert_true (gtk_widget_get_sensitive (button));

  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 0);
  g_assert_false (gtk_widget_get_sensitive (button));

  enfilade_notifications_popover_set_notifications (ENFILADE_NOTIFICATIONS_POPOVER (popover), NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (GTK_STACK (stack)), ==, "empty");

  g_assert_finalize_object (popover);
}

static void
remember_activated (EnfiladeNotificationsPopover *popover,
                    ChatNotification             *notification,
                    char                        **id)
{
  *id = g_strdup (chat_notification_get_id (notification));
}

static void
test_activate (void)
{
  g_autoptr(ChatNotificationList) list = chat_notification_list_new ();
  GtkWidget *popover = g_object_ref_sink (enfilade_notifications_popover_new ());
  GtkWidget *view = find_child (popover, GTK_TYPE_LIST_VIEW, "list");
  g_autofree char *activated = NULL;

  add (list, "old", "Old", 1);
  add (list, "new", "New", 2);
  enfilade_notifications_popover_set_notifications (ENFILADE_NOTIFICATIONS_POPOVER (popover), list);
  g_signal_connect (popover, "notification-activated", G_CALLBACK (remember_activated), &activated);

  g_signal_emit_by_name (view, "activate", 0);
  g_assert_cmpstr (activated, ==, "new");
  g_assert_true (chat_notification_get_read (chat_notification_list_find (list, "new")));
  g_assert_cmpuint (chat_notification_list_get_unread (list), ==, 1);

  g_assert_finalize_object (popover);
}

/* The reader of the screen lands on the row of the list. */
static void
test_spoken (void)
{
  g_autoptr(ChatNotificationList) list = chat_notification_list_new ();
  g_autoptr(ChatNotification) notification =
    chat_notification_new ("a", CHAT_NOTIFICATION_INFO, "Ben has mentioned you", "", FALSE, g_get_real_time () / 1000);
  GtkWidget *window = gtk_window_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = enfilade_notifications_popover_new ();
  GtkWidget *list_row;

  chat_notification_list_add (list, notification);
  enfilade_notifications_popover_set_notifications (ENFILADE_NOTIFICATIONS_POPOVER (popover), list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  gtk_window_set_child (GTK_WINDOW (window), button);
  gtk_window_present (GTK_WINDOW (window));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  test_wait_for (find_child (popover, ENFILADE_TYPE_NOTIFICATION_ROW, NULL) != NULL);

  list_row = gtk_widget_get_parent (find_child (popover, ENFILADE_TYPE_NOTIFICATION_ROW, NULL));
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Information: Ben has mentioned you. Just now. Unread");
  chat_notification_set_read (notification, TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (list_row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Information: Ben has mentioned you. Just now");

  gtk_window_destroy (GTK_WINDOW (window));
  test_drain ();
}

static void
test_row (void)
{
  g_autoptr(ChatNotification) notification =
    chat_notification_new ("a", CHAT_NOTIFICATION_ERROR, "<b>Disk</b> & co", "Almost full", FALSE, g_get_real_time () / 1000);
  GtkWidget *row = g_object_ref_sink (enfilade_notification_row_new ());

  enfilade_notification_row_set_notification (ENFILADE_NOTIFICATION_ROW (row), notification);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Error: <b>Disk</b> & co. Almost full. Just now. Unread");
  g_assert_true (gtk_widget_get_visible (find_child (row, GTK_TYPE_BOX, "unread_mark")));

  chat_notification_set_read (notification, TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Error: <b>Disk</b> & co. Almost full. Just now");
  g_assert_false (gtk_widget_get_visible (find_child (row, GTK_TYPE_BOX, "unread_mark")));

  g_assert_finalize_object (row);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/notifications-popover/empty", test_empty);
  g_test_add_func ("/notifications-popover/activate", test_activate);
  g_test_add_func ("/notifications-popover/row", test_row);
  g_test_add_func ("/notifications-popover/spoken", test_spoken);

  return g_test_run ();
}
