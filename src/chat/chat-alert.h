/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "chat-enums.h"

G_BEGIN_DECLS

#define CHAT_TYPE_ALERT (chat_alert_get_type ())

G_DECLARE_FINAL_TYPE (ChatAlert, chat_alert, CHAT, ALERT, GObject)

/* Properties: id, severity, message, timestamp (ms), clearing (asked to be cleared, no answer yet). */
ChatAlert    *chat_alert_new           (const char   *id,
                                        ChatSeverity  severity,
                                        const char   *message,
                                        gint64        timestamp);
const char   *chat_alert_get_id        (ChatAlert    *self);
ChatSeverity  chat_alert_get_severity  (ChatAlert    *self);
const char   *chat_alert_get_message   (ChatAlert    *self);
gint64        chat_alert_get_timestamp (ChatAlert    *self);
gboolean      chat_alert_get_clearing  (ChatAlert    *self);
void          chat_alert_set_clearing  (ChatAlert    *self,
                                        gboolean      clearing);

G_END_DECLS
