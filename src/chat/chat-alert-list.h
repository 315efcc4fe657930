/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-list.h"
#include "chat-alert.h"

G_BEGIN_DECLS

#define CHAT_TYPE_ALERT_LIST (chat_alert_list_get_type ())

G_DECLARE_FINAL_TYPE (ChatAlertList, chat_alert_list, CHAT, ALERT_LIST, ChatList)

/* A list of ChatAlert: the gravest first, then the newest. */
ChatAlertList *chat_alert_list_new     (void);
ChatAlert     *chat_alert_list_find    (ChatAlertList *self,
                                        const char    *id);
gboolean       chat_alert_list_add     (ChatAlertList *self,
                                        ChatAlert     *alert);
gboolean       chat_alert_list_remove  (ChatAlertList *self,
                                        const char    *id);
void           chat_alert_list_replace (ChatAlertList *self,
                                        GPtrArray     *alerts);

G_END_DECLS
