/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-room.h"

G_BEGIN_DECLS

/* Finding a room: by its name, and by its place among the others. */
guint      enfilade_room_search_rank      (const char *name,
                                           const char *query);
GPtrArray *enfilade_room_search_find      (GListModel *rooms,
                                           const char *query);
ChatRoom  *enfilade_room_search_neighbour (GListModel *rooms,
                                           ChatRoom   *room,
                                           int         direction,
                                           gboolean    unread_only);

G_END_DECLS
