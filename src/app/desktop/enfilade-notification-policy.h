/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-message.h"
#include "chat-notification.h"

G_BEGIN_DECLS

/* When the desktop is told, and what. */
typedef struct
{
  gboolean    enabled;
  gboolean    in_front;
  const char *shown_room_id;
} EnfiladeAttention;

gboolean  enfilade_notification_policy_wants_message      (const EnfiladeAttention *attention,
                                                           ChatMessage             *message);
gboolean  enfilade_notification_policy_wants_notification (const EnfiladeAttention *attention,
                                                           ChatNotification        *notification);
char     *enfilade_notification_policy_describe           (ChatMessage             *newest,
                                                           guint                    n_messages);
char     *enfilade_notification_policy_cut                (const char              *text);

G_END_DECLS
