/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chat-room.h"
#include "chat-search-hit.h"
#include "chat-session.h"

G_BEGIN_DECLS

#define CHAT_TYPE_SEARCH (chat_search_get_type ())

G_DECLARE_FINAL_TYPE (ChatSearch, chat_search, CHAT, SEARCH, GObject)

/* A search over what was said, as one types: a list of ChatSearchHit, which begins anew whenever one of text, room and order changes.
 * First comes what is kept here; where the server can search and there is a connection, what it has besides is added.
 *
 * Properties: session, text, room (nullable: over all rooms), order, asks (whether the text asks for anything), searching,
 * has-more, n-hits, error (nullable: why it failed, in words). */
ChatSearch      *chat_search_new           (ChatSession     *session);
ChatSession     *chat_search_get_session   (ChatSearch      *self);
const char      *chat_search_get_text      (ChatSearch      *self);
void             chat_search_set_text      (ChatSearch      *self,
                                            const char      *text);
ChatRoom        *chat_search_get_room      (ChatSearch      *self);
void             chat_search_set_room      (ChatSearch      *self,
                                            ChatRoom        *room);
ChatSearchOrder  chat_search_get_order     (ChatSearch      *self);
void             chat_search_set_order     (ChatSearch      *self,
                                            ChatSearchOrder  order);
gboolean         chat_search_get_asks      (ChatSearch      *self);
gboolean         chat_search_get_searching (ChatSearch      *self);
gboolean         chat_search_get_has_more  (ChatSearch      *self);
guint            chat_search_get_n_hits    (ChatSearch      *self);
const char      *chat_search_get_error     (ChatSearch      *self);
void             chat_search_load_more     (ChatSearch      *self);

G_END_DECLS
