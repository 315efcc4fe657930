/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells the desktop what arrives while nobody looks: one notification for each room, which the next message replaces, and which
 * goes when the room is read. */

#include "config.h"

#include "enfilade-notifier.h"

#include <glib/gi18n.h>

#include "enfilade-notification-policy.h"
#include "enfilade-notification-service.h"
#include "enfilade-settings.h"

/* A burst of messages becomes one change of the room's notification in this time. */
#define SQUASH_MS 1000

typedef struct
{
  EnfiladeNotifier *notifier;
  ChatRoom         *room;
  ChatMessage      *newest;
  guint             n_messages;
  guint             timeout_id;
  gboolean          waiting;
  gulong            unread_id;
} Told;

struct _EnfiladeNotifier
{
  GObject                      parent_instance;

  EnfiladeNotificationService *service;
  ChatSession                 *session;
  GSignalGroup                *session_signals;
  ChatRoom                    *room;
  gboolean                     in_front;
  GHashTable                  *told;
  GHashTable                  *notifications;
};

enum
{
  PROP_0,
  PROP_IN_FRONT,
  PROP_ROOM,
  PROP_SESSION,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EnfiladeNotifier, enfilade_notifier, G_TYPE_OBJECT)

static char *
get_room_notification_id (const char *room_id)
{
  return g_strconcat ("room-", room_id, NULL);
}

static void
told_free (Told *told)
{
  g_autofree char *id = get_room_notification_id (chat_room_get_id (told->room));

  enfilade_notification_service_withdraw (told->notifier->service, id);
  g_clear_handle_id (&told->timeout_id, g_source_remove);
  g_clear_signal_handler (&told->unread_id, told->room);
  g_clear_object (&told->newest);
  g_clear_object (&told->room);
  g_free (told);
}

static EnfiladeAttention
get_attention (EnfiladeNotifier *self)
{
  return (EnfiladeAttention) {
    .enabled = enfilade_settings_get_boolean ("notifications", TRUE),
    .in_front = self->in_front,
    .shown_room_id = self->room != NULL ? chat_room_get_id (self->room) : NULL,
  };
}

static void
send (Told *told)
{
  g_autoptr(GNotification) notification = g_notification_new (chat_room_get_name (told->room));
  g_autofree char *id = get_room_notification_id (chat_room_get_id (told->room));
  g_autofree char *body = enfilade_notification_policy_describe (told->newest, told->n_messages);

  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "im.received");
  g_notification_set_priority (notification, chat_message_get_mentions_me (told->newest) ? G_NOTIFICATION_PRIORITY_HIGH
                                                                                         : G_NOTIFICATION_PRIORITY_NORMAL);
  if (chat_message_get_id (told->newest) != NULL)
    g_notification_set_default_action_and_target (notification, "app.open-message", "(ss)",
                                                  chat_room_get_id (told->room), chat_message_get_id (told->newest));
  else
    g_notification_set_default_action_and_target (notification, "app.open-room", "s", chat_room_get_id (told->room));
  enfilade_notification_service_send (told->notifier->service, id, notification);
  told->waiting = FALSE;
}

static gboolean
squash_time_passed (gpointer user_data)
{
  Told *told = user_data;

  if (!told->waiting)
    {
      told->timeout_id = 0;
      return G_SOURCE_REMOVE;
    }

  send (told);

  return G_SOURCE_CONTINUE;
}

static void
unread_changed (Told *told)
{
  if (chat_room_get_unread (told->room) == 0)
    enfilade_notifier_withdraw_room (told->notifier, chat_room_get_id (told->room));
}

static Told *
ensure_told (EnfiladeNotifier *self,
             ChatRoom         *room)
{
  Told *told = g_hash_table_lookup (self->told, chat_room_get_id (room));

  if (told != NULL)
    return told;

  told = g_new0 (Told, 1);
  told->notifier = self;
  told->room = g_object_ref (room);
  told->unread_id = g_signal_connect_swapped (room, "notify::unread", G_CALLBACK (unread_changed), told);
  g_hash_table_insert (self->told, g_strdup (chat_room_get_id (room)), told);

  return told;
}

/**
 * enfilade_notifier_tell_message:
 * @self: the notifier
 * @room: where the message is
 * @message: what came
 *
 * Tells the desktop of a message, unless the person looks at its room.
 */
void
enfilade_notifier_tell_message (EnfiladeNotifier *self,
                                ChatRoom         *room,
                                ChatMessage      *message)
{
  EnfiladeAttention attention;
  Told *told;

  g_return_if_fail (ENFILADE_IS_NOTIFIER (self));
  g_return_if_fail (CHAT_IS_ROOM (room));
  g_return_if_fail (CHAT_IS_MESSAGE (message));

  attention = get_attention (self);
  if (!enfilade_notification_policy_wants_message (&attention, message))
    return;

  told = ensure_told (self, room);
  g_set_object (&told->newest, message);
  told->n_messages++;
  told->waiting = TRUE;

  if (told->timeout_id == 0)
    {
      send (told);
      told->timeout_id = g_timeout_add (SQUASH_MS, squash_time_passed, told);
    }
}

static void
read_changed (EnfiladeNotifier *self,
              GParamSpec       *pspec,
              ChatNotification *notification)
{
  g_autofree char *id = NULL;

  if (!chat_notification_get_read (notification))
    return;

  id = g_strconcat ("notification-", chat_notification_get_id (notification), NULL);
  enfilade_notification_service_withdraw (self->service, id);
  g_signal_handlers_disconnect_by_func (notification, read_changed, self);
  g_hash_table_remove (self->notifications, notification);
}

/**
 * enfilade_notifier_tell:
 * @self: the notifier
 * @notification: what came
 *
 * Tells the desktop of a notification of the server, unless the window is in front, where its bell tells it.
 */
