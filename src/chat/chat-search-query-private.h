/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person types into a search, read: words, “words in a row”, and from:, in:, before:, after: and has:link. Whatever is typed
 * is a search; what is no operator is words. */

#pragma once

#include "chat-search-hit.h"
#include "chat-search-text-private.h"

G_BEGIN_DECLS

/* Words that stand in a row. The last of them need only begin so, when @is_prefix: it is still being typed. */
typedef struct
{
  ChatSearchText *text;
  gboolean        is_prefix;
} ChatSearchPhrase;

typedef struct
{
  /* Of ChatSearchPhrase: each of them has to be there. */
  GPtrArray *phrases;
  /* Of strings, as they were typed: one of them has to be the sender, or the room. Empty when anybody or any room will do. */
  GPtrArray *senders;
  GPtrArray *rooms;
  /* In milliseconds: said at @since or later, and earlier than @until. */
  gint64     since;
  gint64     until;
  gboolean   has_link;
  /* The words as they were typed, without what narrows them. */
  char      *words;
} ChatSearchQuery;

ChatSearchQuery *chat_search_query_parse    (const char            *text);
ChatSearchQuery *chat_search_query_ref      (ChatSearchQuery       *self);
void             chat_search_query_unref    (ChatSearchQuery       *self);

/* Whether it says nothing: it finds nothing then, not everything. */
gboolean         chat_search_query_is_empty (const ChatSearchQuery *self);

/* (transfer full) (element-type ChatSearchRange): where in @text the words are, in order, none over another */
GArray          *chat_search_query_mark     (const ChatSearchQuery *self,
                                             const char            *text);

/* How well @text answers: more is better. */
double           chat_search_query_score    (const ChatSearchQuery *self,
                                             const ChatSearchText  *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChatSearchQuery, chat_search_query_unref)

G_END_DECLS
