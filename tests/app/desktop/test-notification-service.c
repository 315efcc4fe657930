/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Notifications where nobody shows them, and where somebody does: the test stands in for the desktop on a bus of its own. */

#include "config.h"

#include "enfilade-notification-service.h"
#include "test-app.h"

#define NAME "org.freedesktop.Notifications"

static const char introspection[] =
  "<node><interface name='" NAME "'>"
  "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
  "<method name='Notify'>"
  "<arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/><arg type='s' direction='in'/>"
  "<arg type='s' direction='in'/><arg type='as' direction='in'/><arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
  "<arg type='u' direction='out'/>"
  "</method>"
  "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
  "</interface></node>";

typedef struct
{
  EnfiladeNotificationService *service;
} Fixture;

static GApplication *application;
static GDBusConnection *bus;
static guint n_dropped;
static GPtrArray *shown;

static void
message_logged (const char    *domain,
                GLogLevelFlags level,
                const char    *message,
                gpointer       user_data)
{
  if (strstr (message, "Nobody shows notifications") != NULL)
    n_dropped++;
  else
    g_log_default_handler (domain, level, message, user_data);
}

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
  const char *summary = NULL;

  if (g_strcmp0 (method_name, "Notify") == 0)
    {
      g_variant_get_child (parameters, 3, "&s", &summary);
      g_ptr_array_add (shown, g_strdup (summary));
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", shown->len));
    }
  else if (g_strcmp0 (method_name, "GetCapabilities") == 0)
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(as)", NULL));
  else
    g_dbus_method_invocation_return_value (invocation, NULL);
}

static void
call_bus (const char *method,
          GVariant   *parameters)
{
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                       parameters, NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static void
be_the_desktop (void)
{
  static const GDBusInterfaceVTable table = { method_called, NULL, NULL, { NULL } };
  g_autoptr(GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autoptr(GError) error = NULL;

  g_dbus_connection_register_object (bus, "/org/freedesktop/Notifications", node->interfaces[0], &table, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  user_data)
{
  n_dropped = 0;
  g_ptr_array_set_size (shown, 0);
  fixture->service = enfilade_notification_service_new (application);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  user_data)
{
  g_assert_finalize_object (fixture->service);
}

static void
send (Fixture    *fixture,
      const char *id,
      const char *title)
{
  g_autoptr(GNotification) notification = g_notification_new (title);

  enfilade_notification_service_send (fixture->service, id, notification);
}

static void
test_nobody (Fixture       *fixture,
             gconstpointer  user_data)
{
  send (fixture, "a", "Unheard");
  send (fixture, "b", "Unheard too");
  test_wait_for (n_dropped == 1);

  /* Somebody comes: what is told from now on is shown. */
  call_bus ("RequestName", g_variant_new ("(su)", NAME, 0));
  send (fixture, "c", "Heard");
  test_wait_for (shown->len == 1);
  g_assert_cmpstr (g_ptr_array_index (shown, 0), ==, "Heard");

  call_bus ("ReleaseName", g_variant_new ("(s)", NAME));
  send (fixture, "d", "Unheard again");
  test_wait_for (n_dropped == 2);
  g_assert_cmpuint (shown->len, ==, 1);
}

static void
test_withdrawn (Fixture       *fixture,
                gconstpointer  user_data)
{
  call_bus ("RequestName", g_variant_new ("(su)", NAME, 0));
  send (fixture, "a", "Taken back");
  enfilade_notification_service_withdraw (fixture->service, "a");
  send (fixture, "b", "One");
  send (fixture, "b", "Two");
  test_wait_for (shown->len > 0);
  g_assert_cmpuint (shown->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (shown, 0), ==, "Two");
  call_bus ("ReleaseName", g_variant_new ("(s)", NAME));
}

/* Nobody waits for the answer any more. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  user_data)
{
  EnfiladeNotificationService *service = enfilade_notification_service_new (application);
  g_autoptr(GNotification) notification = g_notification_new ("Never");

  enfilade_notification_service_send (service, "a", notification);
  g_assert_finalize_object (service);

  send (fixture, "b", "Unheard");
  test_wait_for (n_dropped == 1);
  g_assert_cmpuint (shown->len, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GTestDBus) test_bus = NULL;
  g_autoptr(GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  test_bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (test_bus);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  g_assert_no_error (error);
  shown = g_ptr_array_new_with_free_func (g_free);
  g_log_set_default_handler (message_logged, NULL);
  be_the_desktop ();
  application = g_application_new ("chat.enfilade.Test", G_APPLICATION_DEFAULT_FLAGS);
  g_application_register (application, NULL, &error);
  g_assert_no_error (error);

  g_test_add ("/notification-service/nobody", Fixture, NULL, set_up, test_nobody, tear_down);
  g_test_add ("/notification-service/withdrawn", Fixture, NULL, set_up, test_withdrawn, tear_down);
  g_test_add ("/notification-service/gone", Fixture, NULL, set_up, test_gone, tear_down);

  status = g_test_run ();
  g_object_unref (application);
  g_ptr_array_unref (shown);
  g_dbus_connection_close_sync (bus, NULL, NULL);
  g_clear_object (&bus);
  g_test_dbus_stop (test_bus);

  return status;
}
