/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the desktop is told, as it is told: the test stands in for the desktop on a bus of its own. */

#include "config.h"

#include "chat-room-private.h"
#include "enfilade-notifier.h"
#include "test-app.h"

static const char introspection[] =
  "<node><interface name='org.gtk.Notifications'>"
  "<method name='AddNotification'>"
  "<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='a{sv}' direction='in'/>"
  "</method>"
  "<method name='RemoveNotification'><arg type='s' direction='in'/><arg type='s' direction='in'/></method>"
  "</interface></node>";

typedef struct
{
  GApplication     *application;
  EnfiladeNotifier *notifier;
  ChatSession      *session;
  GHashTable       *shown;
  guint             n_added;
} Fixture;

static GDBusConnection *bus;
static Fixture *current;

static void
method_called (GDBusConnection       *connection,
               const char            *sender,
               const char            *object_path,
               const char            *interface_name,
               const char            *method_name,
               GVariant              *parameters,
               GDBusMethodInvocation *invocation,
               gpointer               user_data)
{
  g_autoptr(GVariant) notification = NULL;
  const char *id;

  g_variant_get_child (parameters, 1, "&s", &id);
  if (current != NULL && g_strcmp0 (method_name, "AddNotification") == 0)
    {
      notification = g_variant_get_child_value (parameters, 2);
      g_hash_table_insert (current->shown, g_strdup (id), g_steal_pointer (&notification));
      current->n_added++;
    }
  else if (current != NULL)
    {
      g_hash_table_remove (current->shown, id);
    }

  g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
be_the_desktop (void)
{
  static const GDBusInterfaceVTable table = { method_called, NULL, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_register_object (bus, "/org/gtk/Notifications", node->interfaces[0], &table, NULL, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                       "RequestName", g_variant_new ("(su)", "org.gtk.Notifications", 0), NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  g_autoptr(GError) error = NULL;

  current = fixture;
  fixture->shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_variant_unref);
  fixture->application = g_application_new ("chat.enfilade.Test", G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  fixture->notifier = enfilade_notifier_new (fixture->application);
  fixture->session = test_new_session ();
  enfilade_notifier_set_session (fixture->notifier, fixture->session);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->notifier);
  test_wait_for (g_hash_table_size (fixture->shown) == 0);
  current = NULL;
  g_object_unref (fixture->session);
  g_object_unref (fixture->application);
  g_hash_table_unref (fixture->shown);
}

static void
assert_text (GVariant   *notification,
             const char *key,
             const char *expected)
{
  const char *value = NULL;

  g_assert_nonnull (notification);
  g_assert_true (g_variant_lookup (notification, key, "&s", &value));
  g_assert_cmpstr (value, ==, expected);
}

static GVariant *
find (Fixture    *fixture,
      const char *id)
{
  return g_hash_table_lookup (fixture->shown, id);
}

static void
receive (Fixture    *fixture,
         ChatRoom   *room,
         const char *content)
{
  ChatMessage *message = test_add_message (room, "ana", content);

  chat_room_set_unread (room, chat_room_get_unread (room) + 1, 0);
  g_signal_emit_by_name (fixture->session, "message-received", room, message);
}

static void
test_message (Fixture       *fixture,
              gconstpointer  user_data)
{
  ChatRoom *room = test_add_room (fixture->session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  g_autoptr(GVariant) target = NULL;
  const char *room_id = NULL;
  const char *message_id = NULL;

  receive (fixture, room, "Hello");
  test_wait_for (find (fixture, "room-general") != NULL);

  assert_text (find (fixture, "room-general"), "title", "General");
  assert_text (find (fixture, "room-general"), "body", "ana: Hello");
  assert_text (find (fixture, "room-general"), "default-action", "app.open-message");
  target = g_variant_lookup_value (find (fixture, "room-general"), "default-action-target", G_VARIANT_TYPE ("(ss)"));
  g_assert_nonnull (target);
  g_variant_get (target, "(&s&s)", &room_id, &message_id);
  g_assert_cmpstr (room_id, ==, "general");
  g_assert_cmpstr (message_id, ==, chat_message_get_id (chat_room_get_last_message (room)));

  /* Read: the desktop forgets it. */
  chat_room_set_unread (room, 0, 0);
  test_wait_for (find (fixture, "room-general") == NULL);
}

static void
test_burst (Fixture       *fixture,
            gconstpointer  user_data)
{
  ChatRoom *room = test_add_room (fixture->session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  const char *body = NULL;

  for (guint i = 0; i < 50; i++)
    receive (fixture, room, "Again");

  test_wait_for (find (fixture, "room-general") != NULL &&
                 g_variant_lookup (find (fixture, "room-general"), "body", "&s", &body) &&
                 g_str_has_prefix (body, "50 new messages"));
  g_assert_cmpuint (fixture->n_added, ==, 2);
  g_assert_cmpuint (g_hash_table_size (fixture->shown), ==, 1);
}

static void
test_in_front (Fixture       *fixture,
               gconstpointer  user_data)
{
  ChatRoom *general = test_add_room (fixture->session, "General", CHAT_MEMBERSHIP_JOINED, 0, 0);
  ChatRoom *kitchen = test_add_room (fixture->session, "Kitchen", CHAT_MEMBERSHIP_JOINED, 0, 0);

  g_object_set (fixture->notifier, "in-front", TRUE, "room", general, NULL);
  receive (fixture, general, "Seen");
  receive (fixture, kitchen, "Unseen");
  test_wait_for (find (fixture, "room-kitchen") != NULL);
  g_assert_null (find (fixture, "room-general"));

  g_object_set (fixture->notifier, "in-front", FALSE, NULL);
  receive (fixture, general, "Unseen too");
  test_wait_for (find (fixture, "room-general") != NULL);
}

static void
test_notification (Fixture       *fixture,
                   gconstpointer  user_data)
{
  g_autoptr(ChatNotification) notification = chat_notification_new ("n1", CHAT_NOTIFICATION_INFO, "Maintenance", "At <noon>", FALSE, 1);
  g_autoptr(ChatNotification) invite = chat_notification_new ("n2", CHAT_NOTIFICATION_INFO, "Come", "To us", FALSE, 1);

  chat_notification_set_place (invite, "invite", "kitchen", NULL);
  g_signal_emit_by_name (fixture->session, "notification-received", notification);
  g_signal_emit_by_name (fixture->session, "notification-received", invite);
  test_wait_for (g_hash_table_size (fixture->shown) == 2);

  assert_text (find (fixture, "notification-n1"), "title", "Maintenance");
  assert_text (find (fixture, "notification-n1"), "body", "At <noon>");
  assert_text (find (fixture, "notification-n1"), "default-action", "app.show-notifications");
  assert_text (find (fixture, "notification-n2"), "default-action", "app.open-room");

  chat_notification_set_read (notification, TRUE);
  test_wait_for (find (fixture, "notification-n1") == NULL);
  g_assert_nonnull (find (fixture, "notification-n2"));

  /* Signed out: nothing of it stays. */
  enfilade_notifier_set_session (fixture->notifier, NULL);
  test_wait_for (g_hash_table_size (fixture->shown) == 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GTestDBus) test_bus = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  be_the_desktop ();

  g_test_add ("/notifier/message", Fixture, NULL, set_up, test_message, tear_down);
  g_test_add ("/notifier/burst", Fixture, NULL, set_up, test_burst, tear_down);
  g_test_add ("/notifier/in-front", Fixture, NULL, set_up, test_in_front, tear_down);
  g_test_add ("/notifier/notification", Fixture, NULL, set_up, test_notification, tear_down);

  status = g_test_run ();
  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_clear_object (&bus);
  g_test_dbus_stop (test_bus);

  return status;
}
