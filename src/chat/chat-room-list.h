/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-list.h"
#include "chat-room.h"

G_BEGIN_DECLS

#define CHAT_TYPE_ROOM_LIST (chat_room_list_get_type ())

G_DECLARE_FINAL_TYPE (ChatRoomList, chat_room_list, CHAT, ROOM_LIST, ChatList)

/* A list of ChatRoom: joined rooms first, by their last message; then the others by name. Moves a row when its room changes.
 * Properties: unread (sum over the rooms). */
ChatRoomList *chat_room_list_new              (void);
ChatRoom     *chat_room_list_find             (ChatRoomList *self,
                                               const char   *id);
ChatRoom     *chat_room_list_find_next_unread (ChatRoomList *self,
                                               ChatRoom     *after);
guint         chat_room_list_get_unread       (ChatRoomList *self);

G_END_DECLS
