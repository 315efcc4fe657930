/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One part of what a person types into a search: a word, a quotation, or an operator with its value. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CHAT_SEARCH_ITEM_NONE,
  CHAT_SEARCH_ITEM_FROM,
  CHAT_SEARCH_ITEM_IN,
  CHAT_SEARCH_ITEM_BEFORE,
  CHAT_SEARCH_ITEM_AFTER,
  CHAT_SEARCH_ITEM_HAS,
} ChatSearchOperator;

typedef struct
{
  ChatSearchOperator  operator;
  /* The whole of it, for when it is no operator after all, and what comes after the colon or within the quotes. */
  char               *whole;
  char               *value;
  /* Nothing was typed after it, and no quote closes it. */
  gboolean            is_open;
} ChatSearchItem;

/* FALSE at the end of @text, which moves behind the item. */
gboolean chat_search_item_read         (const char          **text,
                                        ChatSearchItem       *self);
void     chat_search_item_clear        (ChatSearchItem       *self);

/* A year, a month or a day, in the calendar and the time zone of who types; from @begin to before @end, in milliseconds. */
gboolean chat_search_item_read_date    (const char           *text,
                                        gint64               *begin,
                                        gint64               *end);
gboolean chat_search_item_is_link_word (const ChatSearchItem *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChatSearchItem, chat_search_item_clear)

G_END_DECLS
