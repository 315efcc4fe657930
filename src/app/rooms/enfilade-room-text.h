/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room.h"

G_BEGIN_DECLS

/* What the list of rooms says about a room. */
char *enfilade_room_text_preview         (ChatRoom    *room);
char *enfilade_room_text_preview_message (ChatMessage *message,
                                          gsize        max_characters);
char *enfilade_room_text_time            (ChatMessage *message);
char *enfilade_room_text_undelivered     (ChatRoom    *room);
char *enfilade_room_text_speak           (ChatRoom    *room);
char *enfilade_room_text_members         (ChatRoom    *room);

G_END_DECLS
