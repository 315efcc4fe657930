/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the index has of a message: its words, and a sign each for its room, its sender and that it has a link. The signs are characters
 * of the private area, which no word has; so a search by room or person is one for words, and the index does the work. */

#pragma once

#include <sqlite3.h>

#include "chat-search-query-private.h"

G_BEGIN_DECLS

#define CHAT_SEARCH_SIGN_LINK ((gunichar) 0xe000)

/* Two rooms may have the same sign when there are more than 65,000, so whoever finds by it has to look again. */
gunichar chat_search_sign_of_room   (gint64 room);
gunichar chat_search_sign_of_person (gint64 person);

char    *chat_search_index_text     (const char *content,
                                     gint64      room,
                                     gint64      person);

/* The SQL function `search_text (content, room, person)`, which the triggers of the schema use. Returns: a code of SQLite's. */
int      chat_search_index_register (sqlite3    *handle);

G_END_DECLS