void
enfilade_notifier_tell (EnfiladeNotifier *self,
                        ChatNotification *notification)
{
  g_autoptr(GNotification) desktop_notification = NULL;
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;
  EnfiladeAttention attention;
  const char *room_id;

  g_return_if_fail (ENFILADE_IS_NOTIFIER (self));
  g_return_if_fail (CHAT_IS_NOTIFICATION (notification));

  attention = get_attention (self);
  if (!enfilade_notification_policy_wants_notification (&attention, notification))
    return;

  id = g_strconcat ("notification-", chat_notification_get_id (notification), NULL);
  body = enfilade_notification_policy_cut (chat_notification_get_message (notification));
  desktop_notification = g_notification_new (chat_notification_get_title (notification));
  g_notification_set_body (desktop_notification, body);
  g_notification_set_category (desktop_notification, "im.received");

  room_id = chat_notification_get_room_id (notification);
  if (room_id != NULL)
    g_notification_set_default_action_and_target (desktop_notification, "app.open-room", "s", room_id);
  else
    g_notification_set_default_action (desktop_notification, "app.show-notifications");

  if (g_hash_table_add (self->notifications, g_object_ref (notification)))
    g_signal_connect_object (notification, "notify::read", G_CALLBACK (read_changed), self, G_CONNECT_SWAPPED);
  enfilade_notification_service_send (self->service, id, desktop_notification);
}

/**
 * enfilade_notifier_withdraw_room:
 * @self: the notifier
 * @room_id: a room that was read
 */
void
enfilade_notifier_withdraw_room (EnfiladeNotifier *self,
                                 const char       *room_id)
{
  g_return_if_fail (ENFILADE_IS_NOTIFIER (self));
  g_return_if_fail (room_id != NULL);

  g_hash_table_remove (self->told, room_id);
}

/**
 * enfilade_notifier_withdraw_all:
 * @self: the notifier
 *
 * Takes back all that was told: nobody is signed in any more.
 */
void
enfilade_notifier_withdraw_all (EnfiladeNotifier *self)
{
  GHashTableIter iter;
  gpointer notification;

  g_return_if_fail (ENFILADE_IS_NOTIFIER (self));

  g_hash_table_remove_all (self->told);

  g_hash_table_iter_init (&iter, self->notifications);
  while (g_hash_table_iter_next (&iter, &notification, NULL))
    {
      g_autofree char *id = g_strconcat ("notification-", chat_notification_get_id (notification), NULL);

      g_signal_handlers_disconnect_by_func (notification, read_changed, self);
      enfilade_notification_service_withdraw (self->service, id);
      g_hash_table_iter_remove (&iter);
    }
}

void
enfilade_notifier_set_session (EnfiladeNotifier *self,
                               ChatSession      *session)
{
  g_return_if_fail (ENFILADE_IS_NOTIFIER (self));
  g_return_if_fail (session == NULL || CHAT_IS_SESSION (session));

  if (!g_set_object (&self->session, session))
    return;

  enfilade_notifier_withdraw_all (self);
  g_signal_group_set_target (self->session_signals, session);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

static void
set_in_front (EnfiladeNotifier *self,
              gboolean          in_front)
{
  if (self->in_front == in_front)
    return;

  self->in_front = in_front;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IN_FRONT]);
}

static void
enfilade_notifier_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  EnfiladeNotifier *self = ENFILADE_NOTIFIER (object);

  switch (prop_id)
    {
    case PROP_IN_FRONT:
      g_value_set_boolean (value, self->in_front);
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
enfilade_notifier_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  EnfiladeNotifier *self = ENFILADE_NOTIFIER (object);

  switch (prop_id)
    {
    case PROP_IN_FRONT:
      set_in_front (self, g_value_get_boolean (value));
      break;
    case PROP_ROOM:
      if (g_set_object (&self->room, g_value_get_object (value)))
        g_object_notify_by_pspec (object, pspec);
      break;
    case PROP_SESSION:
      enfilade_notifier_set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
enfilade_notifier_dispose (GObject *object)
{
  EnfiladeNotifier *self = ENFILADE_NOTIFIER (object);

  if (self->told != NULL)
    enfilade_notifier_withdraw_all (self);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->notifications, g_hash_table_unref);
  g_clear_object (&self->session_signals);
  g_clear_object (&self->session);
  g_clear_object (&self->room);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (enfilade_notifier_parent_class)->dispose (object);
}

static void
enfilade_notifier_class_init (EnfiladeNotifierClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = enfilade_notifier_dispose;
  object_class->get_property = enfilade_notifier_get_property;
  object_class->set_property = enfilade_notifier_set_property;

  properties[PROP_IN_FRONT] =
    g_param_spec_boolean ("in-front", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM] =
    g_param_spec_object ("room", NULL, NULL, CHAT_TYPE_ROOM,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, CHAT_TYPE_SESSION,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
enfilade_notifier_init (EnfiladeNotifier *self)
{
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) told_free);
  self->notifications = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  self->session_signals = g_signal_group_new (CHAT_TYPE_SESSION);
  g_signal_group_connect_swapped (self->session_signals, "message-received", G_CALLBACK (enfilade_notifier_tell_message), self);
  g_signal_group_connect_swapped (self->session_signals, "notification-received", G_CALLBACK (enfilade_notifier_tell), self);
}

/**
 * enfilade_notifier_new:
 * @application: who tells; it owns the notifier
 *
 * Returns: (transfer full): a notifier
 */
EnfiladeNotifier *
enfilade_notifier_new (GApplication *application)
{
  EnfiladeNotifier *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);

  self = g_object_new (ENFILADE_TYPE_NOTIFIER, NULL);
  self->service = enfilade_notification_service_new (application);

  return self;
}
