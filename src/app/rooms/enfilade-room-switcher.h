/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-room.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOM_SWITCHER (enfilade_room_switcher_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomSwitcher, enfilade_room_switcher, ENFILADE, ROOM_SWITCHER, AdwWindow)

/* Signals: room-chosen (ChatRoom). */
EnfiladeRoomSwitcher *enfilade_room_switcher_new         (GListModel           *rooms);
void                  enfilade_room_switcher_set_query   (EnfiladeRoomSwitcher *self,
                                                          const char           *query);
GListModel           *enfilade_room_switcher_get_results (EnfiladeRoomSwitcher *self);

G_END_DECLS
