/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server says in /notifications, and what a person says to it. */

#include "config.h"

#include "chat-session-private.h"

static void
notification_cb (ChatSession *self,
                 SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ChatNotification) notification = chat_protocol_read_notification (sio_event_get_argument (event, 0), &error);

  if (notification == NULL)
    chat_session_report_invalid (self, "notification", error);
  else if (chat_notification_list_add (self->notifications, notification))
    chat_session_emit_notification (self, notification);
}

static void
notifications_cb (ChatSession *self,
                  SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) notifications = chat_protocol_read_notifications (sio_event_get_argument (event, 0), &error);

  if (notifications != NULL)
    chat_notification_list_replace (self->notifications, notifications);
  else
    chat_session_report_invalid (self, "notifications", error);
}

static void
notification_read_cb (ChatSession *self,
                      SioEvent    *event)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *id = chat_protocol_read_notification_id (sio_event_get_argument (event, 0), &error);

  if (id != NULL)
    chat_notification_list_was_read (self->notifications, id);
  else
    chat_session_report_invalid (self, "notification:read", error);
}

static void
notification_read_all_cb (ChatSession *self)
{
  chat_notification_list_all_were_read (self->notifications);
}

static gboolean
is_about_a_message_in (ChatNotification *notification,
                       ChatRoom         *room)
{
  return chat_notification_get_message_id (notification) != NULL &&
         g_strcmp0 (chat_notification_get_room_id (notification), chat_room_get_id (room)) == 0;
}

/* Who has read a room has read the mentions in it: the bell need not say so any more. */
void
chat_session_room_was_read (ChatSession *self,
                            ChatRoom    *room)
{
  ChatList *notifications = CHAT_LIST (self->notifications);

  for (guint i = 0; i < chat_list_get_length (notifications); i++)
    {
      ChatNotification *notification = chat_list_get_nth (notifications, i);

      if (is_about_a_message_in (notification, room))
        chat_notification_list_mark_read (self->notifications, chat_notification_get_id (notification));
    }
}

static void
refused_cb (ChatSession  *self,
            const GError *error,
            SioValue     *data)
{
  g_autoptr(GError) refusal = NULL;

  /* Before /chat is there its own refusal speaks for both; when it is, this one is asked for again. */
  if (!g_error_matches (error, SIO_ERROR, SIO_ERROR_REFUSED) || !chat_session_can_ask (self))
    return;

  refusal = chat_protocol_read_refusal (error->message, data, NULL);
  chat_session_report (self, refusal);
}

static void
mark_read_cb (ChatSession *self,
              const char  *id)
{
  g_autoptr(SioValue) arguments = NULL;

  if (self->notifications_socket == NULL)
    return;

  arguments = chat_protocol_write_string (id);
  sio_socket_emit (self->notifications_socket, "markRead", arguments, SIO_EMIT_DEFAULT, NULL);
}

static void
mark_all_read_cb (ChatSession *self)
{
  g_autoptr(SioValue) arguments = NULL;

  if (self->notifications_socket == NULL)
    return;

  arguments = chat_protocol_write_nothing ();
  sio_socket_emit (self->notifications_socket, "markAllRead", arguments, SIO_EMIT_DEFAULT, NULL);
}

/* The list's wishes are followed once, the namespace anew with each start. */
void
chat_session_follow_notifications (ChatSession *self)
{
  if (self->notifications_socket == NULL)
    {
      g_signal_connect_object (self->notifications, "mark-read", G_CALLBACK (mark_read_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->notifications, "mark-all-read", G_CALLBACK (mark_all_read_cb), self, G_CONNECT_SWAPPED);
      return;
    }

  g_signal_connect_object (self->notifications_socket, "event::notification",
                           G_CALLBACK (notification_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifications_socket, "event::notifications",
                           G_CALLBACK (notifications_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifications_socket, "event::notification:read",
                           G_CALLBACK (notification_read_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifications_socket, "event::notification:read-all",
                           G_CALLBACK (notification_read_all_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->notifications_socket, "connect-error",
                           G_CALLBACK (refused_cb), self, G_CONNECT_SWAPPED);
}
