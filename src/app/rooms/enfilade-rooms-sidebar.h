/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "chat-session.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOMS_SIDEBAR (enfilade_rooms_sidebar_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomsSidebar, enfilade_rooms_sidebar, ENFILADE, ROOMS_SIDEBAR, AdwBin)

/* Properties: session (nullable), room (the one that is open; nullable), folded (whether the sidebar is all there is to see).
 * Signals: room-chosen (ChatRoom). */
void        enfilade_rooms_sidebar_set_session        (EnfiladeRoomsSidebar *self,
                                                       ChatSession          *session);
void        enfilade_rooms_sidebar_set_room           (EnfiladeRoomsSidebar *self,
                                                       ChatRoom             *room);
GListModel *enfilade_rooms_sidebar_get_rooms          (EnfiladeRoomsSidebar *self);
const char *enfilade_rooms_sidebar_get_state          (EnfiladeRoomsSidebar *self);
gboolean    enfilade_rooms_sidebar_is_searching       (EnfiladeRoomsSidebar *self);
void        enfilade_rooms_sidebar_focus_search       (EnfiladeRoomsSidebar *self);
void        enfilade_rooms_sidebar_focus_list         (EnfiladeRoomsSidebar *self);
void        enfilade_rooms_sidebar_show_notifications (EnfiladeRoomsSidebar *self);

G_END_DECLS
