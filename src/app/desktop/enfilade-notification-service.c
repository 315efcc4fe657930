/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Who shows notifications, on this desktop. There may be nobody, which GLib finds out by sending one, and prints a warning; so it is
 * asked first whether there is somebody, or somebody who could be started. */

#include "config.h"

#include "enfilade-notification-service.h"

/* GNOME's, which GLib prefers, and that of the other desktops. */
#define NAME_GTK "org.gtk.Notifications"
#define NAME_FREEDESKTOP "org.freedesktop.Notifications"

/* What the bus is asked. A service that can be started is, by the message that it is sent. */
#define WHO_IS_THERE "ListNames"
#define WHO_CAN_BE_STARTED "ListActivatableNames"

struct _EnfiladeNotificationService
{
  GObject       parent_instance;

  GApplication *application;
  GHashTable   *waiting;
  const char   *question;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (EnfiladeNotificationService, enfilade_notification_service, G_TYPE_OBJECT)

/* In a sandbox GLib talks to the portal, which knows by itself what to do with a notification. */
static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL;
}

static void
send_waiting (EnfiladeNotificationService *self)
{
  GHashTableIter iter;
  gpointer id, notification;

  g_hash_table_iter_init (&iter, self->waiting);
  while (g_hash_table_iter_next (&iter, &id, &notification))
    {
      g_application_send_notification (self->application, id, notification);
      g_hash_table_iter_remove (&iter);
    }
}

static void
drop_waiting (EnfiladeNotificationService *self,
              const char                  *reason)
{
  g_debug ("Nobody shows notifications here: %s", reason);
  g_hash_table_remove_all (self->waiting);
}

static void ask (EnfiladeNotificationService *self,
                 const char                  *question);

static gboolean
names_somebody (GVariant *reply)
{
  g_autofree const char **names = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(as)")))
    return FALSE;

  g_variant_get (reply, "(^a&s)", &names);

  return g_strv_contains (names, NAME_GTK) || g_strv_contains (names, NAME_FREEDESKTOP);
}

/* @self may be gone where the question was cancelled. */
static void
answered (GObject      *connection,
          GAsyncResult *result,
          gpointer      user_data)
{
  EnfiladeNotificationService *self = user_data;
  g_autoptr(GVariant) reply = NULL;
  g_autoptr(GError) error = NULL;
  gboolean first;

  reply = g_dbus_connection_call_finish (G_DBUS_CONNECTION (connection), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_object (&self->cancellable);
  first = g_strcmp0 (self->question, WHO_IS_THERE) == 0;
  if (reply != NULL && names_somebody (reply))
    send_waiting (self);
  else if (reply != NULL && first)
    ask (self, WHO_CAN_BE_STARTED);
  else
    drop_waiting (self, error != NULL ? error->message : "neither is somebody there nor can be started");
}

static void
ask (EnfiladeNotificationService *self,
     const char                  *question)
{
  GDBusConnection *connection = g_application_get_dbus_connection (self->application);

  self->question = question;
  self->cancellable = g_cancellable_new ();
  g_dbus_connection_call (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", question, NULL,
                          NULL, G_DBUS_CALL_FLAGS_NONE, -1, self->cancellable, answered, self);
}

/**
 * enfilade_notification_service_send:
 * @self: the service
 * @id: what the notification is known by; it takes the place of an earlier one
 * @notification: what is to be shown
 *
 * Shows a notification, if there is somebody who shows them.
 */
void
enfilade_notification_service_send (EnfiladeNotificationService *self,
                                    const char                  *id,
                                    GNotification               *notification)
{
  g_return_if_fail (ENFILADE_IS_NOTIFICATION_SERVICE (self));
  g_return_if_fail (id != NULL);
  g_return_if_fail (G_IS_NOTIFICATION (notification));

  g_hash_table_insert (self->waiting, g_strdup (id), g_object_ref (notification));

  if (is_sandboxed ())
    send_waiting (self);
  else if (g_application_get_dbus_connection (self->application) == NULL)
    drop_waiting (self, "there is no session bus");
  else if (self->cancellable == NULL)
    ask (self, WHO_IS_THERE);
}

/**
 * enfilade_notification_service_withdraw:
 * @self: the service
 * @id: what a notification is known by
 *
 * Takes a notification back, if it was sent.
 */
void
enfilade_notification_service_withdraw (EnfiladeNotificationService *self,
                                        const char                  *id)
{
  g_return_if_fail (ENFILADE_IS_NOTIFICATION_SERVICE (self));
  g_return_if_fail (id != NULL);

  g_hash_table_remove (self->waiting, id);
  g_application_withdraw_notification (self->application, id);
}

static void
enfilade_notification_service_dispose (GObject *object)
{
  EnfiladeNotificationService *self = ENFILADE_NOTIFICATION_SERVICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_hash_table_unref);

  G_OBJECT_CLASS (enfilade_notification_service_parent_class)->dispose (object);
}

static void
enfilade_notification_service_class_init (EnfiladeNotificationServiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_notification_service_dispose;
}

static void
enfilade_notification_service_init (EnfiladeNotificationService *self)
{
  self->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * enfilade_notification_service_new:
 * @application: who sends; it outlives the service
 *
 * Returns: (transfer full): the way to who shows notifications
 */
EnfiladeNotificationService *
enfilade_notification_service_new (GApplication *application)
{
  EnfiladeNotificationService *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);

  self = g_object_new (ENFILADE_TYPE_NOTIFICATION_SERVICE, NULL);
  self->application = application;

  return self;
}
