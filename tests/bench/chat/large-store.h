/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A store with as many messages as one wants, as a chat of years leaves them, for what is measured on it. */

#pragma once

#include "chat-store-private.h"

G_BEGIN_DECLS

/* Room number @n of them, from 0 on, has the id "room-n"; its messages are numbered from 1 on. */
void large_store_fill   (ChatStore  *store,
                         guint       n_rooms,
                         guint       n_messages);
void large_store_add    (ChatStore  *store,
                         const char *room_id,
                         guint       n_messages);
void large_store_settle (ChatStore  *store);

G_END_DECLS
