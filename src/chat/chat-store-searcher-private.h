/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "chat-database-private.h"
#include "chat-enums.h"
#include "chat-message.h"
#include "chat-search-query-private.h"

G_BEGIN_DECLS

/* What one search asks for. */
typedef struct
{
  ChatSearchQuery *query;
  /* Only of this room, where it is not NULL. */
  char            *room_id;
  ChatSearchOrder  order;
  /* Only messages whose number is less. */
  gint64           before;
  guint            limit;
} ChatStoreSearch;

typedef struct
{
  ChatMessage *message;
  char        *room_name;
} ChatStoreHit;

typedef struct
{
  /* Of ChatStoreHit. */
  GPtrArray *hits;
  /* Where to go on. */
  gint64     before;
  gboolean   has_more;
} ChatStoreHits;

void           chat_store_search_free    (ChatStoreSearch       *search);
ChatStoreHits *chat_store_hits_new       (void);
void           chat_store_hits_free      (ChatStoreHits         *hits);
ChatStoreHits *chat_store_search_run     (ChatDatabase          *database,
                                          const ChatStoreSearch *search,
                                          GError               **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatStoreHits, chat_store_hits_free)

/* The store's third thread: it searches, over a connection of its own, while the others read and write. What was cancelled ends
 * early, so that a new search need not wait for the one before. */
typedef struct _ChatStoreSearcher ChatStoreSearcher;

ChatStoreSearcher *chat_store_searcher_new     (const char        *path);
void               chat_store_searcher_free    (ChatStoreSearcher *self);
void               chat_store_searcher_prepare (ChatStoreSearcher *self);
void               chat_store_searcher_push    (ChatStoreSearcher *self,
                                                ChatStoreSearch   *search,
                                                GTask             *task);

G_END_DECLS
