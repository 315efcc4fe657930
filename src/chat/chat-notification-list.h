/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-list.h"
#include "chat-notification.h"

G_BEGIN_DECLS

#define CHAT_TYPE_NOTIFICATION_LIST (chat_notification_list_get_type ())

G_DECLARE_FINAL_TYPE (ChatNotificationList, chat_notification_list, CHAT, NOTIFICATION_LIST, ChatList)

/* A list of ChatNotification, newest first. Properties: unread.
 * Signals: mark-read (id), mark-all-read: what a person asked for, on its way to the server. */
ChatNotificationList *chat_notification_list_new           (void);
guint                 chat_notification_list_get_unread    (ChatNotificationList *self);
ChatNotification     *chat_notification_list_find          (ChatNotificationList *self,
                                                            const char           *id);
gboolean              chat_notification_list_add           (ChatNotificationList *self,
                                                            ChatNotification     *notification);
void                  chat_notification_list_replace       (ChatNotificationList *self,
                                                            GPtrArray            *notifications);
void                  chat_notification_list_clear         (ChatNotificationList *self);

/* A person's wish: shown at once, and told to the server. */
void                  chat_notification_list_mark_read     (ChatNotificationList *self,
                                                            const char           *id);
void                  chat_notification_list_mark_all_read (ChatNotificationList *self);

/* The server's word: only shown. */
void                  chat_notification_list_was_read      (ChatNotificationList *self,
                                                            const char           *id);
void                  chat_notification_list_all_were_read (ChatNotificationList *self);

G_END_DECLS
