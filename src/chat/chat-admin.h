/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-alert-list.h"
#include "chat-series.h"

G_BEGIN_DECLS

#define CHAT_TYPE_ADMIN (chat_admin_get_type ())

G_DECLARE_FINAL_TYPE (ChatAdmin, chat_admin, CHAT, ADMIN, GObject)

/* What an administrator sees of the server. There is one only while the user is an administrator.
 * Properties: connected, has-stats, connected-users, active-rooms, message-rate (ChatSeries each), alerts, updated-at (ms),
 * nodes (GListModel of ChatNode, empty on plain servers). */
gboolean       chat_admin_get_connected       (ChatAdmin  *self);
gboolean       chat_admin_get_has_stats       (ChatAdmin  *self);
ChatSeries    *chat_admin_get_connected_users (ChatAdmin  *self);
ChatSeries    *chat_admin_get_active_rooms    (ChatAdmin  *self);
ChatSeries    *chat_admin_get_message_rate    (ChatAdmin  *self);
ChatAlertList *chat_admin_get_alerts          (ChatAdmin  *self);
GListModel    *chat_admin_get_nodes           (ChatAdmin  *self);
gint64         chat_admin_get_updated_at      (ChatAdmin  *self);
void           chat_admin_request_stats       (ChatAdmin  *self);
void           chat_admin_clear_alert         (ChatAdmin  *self,
                                               const char *id);

G_END_DECLS
