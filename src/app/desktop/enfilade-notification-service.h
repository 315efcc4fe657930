/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define ENFILADE_TYPE_NOTIFICATION_SERVICE (enfilade_notification_service_get_type ())
G_DECLARE_FINAL_TYPE (EnfiladeNotificationService, enfilade_notification_service, ENFILADE, NOTIFICATION_SERVICE, GObject)

EnfiladeNotificationService *enfilade_notification_service_new      (GApplication                *application);
void                         enfilade_notification_service_send     (EnfiladeNotificationService *self,
                                                                     const char                  *id,
                                                                     GNotification               *notification);
void                         enfilade_notification_service_withdraw (EnfiladeNotificationService *self,
                                                                     const char                  *id);

G_END_DECLS
