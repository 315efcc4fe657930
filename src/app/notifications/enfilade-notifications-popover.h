/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-notification-list.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_NOTIFICATIONS_POPOVER (enfilade_notifications_popover_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeNotificationsPopover, enfilade_notifications_popover, ENFILADE, NOTIFICATIONS_POPOVER, GtkPopover)

/* Properties: notifications (nullable). Signals: notification-activated (ChatNotification). */
GtkWidget            *enfilade_notifications_popover_new               (void);
ChatNotificationList *enfilade_notifications_popover_get_notifications (EnfiladeNotificationsPopover *self);
void                  enfilade_notifications_popover_set_notifications (EnfiladeNotificationsPopover *self,
                                                                        ChatNotificationList         *notifications);

G_END_DECLS
