/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-notification.h"
#include "chat-utils-private.h"

/**
 * ChatNotification:
 *
 * Something the server wants a person to know.
 */
struct _ChatNotification
{
  GObject                parent_instance;

  char                  *id;
  ChatNotificationType   notification_type;
  char                  *title;
  char                  *message;
  gboolean               read;
  gint64                 created_at;
  char                  *kind;
  char                  *room_id;
  char                  *message_id;
};

enum
{
  PROP_0,
  PROP_ID,
  PROP_NOTIFICATION_TYPE,
  PROP_TITLE,
  PROP_MESSAGE,
  PROP_READ,
  PROP_CREATED_AT,
  PROP_KIND,
  PROP_ROOM_ID,
  PROP_MESSAGE_ID,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (ChatNotification, chat_notification, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
chat_notification_finalize (GObject *object)
{
  ChatNotification *self = CHAT_NOTIFICATION (object);

  g_free (self->id);
  g_free (self->title);
  g_free (self->message);
  g_free (self->kind);
  g_free (self->room_id);
  g_free (self->message_id);

  G_OBJECT_CLASS (chat_notification_parent_class)->finalize (object);
}

static void
chat_notification_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  ChatNotification *self = CHAT_NOTIFICATION (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, self->id);
      break;

    case PROP_NOTIFICATION_TYPE:
      g_value_set_enum (value, self->notification_type);
      break;

    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;

    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;

    case PROP_READ:
      g_value_set_boolean (value, self->read);
      break;

    case PROP_CREATED_AT:
      g_value_set_int64 (value, self->created_at);
      break;

    case PROP_KIND:
      g_value_set_string (value, self->kind);
      break;

    case PROP_ROOM_ID:
      g_value_set_string (value, self->room_id);
      break;

    case PROP_MESSAGE_ID:
      g_value_set_string (value, self->message_id);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_notification_class_init (ChatNotificationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chat_notification_finalize;
  object_class->get_property = chat_notification_get_property;

  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NOTIFICATION_TYPE] =
    g_param_spec_enum ("notification-type", NULL, NULL, CHAT_TYPE_NOTIFICATION_TYPE, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE] =
    g_param_spec_string ("message", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_READ] =
    g_param_spec_boolean ("read", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CREATED_AT] =
    g_param_spec_int64 ("created-at", NULL, NULL, G_MININT64, G_MAXINT64, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_KIND] =
    g_param_spec_string ("kind", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROOM_ID] =
    g_param_spec_string ("room-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MESSAGE_ID] =
    g_param_spec_string ("message-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chat_notification_init (ChatNotification *self)
{
}

/**
 * chat_notification_new:
 * @id: what the server calls it
 * @notification_type: how it is meant
 * @title: what it is about
 * @message: what it says
 * @read: whether it was read
 * @created_at: when, in milliseconds since the Unix epoch
 *
 * Returns: (transfer full): a new notification
 */
ChatNotification *
chat_notification_new (const char           *id,
                       ChatNotificationType  notification_type,
                       const char           *title,
                       const char           *message,
                       gboolean              read,
                       gint64                created_at)
{
  ChatNotification *self;

  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (title != NULL, NULL);
  g_return_val_if_fail (message != NULL, NULL);

  self = g_object_new (CHAT_TYPE_NOTIFICATION, NULL);
  self->id = g_strdup (id);
  self->notification_type = notification_type;
  self->title = g_strdup (title);
  self->message = g_strdup (message);
  self->read = read;
  self->created_at = created_at;

  return self;
}

const char *
chat_notification_get_id (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->id;
}

ChatNotificationType
chat_notification_get_notification_type (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), CHAT_NOTIFICATION_INFO);

  return self->notification_type;
}

const char *
chat_notification_get_title (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->title;
}

const char *
chat_notification_get_message (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->message;
}

gboolean
chat_notification_get_read (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), FALSE);

  return self->read;
}

gint64
chat_notification_get_created_at (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), 0);

  return self->created_at;
}

const char *
chat_notification_get_kind (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->kind;
}

const char *
chat_notification_get_room_id (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->room_id;
}

const char *
chat_notification_get_message_id (ChatNotification *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION (self), NULL);

  return self->message_id;
}

void
chat_notification_set_read (ChatNotification *self,
                            gboolean          read)
{
  g_return_if_fail (CHAT_IS_NOTIFICATION (self));

  read = !!read;
  if (self->read == read)
    return;

  self->read = read;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READ]);
}

/**
 * chat_notification_set_place:
 * @self: a notification
 * @kind: (nullable): what brought it about: `mention`, `reply`, `invite` or `system`
 * @room_id: (nullable): the room it speaks of
 * @message_id: (nullable): the message it speaks of
 *
 * Says what the notification is about. Only extended servers do.
 */
void
chat_notification_set_place (ChatNotification *self,
                             const char       *kind,
                             const char       *room_id,
                             const char       *message_id)
{
  g_return_if_fail (CHAT_IS_NOTIFICATION (self));

  if (chat_set_string (&self->kind, kind))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_KIND]);

  if (chat_set_string (&self->room_id, room_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROOM_ID]);

  if (chat_set_string (&self->message_id, message_id))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE_ID]);
}
