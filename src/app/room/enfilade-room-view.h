/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "chat-room.h"

G_BEGIN_DECLS

#define ENFILADE_TYPE_ROOM_VIEW (enfilade_room_view_get_type ())

G_DECLARE_FINAL_TYPE (EnfiladeRoomView, enfilade_room_view, ENFILADE, ROOM_VIEW, GtkWidget)

/* Properties: room (nullable), members-shown. */
GtkWidget *enfilade_room_view_new               (void);
ChatRoom  *enfilade_room_view_get_room          (EnfiladeRoomView *self);
void       enfilade_room_view_set_room          (EnfiladeRoomView *self,
                                                 ChatRoom         *room);
gboolean   enfilade_room_view_get_members_shown (EnfiladeRoomView *self);
void       enfilade_room_view_set_members_shown (EnfiladeRoomView *self,
                                                 gboolean          members_shown);
gboolean   enfilade_room_view_focus_composer    (EnfiladeRoomView *self);
void       enfilade_room_view_show_message      (EnfiladeRoomView *self,
                                                 const char       *id);
void       enfilade_room_view_show_unread       (EnfiladeRoomView *self);
void       enfilade_room_view_show_date         (EnfiladeRoomView *self,
                                                 GDateTime        *date);

G_END_DECLS
