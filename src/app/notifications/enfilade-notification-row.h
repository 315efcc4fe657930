/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-notification.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_NOTIFICATION_ROW (enfilade_notification_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeNotificationRow, enfilade_notification_row, ENFILADE, NOTIFICATION_ROW, GtkWidget)

/* Properties: notification (nullable). */
GtkWidget        *enfilade_notification_row_new              (void);
ChatNotification *enfilade_notification_row_get_notification (EnfiladeNotificationRow *self);
void              enfilade_notification_row_set_notification (EnfiladeNotificationRow *self,
                                                              ChatNotification        *notification);

G_END_DECLS
