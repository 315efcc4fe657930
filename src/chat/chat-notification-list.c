/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "chat-notification-list.h"

/**
 * ChatNotificationList:
 *
 * What the server wants a person to know, the newest first.
 *
 * What a person marks as read is shown as read at once; the signals `mark-read` and `mark-all-read` carry the wish to the server.
 */
struct _ChatNotificationList
{
  ChatList parent_instance;

  guint    unread;
};

enum
{
  PROP_0,
  PROP_UNREAD,
  N_PROPS
};

enum
{
  MARK_READ,
  MARK_ALL_READ,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (ChatNotificationList, chat_notification_list, CHAT_TYPE_LIST)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static const char *
chat_notification_list_get_id (gpointer item)
{
  return chat_notification_get_id (item);
}

static int
chat_notification_list_compare (gpointer a,
                                gpointer b)
{
  if (chat_notification_get_created_at (a) != chat_notification_get_created_at (b))
    return chat_notification_get_created_at (a) > chat_notification_get_created_at (b) ? -1 : 1;

  return strcmp (chat_notification_get_id (b), chat_notification_get_id (a));
}

/* Counted, not kept up to date by adding and taking away: a count that is derived cannot drift. */
static void
chat_notification_list_count (ChatNotificationList *self)
{
  ChatList *list = CHAT_LIST (self);
  guint unread = 0;

  for (guint i = 0; i < chat_list_get_length (list); i++)
    unread += !chat_notification_get_read (chat_list_get_nth (list, i));

  if (self->unread == unread)
    return;

  self->unread = unread;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNREAD]);
}

static void
chat_notification_list_merge (gpointer item,
                              gpointer newer)
{
  chat_notification_set_read (item, chat_notification_get_read (newer));
}

static void
chat_notification_list_added (ChatList *list,
                              gpointer  item)
{
  g_signal_connect_object (item, "notify::read", G_CALLBACK (chat_notification_list_count), list, G_CONNECT_SWAPPED);
}

static void
chat_notification_list_removed (ChatList *list,
                                gpointer  item)
{
  g_signal_handlers_disconnect_by_data (item, list);
}

static void
chat_notification_list_get_property (GObject    *object,
                                     guint       prop_id,
                                     GValue     *value,
                                     GParamSpec *pspec)
{
  ChatNotificationList *self = CHAT_NOTIFICATION_LIST (object);

  switch (prop_id)
    {
    case PROP_UNREAD:
      g_value_set_uint (value, self->unread);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chat_notification_list_class_init (ChatNotificationListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  ChatListClass *list_class = CHAT_LIST_CLASS (klass);

  object_class->get_property = chat_notification_list_get_property;

  list_class->get_id = chat_notification_list_get_id;
  list_class->compare = chat_notification_list_compare;
  list_class->merge = chat_notification_list_merge;
  list_class->added = chat_notification_list_added;
  list_class->removed = chat_notification_list_removed;

  properties[PROP_UNREAD] =
    g_param_spec_uint ("unread", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ChatNotificationList::mark-read:
   * @self: a list of notifications
   * @id: what was read
   *
   * A person read a notification; the server is to know.
   */
  signals[MARK_READ] =
    g_signal_new ("mark-read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * ChatNotificationList::mark-all-read:
   * @self: a list of notifications
   *
   * A person read all of them; the server is to know.
   */
  signals[MARK_ALL_READ] =
    g_signal_new ("mark-all-read", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
chat_notification_list_init (ChatNotificationList *self)
{
  g_signal_connect (self, "items-changed", G_CALLBACK (chat_notification_list_count), NULL);
}

ChatNotificationList *
chat_notification_list_new (void)
{
  return g_object_new (CHAT_TYPE_NOTIFICATION_LIST, NULL);
}

guint
chat_notification_list_get_unread (ChatNotificationList *self)
{
  g_return_val_if_fail (CHAT_IS_NOTIFICATION_LIST (self), 0);

  return self->unread;
}

/**
 * chat_notification_list_find:
 * @self: a list of notifications
 * @id: what the server calls it
 *
 * Returns: (transfer none) (nullable): the notification
 */
ChatNotification *
chat_notification_list_find (ChatNotificationList *self,
                             const char           *id)
{
  return chat_list_find (CHAT_LIST (self), id);
}

gboolean
chat_notification_list_add (ChatNotificationList *self,
                            ChatNotification     *notification)
{
  return chat_list_add (CHAT_LIST (self), notification);
}

/**
 * chat_notification_list_replace:
 * @self: a list of notifications
 * @notifications: (element-type ChatNotification): all that the server tells of
 *
 * Makes the list hold these notifications and no others.
 */
void
chat_notification_list_replace (ChatNotificationList *self,
                                GPtrArray            *notifications)
{
  chat_list_replace (CHAT_LIST (self), notifications);
}

void
chat_notification_list_clear (ChatNotificationList *self)
{
  chat_list_clear (CHAT_LIST (self));
}

/**
 * chat_notification_list_was_read:
 * @self: a list of notifications
 * @id: what was read
 *
 * The server says that a notification was read, here or on another device. An unknown id changes nothing.
 */
void
chat_notification_list_was_read (ChatNotificationList *self,
                                 const char           *id)
{
  ChatNotification *notification = chat_notification_list_find (self, id);

  if (notification != NULL)
    chat_notification_set_read (notification, TRUE);
}

void
chat_notification_list_all_were_read (ChatNotificationList *self)
{
  ChatList *list;

  g_return_if_fail (CHAT_IS_NOTIFICATION_LIST (self));

  list = CHAT_LIST (self);
  for (guint i = 0; i < chat_list_get_length (list); i++)
    chat_notification_set_read (chat_list_get_nth (list, i), TRUE);
}

/**
 * chat_notification_list_mark_read:
 * @self: a list of notifications
 * @id: what a person read
 *
 * Marks a notification as read, and has the server told. Nothing happens when it was read before.
 */
void
chat_notification_list_mark_read (ChatNotificationList *self,
                                  const char           *id)
{
  ChatNotification *notification = chat_notification_list_find (self, id);

  if (notification == NULL || chat_notification_get_read (notification))
    return;

  chat_notification_set_read (notification, TRUE);
  g_signal_emit (self, signals[MARK_READ], 0, id);
}

void
chat_notification_list_mark_all_read (ChatNotificationList *self)
{
  g_return_if_fail (CHAT_IS_NOTIFICATION_LIST (self));

  if (self->unread == 0)
    return;

  chat_notification_list_all_were_read (self);
  g_signal_emit (self, signals[MARK_ALL_READ], 0);
}
