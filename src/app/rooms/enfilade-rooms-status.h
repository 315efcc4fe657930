/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOMS_STATUS (enfilade_rooms_status_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomsStatus, enfilade_rooms_status, ENFILADE, ROOMS_STATUS, AdwBin)

/* What stands where the list of rooms would, when it has none to show. */
GtkWidget *enfilade_rooms_status_new             (void);
void       enfilade_rooms_status_show_empty      (EnfiladeRoomsStatus *self,
                                                  gboolean             can_create);
void       enfilade_rooms_status_show_no_results (EnfiladeRoomsStatus *self);
void       enfilade_rooms_status_show_failed     (EnfiladeRoomsStatus *self,
                                                  const char          *problem);

G_END_DECLS
