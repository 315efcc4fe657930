/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chat-enums.h"

G_BEGIN_DECLS

#define CHAT_TYPE_NOTIFICATION (chat_notification_get_type ())

G_DECLARE_FINAL_TYPE (ChatNotification, chat_notification, CHAT, NOTIFICATION, GObject)

/* Properties: id, notification-type, title, message, read, created-at (ms), kind, room-id, message-id (the last three nullable). */
ChatNotification     *chat_notification_new                   (const char           *id,
                                                               ChatNotificationType  notification_type,
                                                               const char           *title,
                                                               const char           *message,
                                                               gboolean              read,
                                                               gint64                created_at);
const char           *chat_notification_get_id                (ChatNotification     *self);
ChatNotificationType  chat_notification_get_notification_type (ChatNotification     *self);
const char           *chat_notification_get_title             (ChatNotification     *self);
const char           *chat_notification_get_message           (ChatNotification     *self);
gboolean              chat_notification_get_read              (ChatNotification     *self);
gint64                chat_notification_get_created_at        (ChatNotification     *self);
const char           *chat_notification_get_kind              (ChatNotification     *self);
const char           *chat_notification_get_room_id           (ChatNotification     *self);
const char           *chat_notification_get_message_id        (ChatNotification     *self);
void                  chat_notification_set_read              (ChatNotification     *self,
                                                               gboolean              read);
void                  chat_notification_set_place             (ChatNotification     *self,
                                                               const char           *kind,
                                                               const char           *room_id,
                                                               const char           *message_id);

G_END_DECLS
