/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-room.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOM_STATUS (enfilade_room_status_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomStatus, enfilade_room_status, ENFILADE, ROOM_STATUS, AdwBin)

/* What stands where the messages of a room would, while one is not in it. Signals: join. */
GtkWidget *enfilade_room_status_new      (void);
void       enfilade_room_status_set_room (EnfiladeRoomStatus *self,
                                          ChatRoom           *room);
gboolean   enfilade_room_status_focus    (EnfiladeRoomStatus *self);

G_END_DECLS
