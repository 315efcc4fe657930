/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room-list.h"

G_BEGIN_DECLS

void       chat_room_list_add      (ChatRoomList *self,
                                    ChatRoom     *room);
void       chat_room_list_remove   (ChatRoomList *self,
                                    ChatRoom     *room);
void       chat_room_list_clear    (ChatRoomList *self);
GPtrArray *chat_room_list_snapshot (ChatRoomList *self);

G_END_DECLS
