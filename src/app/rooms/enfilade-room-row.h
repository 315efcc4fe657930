/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-room.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOM_ROW (enfilade_room_row_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomRow, enfilade_room_row, ENFILADE, ROOM_ROW, GtkWidget)

/* Properties: room (nullable). */
GtkWidget  *enfilade_room_row_new           (void);
ChatRoom   *enfilade_room_row_get_room      (EnfiladeRoomRow *self);
void        enfilade_room_row_set_room      (EnfiladeRoomRow *self,
                                             ChatRoom        *room);
const char *enfilade_room_row_get_spoken    (EnfiladeRoomRow *self);
void        enfilade_room_row_popup_menu    (EnfiladeRoomRow *self);
void        enfilade_room_row_popup_menu_at (EnfiladeRoomRow *self,
                                             double           x,
                                             double           y);

G_END_DECLS
