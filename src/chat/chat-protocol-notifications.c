/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chat-protocol-private.h"
#include "chat-protocol-reader-private.h"

static const char *types[] = {
  [CHAT_NOTIFICATION_INFO] = "info",
  [CHAT_NOTIFICATION_WARNING] = "warning",
  [CHAT_NOTIFICATION_SUCCESS] = "success",
  [CHAT_NOTIFICATION_ERROR] = "error",
};

static ChatNotificationType
read_type (ChatReader *reader)
{
  g_autofree char *type = chat_reader_dup_id (reader, "type", CHAT_READ_REQUIRED);

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (types); i++)
    {
      if (g_str_equal (types[i], type))
        return (ChatNotificationType) i;
    }

  chat_reader_fail (reader, "type", "is not known");
  return CHAT_NOTIFICATION_INFO;
}

static ChatNotification *
read_notification (SioValue    *object,
                   const char  *event,
                   GError     **error)
{
  g_autofree char *id = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *room_id = NULL;
  g_autofree char *message_id = NULL;
  g_autoptr(ChatNotification) notification = NULL;
  ChatNotificationType type = CHAT_NOTIFICATION_INFO;
  gboolean read = FALSE;
  gint64 created_at = 0;
  ChatReader reader;

  chat_reader_init (&reader, object, event);
  id = chat_reader_dup_id (&reader, "id", CHAT_READ_REQUIRED);
  type = read_type (&reader);
  title = chat_reader_dup_line (&reader, "title", CHAT_READ_REQUIRED);
  text = chat_reader_dup_text (&reader, "message", CHAT_READ_REQUIRED);
  read = chat_reader_get_boolean (&reader, "read", CHAT_READ_REQUIRED);
  created_at = chat_reader_get_time (&reader, "createdAt", CHAT_READ_REQUIRED);
  kind = chat_reader_dup_id (&reader, "kind", CHAT_READ_OPTIONAL);
  room_id = chat_reader_dup_id (&reader, "roomId", CHAT_READ_OPTIONAL);
  message_id = chat_reader_dup_id (&reader, "messageId", CHAT_READ_OPTIONAL);
  if (!chat_reader_end (&reader, error))
    return NULL;

  notification = chat_notification_new (id, type, title, text, read, created_at);
  chat_notification_set_place (notification, kind, room_id, message_id);

  return g_steal_pointer (&notification);
}

ChatNotification *
chat_protocol_read_notification (SioValue  *value,
                                 GError   **error)
{
  return read_notification (value, "notification", error);
}

/* A notification that does not fit is left out, and the others are shown. */
GPtrArray *
chat_protocol_read_notifications (SioValue  *value,
                                  GError   **error)
{
  g_autoptr(GPtrArray) notifications = g_ptr_array_new_with_free_func (g_object_unref);
  SioValue *array = value;

  if (array == NULL || sio_value_get_kind (array) != SIO_VALUE_ARRAY || sio_value_get_length (array) > CHAT_PROTOCOL_MAX_ITEMS)
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, "notifications: not a list");
      return NULL;
    }

  for (guint i = 0; i < sio_value_get_length (array); i++)
    {
      g_autoptr(GError) problem = NULL;
      ChatNotification *notification = read_notification (sio_value_get_element (array, i), "notifications", &problem);

      if (notification != NULL)
        g_ptr_array_add (notifications, notification);
      else
        g_message ("%s", problem->message);
    }

  return g_steal_pointer (&notifications);
}

char *
chat_protocol_read_notification_id (SioValue  *value,
                                    GError   **error)
{
  SioValue *id = value;
  const char *string = NULL;

  if (id != NULL && sio_value_get_kind (id) == SIO_VALUE_STRING)
    string = sio_value_get_string (id);

  if (string == NULL || *string == '\0' || strnlen (string, CHAT_PROTOCOL_MAX_ID + 1) > CHAT_PROTOCOL_MAX_ID)
    {
      g_set_error_literal (error, CHAT_ERROR, CHAT_ERROR_INVALID, "notification:read: not an id");
      return NULL;
    }

  return g_strdup (string);
}
