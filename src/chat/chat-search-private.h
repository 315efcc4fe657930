/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of the search share: chat-search.c is the list and its properties, -local.c asks the store, -server.c the server. */

#pragma once

#include "chat-search-query-private.h"
#include "chat-search.h"
#include "chat-session-private.h"

G_BEGIN_DECLS

#define CHAT_SEARCH_PAGE 50

struct _ChatSearch
{
  GObject          parent_instance;

  ChatSession     *session;
  ChatRoom        *room;
  char            *text;
  char            *error;
  ChatSearchOrder  order;

  /* Of one search; a new one cancels it. */
  ChatSearchQuery *query;
  GCancellable    *cancellable;
  GPtrArray       *hits;
  /* Messages of the hits by room and id. */
  GHashTable      *known;
  gint64           local_before;
  gint64           server_before;
  guint            server_source;
  guint            n_fruitless;

  guint            is_new : 1;
  guint            local_has_more : 1;
  guint            server_has_more : 1;
  guint            local_busy : 1;
  guint            server_busy : 1;
  guint            server_asked : 1;

  /* As they were told last. */
  guint            searching : 1;
  guint            has_more : 1;
  guint            asks : 1;
};

ChatSearchHit *chat_search_hit_new           (ChatSession           *session,
                                              ChatMessage           *message,
                                              const char            *room_name,
                                              const ChatSearchQuery *query,
                                              gboolean               from_server);

/* For what was found to be added. */
gboolean       chat_search_add               (ChatSearch            *self,
                                              ChatSearchHit         *hit);
void           chat_search_replace           (ChatSearch            *self,
                                              GPtrArray             *hits);
void           chat_search_set_error         (ChatSearch            *self,
                                              const char            *error);
void           chat_search_update            (ChatSearch            *self);

void           chat_search_ask_store         (ChatSearch            *self);
void           chat_search_ask_server        (ChatSearch            *self);
void           chat_search_ask_server_soon   (ChatSearch            *self);

G_END_DECLS
