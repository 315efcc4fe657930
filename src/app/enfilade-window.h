/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "enfilade-account.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_WINDOW (enfilade_window_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeWindow, enfilade_window, ENFILADE, WINDOW, AdwApplicationWindow)

/* Properties: account, in-front (whether it is the window that the person works in), room (the one that can be seen;
 * nullable). */
EnfiladeWindow *enfilade_window_new                   (GtkApplication  *application,
                                                       EnfiladeAccount *account);
void            enfilade_window_open_room             (EnfiladeWindow  *self,
                                                       const char      *room_id);
void            enfilade_window_open_message          (EnfiladeWindow  *self,
                                                       const char      *room_id,
                                                       const char      *message_id);
void            enfilade_window_report                (EnfiladeWindow  *self,
                                                       const char      *text);
void            enfilade_window_show_notifications    (EnfiladeWindow  *self);
void            enfilade_window_sign_in_with_password (EnfiladeWindow  *self,
                                                       const char      *address,
                                                       const char      *username,
                                                       const char      *password);
void            enfilade_window_sign_in_with_token    (EnfiladeWindow  *self,
                                                       const char      *address,
                                                       const char      *token);
void            enfilade_window_propose               (EnfiladeWindow  *self,
                                                       const char      *address);

G_END_DECLS
